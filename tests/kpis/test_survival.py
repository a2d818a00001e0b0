"""Kaplan–Meier: golden G6, a worked table, and what may be said of those who are still on their way."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from include.company import Company
from include.kpis import KPIS, calendar, survival
from include.kpis.kpi import SURVIVAL, Kpi
from include.kpis.materialise import materialise
from include.kpis.relations import columns
from include.kpis.score import scores
from include.lake import Lake
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.test_goldens import skipping  # noqa: F401

FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_g6_the_median_of_visits_counts_the_open_one(skipping: Path, company: Company) -> None:  # noqa: F811
    """L1 2 days, L3 8, L4 3, and L4 again, 11 days and still there: half are over after 3."""
    row = score(Lake(skipping), company, "2026-01-31", "time_in_stage").row(
        "time_in_stage", "2026-01-31", stage="mql", statistic="km"
    )

    assert (row["value"], row["n"], row["unit"], row["status"]) == (3, 4, "duration_days", "immature")


def test_g6_visits_are_over_by_day_2_3_and_8(
    skipping: Path,  # noqa: F811
    company: Company,
) -> None:
    """0.25, 0.50 and 0.75, read off the curve of visits at those days."""
    visits = KPIS["time_in_stage"].lasting
    assert visits is not None
    rule = replace(SURVIVAL, ages=(2, 3, 8))
    curve = replace(KPIS["survival_conversion_curve"], rule=rule, lasting=visits)
    scored = Scored(scores(Lake(skipping), company, "americas", date(2026, 1, 31), [curve]))

    rows = scored.all("survival_conversion_curve", statistic="value", grain="month", region=None, stage="mql")
    found = {row["age"]: row["value"] for row in rows if row["channel"] is None and row["period_end"].year == 2026}
    assert found == {2: 0.25, 3: 0.50, 8: 0.75}


def waits(days: Sequence[int | None], begun: str = "2026-05-04") -> dict[str, list[Row]]:
    """Leads of 4 May who became MQLs after so many days, or not."""
    leads = [{"lead_id": f"L{number}", "created_at": at(begun)} for number in range(len(days))]
    start = date.fromisoformat(begun).toordinal()
    history = [
        {"entity_id": f"L{number}", "stage": "mql", "entered_at": at(str(date.fromordinal(start + wait)))}
        for number, wait in enumerate(days)
        if wait is not None
    ]
    return {"leads": leads, "crm_stage_history": history}


def ages(scored: Scored, statistic: str = "value", **cell: Any) -> dict[int, tuple[Any, ...]]:
    said: dict[str, Any] = {"grain": "month", "stage": "lead", "region": None, "channel": None, "country": None, **cell}
    rows = scored.all("survival_conversion_curve", statistic=statistic, **said)
    return {row["age"]: (row["value"], row["n"], row["status"]) for row in rows if row["n"]}


def test_e_censor_the_curve_of_those_who_were_all_followed_is_their_share(tmp_path: Path, company: Company) -> None:
    """Ten in May, all followed for 180 days: 3 converted within 7, 5 within 30, 6 within 90."""
    lake = land(tmp_path, waits([0, 3, 7, 20, 30, 80, None, None, None, None]))

    found = ages(score(lake, company, "2026-11-30", "survival_conversion_curve"))

    assert {age: found[age] for age in (7, 30, 90, 180)} == {
        7: (0.3, 10, "ok"), 30: (0.5, 10, "ok"), 90: (0.6, 10, "ok"), 180: (0.6, 10, "ok"),
    }  # fmt: skip


def test_e_censor_who_is_still_on_the_way_is_counted_as_long_as_seen(tmp_path: Path, company: Company) -> None:
    """Begun on 4 and on 20 May, seen on 31 May: of four one converts on day 5, of the two seen for longer one on 20."""
    late = waits([5, None], begun="2026-05-20")
    late = {table: [{**row, **_renamed(row)} for row in rows] for table, rows in late.items()}
    early = waits([20, None])
    lake = land(tmp_path, {table: [*early[table], *late[table]] for table in early})

    found = score(lake, company, "2026-05-31", "survival_conversion_curve")

    assert ages(found) == {
        7: (0.25, 4, "immature"), 14: (0.25, 4, "immature"),
    }  # fmt: skip
    assert ages(found, "at_risk") == {7: (0.75, 4, "immature"), 14: (0.5, 4, "immature")}


def _renamed(row: Row) -> Row:
    return {name: f"late {row[name]}" for name in ("lead_id", "entity_id") if name in row}


def test_e_skip_an_inferred_entry_waits_for_nothing(tmp_path: Path, company: Company) -> None:
    """A lead that becomes an SQL at once has passed MQL, but nobody saw it wait there."""
    history = [{"entity_id": "L0", "stage": "sql", "entered_at": at("2026-05-10")}]
    lake = land(tmp_path, {**waits([None]), "crm_stage_history": history})

    found = score(lake, company, "2026-11-30", "survival_conversion_curve")

    assert ages(found)[7] == (1.0, 1, "ok")
    assert not ages(found, stage="mql")


def test_a_curve_goes_down_to_the_country_and_a_month_of_nobody_has_one_row(tmp_path: Path, company: Company) -> None:
    scored = score(land(tmp_path, waits([3, None])), company, "2026-11-30", "survival_conversion_curve")

    assert ages(scored, region="united_states", country="US")[14] == (0.5, 2, "ok")
    rows = scored.all("survival_conversion_curve", statistic="value", grain="month", region="spain")
    assert {(row["age"], row["status"]) for row in rows} == {(7, "null")}
    assert not [row for row in scored.rows if row["subdivision"] or row["rep"] or row["breakdown"]]


def test_a_region_reads_its_curve_the_same_in_its_own_night(tmp_path: Path, company: Company) -> None:
    tables = waits([3, 9, None])
    tables["leads"] = [{**row, "country": "ES"} for row in tables["leads"]]
    lake = land(tmp_path, tables)
    nights = [
        score(lake, company, "2026-11-30", "survival_conversion_curve", night=name) for name in ("europe", "americas")
    ]

    own, whole = (found.all("survival_conversion_curve", region="spain") for found in nights)
    assert own == whole
    assert own


@FEW
@given(st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 90))), min_size=1, max_size=25))
def test_the_curve_is_the_product_of_who_stays_at_each_time(company: Company, drawn: list[Any]) -> None:
    """Entered on so many days of March to May, converted so many days later or not yet on 31 May."""
    start, last = date(2026, 3, 1).toordinal(), date(2026, 5, 31).toordinal()
    leads, history, seen = [], [], []
    for number, (offset, wait) in enumerate(drawn):
        begun, name = start + offset, f"L{number}"
        leads.append({"lead_id": name, "created_at": at(str(date.fromordinal(begun)))})
        is_seen = wait is not None and begun + wait <= last
        if is_seen:
            became = at(str(date.fromordinal(begun + wait)), 13)
            history.append({"entity_id": name, "stage": "mql", "entered_at": became})
        seen.append((date.fromordinal(begun).month, wait if is_seen else last - begun, is_seen))
    with TemporaryDirectory() as root:
        lake = land(Path(root), {"leads": leads, "crm_stage_history": history})
        scored = score(lake, company, "2026-05-31", "survival_conversion_curve")
    for month in (3, 4):
        rows = scored.all("survival_conversion_curve", statistic="value", grain="month", stage="lead", region=None)
        rows = [row for row in rows if row["period_start"] == date(2026, month, 1) and not row["channel"] and row["n"]]
        own = [(days, is_over) for when, days, is_over in seen if when == month]
        assert {row["age"]: row["value"] for row in rows} == pytest.approx(by_hand(own))


def by_hand(seen: list[tuple[int, bool]]) -> dict[int, float]:
    """At each age somebody has reached, or after which nobody was left to follow."""
    curve = {}
    for age in SURVIVAL.ages:
        stays = 1.0
        for time in sorted({days for days, _ in seen if days <= age}):
            at_risk = sum(days >= time for days, _ in seen)
            stays *= 1 - sum(days == time and is_over for days, is_over in seen) / at_risk
        if any(days >= age for days, _ in seen) or (seen and stays == 0):
            curve[age] = 1 - stays
    return curve


@pytest.mark.parametrize("kpi", [kpi for kpi in KPIS.values() if kpi.lasting], ids=lambda kpi: kpi.id)
def test_what_lasts_is_known_with_all_its_cells(tmp_path: Path, company: Company, kpi: Kpi) -> None:
    """Its fact says when it began, how long it lasted, whether it goes on, and every dimension of the KPI."""
    assert kpi.lasting is not None
    with closing(Lake(tmp_path).connect()) as connection:
        calendar.prepare(connection, company, date(2026, 10, 31))
        materialise(connection, [kpi.lasting.fact])
        have = set(columns(connection, kpi.lasting.fact))
    assert {kpi.lasting.on, kpi.lasting.column, "is_open", *kpi.dimensions} <= have


def test_the_durations_that_the_specification_follows_have_a_median_with_open_ones() -> None:
    assert {name for name, kpi in KPIS.items() if "km" in survival.statistics(kpi)} == {
        *("time_in_stage", "time_in_poc", "time_in_poc_evaluation", "time_in_negotiation", "poc_time_to_finish"),
        *("mql_to_sql_time", "sales_cycle_length", "pipeline_transit_time"),
    }
