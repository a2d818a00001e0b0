"""Names that attack a page, a template, a spreadsheet or a layout, through the real render: shown as text, clipped, or
as code points that are counted."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from include.company import Edition
from include.kpis import KPIS
from include.report.cells import Cells
from include.report.compose import compose
from include.report.data import FORMULA
from include.report.document import Document
from include.report.edition import render
from include.report.fonts import drawn
from include.report.material import Material
from include.report.words import LONGEST, Words
from tests.report import synthetic

DAY = date(2026, 10, 31)
LOCALE = "ms_MY"
NAMES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><style>*{display:none}",
    "]]><!-- &amp; &lt; -->",
    "{{7*7}}{% for x in y %}", "{{ ''.__class__.__mro__ }}", "javascript:alert(1)", "url(http://x.example/a.png)",
    "\"' onmouseover='x", "100%(n)s %d %%", "abc\u202edef\u2066ghi", "a\u200bb\u200d\ufeffc", "a\x00b\x07c\nd\r\ne\tf",
    "=1+1", "@SUM(1)", "x;=cmd|' /C calc'!A0", "http://x.example/", "a|b|c|d|e|f|g", "Me\u0301xico",
    "👩‍👩‍👧‍👦🎉" * 40, "𠮷野家龘靐" * 20,
    "Z" + "\u0351\u0357" * 300, "مبيعات الشركة", "W" * 200,
)  # fmt: skip
PLACES = ("MY-10", "MY-14", "MY-01", "MY-07", "MY-12", "MY-09")
CHANNELS = ("organic_search", "paid_search", "paid_social", "email", "referral", "direct", "event")
FACES = re.compile(r"(@font-face\{[^{}<>]*;src:url\(data:font/woff2;base64,[A-Za-z0-9+/=]*\)[^{}<>;]*\})+")
LARGE = "W" * 10**6


def material(names: tuple[str, ...]) -> Material:
    """Names in the places that outside texts reach: place, channel, rep, source, reason of rejects, company."""
    many = names * 14
    renamed = dict(zip(("company", "source", *PLACES, *CHANNELS), many, strict=False))
    known = synthetic.material(DAY, "malaysia")
    cells = (replace(cell, key=tuple(renamed.get(part, part) for part in cell.key)) for cell in known.cells.all())
    first, *others = known.quality.sources
    sources = (replace(first, name=renamed["source"], status="late"), *others)
    quality = replace(known.quality, sources=sources, reasons=tuple((name, 7) for name in names))
    company = known.company.model_copy(update={"name": renamed["company"]})
    reps = dict(zip(known.reps, names, strict=False))
    return replace(known, cells=Cells(cells, known.region.id), quality=quality, company=company, reps=reps)


@cache
def rendered(names: tuple[str, ...]) -> Document:
    made = material(names)
    return render(compose(made), Edition(region=made.region, locale=LOCALE), made.company)


@cache
def plain() -> Document:
    made = synthetic.material(DAY, "malaysia")
    return render(compose(made), Edition(region=made.region, locale=LOCALE), made.company)


def said(name: str) -> str:
    return Words(LOCALE, "MYR", synthetic.company(), KPIS).data(name)


@pytest.fixture(scope="module", params=[NAMES, NAMES[::-1]], ids=["first", "last"])
def document(request: pytest.FixtureRequest) -> Document:
    return rendered(request.param)


def texts(html: str) -> list[str]:
    tree = ElementTree.fromstring(html)
    return ["".join(each.itertext()) for each in tree.iter() if each.tag in ("th", "p")]


def made_of(html: str) -> set[tuple[str, str]]:
    """Elements with each of their attributes."""
    tree = ElementTree.fromstring(html)
    return {(each.tag, name) for each in tree.iter() for name in ("", *each.attrib)}


def test_each_name_is_text_of_the_page(document: Document) -> None:
    shown = texts(document.html)
    assert {name for name in NAMES if said(name) not in shown} == set()


def test_a_page_of_hostile_names_has_no_element_or_attribute_more(document: Document) -> None:
    assert made_of(document.html) - made_of(plain().html) == set()
    links = [each.attrib["href"] for each in ElementTree.fromstring(document.html).iter("a")]
    assert all(link.startswith("#") for link in links)


def test_the_sheet_is_the_same_whatever_the_names(document: Document) -> None:
    """Beside it there is only the font that a Han name asks for."""
    sheets = [re.findall("<style>(.*?)</style>", html, re.DOTALL) for html in (document.html, plain().html)]
    assert sheets[0][:1] == sheets[1]
    assert [bool(FACES.fullmatch(each)) for each in sheets[0][1:]] == [True]


def test_each_name_is_text_of_the_pdf(document: Document) -> None:
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    flat = re.sub("[\u0002\ufffe]", "", text)
    gone = {name for name in NAMES if "".join(said(name).split())[:12] not in flat}
    assert gone == set()


def test_the_pdf_runs_nothing_and_links_to_nobody(document: Document) -> None:
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        assert pdfium.FPDFDoc_GetJavaScriptActionCount(pdf) == 0
        assert pdf.count_attachments() == 1
    assert b"/URI" not in document.pdf
    assert b"/JavaScript" not in document.pdf


@pytest.mark.parametrize("names", [NAMES, NAMES[::-1], (LARGE,), ("W " * 500_000,)], ids=["first", "last", "W", "W W"])
def test_no_letter_stands_outside_its_page(names: tuple[str, ...]) -> None:
    margin = 14  # points at the edge that a printer may leave white
    with pypdfium2.PdfDocument(rendered(names).pdf) as pdf:
        assert len(pdf) <= plain().pages + 3
        for page in pdf:
            (width, height), text = page.get_size(), page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            assert min(box[0] for box in boxes) > margin
            assert max(box[2] for box in boxes) < width - margin
            assert min(box[1] for box in boxes) > 0
            assert max(box[3] for box in boxes) < height


def test_a_megabyte_in_every_name_makes_no_file_much_larger() -> None:
    large, small = rendered((LARGE,)), plain()
    sizes = {name: (len(content), len(small.files[name])) for name, content in large.files.items()}
    assert {name: pair for name, pair in sizes.items() if pair[0] > 1.25 * pair[1] + 2_000} == {}
    assert f"{'W' * (LONGEST - 1)}…" in large.html


def test_what_has_no_glyph_is_its_code_point_clipped_whole_and_counted(document: Document) -> None:
    assert said("👩‍👩‍👧‍👦🎉" * 40).startswith("[U+1F469][U+1F469][U+1F467]")
    assert all(len(said(name)) <= LONGEST for name in NAMES)
    assert all(re.fullmatch(r"(\[U\+[0-9A-F]+\]|[^\[])*…?", said(name)) for name in NAMES)
    counted = re.search(r">(\d+) nama mempunyai aksara tanpa glif", document.html)
    assert counted
    assert int(counted[1]) >= 4
    assert not {char for char in document.html if ord(char) > 32} - {chr(code) for code in drawn()}


def test_an_accent_typed_apart_is_set_with_its_letter() -> None:
    assert said("Me\u0301xico") == "México"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_spreadsheet_finds_a_formula_in_data_csv(document: Document, separator: str) -> None:
    text = document.data.decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    assert len(found) > 300
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert [cell for cell in found if cell.lstrip().startswith(FORMULA) and not numbers.fullmatch(cell)] == []


def test_no_cell_of_data_xlsx_is_a_formula_or_a_link_out(document: Document) -> None:
    book = openpyxl.load_workbook(io.BytesIO(document.workbook))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            assert cell.hyperlink is None or cell.hyperlink.target is None


def test_the_same_hostile_report_is_the_same_bytes() -> None:
    made = material(NAMES)
    again = render(compose(made), Edition(region=made.region, locale=LOCALE), made.company)
    assert again.files == rendered(NAMES).files
