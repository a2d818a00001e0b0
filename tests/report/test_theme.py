"""A company's own look: what is refused and how it is said, and one render of the documentation's example."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from include.colour import apart, contrast
from include.company import ConfigError, Edition, load
from include.report.compose import compose
from include.report.document import Document
from include.report.edition import draft, printed, render
from include.report.html import PageError
from include.report.pdf import PdfError
from include.report.theme_css import DUSK, NIGHT, style
from include.theme import PNG, READABLE, TEMPLATES, Colors, Theme
from tests.report import synthetic
from tests.report.synthetic import ROOT

MIDDLE = date(2026, 10, 14)
EXAMPLE = {
    "theme.toml": "toml", "logo.svg": "svg", "templates/report.css": "css", "templates/report.html.j2": "jinja",
}  # fmt: skip
SHAPES = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def config(folder: Path, **files: str | bytes) -> Path:
    """The sample's configuration with files of its own."""
    for file in (ROOT / "config").glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def documented() -> dict[str, str]:
    text = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8").split("## A worked example")[1]
    found = re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL)
    blocks = dict(found)
    return {name: blocks[kind] for name, kind in EXAMPLE.items()}


def themed(folder: Path) -> Document:
    company = load(folder)
    region = company.regions["malaysia"]
    return render(compose(synthetic.material(MIDDLE, "malaysia")), Edition(region=region, locale="ms_MY"), company)


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return themed(config(tmp_path_factory.mktemp("acme"), **documented()))


def test_the_example_changes_colours_logo_and_templates(acme: Document) -> None:
    tree = ElementTree.fromstring(acme.html)
    (logo,) = (each for each in tree.iter("img") if each.get("class") == "logo")
    assert logo.get("alt") == "Sample Company"
    assert str(logo.get("src")).startswith("data:image/svg+xml;base64,")
    assert ":root{--blue:#5b2d90;--blue-ink:#5b2d90;" in acme.html
    assert "h1{font-weight:400}" in acme.html
    assert "Sample Company · for internal use only" in acme.html
    assert acme.html.count("<!DOCTYPE") == 1


def test_the_example_is_on_paper_too(acme: Document) -> None:
    with pypdfium2.PdfDocument(acme.pdf) as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
        first = pdf[0].render(scale=2).to_pil().convert("RGB")
    assert "for internal use only" in text
    colours = {colour for _, colour in first.getcolors(1 << 24)}
    assert (0x5B, 0x2D, 0x90) in colours
    assert (0x00, 0x72, 0xB2) not in {
        colour for _, colour in first.crop((0, 0, first.width, first.height // 8)).getcolors(1 << 24)
    }


def test_the_houses_own_look_is_untouched_by_a_theme_without_keys() -> None:
    assert style(Theme()) == ""
    assert load(ROOT / "config").theme == Theme()


def test_a_theme_sets_only_what_the_sheet_has() -> None:
    """The names are those of report.css, by day and by night."""
    names = set(re.findall(r"--([\w-]+):", (TEMPLATES / "report.css").read_text(encoding="utf-8")))
    said = style(Theme(colors=Colors(accent="#5b2d90", alert="#a34700")))
    assert len(set(re.findall(r"--([\w-]+):", said))) >= 6
    assert set(re.findall(r"--([\w-]+):", said)) <= names


@pytest.mark.parametrize("colour", ["#5b2d90", "#000000", "#0b6e4f", "#00609a"])
def test_by_night_colours_are_lightened_until_they_can_be_read(colour: str) -> None:
    night = style(Theme(colors=Colors(accent=colour))).split("dark)")[1]
    found = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", night))
    assert (
        min(contrast(each, ground) for each in (found["blue"], found["blue-ink"]) for ground in (NIGHT, DUSK))
        >= READABLE
    )


def test_contrast_and_distance_are_those_of_the_books() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert apart("#c00000", "#007a33") < 25 < apart("#0072b2", "#d55e00")


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[colors]\naccent = "purple"', "colors.accent: this is no colour; write six digits, like #0072b2"),
        ('[colors]\naccent = "#0072b2}*{display:none"', "this is no colour"),
        ('[colors]\naccent = "#ffcc00"', "has a contrast of 1.4 on #f4f6f8"),
        ('[colors]\naccent = "#007a33"\nalert = "#c00000"', "look alike to colour-blind readers"),
        ('[colors]\nacent = "#0072b2"', "colors.acent: no such key; remove it"),
        ('logo = "lost.png"', "logo: there is no file"),
        ('logo = "theme.toml"', "is no PNG"),
        ('templates = "lost"', "templates: there is no folder"),
        ('templates = "."', "overlays nothing; a file takes the place of its namesake among blocks.html.j2"),
        ("logo = ", "Invalid value"),
    ],
)
def test_a_fault_names_the_key_and_what_to_do(tmp_path: Path, toml: str, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        load(config(tmp_path, **{"theme.toml": toml}))
    assert "theme.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_colour_it_proposes_is_one_that_it_takes() -> None:
    with pytest.raises(ValueError, match="nearest darker colour") as caught:
        Colors(accent="#ffcc00")
    (proposed,) = re.findall(r"(#[0-9a-f]{6}) is the nearest", str(caught.value))
    assert Colors(accent=proposed, alert="#0050a0").accent == proposed


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        (SHAPES.format("<script>alert(1)</script>"), "has a <script>"),
        (SHAPES.format('<image href="http://x.example/a.png"/>'), "has a <image>"),
        (SHAPES.format("<foreignObject><p>x</p></foreignObject>"), "has a <foreignObject>"),
        (SHAPES.format('<rect onload="alert(1)"/>'), 'has onload="alert(1)"'),
        (SHAPES.format('<use href="http://x.example/#a"/>'), "fetch nothing"),
        (SHAPES.format('<rect fill="url(http://x.example/#a)"/>'), "fetch nothing"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SHAPES.format("&a;"), "has a DOCTYPE"),
        ("<html/>", "no SVG with a viewBox"),
        ("<svg", "no well-formed SVG"),
    ],
)
def test_a_logo_is_shapes_only(tmp_path: Path, svg: str, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        load(config(tmp_path, **{"theme.toml": 'logo = "logo.svg"', "logo.svg": svg}))


def test_a_logo_that_would_make_every_mail_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="make it smaller than 100,000"):
        load(config(tmp_path, **{"theme.toml": 'logo = "l.png"', "l.png": PNG + bytes(100_000)}))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ nobody }}", "report.html.j2, line 1: 'nobody' is undefined"),
        ("<p>\n{% if %}", "report.html.j2, line 2"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ('{% include "../../../etc/passwd" %}', "etc/passwd"),
        ("{{ report.sections.append(1) }}", "report.html.j2, line 1"),
    ],
)
def test_a_template_at_fault_is_named_with_its_line(tmp_path: Path, template: str, said: str) -> None:
    files = {"theme.toml": 'templates = "mine"', "mine/report.html.j2": template}
    company = load(config(tmp_path, **files))
    edition = Edition(region=company.regions["malaysia"], locale="en_MY")
    with pytest.raises(PageError, match=re.escape(said)):
        draft(compose(synthetic.material(MIDDLE, "malaysia")), edition, company)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/passwd", "//x.example/x.png", "x.png"])
def test_a_template_cannot_ask_anybody_for_anything(tmp_path: Path, address: str) -> None:
    page = f'{{% extends "corong/report.html.j2" %}}{{% block closing %}}<img src="{address}" alt="x"/>{{% endblock %}}'
    with pytest.raises(PdfError):
        themed(config(tmp_path, **{"theme.toml": 'templates = "mine"', "mine/report.html.j2": page}))


def test_a_name_of_the_company_is_no_template(tmp_path: Path) -> None:
    company = load(config(tmp_path, **documented()))
    report = replace(compose(synthetic.material(MIDDLE, "malaysia")), company='{{ 7*7 }}" onerror="x')
    edition = Edition(region=company.regions["malaysia"], locale="en_MY")
    html = draft(report, edition, company).html
    assert 'alt="{{ 7*7 }}&#34; onerror=&#34;x"' in html
    assert printed(draft(report, edition, company)).pages > 1
