"""What every fact must keep, checked each night before anything is counted: a row that breaks it fails the run."""

from collections.abc import Iterable, Sequence
from functools import partial

import duckdb

from include.kpis import workspace
from include.kpis.kpi import BREAKDOWNS, DIMENSIONS
from include.kpis.relations import columns, relations

SHOWN = 3
"""Rows that a fault names."""


class FactError(ValueError):
    """A fact breaks its promise; the message names the file, the columns and some of the rows."""


def check(connection: duckdb.DuckDBPyConnection, facts: Iterable[str]) -> None:
    """Every row of `facts` is there once, its dimensions are named, and where a region's currency is the company's an
    amount is the same in both. Raises FactError."""
    for _ in workspace.side_by_side(connection, (partial(_sound, fact=fact) for fact in facts)):
        pass


def _sound(connection: duckdb.DuckDBPyConnection, fact: str) -> None:
    _once(connection, fact)
    have = columns(connection, fact)
    unnamed = [f"f.{name} is null" for name in (*DIMENSIONS, *BREAKDOWNS) if name in have]
    _none(connection, fact, " or ".join(unnamed), "a dimension is null: give it a name there, such as 'unknown'")
    _none(connection, fact, _unconverted(have), "an amount differs between two equal currencies: convert both")


def _once(connection: duckdb.DuckDBPyConnection, fact: str) -> None:
    """A join that finds two rows where it expects one counts a thing twice and shows in no other way."""
    key = relations()[fact].key
    count = f"{', '.join(key)}, count(*) as times"
    grouped = f"select {count} from {fact} group by {', '.join(key)} having count(*) > 1 order by {', '.join(key)}"
    again = connection.execute(grouped).fetchall()
    if again:
        named = "; ".join(str(dict(zip((*key, "times"), map(str, row), strict=True))) for row in again[:SHOWN])
        raise FactError(
            f"include/kpis/facts/{fact}.sql: {len(again)} keys ({', '.join(key)}) occur more than once: mend the join"
            f" that repeats them. The first: {named}"
        )


def _unconverted(have: Sequence[str]) -> str:
    amounts = [name.removesuffix("_region") for name in have if name.endswith("_region")]
    differ = [f"f.{name}_region is distinct from f.{name}_company" for name in amounts if f"{name}_company" in have]
    if not differ:
        return ""
    same = "f.region in (select region from regions where currency = company_currency)"
    return f"{same} and ({' or '.join(differ)})"


def _none(connection: duckdb.DuckDBPyConnection, fact: str, fault: str, what: str) -> None:
    if not fault:
        return
    ((count,),) = connection.execute(f"select count(*) from {fact} as f where {fault}").fetchall()
    if count:
        rows = connection.execute(f"select f.* from {fact} as f where {fault}").fetchall()[:SHOWN]
        named = "; ".join(str(dict(zip(columns(connection, fact), map(str, row), strict=True))) for row in rows)
        raise FactError(f"include/kpis/facts/{fact}.sql: in {count} rows {what}. The first: {named}")
