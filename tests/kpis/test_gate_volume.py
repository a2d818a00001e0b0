"""Volume: when too few or too many rows are a fault, and when they are a weekend, a holiday or a small region."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from include.kpis.gate.finding import Finding
from include.kpis.gate.volume import reach, volume
from include.thresholds import Volume

D = date(2026, 10, 30)
"""A Friday."""
LIMITS = Volume()


def since(days: int, weekday: int, weekend: int) -> dict[date, int]:
    """So many rows on each of the last `days` days, weekends differing."""
    back = [D - timedelta(days=number) for number in range(days)]
    return {day: weekend if day.weekday() > 4 else weekday for day in back}


def found(rows: Mapping[date, int], day: date = D, table: str = "leads", limits: Volume = LIMITS) -> list[Finding]:
    """What is said of one region (and not of the company, whose total it is)."""
    return [each for each in volume({(table, "spain"): rows}, day, limits) if each.region == "spain"]


def test_a_usual_day_is_no_news() -> None:
    assert found(since(120, 100, 20)) == []


def test_a_weekend_is_compared_with_weekends() -> None:
    saturday = D + timedelta(days=1)
    rows = since(120, 100, 5) | {saturday: 5}
    assert found(rows, saturday) == []


@pytest.mark.parametrize(("today", "level"), [(0, "hold"), (9, "hold"), (35, "warn"), (60, None), (190, None)])
def test_far_fewer_rows_than_usual_warn_and_almost_none_hold(today: int, level: str | None) -> None:
    told = found(since(120, 100, 20) | {D: today})
    assert [(each.level, each.what, each.found, each.usual) for each in told] == (
        [(level, "day", today, 100)] if level else []
    )


@pytest.mark.parametrize(("today", "level"), [(310, "warn"), (2100, "hold")])
def test_many_times_the_usual_warns_and_then_holds(today: int, level: str) -> None:
    assert [each.level for each in found(since(120, 100, 20) | {D: today})] == [level]


def test_none_where_three_a_day_are_usual_is_chance() -> None:
    assert found(since(120, 3, 1) | {D: 0}) == []


def test_none_for_a_week_where_five_a_day_are_usual_is_no_chance() -> None:
    gone = {D - timedelta(days=number): 0 for number in range(7)}
    [told] = found(since(120, 8, 2) | gone)
    assert (told.level, told.what, told.found, told.usual) == ("hold", "week", 0, 44)
    assert (told.first, told.last) == (D - timedelta(days=6), D)


def test_one_odd_week_does_not_make_a_plain_day_odd() -> None:
    """A trade fair five weeks ago, a holiday three weeks ago."""
    rows = since(120, 100, 20) | {D - timedelta(days=35): 900, D - timedelta(days=21): 4}
    assert found(rows) == []


def test_what_differs_from_week_to_week_has_to_differ_more() -> None:
    uneven = {D - timedelta(days=7 * back): 20 if back % 2 else 200 for back in range(1, 9)}
    assert found(uneven | {D: 15}) == []


def test_a_table_of_daily_sums_without_its_day_holds_however_small_it_is() -> None:
    """Four campaigns: no chance explains that none of them has a row."""
    daily = since(150, 4, 4)
    del daily[D]
    assert [each.level for each in found(daily, table="ad_spend_daily")] == ["hold"]
    assert found(daily, table="leads") == []


def test_weeks_that_one_bad_pull_may_have_rewritten_do_not_say_what_is_usual() -> None:
    """Ad platforms restate thirty days: all of them lack nine tenths of their rows, and none vouches for another."""
    bad = {D - timedelta(days=number): 4 for number in range(31)}
    assert [each.level for each in found(since(150, 100, 100) | bad, table="ad_spend_daily")] == ["hold"]


def test_a_quiet_day_is_no_news_and_no_measure() -> None:
    limits = Volume(quiet={"spain": (D,), "all": (D - timedelta(days=7),)})
    assert found(since(120, 100, 20) | {D: 0}, limits=limits) == []
    few = {D - timedelta(days=7 * back): 100 for back in range(1, 5)}
    assert found(few | {D: 0}, limits=LIMITS) != []
    assert found(few | {D: 0}, limits=Volume(quiet={"all": (D - timedelta(days=7),)})) == []


def test_a_region_that_began_a_month_ago_is_not_judged() -> None:
    assert found(since(25, 100, 20) | {D: 0}) == []


def test_the_company_is_told_what_each_region_alone_is_too_small_to_tell() -> None:
    places = {("leads", f"r{number}"): since(120, 8, 2) | {D: 0} for number in range(8)}
    told = list(volume(places, D, LIMITS))
    assert [(each.region, each.level, each.usual) for each in told] == [("company", "hold", 64)]


def test_it_reaches_back_far_enough_for_the_longest_restatement() -> None:
    daily = dict.fromkeys(since(reach(LIMITS), 1, 1), 50)
    del daily[D]
    assert [each.level for each in found(daily, table="sales_costs")] == ["hold"]
