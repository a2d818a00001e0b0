"""The relations that cubes and scores read, made once a night."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import duckdb

from include.company import Company
from include.kpis import availability, calendar, sound, workspace
from include.kpis.cells import kind
from include.kpis.cubes import Plan, Source
from include.kpis.kpi import BREAKDOWNS, DIMENSIONS
from include.kpis.materialise import Make, materialise
from include.kpis.relations import columns
from include.kpis.schema import STATUSES
from include.lake import Lake


def prepare(
    connection: duckdb.DuckDBPyConnection,
    lake: Lake,
    company: Company,
    day: date,
    made: Plan,
    own: Sequence[str] | None,
    make: Make = materialise,
) -> None:
    """Make the relations of a night: company and calendar, facts, members, spans, availability, spine and currencies.
    `own` are the regions to score, None for all and the whole."""
    connection.execute(
        "set preserve_insertion_order = false"
    )  # every result is sorted; keeping the order costs a tenth
    calendar.prepare(connection, company, day, made.grains, made.breakdowns)
    make(connection, (*made.facts, *made.also), made.asked)
    sound.check(connection, made.facts)
    prepare_cubes(connection, made)
    _always(connection, company, own)
    _availability(connection, lake, company, day, made)


def prepare_cubes(connection: duckdb.DuckDBPyConnection, made: Plan) -> None:
    """Make what cubes are grouped by, once their facts are there: members and spans."""
    _members(connection, made.facts)
    for source in {each.span: each for each in made.cubes}.values():
        _span(connection, source)


def _members(connection: duckdb.DuckDBPyConnection, facts: Sequence[str]) -> None:
    """A type for each dimension, of the members that occur: cells are then grouped, joined and sorted as small numbers
    (in the order of their names), which takes a third of the time of text."""
    have = {name: set(columns(connection, name)) for name in facts}
    names = {
        dimension: [f"select {dimension} as name from {fact}" for fact in facts if dimension in have[fact]]
        for dimension in (*DIMENSIONS, *BREAKDOWNS)
    }
    names["region"].append("select region from regions")
    types = {kind(name): [*names[name], "select 'unallocated'"] for name in DIMENSIONS}
    types["member"] = [*(each for name in BREAKDOWNS for each in names[name]), "select 'unallocated'"]
    types["breakdown"] = [f"select '{name}'" for name in BREAKDOWNS]
    types["status_name"] = [f"select '{name}'" for name in STATUSES]
    types["currency_name"] = ["select currency from regions"]
    workspace.run(connection, (_type(name, queries) for name, queries in types.items()))


def _type(name: str, queries: Sequence[str]) -> str:
    names = " union all ".join(queries)
    return f"create type {name} as enum (select distinct name from ({names}) as t(name) order by name)"


def _span(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    span = source.span
    if span.lag_months or span.name == "before":
        (first,) = connection.execute(f"select min({source.on}) from {source.fact}").fetchall()[0]
        calendar.earlier(connection, span.table, span.lag_months, first)
        return
    within = {
        "during": "d.day between p.period_start and p.period_end",
        "whole": "d.day between p.period_start and p.period_closes",
        "at_end": "d.day = p.period_end",
        "same": "d.day = p.period_start and p.period_end = p.period_closes",
    }[span.name]
    connection.execute(f"""
        create table {span.table} as
        select p.period_id, d.day from periods as p join days as d on {within}""")


def _always(connection: duckdb.DuckDBPyConnection, company: Company, own: Sequence[str] | None) -> None:
    """always: the regions that have a row whatever happens. cell_currencies: those a cell's money is given in."""
    teams = [region.id for region in company.teams()] if own is None else list(own)
    whole = [None] if own is None else []
    calendar.table(connection, "always", "region region_member", [(name,) for name in [*whole, *teams]])
    connection.execute("""
        create table cell_currencies as
        select cast(region as region_member) as region, cast(company_currency as currency_name) as currency,
            false as is_own
        from regions
        union all
        select region, currency, true from regions where currency <> company_currency
        union all
        select null, company_currency, false from regions where region = 'company'""")


def _availability(connection: duckdb.DuckDBPyConnection, lake: Lake, company: Company, day: date, made: Plan) -> None:
    """availability: the days of which the lake holds all that a KPI needs in a region; null where it holds none."""
    shape = "kpi, region region_member, first_day date, last_day date"
    calendar.table(connection, "availability", shape, _windows(connection, lake, company, day, made))


def _windows(
    connection: duckdb.DuckDBPyConnection, lake: Lake, company: Company, day: date, made: Plan
) -> Iterator[tuple[Any, ...]]:
    for (name,) in connection.execute("select region from regions").fetchall():
        tables = availability.held(lake, company, availability.serving(company, name), day)
        for kpi, _ in made.kpis:
            region = None if name == company.whole.id else name
            yield kpi.id, region, *(availability.window(kpi, tables) or (None, None))
