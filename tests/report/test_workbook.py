"""data.xlsx, read back by another library: typed cells, the edition's words and formats, nothing that runs."""

import io
import re
from dataclasses import replace
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from include.kpis import KPIS
from include.report.blocks import Heat, Waterfall
from include.report.compose import compose
from include.report.data import FORMULA
from include.report.figures import Message, Value
from include.report.formats import Formats
from include.report.lines import Lines
from include.report.number_formats import NumberFormats
from include.report.records import records
from include.report.report import Report
from include.report.section import Section
from include.report.tables import Column, Entry, Row, Table
from include.report.words import Words
from include.report.workbook import HEAD, workbook
from tests.report import synthetic

MIDDLE = date(2026, 10, 14)
SHOWN = (Table, Lines, Waterfall, Heat)


def words(report: Report, locale: str) -> Words:
    return Words(locale, report.currency, synthetic.company(), KPIS)


def written(report: Report, locale: str = "en_MY") -> bytes:
    return workbook(report, words(report, locale), "Malaysia: sales report")


def opened(report: Report, locale: str = "en_MY") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(report, locale)))


def named(*names: str) -> Table:
    rows = tuple(Row(Value("data", name), (Entry(Value("data", name)), Entry(Value("count", -3)))) for name in names)
    columns = (Column(Message("column.reason")), Column(Message("column.landed")))
    return Table(Message("costs.title"), Message("costs.title"), Message("column.source"), columns, rows)


def holding(report: Report, table: Table) -> Report:
    return replace(report, sections=(Section("quality", Message("costs.title"), ((table,),)),))


def test_every_sheet_has_heads_that_stay_and_a_filter(report: Report) -> None:
    first, *rest = opened(report)
    assert first.title == "Contents"
    assert [first.cell(HEAD + 1 + at, 1).value for at in range(len(rest))] == [sheet.title for sheet in rest]
    for sheet in rest:
        assert sheet.freeze_panes == f"B{HEAD + 2}"
        heads = [cell.value for cell in sheet[HEAD + 1]]
        assert all(heads), sheet.title
        assert sheet.auto_filter.ref.startswith(f"A{HEAD + 1}:")


@pytest.mark.parametrize("region", ["malaysia", "spain", "company"])
def test_every_table_and_chart_of_every_section_has_its_sheet(region: str) -> None:
    report = compose(synthetic.material(MIDDLE, region))
    blocks = [block for section in report.sections for row in section.rows for block in row if isinstance(block, SHOWN)]
    assert len(blocks) > 8
    assert len(opened(report).sheetnames) == len(blocks) + 3  # contents, key figures, all numbers


def test_the_last_sheet_is_data_csv_with_types(report: Report) -> None:
    sheet = opened(report).worksheets[-1]
    found = list(sheet.iter_rows(min_row=HEAD + 2, values_only=True))
    known = list(records(report, words(report, "en_MY")))
    assert len(found) == len(known)
    assert len(known) > 300
    for row, record in zip(found, known, strict=True):
        assert row[:3] == (record.section, record.kpi or None, record.label)
        number = None if record.value.value is None else float(record.value.value)
        number = number * 100 if number is not None and record.value.kind == "points" else number
        assert (row[6] is None) if number is None else row[6] == pytest.approx(number)
        assert row[3] == (datetime.fromisoformat(record.first) if record.first else None)
        assert row[9] == record.n


def test_numbers_are_numbers_and_days_are_days(report: Report) -> None:
    for sheet in opened(report).worksheets[1:]:
        for row in sheet.iter_rows(min_row=HEAD + 2):
            for cell in row:
                assert cell.data_type in ("n", "s", "d"), f"{sheet.title} {cell.coordinate}"
                if cell.data_type == "s" and sheet.title != "All numbers":
                    assert not re.fullmatch(r"[RM¥$€\s]*[+−-]?[\d.,\s]+%?", cell.value), f"{sheet.title} {cell.value}"


@pytest.mark.parametrize(
    ("locale", "currency", "money", "percent", "day"),
    [
        ("en_US", "USD", "[$$]#,##0", "0.0%", '[$-409]mmm" "d", "yyyy'),
        ("en_MY", "MYR", '[$RM]"\xa0"#,##0', "0.0%", '[$-4409]d" "mmm" "yyyy'),
        ("es_ES", "EUR", '#,##0"\xa0"[$€]', '0.0"\xa0"%', '[$-40A]d" "mmm" "yyyy'),
        ("es_419", "USD", '[$USD]"\xa0"#,##0', "0.0%", 'd" "mmm" "yyyy'),
        ("zh_Hans_CN", "CNY", "[$¥]#,##0", "0.0%", 'yyyy"年"m"月"d"日"'),
        ("ms_MY", "MYR", '[$RM]"\xa0"#,##0', "0.0%", '[$-43E]d" "mmm" "yyyy'),
    ],
)
def test_number_formats_are_the_locales(locale: str, currency: str, money: str, percent: str, day: str) -> None:
    codes = NumberFormats(Formats(locale, currency))
    assert (codes["money"], codes["percent"], codes["date"]) == (money, percent, day)


def test_points_times_and_signs_have_formats_of_their_own() -> None:
    codes = NumberFormats(Formats("es_ES", "EUR"))
    assert codes["points"] == '+0.0"\xa0p.\xa0p.";-0.0"\xa0p.\xa0p.";0.0"\xa0p.\xa0p."'
    assert codes["change"] == '+0.0"\xa0"%;-0.0"\xa0"%;0.0"\xa0"%'
    assert codes["times"] == '0.0"x"'
    assert codes["data"] == "@"


def test_heads_sheets_and_contents_are_in_the_editions_language() -> None:
    book = opened(compose(synthetic.material(MIDDLE, "china")), "zh_Hans_CN")
    assert "Contents" not in book.sheetnames
    assert any("渠道" in name for name in book.sheetnames)
    heads = {cell.value for sheet in book.worksheets[1:] for cell in sheet[HEAD + 1]}
    assert not {head for head in heads if re.search(r"[a-z]{4,}", str(head))} - {"n"}


@pytest.mark.parametrize("opener", [*FORMULA, "=cmd|'/C calc'!A0", "{=1+1}", "http://x.example", "_x0041_", "007"])
def test_text_from_outside_is_never_a_formula_a_link_or_a_number(report: Report, opener: str) -> None:
    name = f"{opener}1" if len(opener) == 1 else opener
    book = opened(holding(report, named(name)))
    (sheet,) = (each for each in book if each.title == "Data quality")
    said = words(report, "en_MY").data(name)
    head, reason, number = (sheet.cell(HEAD + 2, at) for at in (1, 2, 3))
    assert (head.value, head.data_type) == (said, "s")
    assert (reason.value, reason.data_type) == (said, "s")
    assert head.hyperlink is None
    assert head.quotePrefix is said.startswith(FORMULA)
    assert number.value == -3


def test_there_is_no_formula_link_out_or_macro_in_the_file(report: Report) -> None:
    content = written(holding(report, named("=1+1", "http://x.example", "mailto:x@example.com")))
    with ZipFile(io.BytesIO(content)) as packed:
        for part in packed.namelist():
            text = packed.read(part).decode()
            assert "<f>" not in text, part
            assert 'TargetMode="External"' not in text, part
            assert "vba" not in part


def test_two_tables_of_a_long_section_name_are_two_sheets(report: Report) -> None:
    section = Section("costs", Message("costs.title"), ((named("a"), named("b")),))
    names = opened(replace(report, sections=(section,)), "en_MY").sheetnames
    assert len({name.lower() for name in names}) == len(names) == 5
    assert max(map(len, names)) <= 31


def test_totals_stand_below_what_is_sorted(report: Report) -> None:
    total = Row(Value("code", "total"), (Entry(Value("data", "x")), Entry(Value("count", 9))), "total")
    table = replace(named("a", "b"), rows=(total, *named("a", "b").rows))
    sheet = opened(holding(report, table)).worksheets[2]
    assert sheet.auto_filter.ref == f"A{HEAD + 1}:C{HEAD + 3}"
    assert sheet.cell(HEAD + 4, 1).value == "Total"


def test_the_same_report_is_the_same_bytes_whatever_the_clock(report: Report) -> None:
    assert written(report) == written(report)
    with ZipFile(io.BytesIO(written(report))) as packed:
        core = packed.read("docProps/core.xml").decode()
        assert "2026-10-31T12:00:00Z" in core
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
