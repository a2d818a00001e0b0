"""A history is pulled month by month, goes on where it stopped, and is pulled once."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from include.company import Company
from include.lake import Lake
from include.sources import Days, SourceError, load

from .test_night import NOON, Told, lead, spend

AUTUMN = Days(date(2026, 8, 15), date(2026, 10, 31))
MONTHS = [date(2026, 8, 15), date(2026, 9, 1), date(2026, 10, 1)]
WITH_RESTATEMENT = [date(2026, 7, 16), *MONTHS[1:]]


@pytest.fixture
def source(company: Company) -> Told:
    told = Told(company)
    stamps = ["2026-07-01T10:00:00Z", "2026-09-30T23:59:59Z", "2026-10-01T00:00:00Z", "2026-11-01T10:00:00Z"]
    told.rows = {"leads": [lead(stamp, str(n)) for n, stamp in enumerate(stamps)]}
    told.rows["ad_spend_daily"] = [spend(f"2026-{month:02}-20") for month in (8, 9, 10)]
    return told


def pieces(source: Told, table: str) -> list[date]:
    return sorted(asked[table].first for asked in source.asked if table in asked)


class AtOnce(Told):
    def pieces(self, days: Days) -> list[Days]:
        return [days]


def test_every_month_is_asked_for_once_and_every_row_landed(source: Told, lake: Lake) -> None:
    landed = load(source, None, lake, AUTUMN)

    assert pieces(source, "leads") == MONTHS
    assert pieces(source, "ad_spend_daily") == WITH_RESTATEMENT
    assert sorted(lake.scan("leads")["lead_id"].to_pylist()) == ["0", "1", "2", "3"]
    assert lake.scan("ad_spend_daily").num_rows == 3
    assert (landed.landed, landed.rows) == (7, 7)


def test_what_is_covered_is_not_asked_for_again(source: Told, lake: Lake) -> None:
    load(source, None, lake, AUTUMN)
    source.asked.clear()

    assert load(source, None, lake, AUTUMN).landed == 0
    assert source.asked == []
    load(source, None, lake, AUTUMN, repull=True)
    assert pieces(source, "leads") == MONTHS
    assert pieces(source, "ad_spend_daily") == WITH_RESTATEMENT


def test_a_load_goes_on_where_it_failed(source: Told, lake: Lake) -> None:
    source.fails_on = [date(2026, 10, 1)]
    with pytest.raises(SourceError, match=r"told, 2026-10-01\.\.2026-10-31: the vendor is down"):
        load(source, None, lake, AUTUMN)
    assert not lake.covers("told", "leads", date(2026, 9, 1), NOON)
    done = set(pieces(source, "leads")) - {date(2026, 10, 1)}

    source.asked.clear()
    source.fails_on = []
    load(source, None, lake, AUTUMN)
    assert set(pieces(source, "leads")) == set(MONTHS) - done
    assert lake.scan("leads").num_rows == 4
    assert lake.covers("told", "leads", date(2026, 9, 1), NOON)


def test_a_load_is_as_old_as_its_oldest_month(source: Told, lake: Lake) -> None:
    source.fails_on = [date(2026, 10, 1)]
    with pytest.raises(SourceError):
        load(source, None, lake, AUTUMN)
    source.fails_on = []
    source.now = NOON + timedelta(days=2)
    load(source, None, lake, AUTUMN)

    assert lake.watermark("told", "leads") == NOON


def test_months_show_in_the_health_while_they_wait(source: Told, lake: Lake) -> None:
    source.fails_on = [date(2026, 10, 1)]
    with pytest.raises(SourceError):
        load(source, None, lake, AUTUMN)

    health = {each.table: each for each in lake.health()}
    assert health["leads"].landed == 2
    assert health["leads"].first_day is None


def test_a_longer_range_later_asks_only_for_what_changed(source: Told, lake: Lake) -> None:
    load(source, None, lake, AUTUMN)
    source.asked.clear()
    source.now = datetime.fromisoformat("2026-11-06T12:00:00+00:00")
    load(source, None, lake, Days(AUTUMN.first, date(2026, 11, 5)))

    (asked,) = source.asked
    assert asked["leads"].since == NOON - timedelta(minutes=10)
    assert asked["ad_spend_daily"].first == date(2026, 10, 6)
    assert lake.missing_days("told", "leads", AUTUMN.first, date(2026, 11, 5)) == []
    assert lake.missing_days("told", "ad_spend_daily", AUTUMN.first, date(2026, 11, 5)) == []


def test_the_months_of_a_load_and_one_big_piece_give_the_same_lake(source: Told, tmp_path: Path) -> None:
    monthly, whole = Lake(tmp_path / "monthly"), Lake(tmp_path / "whole")
    load(source, None, monthly, AUTUMN)
    at_once = AtOnce(source.company)
    at_once.rows = source.rows
    load(at_once, None, whole, AUTUMN)

    def content(lake: Lake) -> dict[Path, bytes]:
        return {file.relative_to(lake.root): file.read_bytes() for file in lake.root.rglob("day=*/*.parquet")}

    assert content(monthly) == content(whole)
