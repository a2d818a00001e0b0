"""data.csv: every number of the report, found again in the scores, and nothing that a spreadsheet would run."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from include.company import Edition
from include.kpis import KPIS
from include.report.blocks import Waterfall
from include.report.compose import compose
from include.report.data import COLUMNS, UNITS, data, safe
from include.report.document import Document
from include.report.edition import render
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.report import Report
from include.report.section import Section
from include.report.tables import Column, Entry, Row, Table
from include.report.words import Words
from tests.report import synthetic
from tests.report.test_pdf import everything

MIDDLE = date(2026, 10, 14)


def written(report: Report, locale: str = "en_MY") -> bytes:
    return data(report, Words(locale, report.currency, synthetic.company(), KPIS))


def rows(report: Report, locale: str = "en_MY") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(report, locale).decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def document() -> Document:
    material = synthetic.material(MIDDLE, "spain")
    return render(compose(material), Edition(region=material.region, locale="es_ES"), material.company)


def test_it_opens_as_utf8_with_a_mark_and_lines_that_spreadsheets_expect(report: Report) -> None:
    text = written(report, "en_MY")
    assert text.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert text.count(b"\n") == text.count(b"\r\n")


def plain(value: Value) -> float:
    return float(f"{float(value.value or 0):.15g}")


@pytest.mark.parametrize("region", ["malaysia", "spain", "company"])
def test_every_number_of_cards_tables_and_charts_is_in_it(region: str) -> None:
    report = compose(synthetic.material(MIDDLE, region))
    found = {sign * float(row["value"]) for row in rows(report) if row["value"] for sign in (1, -1)}
    blocks = [block for section in report.sections for row in section.rows for block in row]
    entries = [
        entry.value for table in blocks if isinstance(table, Table) for row in table.rows for entry in row.entries
    ]
    drawn = [move.shown for chart in blocks if isinstance(chart, Waterfall) for move in chart.moves]
    cards = [it for card in report.cards for it in (card.figure.shown, card.target, card.previous, card.year_ago)]
    hidden = {card.figure.shown for card in report.cards if card.status == "few"}
    shown = {it for it in (*entries, *drawn, *cards) if it is not None and it.kind in UNITS and it.value is not None}
    assert len(shown) > 100
    assert {it for it in shown - hidden if plain(it) not in found} == set()


def test_what_is_a_score_is_found_again_in_the_scores(malaysia: Material, report: Report) -> None:
    known = {cell.id: cell for cell in malaysia.cells.all()}
    scored = [row for row in rows(report) if row["cell"] in known and row["value"]]
    assert len(scored) > 200
    for row in scored:
        cell = known[row["cell"]]
        assert float(row["value"]) == pytest.approx(cell.value), row
        assert (row["kpi"], row["unit"], row["currency"]) == (cell.kpi, cell.unit, cell.currency or "")
        assert row["n"] == ("" if cell.n is None else str(cell.n))
        assert row["period"] == f"{cell.key[3]}/{cell.key[4]}"


def test_sums_of_months_are_not_passed_off_as_one_of_them(malaysia: Material, report: Report) -> None:
    known = {cell.id for cell in malaysia.cells.all()}
    summed = [row for row in rows(report) if row["cell"] and row["cell"] not in known]
    assert summed
    assert {row["period"] for row in summed} == {"2025-11-01/2026-10-31"}
    assert {row["status"] for row in summed} <= {""}


def test_labels_are_in_the_editions_language_and_numbers_in_nobodys(report: Report) -> None:
    malay, english = rows(report, "ms_MY"), rows(report, "en_MY")
    assert [row["value"] for row in malay] == [row["value"] for row in english]
    labels = {row["label"] for row in malay if row["kpi"] == "mrr"}
    assert "Hasil berulang bulanan (MRR)" in labels
    assert all("," not in row["value"] and "e" not in row["value"] for row in malay)


def test_what_is_not_shown_for_its_few_cases_is_not_given_away() -> None:
    report = compose(synthetic.material(MIDDLE, "spain"))
    few = [row for row in rows(report) if row["status"] == "few"]
    assert few
    assert {row["value"] for row in few} == {""}


def test_a_number_of_a_month_that_runs_says_so(running: Report) -> None:
    hatched = [row for row in rows(running) if row["kpi"] == "cohort_retention_curve" and row["status"] == "immature"]
    assert len(hatched) == 12 - 2  # a row for each month but the two whose cohorts are too few


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "=cmd|'/C calc'!A0"],
)
def test_a_formula_is_text(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_a_hostile_name_is_one_cell_of_text(report: Report) -> None:
    names = ("=cmd|'/C calc'!A0", '"; DROP', "a,b\r\nc", "−5", "@SUM(1)")
    entries = tuple(Row(Value("data", name), (Entry(Value("count", -3)),)) for name in names)
    table = Table(Message("costs.title"), Message("costs.title"), Message("column.source"),
                  (Column(Message("column.landed")),), entries)  # fmt: skip
    found = rows(replace(report, cards=(), sections=(Section("quality", Message("costs.title"), ((table,),)),)))
    labels = [row["label"] for row in found if row["section"] == "quality"]
    assert labels == ["'=cmd|'/C calc'!A0 · Rows", '"; DROP · Rows', "a,b c · Rows", "−5 · Rows", "'@SUM(1) · Rows"]
    assert {row["value"] for row in found if row["section"] == "quality"} == {"-3"}  # a number stays a number


def test_the_pdf_carries_it_as_its_data(document: Document) -> None:
    pdf = pypdfium2.PdfDocument(document.pdf)
    assert pdf.count_attachments() == 1
    attached = pdf.get_attachment(0)
    assert (attached.get_name(), bytes(attached.get_data())) == ("data.csv", document.data)
    inside = everything(document.pdf)
    for mark in (b"/AFRelationship /Data", b"/Subtype /text#2fcsv", b"D:20261014"):
        assert mark in inside


def test_the_manifest_lists_it(document: Document) -> None:
    assert json.loads(document.manifest)["bytes"]["data.csv"] == len(document.data)
    assert document.files["data.csv"] == document.data


def test_the_same_report_is_the_same_bytes(document: Document) -> None:
    material = synthetic.material(MIDDLE, "spain")
    again = render(compose(material), Edition(region=material.region, locale="es_ES"), material.company)
    assert again.files == document.files


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x;=1+1", "x;'=1+1"),
        ('x; "=cmd|x"', 'x; "\'=cmd|x"'),
        ("x;@SUM(1);+2", "x;'@SUM(1);'+2"),
        ("x;＝1", "x;'＝1"),
        ("Search; Spring", "Search; Spring"),
        ("a - b = c", "a - b = c"),
    ],
)
def test_no_formula_begins_where_a_spanish_spreadsheet_begins_a_cell(text: str, written: str) -> None:
    """There the semicolon separates, so that a text of ours is cut at its own."""
    assert safe(text) == written


def test_a_megabyte_in_a_key_is_clipped(report: Report) -> None:
    card = report.cards[0]
    figure = replace(card.figure, cell=f"bookings|value|month|2026-10-01|2026-10-31||||malaysia||{'x' * 10**6}")
    assert len(written(replace(report, cards=(replace(card, figure=figure),)))) < 200_000
