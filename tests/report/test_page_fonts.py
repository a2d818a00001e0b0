"""Fonts inside a page: there when its characters ask for one, with every character, like their source, always alike."""

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from include.report import fonts
from include.report.compose import compose
from include.report.page_fonts import FOREIGN, with_fonts, without_fonts
from include.report.woff2 import Font, woff2
from tests.report import synthetic
from tests.report.test_html import EDITIONS, rendered

FACE = re.compile(r'font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]+)\)format\("woff2"\)')
PAGE = "<html><head><title>t</title><style>{style}</style></head><body>{body}</body></html>"


def faces(html: str) -> dict[int, TTFont]:
    """The fonts in a page by weight, decoded by fontTools."""
    return {int(weight): TTFont(BytesIO(b64decode(data))) for weight, data in FACE.findall(html)}


def characters(font: TTFont) -> set[str]:
    return {chr(code) for code in font.getBestCmap()}


@pytest.fixture(scope="module")
def chinese() -> str:
    return rendered(compose(synthetic.material(EDITIONS["china-zh_Hans_CN"], "china")), "zh_Hans_CN")


def page(body: str, style: str = "") -> str:
    return with_fonts(PAGE.format(body=body, style=style))


def test_latin_pages_carry_none() -> None:
    plain = PAGE.format(body="<b>Año, “señal” ▲ 12 €</b>", style="")
    assert with_fonts(plain) == plain


def test_a_page_mostly_in_han_is_set_in_it_throughout(chinese: str) -> None:
    said = {char for char in FACE.sub("", chinese) if ord(char) in fonts.drawn()}
    assert characters(faces(chinese)[400]) == said
    assert {char for char in said if char < FOREIGN} < characters(faces(chinese)[700])


def test_one_foreign_name_brings_only_its_own_characters() -> None:
    found = faces(page("<p>El cliente más grande del trimestre: 北京公司。</p>"))
    assert {weight: characters(font) for weight, font in found.items()} == {400: set("北京公司。")}


def test_the_bold_font_has_what_any_rule_makes_bold() -> None:
    style = "b,.st{font-weight:700} p.x>*{color:red} i{font-weight:400} @media screen{u{font:bold 9pt x}}"
    body = "<b>北</b><p class='x'><i>京</i></p><u>公</u><p class='st'>司<i>名</i></p>"
    body += "<table><thead><tr><th>状</th></tr></thead><tr><th>态</th></tr></table>"
    body += "<svg><text font-weight='700'>字</text></svg>"
    assert characters(faces(page(body, style))[700]) == set("北公司名字状")


def test_it_is_small(chinese: str) -> None:
    assert sum(len(data) for _, data in FACE.findall(chinese)) < 150_000


@pytest.mark.parametrize("style", fonts.STYLES)
def test_the_outlines_are_those_of_the_source(style: str) -> None:
    """Each point, flag and width, of Han, of composed letters, of marks, of what is drawn by nothing."""
    text = "报告落后，中国¥%éñǚ▲●“” 0123456789ABCabc…—ﬀ"
    drawn = [char for char in text if ord(char) in fonts.drawn()]
    source = TTFont(fonts.file(style))
    made = TTFont(BytesIO(woff2(fonts.file(style), drawn)))
    assert characters(made) == set(drawn)
    for char in drawn:
        (ours, one), (theirs, other) = ((font, font.getBestCmap()[ord(char)]) for font in (made, source))
        assert ours["hmtx"][one] == theirs["hmtx"][other], char
        ((points, ends, flags), (wanted, their_ends, their_flags)) = (
            font["glyf"][name].getCoordinates(font["glyf"]) for font, name in ((ours, one), (theirs, other))
        )
        assert (list(points), list(ends)) == (list(wanted), list(their_ends)), char
        assert [flag & 1 for flag in flags] == [flag & 1 for flag in their_flags], char


def test_the_lines_are_as_high_as_in_the_source() -> None:
    made, source = (TTFont(at) for at in (BytesIO(woff2(fonts.file("Regular"), "中文")), fonts.file("Regular")))
    for table, names in {"hhea": ("ascent", "descent", "lineGap"), "OS/2": ("sTypoAscender", "usWinAscent")}.items():
        assert [getattr(made[table], name) for name in names] == [getattr(source[table], name) for name in names]
    assert made["head"].unitsPerEm == source["head"].unitsPerEm


def test_the_same_characters_have_the_same_bytes(tmp_path: Path) -> None:
    """In any order, and from a font read anew."""
    copy = tmp_path / "copy.ttf"
    copy.write_bytes(fonts.file("Bold").read_bytes())
    assert woff2(fonts.file("Bold"), "中国报告") == woff2(fonts.file("Bold"), "告报国中中") == woff2(copy, "中国报告")
    assert Font(copy).glyphs([ord("中")])[0] == ".notdef"


def test_what_is_no_xml_is_left_for_the_printer_to_name() -> None:
    assert with_fonts("<html><head></head><p>中</html>") == "<html><head></head><p>中</html>"


def test_the_printer_takes_them_out(chinese: str) -> None:
    tree = ElementTree.fromstring(chinese)
    head = tree.find("head")
    assert head is not None
    assert len(head.findall("style")) == 2
    without_fonts(head)
    assert "@font-face" not in "".join(style.text or "" for style in head.findall("style"))
