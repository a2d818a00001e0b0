"""Tables of relations and of what they build on, for as long as anybody reads them."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from itertools import chain

import duckdb

from include.kpis import workspace
from include.kpis.relations import NOTHING, Given, needed, parents, query, read, relations
from include.lake import TABLES

Make = Callable[[duckdb.DuckDBPyConnection, Collection[str], Mapping[str, Set[str]]], None]
"""What makes tables of names, as `materialise` does."""


def materialise(
    connection: duckdb.DuckDBPyConnection,
    names: Collection[str],
    asked: Mapping[str, Set[str]] = NOTHING,
    given: Given = NOTHING,
) -> None:
    """Make tables of `names`, and of what they build on as long as anybody reads it: of those in `asked` the columns
    that it, the key or another relation names, of the others all. Each landed table they read is read once, as far as
    they name its columns: opening hundreds of files again for every mention took a third of the time."""
    order = needed(names, given)
    columns_of = landed(order, given)
    workspace.run(
        connection,
        (f"create table {name} as select {', '.join(columns_of[name])} from memory.main.{name}" for name in columns_of),
    )
    made, held = waves(order, given), {*columns_of}
    for number, wave in enumerate(made, 1):
        workspace.run(
            connection, (f"create table {name} as {_asked(connection, name, order, asked, given)}" for name in wave)
        )
        over = {*held, *wave} - {*names, *(word for each in chain(*made[number:]) for word in read(query(each, given)))}
        workspace.drop(connection, over)
        held = {*held, *wave} - over


def _asked(
    connection: duckdb.DuckDBPyConnection, name: str, order: Iterable[str], asked: Mapping[str, Set[str]], given: Given
) -> str:
    """The query of a relation; what nobody reads of it DuckDB never works out."""
    relation, sql = relations()[name], query(name, given)
    if name not in asked:
        return sql
    readers = " ".join(query(each, given) for each in order if name in parents(each, given))
    kept = {*asked[name], *relation.key, *relation.distinct, "region", *re.findall(r"\w+", readers)}
    chosen = [column for column in connection.sql(sql).columns if column in kept]
    return f"select {', '.join(chosen)} from (\n{sql}\n) as made"


def waves(order: Iterable[str], given: Given = NOTHING) -> list[list[str]]:
    """`order` in groups, each of which builds only on those before it."""
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[each] for each in parents(name, given) if each in depth), default=-1)
    return [[name for name in depth if depth[name] == level] for level in sorted(set(depth.values()))]


def landed(order: Iterable[str], given: Given = NOTHING) -> dict[str, list[str]]:
    """The landed tables that the relations in `order` read, with the key and the columns that occur in their text."""
    text = "\n".join(re.sub(r"--.*", "", query(name, given)) for name in order)
    words = set(re.findall(r"\w+", text))
    tables = [name for name in read(text) if name in TABLES]
    return {
        name: [each for each in TABLES[name].schema.names if each in words | set(TABLES[name].key)] for name in tables
    }
