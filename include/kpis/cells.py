"""Cells: one number for each combination of dimensions in which anything of the night is counted.

What is grouped by cell has the columns of CELL at first, in a table `raw_<name>`. `number` puts `cell_id` in their
place: rows are then joined, added up and sorted by one number, and the numbers are in the order of the key.

cells (cell_id from 0 on, CELL, cut, all_channels, place_above); the last two are the numbers of other cells: of all
channels in the same place, and of the place that the finest one of the cell lies in. spine (cell_id, region): those
that always have a row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import duckdb

from include.kpis import workspace
from include.kpis.cuts import bits
from include.kpis.kpi import BREAKDOWNS, DIMENSIONS
from include.kpis.relations import columns

CELL = (*DIMENSIONS, "breakdown", "member")
"""The columns of the scores that say which cell; null = rolled up."""

_ABOVE = {
    "all_channels": {"channel": "null"},
    "place_above": {
        "region": "case when c.country is not null or c.rep is not null then c.region end",
        "country": "case when c.subdivision is not null then c.country end",
        "subdivision": "case when c.city is not null then c.subdivision end",
        "city": "null",
        "rep": "null",
    },
}
"""How the key of another cell follows from that of a cell `c`."""


def kind(name: str) -> str:
    """The type of a dimension's or breakdown's column: those of breakdowns share one, for they end in one column."""
    return f"{name}_member" if name in DIMENSIONS else "member"


def columns_of(grouped: Iterable[str]) -> tuple[str, ...]:
    """The select list of CELL where rows are grouped by some of its dimensions and breakdowns, at most one of these in
    a set. Dimensions of facts are never null: null is rolled up."""
    have = set(grouped)
    named = [name if name in have else f"cast(null as {kind(name)}) as {name}" for name in DIMENSIONS]
    parts = [name for name in BREAKDOWNS if name in have]
    whens = " ".join(f"when {name} is not null then cast('{name}' as breakdown)" for name in parts)
    breakdown = f"case {whens} end" if parts else "cast(null as breakdown)"
    member = f"coalesce({', '.join([*parts, 'cast(null as member)'])})"
    return (*named, f"{breakdown} as breakdown", f"{member} as member")


def number(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Make `cells` of those that occur in the raw tables or have a row always (`always`: region, null for the whole),
    then each of `tables` from its raw one: cell_id, cut and region in the place of CELL."""
    connection.execute(f"create table cells as {_cells_sql(tables)}")
    connection.execute(f"""
        create table spine as
        select c.cell_id, c.region
        from always as a
        join cells as c on c.region is not distinct from a.region and c.cut in (0, {bits(("region",))})""")
    for _ in workspace.side_by_side(connection, (_numbered(name) for name in tables)):
        pass


def _cells_sql(tables: Sequence[str]) -> str:
    key = ", ".join(CELL)
    found = [f"select distinct {key} from raw_{name}" for name in tables]
    found.append(f"select {', '.join(columns_of(['region']))} from always")
    order = ", ".join(f"{name} nulls first" for name in CELL)
    joins = "".join(f" left join numbered as {of} on {_same(_ABOVE[of], of)}" for of in _ABOVE)
    return f"""
    with numbered as (
        select cast(row_number() over (order by {order}) - 1 as integer) as cell_id, {key}, {_cut_sql()} as cut
        from ({" union ".join(found)}) as found
    )
    select c.*, {", ".join(f"{of}.cell_id as {of}" for of in _ABOVE)}
    from numbered as c{joins}"""


def _cut_sql() -> str:
    dims = [f"case when {name} is null then 0 else {bits((name,))} end" for name in DIMENSIONS]
    parts = " ".join(f"when breakdown = '{name}' then {bits((name,))}" for name in BREAKDOWNS)
    return " + ".join([*dims, f"case {parts} else 0 end"])


def _same(key: Mapping[str, str], other: str) -> str:
    return " and ".join(f"{other}.{name} is not distinct from {key.get(name, f'c.{name}')}" for name in CELL)


def _numbered(name: str) -> Callable[[duckdb.DuckDBPyConnection], None]:
    def job(cursor: duckdb.DuckDBPyConnection) -> None:
        raw = f"raw_{name}"
        kept = [f"r.{column}" for column in columns(cursor, raw) if column not in CELL]
        same = " and ".join(f"r.{column} is not distinct from c.{column}" for column in CELL)
        cursor.execute(f"""
            create table {name} as
            select c.cell_id, c.cut, c.region, {", ".join(kept)}
            from {raw} as r join cells as c on {same}""")
        cursor.execute(f"drop table {raw}")

    return job
