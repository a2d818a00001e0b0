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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

ROOM = Path(__file__).parent
SAID = re.compile(r"^-- (kind|needs|key|distinct|node|filed): (.+)$", re.M)
"""What a file's first lines say of its rows."""


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
    said = {key: tuple(value.split()) for key, value in SAID.findall(sql)}
    (kind,) = said.get("kind", ("",))
    node, filed = (" ".join(said.get(name, ())) for name in ("node", "filed"))
    return Relation(
        file.stem, sql, kind, said.get("needs", ()), said.get("key", ()), said.get("distinct", ()), node, filed
    )


def facts() -> dict[str, Relation]:
    return {name: relation for name, relation in relations().items() if relation.kind}


Given = Mapping[str, str]
"""Queries that stand in for those of the files, by the name of the relation."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


def needed(names: Iterable[str], given: Given = NOTHING) -> list[str]:
    """`names` and all that they build on, in the order in which they can be made."""
    order: list[str] = []
    for name in names:
        order += [each for each in (*needed(parents(name, given), given), name) if each not in order]
    return order


def parents(name: str, given: Given = NOTHING) -> list[str]:
    """The relations that one builds on."""
    return [word for word in read(query(name, given)) if word in relations() and word != name]


def query(name: str, given: Given = NOTHING) -> str:
    return given.get(name, relations()[name].sql)


@cache
def read(sql: str) -> tuple[str, ...]:
    """The names that a query reads, in their order."""
    code = re.sub(r"--.*", "", sql)
    return tuple(dict.fromkeys(re.findall(r"\b(?:from|join)\s+(\w+)", code)))


def columns(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(f"describe {name}").fetchall())
