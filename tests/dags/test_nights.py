"""The rules of a run: which day it reports, whether it mails, whom and what its night reads."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from nights import Night, NoDay, mails, read_nights, sources_by_kind

CONFIG = Path(__file__).parents[2] / "config"
ZONES = (
    "Pacific/Auckland", "Asia/Shanghai", "Asia/Kuala_Lumpur", "Asia/Kolkata", "Europe/Madrid", "UTC",
    "America/New_York", "America/Mexico_City", "Pacific/Honolulu",
)  # fmt: skip
MADRID = Night("europe", "Europe/Madrid", 5, ("spain",), {})
START = datetime(2026, 10, 31, 4, tzinfo=UTC)  # 05:00 in Madrid, of the interval that the run of 1 November covers


def intervals(night: Night) -> list[datetime]:
    """The starts of a year's intervals: each day at the night's hour by its own clock, as UTC."""
    days = (date(2026, 1, 1) + timedelta(day) for day in range(365))
    hour = timedelta(hours=night.hour)
    return [(datetime.combine(day, datetime.min.time(), ZoneInfo(night.zone)) + hour).astimezone(UTC) for day in days]


@pytest.mark.parametrize("run_type", ["scheduled", "backfill"])
@pytest.mark.parametrize("zone", ZONES)
def test_scheduled_runs_and_backfills_report_every_day_of_a_year_once(zone: str, run_type: str) -> None:
    night = Night("any", zone, 5, (), {})
    days = [night.day(run_type, None, start) for start in intervals(night)]
    assert days == [date(2026, 1, 1) + timedelta(day) for day in range(365)]


@pytest.mark.parametrize(
    ("run_type", "asked", "start", "day"),
    [
        ("scheduled", None, START, date(2026, 10, 31)),
        ("backfill", None, START, date(2026, 10, 31)),
        ("manual", None, START, date(2026, 10, 31)),
        ("manual", "2026-10-14", START, date(2026, 10, 14)),
        ("manual", "2026-10-14", None, date(2026, 10, 14)),
        ("manual", "", START, date(2026, 10, 31)),
    ],
)
def test_the_day_of_a_run(run_type: str, asked: str | None, start: datetime | None, day: date) -> None:
    assert MADRID.day(run_type, asked, start) == day


@pytest.mark.parametrize("run_type", ["scheduled", "backfill"])
def test_a_backfill_takes_its_days_from_its_range(run_type: str) -> None:
    with pytest.raises(NoDay, match="a backfill takes its days from its range, but `day` is set to 2026-10-14"):
        MADRID.day(run_type, "2026-10-14", START)


def test_a_run_by_hand_without_a_day_or_an_interval_asks() -> None:
    with pytest.raises(NoDay, match="fill in `day`"):
        MADRID.day("manual", None, None)


@pytest.mark.parametrize(
    ("run_type", "deliver", "mailed"),
    [
        ("scheduled", False, True),
        ("scheduled", True, True),
        ("manual", False, False),
        ("manual", True, True),
        ("backfill", False, False),
        ("backfill", True, False),
        ("asset_triggered", True, False),
    ],
)
def test_who_mails(run_type: str, deliver: bool, mailed: bool) -> None:
    assert mails(run_type, deliver) is mailed


def test_the_nights_of_the_sample_company() -> None:
    assert [(night.dag_id, night.zone, night.hour, night.regions) for night in read_nights(CONFIG)] == [
        ("nightly_report_asia", "Asia/Kuala_Lumpur", 5, ("china", "malaysia")),
        ("nightly_report_europe", "Europe/Madrid", 5, ("spain",)),
        ("nightly_report_americas", "America/Mexico_City", 5, ("united_states", "mexico", "company")),
    ]


def test_a_night_reads_the_sources_of_its_regions_and_the_companys_reads_all() -> None:
    shared = {"hubspot": ["hubspot"], "google_ads": ["google_ads"], "stripe": ["stripe"], "fx": ["fx"]}
    everything = shared | {"files": ["china_ads", "web_analytics", "marketing_automation", "planning"]}
    assert {night.id: night.sources for night in read_nights(CONFIG)} == {
        "asia": everything,
        "europe": shared | {"files": ["web_analytics", "marketing_automation", "planning"]},
        "americas": everything,
    }
    assert sources_by_kind(CONFIG) == everything


def test_a_batch_has_as_many_regions_as_asked_and_the_last_the_rest() -> None:
    night = Night("only", "UTC", 5, ("a", "b", "c", "company"), {})
    assert night.batches(8) == [["a", "b", "c", "company"]]
    assert night.batches(3) == [["a", "b", "c"], ["company"]]
    assert night.batches(1) == [["a"], ["b"], ["c"], ["company"]]
