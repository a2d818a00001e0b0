"""The SQL of the room: relations as known at the cutoff (known/*.sql) and facts over them (facts/*.sql).

Each file is one query and becomes one table of its name; it may name landed tables, the relations of
`calendar.py`, and any other file. A fact's first lines say its kind, the landed tables it cannot do without, the
columns that tell one of its rows from any other, and the dimensions over which it must not be added:

    -- kind: event | snapshot | between | period | plan
    -- needs: leads crm_stage_history
    -- key: person_id stage
    -- distinct: channel

A relation that is kept from night to night, as far as it has settled (settled/), says whose a row is (`node`, as
settled/graph.py names it) and by which of its dates it is filed:

    -- node: 'touch ' || activity_id
    -- filed: day

Days between two moments are whole billionths, half ones up: round(microseconds * 5 / 432) / 1e9. A quotient of days
or hours that is cast as it is may lie a hair beside the half it is, and each engine then rounds it another way.

A fact of kind `between` has rows for each period, from its first day (`since`) to its last (`day`). One that a rule
reads by age has a column `age`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from include.kpis import workspace
from include.lake import TABLES

ROOM = Path(__file__).parent


@dataclass(frozen=True)
class Relation:
    """A named query. `kind` is empty for what is no fact."""

    name: str
    sql: str
    kind: str = ""
    needs: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    node: str = ""
    filed: str = ""


@cache
def relations() -> dict[str, Relation]:
    """Every SQL file of the room, by name."""
    files = [*sorted((ROOM / "known").glob("*.sql")), *sorted((ROOM / "facts").glob("*.sql"))]
    return {file.stem: _relation(file) for file in files}


def _relation(file: Path) -> Relation:
    sql = file.read_text(encoding="utf-8")
    said = {
        key: tuple(value.split())
        for key, value in re.findall(r"^-- (kind|needs|key|distinct|node|filed): (.+)$", sql, re.M)
    }
    (kind,) = said.get("kind", ("",))
    node, filed = (" ".join(said.get(name, ())) for name in ("node", "filed"))
    return Relation(
        file.stem, sql, kind, said.get("needs", ()), said.get("key", ()), said.get("distinct", ()), node, filed
    )


def facts() -> dict[str, Relation]:
    return {name: relation for name, relation in relations().items() if relation.kind}


Given = Mapping[str, str]
"""Queries that stand in for those of the files, by the name of the relation."""
Make = Callable[[duckdb.DuckDBPyConnection, Collection[str], Mapping[str, Set[str]]], None]
"""What makes tables of names, as `materialise` does."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


def needed(names: Iterable[str], given: Given = NOTHING) -> list[str]:
    """`names` and all that they build on, in the order in which they can be made."""
    order: list[str] = []
    for name in names:
        order += [each for each in (*needed(_parents(name, given), given), name) if each not in order]
    return order


def _parents(name: str, given: Given) -> list[str]:
    return [word for word in _read(name, given) if word in relations() and word != name]


def _read(name: str, given: Given) -> tuple[str, ...]:
    return read(query(name, given))


def query(name: str, given: Given = NOTHING) -> str:
    return given.get(name, relations()[name].sql)


@cache
def read(sql: str) -> tuple[str, ...]:
    """The names that a query reads, in their order."""
    code = re.sub(r"--.*", "", sql)
    return tuple(dict.fromkeys(re.findall(r"(?:from|join)\s+(\w+)", code)))


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
        over = {*held, *wave} - {*names, *(word for each in chain(*made[number:]) for word in _read(each, given))}
        workspace.drop(connection, over)
        held = {*held, *wave} - over


def _asked(
    connection: duckdb.DuckDBPyConnection, name: str, order: Iterable[str], asked: Mapping[str, Set[str]], given: Given
) -> str:
    """The query of a relation; what nobody reads of it DuckDB never works out."""
    relation, sql = relations()[name], query(name, given)
    if name not in asked:
        return sql
    readers = " ".join(query(each, given) for each in order if name in _parents(each, given))
    kept = {*asked[name], *relation.key, *relation.distinct, "region", *re.findall(r"\w+", readers)}
    chosen = [column for column in connection.sql(sql).columns if column in kept]
    return f"select {', '.join(chosen)} from (\n{sql}\n) as made"


def waves(order: Iterable[str], given: Given = NOTHING) -> list[list[str]]:
    """`order` in groups, each of which builds only on those before it."""
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[each] for each in _parents(name, given) if each in depth), default=-1)
    return [[name for name in depth if depth[name] == level] for level in sorted(set(depth.values()))]


def landed(order: Iterable[str], given: Given = NOTHING) -> dict[str, list[str]]:
    """The landed tables that the relations in `order` read, with the key and the columns that occur in their text."""
    text = "\n".join(re.sub(r"--.*", "", query(name, given)) for name in order)
    words = set(re.findall(r"\w+", text))
    tables = [name for name in read(text) if name in TABLES]
    return {
        name: [each for each in TABLES[name].schema.names if each in words | set(TABLES[name].key)] for name in tables
    }


def columns(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(f"describe {name}").fetchall())
