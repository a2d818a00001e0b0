"""The files other systems leave: as of the clock, with a few bad lines among them."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from sandbox.clock import read
from sandbox.drop import TABLES, write
from sandbox.world import World

SHIFTED = {
    "sales_costs": "cost_date",
    "ad_spend_daily": "date",
    "web_sessions_daily": "period_start",
    "fx_rates": "rate_date",
}


def _rows(world: World, table: str) -> list[dict[str, str]]:
    text = StringIO()
    csv.writer(text).writerows(TABLES[table](world))
    text.seek(0)
    return list(csv.DictReader(text))


@pytest.mark.parametrize(("table", "column"), SHIFTED.items())
def test_no_row_is_dated_after_the_clock(small: World, table: str, column: str) -> None:
    dates = sorted(row[column] for row in _rows(small, table) if row[column].startswith("20"))
    assert dates[-1] <= "2026-11-01"
    assert dates[0] <= "2024-11-01"


@pytest.mark.parametrize(
    ("table", "column"), [("pocs", "updated_at"), ("product_events", "occurred_at"), ("targets", "valid_from")]
)
def test_no_row_is_stamped_after_the_clock(small: World, table: str, column: str) -> None:
    stamps = [
        datetime.fromisoformat(row[column]) for row in _rows(small, table) if (row[column] or "").startswith("20")
    ]
    assert max(stamps) <= small.clock.now


def test_files_are_whole_and_carry_the_clocks_time(small: World, tmp_path: Path) -> None:
    write(small, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {f"{table}.csv" for table in TABLES}
    stamps = {datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in tmp_path.iterdir()}
    assert stamps == {small.clock.now}


def test_the_same_clock_writes_the_same_bytes(small: World, tmp_path: Path) -> None:
    write(small, tmp_path / "a")
    write(small, tmp_path / "b")
    for table in TABLES:
        assert (tmp_path / "a" / f"{table}.csv").read_bytes() == (tmp_path / "b" / f"{table}.csv").read_bytes()


def test_a_month_has_fewer_visitors_than_its_days(small: World) -> None:
    counts: dict[str, int] = defaultdict(int)
    for row in _rows(small, "web_sessions_daily"):
        if (
            row["country"] == "US"
            and row["channel"] == "all"
            and not row["subdivision"]
            and row["period_start"][:7] == "2026-09"
        ):
            counts[row["period_grain"]] += int(row["visitors"])
    assert 0.5 * counts["day"] < counts["month"] < 0.8 * counts["day"]


def test_a_period_has_a_row_once_it_is_over(small: World) -> None:
    months = {row["period_start"] for row in _rows(small, "web_sessions_daily") if row["period_grain"] == "month"}
    assert max(months) == "2026-10-01"
    small.clock.now = read("2026-10-31T12:00:00Z")
    months = {row["period_start"] for row in _rows(small, "web_sessions_daily") if row["period_grain"] == "month"}
    assert max(months) == "2026-09-01"


def test_nobody_counts_chinas_visitors(small: World) -> None:
    countries = {row["country"] for row in _rows(small, "web_sessions_daily")}
    assert countries >= {"US", "MX", "ES", "MY", "SG"}
    assert "CN" not in countries


def test_one_team_plans_by_rep_and_nobody_for_the_company(small: World) -> None:
    bookings = [row for row in _rows(small, "targets") if row["metric"] == "bookings"]
    by_rep = {row["region"] for row in bookings if row["rep_id"]}
    by_team = {row["region"] for row in bookings if not row["rep_id"]}
    assert by_rep == {"malaysia"}
    assert by_team == {"united_states", "mexico", "spain", "china"}
    assert max(row["period_start"] for row in bookings) == "2027-12-01"


def test_rates_of_the_plan_begin_their_year(small: World) -> None:
    days = {row["rate_date"] for row in _rows(small, "fx_rates")}
    assert days == {"2024-01-01", "2025-01-01", "2026-01-01"}


@pytest.mark.parametrize("table", ["ad_spend_daily", "sales_costs", "product_events", "web_sessions_daily"])
def test_about_one_line_in_a_hundred_is_bad(small: World, table: str) -> None:
    rows = _rows(small, table)
    bad = sum(_is_bad(row) for row in rows)
    assert 0.002 * len(rows) < bad < 0.02 * len(rows)


def _is_bad(row: dict[str, str]) -> bool:
    words = {"XQX", "QQ", "ask Ana", "gift", "both", "click", "later", "many", "31.13.2025"}
    negative = (row.get("amount") or row.get("spend") or "").startswith("-")
    return negative or None in row.values() or bool(words & set(row.values()))


def test_expenses_are_booked_late(small: World) -> None:
    then = World(type(small.clock)(read("2026-09-30T12:00:00Z")), leads_per_year=small.leads_per_year)
    early = {row["cost_id"] for row in _rows(then, "sales_costs")}
    late = [row for row in _rows(small, "sales_costs") if row["cost_id"] not in early]
    assert any(row["cost_date"] < str(date(2026, 9, 20)) for row in late)
