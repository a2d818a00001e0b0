"""Cells added up from finer ones: the same as counted from the rows, and never across what must not be added."""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from include.company import Company
from include.kpis import KPIS, calendar
from include.kpis.cubes import Cube, plan
from include.kpis.cuts import breakdown
from include.kpis.grouping import cube_sql
from include.kpis.kpi import DIMENSIONS
from include.kpis.materialise import materialise
from include.kpis.preparation import prepare_cubes
from include.kpis.relations import columns, facts
from include.kpis.rollup import rolled_up
from tests.kpis.factory import at, land

PLACES = (("MY", "MY-10", "paid_search"), ("MY", "MY-01", "organic_search"), ("MY", None, "referral"),
          ("ES", "ES-MD", "paid_search"), ("BR", None, "referral"))  # fmt: skip
LEADS = [
    {"lead_id": f"L{number}", "created_at": at(f"2026-{8 + number % 3:02d}-{1 + number % 28:02d}"), "country": country,
     "subdivision": subdivision, "channel": channel, "campaign_id": f"C{number % 2}", "segment": "smb"}
    for number in range(40)
    for country, subdivision, channel in [PLACES[number % len(PLACES)]]
]  # fmt: skip


def cube(name: str) -> Cube:
    (found,) = plan([KPIS[name]]).cubes.values()
    return found


def direct(connection: duckdb.DuckDBPyConnection, cut: tuple[str, ...]) -> set[Any]:
    key = ", ".join(["p.period_id", *(f"cast(f.{name} as varchar)" for name in cut)])
    rows = "stage_entries as f join periods as p on f.day between p.period_start and p.period_end and f.stage = 'lead'"
    month = "p.period_grain = 'month'"
    return set(connection.execute(f"select {key}, count(*) from {rows} where {month} group by {key}").fetchall())


def counted(connection: duckdb.DuckDBPyConnection, made: str, cut: tuple[str, ...]) -> set[Any]:
    """The cells of one cut: what it names is not null, and all else is."""
    within = {name for name in cut if name in DIMENSIONS}
    tests = [f"{name} is {'not null' if name in within else 'null'}" for name in DIMENSIONS]
    part = breakdown(cut)
    tests.append(f"breakdown = '{part}'" if part else "breakdown is null")
    named = ["member" if name == part else name for name in cut]
    key = ", ".join(["p.period_id", *(f"cast({name} as varchar)" for name in named)])
    month = "p.period_grain = 'month'"
    asked = f"select {key}, m0_rows from ({made}) as c join periods as p on p.period_id = c.period_id"
    return set(connection.execute(f"{asked} where {month} and {' and '.join(tests)}").fetchall())


def test_every_cell_is_what_the_rows_add_up_to(tmp_path: Path, company: Company) -> None:
    made = plan([KPIS["leads_created"]])
    (leads,) = made.cubes.values()
    with closing(land(tmp_path, {"leads": LEADS}).connect()) as connection:
        calendar.prepare(connection, company, date(2026, 10, 31), made.grains)
        materialise(connection, made.facts, made.asked)
        prepare_cubes(connection, made)
        query = cube_sql(leads, columns(connection, "stage_entries"), None)
        for cut in {cut for grain, cut in leads.levels if grain == "month" and "city" not in cut}:
            assert counted(connection, query, cut) == direct(connection, cut), cut
            assert direct(connection, cut), cut


def test_a_region_is_added_up_from_its_channels_and_a_country_from_its_parts() -> None:
    leads = cube("leads_created")
    assert rolled_up(leads, [], leads.cuts) == {
        (): ("region", "channel"), ("channel",): ("region", "channel"), ("region",): ("region", "channel"),
        ("region", "country"): ("region", "country", "subdivision"),
    }  # fmt: skip


def test_what_is_counted_once_each_is_never_added_up() -> None:
    (bought,) = (each for each in plan([KPIS["average_purchase_value"]]).cubes.values() if len(each.measures) > 1)

    assert rolled_up(bought, [], bought.cuts) == {}


def test_nothing_is_added_over_a_distinct_dimension() -> None:
    visitors, totals = cube("visitors"), facts()["web_visitors"].distinct

    found = rolled_up(visitors, totals, visitors.cuts)

    assert found[("region",)] == ("region", "country")
    assert not [cut for cut, of in found.items() if set(totals) & (set(of) - set(cut))]
