"""A month in one file: read faster, never read otherwise."""

import os
from contextlib import closing
from datetime import date
from pathlib import Path

from include.lake import Lake

from .made import landing, row

OCTOBER, NOVEMBER = [date(2026, 10, day) for day in (1, 2, 3)], [date(2026, 11, 1)]


def spend(day: date, clicks: int) -> dict[str, object]:
    return row("ad_spend_daily", date=day, campaign_id="c1", clicks=clicks)


def land(lake: Lake, days: list[date], clicks: int) -> None:
    rows = [spend(day, clicks) for day in days]
    lake.land(landing("ad_spend_daily", rows, first=days[0], last=days[-1]))


def read(lake: Lake) -> list[tuple[date, int]]:
    with closing(lake.connect()) as connection:
        return connection.execute("select date, clicks from ad_spend_daily order by all").fetchall()


def months(lake: Lake) -> list[Path]:
    return sorted((lake.root / ".months" / "ad_spend_daily").glob("*.parquet"))


def test_a_month_is_one_file_with_the_rows_of_its_days(lake: Lake) -> None:
    land(lake, OCTOBER, 1)
    land(lake, NOVEMBER, 1)
    before = read(lake)
    lake.compact()

    assert [file.name.split(".")[0] for file in months(lake)] == ["2026-10", "2026-11"]
    assert read(lake) == before == [(day, 1) for day in [*OCTOBER, *NOVEMBER]]


def test_the_compacted_file_is_what_is_read(lake: Lake) -> None:
    land(lake, OCTOBER, 1)
    lake.compact()
    hidden = {file: file.stat() for file in (lake.root / "ad_spend_daily").rglob("*.parquet")}
    for file, was in hidden.items():  # no Parquet any more, but the same file by name, size and time
        file.write_bytes(b"\0" * was.st_size)
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))

    assert read(lake) == [(day, 1) for day in OCTOBER]


def test_a_day_landed_since_is_read_at_once(lake: Lake) -> None:
    land(lake, OCTOBER, 1)
    lake.compact()
    land(lake, OCTOBER[1:2], 2)

    assert read(lake) == [(OCTOBER[0], 1), (OCTOBER[1], 2), (OCTOBER[2], 1)]


def test_only_months_that_changed_are_written_anew(lake: Lake) -> None:
    land(lake, OCTOBER, 1)
    land(lake, NOVEMBER, 1)
    lake.compact()
    was = months(lake)
    land(lake, NOVEMBER, 2)
    lake.compact()

    assert months(lake)[0] == was[0]
    assert len(months(lake)) == 3  # November's two: the one before stays for a reader that has just chosen it
    assert read(lake)[-1] == (NOVEMBER[0], 2)


def test_what_was_replaced_long_ago_is_forgotten(lake: Lake) -> None:
    for clicks in range(5):
        land(lake, NOVEMBER, clicks)
        lake.compact()

    assert len(months(lake)) == 2
    assert read(lake) == [(NOVEMBER[0], 4)]


def test_what_a_killed_compaction_left_is_not_read(lake: Lake) -> None:
    land(lake, OCTOBER, 1)
    lake.compact()
    (made,) = months(lake)
    made.rename(made.with_name(f".{made.stem}.0123.tmp"))

    assert read(lake) == [(day, 1) for day in OCTOBER]


def test_a_lake_without_its_months_is_whole(lake: Lake) -> None:
    land(lake, OCTOBER, 1)
    lake.compact()
    for file in months(lake):
        file.unlink()

    assert read(lake) == [(day, 1) for day in OCTOBER]
