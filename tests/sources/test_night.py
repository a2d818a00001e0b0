"""What a night asks for, and when its watermark moves."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.company import Company, SourceConfig
from include.lake import TABLES, Lake
from include.lake.landing import start_of
from include.sources import Days, Source, SourceError, land, load
from include.sources.client import Session
from include.sources.strict import Raw

D = date(2026, 10, 31)
NIGHT = Days(D, D)
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


class Told(Source):
    """A source without a network: gives the rows a test tells it, and remembers what it was asked."""

    tables = ("leads", "ad_spend_daily")

    def __init__(self, company: Company) -> None:
        super().__init__(company, SourceConfig(name="told", kind="told"), Path())
        self.now = NOON
        self.asked: list[Mapping[str, Days]] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.fails_on: list[date] = []

    def fetch(self, _session: Session | None, asked: Mapping[str, Days]) -> Iterator[tuple[str, list[Raw]]]:
        self.asked.append(asked)
        for table, days in asked.items():
            if days.first in self.fails_on:
                raise SourceError("the vendor is down", "wait")
            filed = TABLES[table].filed_by
            yield table, [Raw(row, row, "told") for row in self.rows.get(table, []) if _asked_for(days, row[filed])]

    def clock(self, _session: Session | None) -> datetime:
        return self.now


def _asked_for(days: Days, stamp: str) -> bool:
    """Dated rows of the days; log rows of the piece of history in which they were made."""
    day = date.fromisoformat(stamp[:10])
    if len(stamp) == 10:
        return days.first <= day <= days.last
    return (days.created_from or day) <= day < (days.created_until or date.max)


def lead(stamp: str, number: str = "1", **cells: Any) -> dict[str, Any]:
    return {"lead_id": number, "created_at": stamp, "updated_at": stamp, "channel": "direct", "is_test": False} | cells


def spend(day: str, **cells: Any) -> dict[str, Any]:
    plain = dict.fromkeys(
        ("platform", "ad_account_id", "account_timezone", "campaign_id", "campaign_name", "channel"), "x"
    )
    return plain | {"date": day, "currency": "EUR", "impressions": 1, "clicks": 1, "spend": "1"} | cells


@pytest.fixture
def source(company: Company) -> Told:
    return Told(company)


def test_the_first_night_asks_for_changes_since_its_day_began_anywhere(source: Told, lake: Lake) -> None:
    land(source, None, lake, NIGHT)

    assert source.asked[0]["leads"].since == start_of(D) - TEN_MINUTES


def test_the_next_night_asks_since_the_watermark_less_ten_minutes(source: Told, lake: Lake) -> None:
    land(source, None, lake, NIGHT)
    source.now += timedelta(days=1)
    land(source, None, lake, Days(date(2026, 11, 1), date(2026, 11, 1)))

    assert source.asked[1]["leads"].since == NOON - TEN_MINUTES
    assert lake.watermark("told", "leads") == NOON + timedelta(days=1)


def test_a_missed_week_is_caught_up_by_the_next_night(source: Told, lake: Lake) -> None:
    land(source, None, lake, NIGHT)
    source.now += timedelta(days=8)
    land(source, None, lake, Days(date(2026, 11, 8), date(2026, 11, 8)))

    assert source.asked[1]["leads"].since == NOON - TEN_MINUTES
    assert lake.missing_days("told", "leads", D, date(2026, 11, 8)) == []


def test_a_backfill_of_days_known_without_a_gap_asks_for_nothing_old(source: Told, lake: Lake) -> None:
    load(source, None, lake, Days(date(2026, 9, 1), D))
    land(source, None, lake, Days(date(2026, 9, 5), date(2026, 9, 5)))

    assert source.asked[-1]["leads"].since == NOON - TEN_MINUTES


def test_a_backfill_of_days_not_known_asks_from_their_start(source: Told, lake: Lake) -> None:
    land(source, None, lake, NIGHT)
    land(source, None, lake, Days(date(2026, 9, 5), date(2026, 9, 5)))

    assert source.asked[-1]["leads"].since == start_of(date(2026, 9, 5)) - TEN_MINUTES


def test_repull_asks_again_for_what_is_known(source: Told, lake: Lake) -> None:
    load(source, None, lake, Days(date(2026, 9, 1), D))
    land(source, None, lake, Days(date(2026, 9, 5), date(2026, 9, 5)), repull=True)

    assert source.asked[-1]["leads"].since == start_of(date(2026, 9, 5)) - TEN_MINUTES


def test_dated_tables_take_their_restatement_window_again(source: Told, lake: Lake) -> None:
    land(source, None, lake, NIGHT)

    assert source.asked[0]["ad_spend_daily"] == Days(date(2026, 10, 1), D)


def test_dated_tables_take_dates_that_the_manifest_lacks(source: Told, lake: Lake) -> None:
    land(source, None, lake, Days(date(2026, 3, 31), date(2026, 3, 31)))
    land(source, None, lake, NIGHT)

    assert source.asked[1]["ad_spend_daily"].first == date(2026, 4, 1)


def test_a_failed_pull_moves_no_watermark_and_names_source_and_days(source: Told, lake: Lake) -> None:
    land(source, None, lake, NIGHT)
    source.now += timedelta(days=1)
    source.fails_on = [date(2026, 10, 2)]
    with pytest.raises(SourceError, match=r"^told, 2026-11-01: the vendor is down\. Next: wait\.$"):
        land(source, None, lake, Days(date(2026, 11, 1), date(2026, 11, 1)))

    assert lake.watermark("told", "leads") == NOON


def test_a_night_twice_writes_nothing_new(source: Told, lake: Lake) -> None:
    source.rows = {
        "leads": [lead("2026-10-31T10:00:00Z"), lead("2026-10-31T10:00:00Z", "2", country="QQ")],
        "ad_spend_daily": [spend("2026-10-31")],
    }
    land(source, None, lake, NIGHT)
    before = {file: file.stat().st_ino for file in lake.root.rglob("day=*/*.parquet")}
    land(source, None, lake, NIGHT)

    assert {file: file.stat().st_ino for file in lake.root.rglob("day=*/*.parquet")} == before


def test_landed_tells_the_counts(source: Told, lake: Lake) -> None:
    stamp = "2026-10-31T10:00:00Z"
    source.rows = {"leads": [lead(stamp), lead(stamp), lead(stamp, "2", country="QQ")]}
    landed = land(source, None, lake, NIGHT)

    assert (landed.landed, landed.rows, landed.rejected, landed.superseded) == (3, 1, 1, 1)
    assert str(landed) == "3 rows in 0 requests: 1 accepted, 1 rejected, 1 superseded"
