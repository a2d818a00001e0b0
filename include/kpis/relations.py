"""The SQL of the room: relations as known at the cutoff (known/*.sql) and facts over them (facts/*.sql).

Each file is one query and becomes one table of its name; it may name landed tables, the relations of
`calendar.py`, and any other file. A fact's first lines say its kind, the landed tables it cannot do without, the
columns that tell one of its rows from any other, and the dimensions over which it must not be added:

    -- kind: event | snapshot | between | period | plan
    -- needs: leads crm_stage_history
    -- key: person_id stage
    -- distinct: channel

Days between two moments are whole billionths, half ones up: round(microseconds * 5 / 432) / 1e9. A quotient of days
or hours that is cast as it is may lie a hair beside the half it is, and each engine then rounds it another way.

A fact of kind `between` has rows for each period, from its first day (`since`) to its last (`day`). One that a rule
reads by age has a column `age`.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

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


@cache
def relations() -> dict[str, Relation]:
    """Every SQL file of the room, by name."""
    files = [*sorted((ROOM / "known").glob("*.sql")), *sorted((ROOM / "facts").glob("*.sql"))]
    return {file.stem: _relation(file) for file in files}


def _relation(file: Path) -> Relation:
    sql = file.read_text(encoding="utf-8")
    said = {key: tuple(value.split()) for key, value in re.findall(r"^-- (kind|needs|key|distinct): (.+)$", sql, re.M)}
    (kind,) = said.get("kind", ("",))
    return Relation(file.stem, sql, kind, said.get("needs", ()), said.get("key", ()), said.get("distinct", ()))


def facts() -> dict[str, Relation]:
    return {name: relation for name, relation in relations().items() if relation.kind}


def needed(names: Iterable[str]) -> list[str]:
    """`names` and all that they build on, in the order in which they can be made."""
    order: list[str] = []
    for name in names:
        order += [each for each in (*needed(_parents(name)), name) if each not in order]
    return order


def _parents(name: str) -> list[str]:
    return [word for word in _read(name) if word in relations() and word != name]


@cache
def _read(name: str) -> list[str]:
    return _words(relations()[name].sql)


def _words(sql: str) -> list[str]:
    code = re.sub(r"--.*", "", sql)
    return list(dict.fromkeys(re.findall(r"(?:from|join)\s+(\w+)", code)))


def materialise(
    connection: duckdb.DuckDBPyConnection, names: Iterable[str], asked: Mapping[str, Set[str]] = MappingProxyType({})
) -> None:
    """Make tables of `names`, and of what they build on as long as anybody reads it: of those in `asked` the columns
    that it, the key or another relation names, of the others all. Each landed table they read is read once, as far as
    they name its columns: opening hundreds of files again for every mention took a third of the time."""
    names = tuple(names)
    order = needed(names)
    landed = _landed(order)
    workspace.run(
        connection,
        (f"create table {name} as select {', '.join(landed[name])} from memory.main.{name}" for name in landed),
    )
    waves, held = _waves(order), {*landed}
    for number, wave in enumerate(waves, 1):
        workspace.run(connection, (f"create table {name} as {_query(connection, name, order, asked)}" for name in wave))
        over = {*held, *wave} - {*names, *(word for each in chain(*waves[number:]) for word in _read(each))}
        workspace.drop(connection, over)
        held = {*held, *wave} - over


def _query(
    connection: duckdb.DuckDBPyConnection, name: str, order: Iterable[str], asked: Mapping[str, Set[str]]
) -> str:
    """The query of a relation; what nobody reads of it DuckDB never works out."""
    relation = relations()[name]
    if name not in asked:
        return relation.sql
    readers = " ".join(relations()[each].sql for each in order if name in _parents(each))
    read = {*asked[name], *relation.key, *relation.distinct, "region", *re.findall(r"\w+", readers)}
    kept = [column for column in connection.sql(relation.sql).columns if column in read]
    return f"select {', '.join(kept)} from (\n{relation.sql}\n) as made"


def _waves(order: Iterable[str]) -> list[list[str]]:
    """`order` in groups, each of which builds only on those before it."""
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[parent] for parent in _parents(name)), default=-1)
    return [[name for name in depth if depth[name] == level] for level in sorted(set(depth.values()))]


def _landed(order: Iterable[str]) -> dict[str, list[str]]:
    """The landed tables that the relations in `order` read, with the key and the columns that occur in their text."""
    text = "\n".join(re.sub(r"--.*", "", relations()[name].sql) for name in order)
    words = set(re.findall(r"\w+", text))
    read = [name for name in _words(text) if name in TABLES]
    return {
        name: [each for each in TABLES[name].schema.names if each in words | set(TABLES[name].key)] for name in read
    }


def columns(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(f"describe {name}").fetchall())
