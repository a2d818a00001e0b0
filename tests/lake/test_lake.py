"""What is landed is there, whole, once, and in the same bytes."""

import multiprocessing
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from include.lake import Lake, LakeError

from .made import FIRST, at, landing, reject, row

ROOT = Path(__file__).parents[2]
OCTOBER_3 = date(2026, 10, 3)


def files(lake: Lake) -> dict[str, bytes]:
    found = sorted(lake.root.rglob("*.parquet"))
    return {str(file.relative_to(lake.root)): file.read_bytes() for file in found}


def lead(number: int, stamp: str, **cells: object) -> dict[str, object]:
    return row("leads", lead_id=str(number), updated_at=at(stamp), **cells)


def spend(day: str, campaign: str = "c1", **cells: object) -> dict[str, object]:
    return row("ad_spend_daily", date=date.fromisoformat(day), campaign_id=campaign, **cells)


def test_a_log_row_lies_under_the_utc_date_of_its_stamp(lake: Lake) -> None:
    lake.merge(landing("leads", [lead(1, "2026-10-03T23:59:59"), lead(1, "2026-10-04T00:00:00")]))

    assert list(files(lake)) == ["leads/day=2026-10-03/crm.parquet", "leads/day=2026-10-04/crm.parquet"]
    assert lake.scan("leads")["updated_at"].to_pylist() == [at("2026-10-03T23:59:59"), at("2026-10-04T00:00:00")]


def test_a_dated_row_lies_under_its_own_date_and_a_day_without_rows_says_so(lake: Lake) -> None:
    lake.replace(landing("ad_spend_daily", [spend("2026-10-03")], first=date(2026, 10, 2), last=OCTOBER_3))

    assert list(files(lake)) == [
        "ad_spend_daily/day=2026-10-02/crm.parquet",
        "ad_spend_daily/day=2026-10-03/crm.parquet",
    ]
    assert lake.scan("ad_spend_daily")["date"].to_pylist() == [OCTOBER_3]


def test_replacing_a_day_leaves_no_trace_of_what_was_there(lake: Lake) -> None:
    day = {"first": OCTOBER_3, "last": OCTOBER_3}
    lake.replace(landing("ad_spend_daily", [spend("2026-10-03", "c1"), spend("2026-10-03", "c2")], **day))
    lake.replace(landing("ad_spend_daily", [spend("2026-10-03", "c2", clicks=9)], **day))

    assert [(r["campaign_id"], r["clicks"]) for r in lake.scan("ad_spend_daily").to_pylist()] == [("c2", 9)]


def test_replacing_the_days_of_one_source_leaves_the_others(lake: Lake) -> None:
    lake.replace(landing("ad_spend_daily", [spend("2026-10-03")], source="baidu"))
    lake.replace(landing("ad_spend_daily", [], source="google_ads"))

    assert lake.scan("ad_spend_daily").num_rows == 1


def test_a_row_outside_the_days_it_answers_is_refused(lake: Lake) -> None:
    with pytest.raises(LakeError, match="has rows of"):
        lake.replace(landing("ad_spend_daily", [spend("2026-11-03")]))

    assert files(lake) == {}


def test_the_row_pulled_now_takes_the_place_of_the_one_with_its_key_and_stamp(lake: Lake) -> None:
    lake.merge(landing("leads", [lead(1, "2026-10-03T10:00:00", city="Kedah"), lead(2, "2026-10-03T10:00:00")]))
    lake.merge(landing("leads", [lead(1, "2026-10-03T10:00:00", city="Perak")]))

    assert [(r["lead_id"], r["city"]) for r in lake.scan("leads").to_pylist()] == [("1", "Perak"), ("2", None)]


def test_targets_without_a_stamp_lie_under_the_first_day_of_their_period(lake: Lake) -> None:
    lake.merge(landing("targets", [row("targets", period_start=date(2026, 1, 1), region="spain")]))
    lake.merge(landing("targets", [row("targets", period_start=date(2026, 1, 1), region="spain", team="b")]))

    assert list(files(lake)) == ["targets/day=2026-01-01/crm.parquet"]
    assert lake.scan("targets")["team"].to_pylist() == ["b"]


def test_landing_the_same_again_writes_nothing(lake: Lake) -> None:
    told = landing("leads", [lead(n, f"2026-10-0{n}T10:00:00") for n in range(1, 9)], rejects=[reject(OCTOBER_3)])
    lake.merge(told)
    before = {file: file.stat().st_ino for file in lake.root.rglob("*.parquet")}
    lake.merge(told)

    assert {file: file.stat().st_ino for file in lake.root.rglob("*.parquet")} == before


def test_counts_must_add_up(lake: Lake) -> None:
    told = landing("leads", [lead(1, "2026-10-03T10:00:00")])
    with pytest.raises(LakeError, match="landed 3 rows, but 1 accepted"):
        lake.merge(type(told)(**{**vars(told), "landed": 3}))


def test_a_row_twice_in_one_landing_is_refused(lake: Lake) -> None:
    twice = [lead(1, "2026-10-03T10:00:00", city="Kedah"), lead(1, "2026-10-03T10:00:00", city="Perak")]
    with pytest.raises(LakeError, match="same key"):
        lake.merge(landing("leads", twice))


def test_a_required_cell_may_not_be_null() -> None:
    with pytest.raises(LakeError, match=r"without .*channel"):
        landing("leads", [lead(1, "2026-10-03T10:00:00", channel=None)])


stamps = st.tuples(st.integers(1, 6), st.integers(0, 3), st.integers(0, 23)).map(
    lambda drawn: (drawn[0], f"2026-10-0{drawn[1] + 3}T{drawn[2]:02}:00:00")
)


@settings(max_examples=25, deadline=None)
@given(st.sets(stamps, max_size=30), st.randoms())
def test_rows_with_stamps_of_their_own_give_the_same_lake_in_any_order_and_any_number_of_times(
    drawn: set[tuple[int, str]],
    random: Random,
) -> None:
    rows = [lead(number, stamp) for number, stamp in sorted(drawn)]
    shuffled = random.sample(rows, len(rows)) + random.sample(rows, len(rows) // 2)

    assert landed([rows]) == landed([shuffled[at : at + 7] for at in range(0, len(shuffled), 7)], unique=True)


def landed(pages: Iterable[list[dict[str, object]]], unique: bool = False) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        for page in pages:
            known = {(each["lead_id"], each["updated_at"]): each for each in page}
            lake.merge(landing("leads", list(known.values()) if unique else page))
        return files(lake)


KILLED = """
import os, signal, sys
from pathlib import Path
from include.lake import Lake
from tests.lake.made import landing, row

def die(event, arguments):
    if event == "os.rename" and str(arguments[0]).endswith(".tmp"):
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
Lake(Path(sys.argv[1])).merge(landing("leads", [row("leads", lead_id="2")]))
"""


def test_a_kill_between_writing_and_renaming_leaves_the_old_file(lake: Lake) -> None:
    lake.merge(landing("leads", [row("leads", lead_id="1")]))
    before = files(lake)
    killed = subprocess.run([sys.executable, "-c", KILLED, lake.root], cwd=ROOT, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert list(lake.root.rglob("*.tmp"))  # it was at that very point
    assert files(lake) == before
    assert lake.connect().sql("select lead_id from leads").fetchall() == [("1",)]


def merge_one_by_one(root: Path, numbers: range) -> None:
    for number in numbers:
        Lake(root).merge(landing("leads", [row("leads", lead_id=str(number))], rejects=[reject(FIRST, str(number))]))


def test_merges_at_the_same_time_lose_nothing(lake: Lake) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=merge_one_by_one, args=(lake.root, range(n, n + 15))) for n in range(0, 60, 15)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(lake.scan("leads")["lead_id"].to_pylist(), key=int) == [str(number) for number in range(60)]
