"""What the manifest says was pulled, and how cheap it stays."""

import os
import signal
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from include.lake import Entry, Lake, Pull
from include.lake.landing import start_of
from include.lake.manifest import FOLD_ABOVE

from .made import at, landing, reject, row

ROOT = Path(__file__).parents[2]
D = date(2026, 10, 31)
NOON = at("2026-11-01T12:00:00")


def pulled_log(lake: Lake, since: datetime, pulled_at: datetime) -> None:
    pull = Pull(since.date(), pulled_at.date(), pulled_at, since)
    lake.record("crm", [Entry("crm", "leads", pulls=(pull,))])


def pulled_dates(lake: Lake, first: date, last: date, pulled_at: datetime) -> None:
    lake.record("ads", [Entry("ads", "ad_spend_daily", pulls=(Pull(first, last, pulled_at),))])


def test_nothing_pulled_covers_nothing(lake: Lake) -> None:
    assert not lake.covers("crm", "leads", D, NOON)
    assert lake.watermark("crm", "leads") is None
    assert lake.missing_days("crm", "leads", D, D) == [D]
    assert lake.health() == []


def test_a_file_proves_nothing_until_the_pull_is_recorded(lake: Lake) -> None:
    entry = lake.merge(landing("leads", [row("leads")]))
    assert not lake.covers("crm", "leads", D, NOON)

    lake.record("crm", [entry])
    assert lake.covers("crm", "leads", D, NOON)


def test_a_log_pull_covers_a_day_from_its_cutoff_on(lake: Lake) -> None:
    pulled_log(lake, at("2026-10-01T00:00:00"), NOON)

    assert lake.covers("crm", "leads", D, NOON)
    assert not lake.covers("crm", "leads", D, NOON + timedelta(seconds=1))


def test_a_log_pull_covers_no_day_that_began_before_it_asked_for_changes(lake: Lake) -> None:
    pulled_log(lake, at("2026-10-01T00:00:00"), NOON)

    assert not lake.covers("crm", "leads", date(2026, 9, 30), at("2026-10-01T00:00:00"))


def test_pulls_that_reach_back_to_each_other_are_one(lake: Lake) -> None:
    pulled_log(lake, start_of(date(2024, 11, 1)), at("2026-10-30T12:00:00"))
    pulled_log(lake, at("2026-10-30T11:50:00"), NOON)

    assert lake.complete_since("crm", "leads") == start_of(date(2024, 11, 1))
    assert lake.missing_days("crm", "leads", date(2024, 11, 1), date(2026, 10, 31)) == []


def test_a_gap_between_pulls_shows(lake: Lake) -> None:
    pulled_log(lake, at("2026-01-01T00:00:00"), at("2026-02-01T12:00:00"))
    pulled_log(lake, at("2026-10-30T09:50:00"), NOON)

    assert lake.complete_since("crm", "leads") == at("2026-10-30T09:50:00")
    assert lake.missing_days("crm", "leads", date(2026, 10, 30), D) == [date(2026, 10, 30)]


def test_a_dated_pull_covers_its_dates_and_no_others(lake: Lake) -> None:
    pulled_dates(lake, date(2026, 10, 1), D, NOON)

    assert lake.covers("ads", "ad_spend_daily", D, NOON)
    assert not lake.covers("ads", "ad_spend_daily", date(2026, 9, 30), NOON)
    assert lake.missing_days("ads", "ad_spend_daily", date(2026, 9, 29), D) == [date(2026, 9, 29), date(2026, 9, 30)]


def test_a_date_pulled_before_it_ended_is_missing(lake: Lake) -> None:
    pulled_dates(lake, D, D, at("2026-10-31T12:00:00"))

    assert lake.missing_days("ads", "ad_spend_daily", D, D) == [D]


def test_the_latest_pull_of_a_date_counts_whichever_was_recorded_last(lake: Lake) -> None:
    pulled_dates(lake, D, D, NOON)
    pulled_dates(lake, date(2026, 10, 1), D, at("2026-10-31T12:00:00"))

    assert lake.covers("ads", "ad_spend_daily", D, NOON)


def test_health_adds_up_all_pulls(lake: Lake) -> None:
    entry = lake.merge(landing("leads", [row("leads")], rejects=[reject(D), reject(D, "b")], requests=5))
    lake.record("crm", [entry])
    lake.record("crm", [entry])

    (health,) = lake.health()
    assert (health.landed, health.accepted, health.rejected, health.requests) == (6, 2, 4, 10)
    assert health.reasons == {"amount: missing": 4}
    assert (health.last_pull, health.first_day, health.last_day) == (NOON, date(2026, 10, 1), D)


def nights(lake: Lake, count: int) -> None:
    for night in range(count):
        day = date(2026, 1, 1) + timedelta(days=night)
        moment = at("2026-01-02T12:00:00") + timedelta(days=night)
        pull = Pull(day - timedelta(days=30), day, moment)
        lake.record("ads", [Entry("ads", "ad_spend_daily", landed=31, accepted=31, pulls=(pull,))])


def test_years_of_nights_stay_a_few_files_and_say_the_same(lake: Lake) -> None:
    nights(lake, 3 * FOLD_ABOVE)

    assert len(list(lake.root.glob("manifest/ads/*.json"))) <= FOLD_ABOVE
    (health,) = Lake(lake.root).health()
    assert health.landed == 31 * 3 * FOLD_ABOVE
    assert lake.missing_days("ads", "ad_spend_daily", date(2026, 1, 1), date(2026, 5, 1)) == []
    assert lake.missing_days("ads", "ad_spend_daily", date(2026, 5, 24), date(2026, 5, 25)) == [date(2026, 5, 25)]


KILLED = """
import os, signal, sys
from pathlib import Path
from include.lake import Lake
from tests.lake.test_manifest import nights

def die(event, arguments):
    if event == "os.remove":
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
nights(Lake(Path(sys.argv[1])), int(sys.argv[2]))
"""


def test_a_kill_while_folding_counts_nothing_twice(lake: Lake) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, lake.root, str(FOLD_ABOVE + 1)], cwd=ROOT, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert len(os.listdir(lake.root / "manifest" / "ads")) == FOLD_ABOVE + 2
    assert lake.health()[0].landed == 31 * (FOLD_ABOVE + 1)
