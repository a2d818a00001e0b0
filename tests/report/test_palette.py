"""Colours stand in one place, the head of the style sheet: charts name them, text can be read, print has them."""

import re
from xml.etree import ElementTree

import pytest

from include.report import svg
from include.report.palette import UnknownColourError, paint, palette, settled
from include.report.pdf import PdfError, print_page
from include.report.report import Report
from include.theme import TEMPLATES
from tests.report.test_html import rendered
from tests.report.test_pdf import PAGE

SHEET = (TEMPLATES / "report.css").read_text(encoding="utf-8")
LIGHT = palette(SHEET)
DARK = LIGHT | dict(re.findall(r"--([\w-]+):([^;}]+)", SHEET[SHEET.index("prefers-color-scheme:dark") :]))
TEXT = ("ink", "mut", "blue-ink", "orange-ink")


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    digits = colour.strip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(theme: dict[str, str]) -> None:
    pairs = [(text, paper) for text in TEXT for paper in ("paper", "wash")]
    pairs += [("on-blue", "blue"), ("orange-ink", "orange-wash"), ("ink", "sky"), ("on-h0", "h0"), ("on-h0", "h1")]
    pairs += [("on-h2", "h2"), ("on-h3", "h3"), ("on-h3", "h4")]
    assert {
        pair: contrast(*(theme[name] for name in pair)) for pair in pairs if contrast(*(theme[n] for n in pair)) < 4.5
    } == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_can_be_seen(theme: dict[str, str]) -> None:
    """3 to 1, as WCAG asks of graphics; grey stands for what is said beside it in numbers."""
    assert all(contrast(theme[name], theme["paper"]) >= 3 for name in ("blue", "orange", "rule"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_steps_of_a_heat_map_go_one_way(theme: dict[str, str]) -> None:
    steps = [luminance(theme[f"h{step}"]) for step in range(5)]
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_every_colour_that_a_chart_may_name_is_in_the_sheet_and_in_both_themes() -> None:
    assert {*svg.FILL.values(), *svg.LINE.values()} <= LIGHT.keys()
    dark = set(re.findall(r"--([\w-]+):", SHEET[SHEET.index("prefers-color-scheme:dark") :]))
    assert {name for name, value in LIGHT.items() if value.startswith("#")} == dark


def test_no_colour_stands_anywhere_else(report: Report) -> None:
    body = re.sub(r":root\{[^}]*\}", "", SHEET)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", body) == []
    html = rendered(report, "en_MY")
    assert re.findall(r'(?:fill|stroke)="(?!none|var)', html) == []


def test_a_later_root_wins_and_a_dark_one_is_not_for_paper() -> None:
    sheet = ":root{--a:#111;--b:#222}@media screen{:root{--a:#fff}}:root{--b:#333}"
    assert palette(sheet) == {"a": "#111", "b": "#333"}


def test_print_has_the_colours_themselves() -> None:
    tree = ElementTree.fromstring(svg.drawing(9, 9, "x", [svg.box(0, 0, 1, 1, "b")]))
    paint(tree, SHEET)
    assert tree[1].get("fill") == LIGHT["blue"]


def test_a_colour_that_is_nowhere_is_refused() -> None:
    tree = ElementTree.fromstring('<svg xmlns="http://www.w3.org/2000/svg" fill="var(--nobody)"/>')
    with pytest.raises(UnknownColourError, match="--nobody"):
        paint(tree, SHEET)
    with pytest.raises(PdfError, match="--nobody"):
        print_page(PAGE.format('<svg xmlns="http://www.w3.org/2000/svg" fill="var(--nobody)"><title>x</title></svg>'))


def test_a_sheet_has_the_values_in_place_of_their_names() -> None:
    sheet = ":root{--a:#fff;--b:var(--a)}p{color:var(--b);border:1px solid var(--a)}"
    assert settled(sheet).endswith("p{color:#fff;border:1px solid #fff}")


def test_a_name_that_another_rule_sets_for_paper_too_stays_a_name() -> None:
    screen = "@media screen{:root{--a:#000}}"
    sheet = (
        ":root{--a:#fff;--b:#eee}"
        + screen
        + "aside{--a:red}@media print{:root{--b:blue}}p{color:var(--a);fill:var(--b)}"
    )
    assert settled(sheet) == sheet
    assert settled(":root{--a:#fff}" + screen + "p{color:var(--a)}").endswith("p{color:#fff}")
