"""The PDF: tagged, fonts inside, the same bytes each time, and a refusal rather than a wrong page."""

import gc
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from include.company import Edition
from include.kpis import KPIS
from include.report.blocks import Heat
from include.report.compose import compose
from include.report.document import Document
from include.report.edition import render
from include.report.figures import Value
from include.report.html import page
from include.report.pdf import PdfError, print_page
from include.report.words import Words
from tests.report import synthetic

ROOT = Path(__file__).parents[2]
PAGE = '<html lang="en"><head><title>t</title><style>p{{}}</style></head><body>{}</body></html>'


@pytest.fixture(scope="module")
def chinese() -> Document:
    material = synthetic.material(date(2026, 10, 31), "china")
    return render(compose(material), material.region.editions[0], material.company)


def streams(pdf: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


def everything(pdf: bytes) -> bytes:
    return pdf + b"\n".join(streams(pdf))


def test_it_has_as_many_pages_as_it_says(chinese: Document) -> None:
    assert chinese.pages == len(pypdfium2.PdfDocument(chinese.pdf)) >= 3


def test_only_the_two_fonts_are_in_it_and_both_are_embedded(chinese: Document) -> None:
    inside = everything(chinese.pdf)
    names = set(re.findall(rb"/FontName /([\w+-]+)", inside))
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+[\w-]*(Noto|NotoSansSC)[\w-]*", name) for name in names), names
    assert inside.count(b"/FontFile2") >= 2


def test_its_text_can_be_read_and_searched(chinese: Document) -> None:
    text = pypdfium2.PdfDocument(chinese.pdf)[0].get_textpage().get_text_range()
    assert "中国" in text
    assert "签约金额" in text


def test_it_is_tagged_and_says_that_it_is_ua_and_a(chinese: Document) -> None:
    inside = everything(chinese.pdf)
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (zh-Hans-CN)", b"<pdfuaid:part>1</pdfuaid:part>"):
        assert mark in inside
    assert re.search(rb"<pdfaid:part>3</pdfaid:part>|pdfaid:part=.3.", inside)
    assert b"/Outlines" in inside


def test_page_one_is_one_page_on_both_papers_in_every_language() -> None:
    for region, locale in (("malaysia", "ms_MY"), ("mexico", "es_MX"), ("china", "zh_Hans_CN"), ("malaysia", "en_MY")):
        whole = compose(synthetic.material(date(2026, 10, 14), region))
        report = replace(whole, sections=(), defined=())
        for paper in ("A4", "Letter"):
            html = page(replace(report, paper=paper), Words(locale, report.currency, synthetic.company(), KPIS))
            first = pypdfium2.PdfDocument(print_page(html).data)[0].get_textpage().get_text_range()
            last = re.search(r'<p class="note">(.*?)</p>', html, re.DOTALL)
            assert last is not None
            assert "".join(last[1].split())[-12:] in "".join(first.split()), (locale, paper)


def test_the_same_report_has_the_same_bytes_in_another_process(chinese: Document) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests/report']\n"
        "import synthetic; from datetime import date; from hashlib import sha256\n"
        "from include.report.compose import compose; from include.report.edition import render\n"
        "m = synthetic.material(date(2026, 10, 31), 'china')\n"
        "print(sha256(render(compose(m), m.region.editions[0], m.company).pdf).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": "/usr/bin", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANG": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == sha256(chinese.pdf).hexdigest()


@pytest.mark.parametrize(
    "body",
    [
        '<img src="http://127.0.0.1:9/x.png" alt="x"/>',
        '<img src="file:///etc/hostname" alt="x"/>',
        '<p style="background:url(https://127.0.0.1:9/x)">x</p>',
        '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="http://127.0.0.1:9/x.svg"/></svg>',
    ],
)
def test_a_page_that_asks_for_something_is_refused(body: str) -> None:
    with pytest.raises(PdfError):
        print_page(PAGE.format(body))


def test_a_character_without_a_glyph_in_a_template_is_refused_by_name() -> None:
    with pytest.raises(PdfError, match=r"U\+20BB7"):
        print_page(PAGE.format("<p>𠮷</p>"))


def test_a_page_that_is_no_xml_is_refused() -> None:
    with pytest.raises(PdfError, match="well-formed"):
        print_page("<html><p>x</html>")


def test_a_faulty_style_is_refused() -> None:
    with pytest.raises(PdfError):
        print_page(PAGE.format("<p>x</p>").replace("p{}", "p{colour:red}"))


@pytest.mark.parametrize(
    "edition", ["mexico-es_MX", "spain-es_ES", "china-zh_Hans_CN", "malaysia-ms_MY", "company-en_US"]
)
def test_no_ink_is_in_the_side_margins(edition: str) -> None:
    """Left and right margins are 15 mm; nothing is wider than its column in any language."""
    region, locale = edition.split("-")
    material = synthetic.material(date(2026, 10, 14), region)
    document = render(compose(material), Edition(region=material.region, locale=locale), material.company)
    for page_of_it in pypdfium2.PdfDocument(document.pdf):
        picture = page_of_it.render(scale=1, grayscale=True).to_numpy()
        margin = round(14 / 25.4 * 72)
        assert picture[:, :margin].min() == 255
        assert picture[:, -margin:].min() == 255


def used(sheet: pypdfium2.PdfPage) -> float:
    """How far down its text area a page has ink, 0 to 1; the footer is below it."""
    picture = sheet.render(scale=1, grayscale=True).to_numpy()
    first, last = round(11 / 25.4 * 72), picture.shape[0] - round(16 / 25.4 * 72)
    return max(at for at in range(last - first) if picture[first + at].min() < 128) / (last - first)


@pytest.mark.parametrize("edition", ["spain-es_ES", "china-zh_Hans_CN", "malaysia-ms_MY", "company-en_US"])
def test_no_page_of_the_sections_is_left_a_third_empty(edition: str) -> None:
    """The funnel begins a page, and the definitions may end on a short one."""
    region, locale = edition.split("-")
    material = synthetic.material(date(2026, 10, 31), region)
    document = render(compose(material), Edition(region=material.region, locale=locale), material.company)
    _, *sections, _ = pypdfium2.PdfDocument(document.pdf)
    assert [round(used(each), 2) for each in sections if used(each) < 0.67] == []


@pytest.mark.parametrize(("lines", "split"), [(0, False), (28, True), (31, True), (38, True), (42, False)])
def test_a_heat_map_goes_over_the_end_of_a_page_with_three_rows_on_either(lines: int, split: bool) -> None:
    material = synthetic.material(date(2026, 10, 31), "company")
    report = compose(material)
    kept = next(part for part in report.sections if part.id == "retention")
    heat = next(block for row in kept.rows for block in row if isinstance(block, Heat))
    assert len(heat.cohorts) > 9
    alone = replace(report, sections=(replace(kept, rows=((heat,),), notes=(), page=True),))
    spoken = Words("en_US", "USD", material.company, KPIS)
    gap = f'<div style="height:{lines * 15}pt"></div>'
    html = page(alone, spoken).replace('<div class="scroll long"', f'{gap}<div class="scroll long"')
    months = [spoken.show(each.head) for each in heat.cohorts if isinstance(each.head, Value)]
    _, *sheets = [sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(print_page(html).data)]
    found = [[month for month in months if f"{month} " in sheet] for sheet in sheets]
    assert [month for sheet in found for month in sheet] == months
    parts = [len(sheet) for sheet in found if sheet]
    assert parts[0] >= 3
    assert parts[-1] >= 2  # and the sum of all below them
    assert (len(parts) == 2) is split


def test_a_region_without_a_single_score_still_has_a_report() -> None:
    empty = synthetic.scores(date(2026, 10, 31), ()).slice(0, 0)
    material = synthetic.material(date(2026, 10, 31), "china", empty)
    document = render(compose(material), material.region.editions[0], material.company)
    assert document.pages >= 2


def test_a_printed_page_leaves_nothing_behind_and_the_collector_as_it_was() -> None:
    """Or a worker would grow from report to report; the first page fills caches."""
    html = PAGE.format("<p>x</p>" * 200)
    print_page(html)
    before = len(gc.get_objects())
    print_page(html)
    assert len(gc.get_objects()) - before < 200
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
