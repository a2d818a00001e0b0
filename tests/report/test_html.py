"""The page: the same words as reviewed, well-formed, self-contained, and text from outside is only ever text."""

import os
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import UndefinedError
from jinja2.sandbox import SecurityError

from include.kpis import KPIS
from include.report.compose import compose
from include.report.figures import Message, Value
from include.report.first_page import Watch
from include.report.html import environment, page
from include.report.report import Report
from include.report.typography import tie
from include.report.words import LONGEST, Words
from include.theme import TEMPLATES
from tests.report import synthetic

GOLDEN = Path(__file__).with_name("golden")
ARCHIVE_ID = re.compile(r"\b[0-9A-F]{8}\b")
VERSION = re.compile(r"\b\d+\.\d+\.\d+\+[0-9A-F]{4}\b")
"""It hashes every float to the last bit, which Python 3.11 adds up otherwise than 3.12."""
EDITIONS = {
    "united_states-en_US": date(2026, 10, 31),
    "mexico-es_MX": date(2026, 10, 14),
    "spain-es_ES": date(2026, 10, 31),
    "china-zh_Hans_CN": date(2026, 10, 31),
    "malaysia-ms_MY": date(2026, 10, 14),
    "malaysia-en_MY": date(2026, 10, 31),
    "company-en_US": date(2026, 10, 14),
}
SCRIPT = (TEMPLATES / "report.js").read_text(encoding="utf-8").rstrip()
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "jinja": "{{7*7}}{% raw %}",
    "formula": '=1+1"onload="x',
    "bidi": "abc\u202edef\u2066ghi",
    "percent": "100%(n)s %d",
}


def words(locale: str, currency: str) -> Words:
    return Words(locale, currency, synthetic.company(), KPIS)


def rendered(report: Report, locale: str) -> str:
    return page(report, words(locale, report.currency))


def text_of(html: str) -> str:
    """The page as a reader reads it: one line an element, style and script left out."""
    tree = ElementTree.fromstring(re.sub(r"<(style|script)>.*?</\1>", r"<\1/>", html, flags=re.DOTALL))
    blocks = {"h1", "h2", "h3", "p", "li", "caption", "figcaption", "tr", "dt", "dd", "a", "article"}
    lines: list[str] = []

    def walk(element: ElementTree.Element) -> None:
        inline = element.tag == "span" and element.get("class") == "nb"
        lines.append("\n" if element.tag in blocks else "" if inline else " ")
        for label in ("aria-label", "content"):
            if label in element.attrib:
                lines.append(f"[{element.attrib[label]}] ")
        lines.append(element.text or "")
        for child in element:
            walk(child)
            lines.append(("" if child.get("class") == "nb" else " ") + (child.tail or ""))

    walk(tree)
    return "\n".join(" ".join(line.split()) for line in "".join(lines).splitlines() if line.strip()) + "\n"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_words_are_those_that_were_reviewed(edition: str) -> None:
    """Rewrite the reviewed texts with REGOLD=1, then read the difference."""
    region, locale = edition.split("-")
    text = text_of(rendered(compose(synthetic.material(EDITIONS[edition], region)), locale))
    text = ARCHIVE_ID.sub("00000000", VERSION.sub("0.0.0", text))
    golden = GOLDEN / f"{edition}.txt"
    if os.environ.get("REGOLD"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_it_is_one_well_formed_file_that_asks_for_nothing(report: Report) -> None:
    html = rendered(report, "en_MY")
    tree = ElementTree.fromstring(html)
    assert tree.attrib["lang"] == "en-MY"
    assert not re.search(r"(src|href)=\"(?!#)", html)
    assert "url(" not in html
    assert "@import" not in html


def test_headings_do_not_skip_a_level(report: Report) -> None:
    tree = ElementTree.fromstring(rendered(report, "en_MY"))
    levels = [int(each.tag[1]) for each in tree.iter() if each.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_chart_has_a_text_in_its_stead(report: Report) -> None:
    tree = ElementTree.fromstring(rendered(report, "en_MY"))
    charts = list(tree.iter("{http://www.w3.org/2000/svg}svg"))
    assert charts
    assert all(chart[0].tag.endswith("title") and chart[0].text for chart in charts)


def test_tables_have_captions_and_heads(report: Report) -> None:
    tree = ElementTree.fromstring(rendered(report, "en_MY"))
    for table in tree.iter("table"):
        assert table[0].tag == "caption"
        assert all(
            cell.attrib["scope"] == "col"
            for cell in table.iter("th")
            if "scope" not in cell.attrib or cell.attrib["scope"] != "row"
        )


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_shown_as_text(report: Report, name: str) -> None:
    line = Watch(
        Message("value", {"it": Value("data", name)}),
        Message("value", {"it": Value("channel", name)}),
        Message("value", {"it": Value("place", name)}),
    )
    html = rendered(replace(report, company=name, watch=(line,)), "en_MY")
    tree = ElementTree.fromstring(html)
    shown = "".join(char for char in name if char not in "\u202e\u2066")
    assert "".join(next(each for each in tree.iter("p") if each.get("class") == "brand").itertext()).startswith(shown)
    assert [each.text for each in tree.iter() if each.tag == "script"] == [f"\n{SCRIPT}"]
    assert "49" not in "".join(next(each for each in tree.iter("ul") if each.get("class") == "todo").itertext())


def test_a_megabyte_is_clipped_with_an_ellipsis(report: Report) -> None:
    html = rendered(replace(report, company="x" * 1_000_000), "en_MY")
    assert f"{'x' * (LONGEST - 1)}…" in html
    assert len(html) < 200_000


def test_a_character_without_a_glyph_is_its_code_point_and_is_counted(report: Report) -> None:
    html = rendered(replace(report, company="𠮷野家"), "zh_Hans_CN")
    assert "[U+20BB7]野家" in html
    assert "[U+20BB7]" not in rendered(report, "zh_Hans_CN")
    voice = words("zh_Hans_CN", "CNY")
    voice.data("𠮷")
    assert voice.undrawn == 1


def test_an_undefined_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nobody }}").render()


def test_a_template_cannot_leave_its_sandbox() -> None:
    with pytest.raises(SecurityError):
        environment().from_string("{{ ''.__class__.__mro__ }}").render()
    with pytest.raises(SecurityError):
        environment().from_string("{{ it.append(1) }}").render(it=[])


def test_a_chinese_number_stays_with_its_measure_word() -> None:
    assert tie("27 笔，共 ¥343万") == ('<span class="nb">27 笔</span>，共 <span class="nb">¥343万</span>')
    assert tie("<b> & 27 笔") == '&lt;b&gt; &amp; <span class="nb">27 笔</span>'


def test_a_short_last_word_does_not_stand_alone() -> None:
    assert tie("Bookings are behind the pace of it") == "Bookings are behind the pace of\u00a0it"
    assert tie("short one") == "short one"


def test_a_region_without_data_has_a_reason_in_every_section() -> None:
    empty = synthetic.scores(date(2026, 10, 31), ()).slice(0, 0)
    html = rendered(compose(synthetic.material(date(2026, 10, 31), "malaysia", empty)), "en_MY")
    text = text_of(html)
    for reason in (
        "No booking was counted",
        "Too few leads moved",
        "No channel brought",
        "No lead or deal has a place",
    ):
        assert reason in text
