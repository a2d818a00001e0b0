"""Files that people drop: what is read, and how much one broken line or one wrong column costs."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from include.company import Company, ConfigError
from include.lake import Lake
from include.sources import Days, Source, SourceError, build, land, load

HEADER = "cost_id,cost_date,cost_type,acquisition_scope,amount,currency"
GOOD = ["k1,2026-10-03,travel,new,120.50,MXN", "k2,2026-10-31,agency,existing,7,EUR"]
OCTOBER = Days(date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def written(file: Path, *lines: str | bytes, changed: str = "2026-11-01T12:00:00+00:00") -> Path:
    file.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines) + b"\n")
    moment = datetime.fromisoformat(changed).timestamp()
    os.utime(file, (moment, moment))
    return file


def files_in(company: Company, drop: Path, *tables: str) -> Source:
    section = company.sources["planning"].model_copy()
    section = type(section)(**{**section.model_dump(), "path": str(drop), "tables": list(tables)})
    return build(company.model_copy(update={"sources": {"planning": section}}), "planning", root=Path("/"))


def pulled(source: Source, table: str, days: Days = OCTOBER) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    batches = list(source.pull(None, table, days))
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    return rows, [row for batch in batches for row in batch.rejects.to_pylist()]


@pytest.mark.parametrize("broken", [
    ("k3,2026-10-04,travel,new,1", "line: 5 cells where the header has 6"),
    ("k3,2026-10-04,travel,new,1,MXN,", "line: 7 cells where the header has 6"),
    ('k3,2026-10-04,"travel,new,1,MXN', "line: a quote is not closed or the text is not UTF-8"),
    (b"k3,2026-10-04,travel\xff,new,1,MXN", "line: a quote is not closed or the text is not UTF-8"),
    ("k3,2026-10-04,travel,new,-1,MXN", "amount: '-1' is negative"),
], ids=["too few cells", "too many", "open quote", "not UTF-8", "negative"])  # fmt: skip
def test_a_broken_line_is_rejected_by_number_and_costs_no_other(
    company: Company, drop: Path, broken: tuple[str | bytes, str]
) -> None:
    line, reason = broken
    written(drop / "sales_costs.csv", HEADER, GOOD[0], line, GOOD[1])
    rows, rejects = pulled(files_in(company, drop, "sales_costs"), "sales_costs")

    assert [row["cost_id"] for row in rows] == ["k1", "k2"]
    assert [(each["reasons"], each["origin"]) for each in rejects] == [([reason], "sales_costs.csv, row 3")]


def test_a_quoted_cell_may_hold_commas_quotes_and_line_breaks(company: Company, drop: Path) -> None:
    written(drop / "sales_costs.csv", HEADER, '"k,""1\n2""",2026-10-03,travel,new,1,MXN', GOOD[1])
    rows, rejects = pulled(files_in(company, drop, "sales_costs"), "sales_costs")

    assert [row["cost_id"] for row in rows] == ['k,"1\n2"', "k2"]
    assert rejects == []


def test_a_file_from_a_spreadsheet_has_a_mark_and_carriage_returns(company: Company, drop: Path) -> None:
    lines = [line + "\r" for line in (HEADER, *GOOD, "")]
    written(drop / "sales_costs.csv", b"\xef\xbb\xbf" + lines[0].encode(), *lines[1:])

    assert len(pulled(files_in(company, drop, "sales_costs"), "sales_costs")[0]) == 2


def test_only_the_days_asked_for_and_rows_without_a_readable_date(company: Company, drop: Path) -> None:
    written(drop / "sales_costs.csv", HEADER, *GOOD, "k3,soon,travel,new,1,MXN")
    rows, rejects = pulled(
        files_in(company, drop, "sales_costs"), "sales_costs", Days(date(2026, 10, 31), date(2026, 10, 31))
    )

    assert [row["cost_id"] for row in rows] == ["k2"]
    assert [each["day"] for each in rejects] == [date(2026, 10, 31)]


@pytest.mark.parametrize(("header", "told"), [
    (HEADER.replace("amount,", ""), "lacks the columns amount"),
    (HEADER + ",colour,shade", "has columns that the table does not have: colour, shade"),
    (HEADER + ",amount", "has more than once: amount"),
    ("", "lacks the columns acquisition_scope"),
])  # fmt: skip
def test_a_wrong_header_ends_the_pull_naming_file_row_and_columns(
    company: Company, drop: Path, lake: Lake, header: str, told: str
) -> None:
    written(drop / "sales_costs.csv", header)
    with pytest.raises(SourceError, match=told) as fault:
        land(files_in(company, drop, "sales_costs"), None, lake, OCTOBER)

    assert str(fault.value).startswith(f"planning, 2026-10-01..2026-10-31: {drop}/sales_costs.csv, row 1: ")
    assert "Next: the columns are: cost_id, cost_date" in str(fault.value)
    assert lake.health() == []


def test_parquet_is_read_as_csv_is(company: Company, drop: Path) -> None:
    table = pa.table({"cost_id": ["k1", "k2"], "cost_date": [date(2026, 10, 3)] * 2, "cost_type": ["travel", "?"],
                      "acquisition_scope": ["new"] * 2, "amount": [1.5, 2.0], "currency": ["MXN"] * 2})  # fmt: skip
    pq.write_table(table, drop / "sales_costs.parquet")
    rows, rejects = pulled(files_in(company, drop, "sales_costs"), "sales_costs")

    assert [(row["cost_id"], row["cost_date"]) for row in rows] == [("k1", date(2026, 10, 3))]
    assert [each["origin"] for each in rejects] == ["sales_costs.parquet, row 2"]


def test_parquet_that_is_none_ends_the_pull(company: Company, drop: Path) -> None:
    written(drop / "sales_costs.parquet", "cost_id,cost_date")
    with pytest.raises(SourceError, match=r"sales_costs\.parquet is no readable Parquet file"):
        pulled(files_in(company, drop, "sales_costs"), "sales_costs")


def test_the_clock_of_a_drop_is_its_newest_file(company: Company, drop: Path, lake: Lake) -> None:
    written(drop / "sales_costs.csv", HEADER, *GOOD, changed="2026-10-30T08:00:00+00:00")
    written(drop / "targets.csv", "period_start,period_end,metric,target_value", changed="2026-11-01T06:00:00+00:00")
    land(files_in(company, drop, "sales_costs", "targets"), None, lake, OCTOBER)

    assert lake.watermark("planning", "sales_costs") == datetime(2026, 11, 1, 6, tzinfo=UTC)
    assert lake.covers("planning", "sales_costs", date(2026, 10, 31), datetime(2026, 11, 1, 6, tzinfo=UTC))


def test_a_night_after_a_history_reads_a_log_only_if_its_file_changed(company: Company, drop: Path, lake: Lake) -> None:
    header, line = "period_start,period_end,metric,target_value,valid_from", "2026-10-01,2026-10-31,mql_count,7,"
    written(drop / "targets.csv", header, f"{line}2026-01-01T00:00:00Z", changed="2026-11-01T06:00:00+00:00")
    source = files_in(company, drop, "targets")
    load(source, None, lake, OCTOBER)

    assert land(source, None, lake, OCTOBER).landed == 0
    written(drop / "targets.csv", header, f"{line}2026-02-01T00:00:00Z", changed="2026-11-01T06:00:00+00:00")
    assert land(source, None, lake, OCTOBER).landed == 1


def test_a_missing_file_is_told_and_covers_nothing(company: Company, drop: Path, lake: Lake) -> None:
    written(drop / "sales_costs.csv", HEADER, *GOOD)
    landed = land(files_in(company, drop, "sales_costs", "pocs"), None, lake, OCTOBER)

    assert landed.absent == ("pocs",)
    assert "not at the source: pocs" in str(landed)
    assert lake.watermark("planning", "pocs") is None


def test_an_empty_folder_ends_the_pull_with_a_next_step(company: Company, drop: Path, lake: Lake) -> None:
    with pytest.raises(SourceError, match=r"holds no CSV or Parquet file\. Next: put the files there"):
        land(files_in(company, drop, "sales_costs"), None, lake, OCTOBER)


def test_without_a_list_of_tables_those_that_lie_there_are_held(company: Company, drop: Path) -> None:
    written(drop / "pocs.csv", "poc_id")
    written(drop / "notes.csv", "x")

    assert files_in(company, drop).tables == ("pocs",)


def test_a_list_with_a_table_nobody_knows_is_a_configuration_error(company: Company, drop: Path) -> None:
    with pytest.raises(ConfigError, match="no landed table is called sales_cost"):
        files_in(company, drop, "sales_cost")


def test_a_mended_line_takes_its_reject_away(company: Company, drop: Path, lake: Lake) -> None:
    source = files_in(company, drop, "sales_costs")
    written(drop / "sales_costs.csv", HEADER, GOOD[0].replace("MXN", "XQX"), GOOD[1])
    load(source, None, lake, OCTOBER)
    written(drop / "sales_costs.csv", HEADER, *GOOD)
    land(source, None, lake, OCTOBER)

    assert lake.scan("sales_costs").num_rows == 2
    (reject,) = (lake.root / "rejects").rglob("day=2026-10-03/planning.parquet")
    assert pq.ParquetFile(reject).read().num_rows == 0


def test_a_correction_without_a_new_stamp_is_seen(company: Company, drop: Path, lake: Lake) -> None:
    source = files_in(company, drop, "pocs")
    header, poc = "poc_id,type,started_at,is_test,evaluation_result", "p1,poc,2026-10-03T10:00:00Z,false,"
    written(drop / "pocs.csv", header, poc)
    load(source, None, lake, OCTOBER)
    written(drop / "pocs.csv", header, poc + "success", changed="2026-11-02T12:00:00+00:00")
    land(source, None, lake, Days(date(2026, 11, 1), date(2026, 11, 1)))

    assert lake.scan("pocs")["evaluation_result"].to_pylist() == ["success"]


POC, POC_HEADER = "p1,poc,2026-10-03T10:00:00Z,false,", "poc_id,type,started_at,is_test,evaluation_result"
FIRST, SECOND = (Days(day, day) for day in (date(2026, 11, 1), date(2026, 11, 2)))


def test_a_file_that_has_not_changed_is_read_once_and_covers_all_the_same(
    company: Company, drop: Path, lake: Lake
) -> None:
    source = files_in(company, drop, "pocs")
    written(drop / "pocs.csv", POC_HEADER, POC)
    first = land(source, None, lake, FIRST)
    written(drop / "pocs.csv", POC_HEADER, POC, changed="2026-11-03T12:00:00+00:00")
    again = land(source, None, lake, SECOND)

    assert (first.landed, again.landed) == (1, 0)
    assert lake.watermark("planning", "pocs") == datetime(2026, 11, 3, 12, tzinfo=UTC)


def test_a_changed_file_is_read_whatever_its_date(company: Company, drop: Path, lake: Lake) -> None:
    """A copy may keep the date of an older original."""
    source = files_in(company, drop, "pocs")
    written(drop / "pocs.csv", POC_HEADER, POC)
    land(source, None, lake, FIRST)
    written(drop / "pocs.csv", POC_HEADER, POC + "success", changed="2025-01-01T12:00:00+00:00")
    land(source, None, lake, SECOND)

    assert lake.scan("pocs")["evaluation_result"].to_pylist() == ["success"]


def test_a_file_put_back_after_a_change_is_read_again(company: Company, drop: Path, lake: Lake) -> None:
    """Three states at one time of the drop's clock, the last like the first."""
    source = files_in(company, drop, "pocs")
    for result in ("", "success", ""):
        written(drop / "pocs.csv", POC_HEADER, POC + result)
        land(source, None, lake, FIRST)

    assert lake.scan("pocs")["evaluation_result"].to_pylist() == [None]


def test_a_repull_reads_an_unchanged_file_again(company: Company, drop: Path, lake: Lake) -> None:
    source = files_in(company, drop, "pocs")
    written(drop / "pocs.csv", POC_HEADER, POC)
    land(source, None, lake, FIRST)

    assert land(source, None, lake, FIRST, repull=True).landed == 1


def test_hostile_names_land_as_the_text_they_are(company: Company, drop: Path, lake: Lake) -> None:
    names = ["<script>alert(1)</script>", "{{7*7}}", "=1+1", "'; drop table leads; --"]
    cost = "{},2026-10-03,travel,new,1,MXN"
    written(drop / "sales_costs.csv", HEADER, *(cost.format(name) for name in names))
    load(files_in(company, drop, "sales_costs"), None, lake, OCTOBER)

    assert sorted(lake.scan("sales_costs")["cost_id"].to_pylist()) == sorted(names)
