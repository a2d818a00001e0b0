"""A night's relations, made anew only as far as what is kept does not serve.

The schema `anew` holds, for as long as that takes, what stale.py finds out, the landed rows of the groups that are to
be made anew, and the relations made of them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb

from include.company import Company
from include.kpis import basis, workspace
from include.kpis.materialise import landed, waves
from include.kpis.materialise import materialise as made_whole
from include.kpis.relations import NOTHING, columns, needed, query, read, relations
from include.kpis.settled import graph, rebuild, stale, store
from include.kpis.settled.graph import ACCOUNTS, GRAPH
from include.kpis.settled.store import Index
from include.lake import Lake, compaction


def materialise(
    lake: Lake,
    company: Company,
    day: date,
    connection: duckdb.DuckDBPyConnection,
    names: Collection[str],
    asked: Mapping[str, Set[str]] = NOTHING,
) -> None:
    """Make tables of `names` as of `day`, as `materialise` makes them of all that is landed; and keep what has
    settled, where enough has changed since that was done last."""
    served = [name for name in needed(names) if relations()[name].node]
    cutoffs = [region.cutoff(day) for region in company.regions.values()]
    connection.execute("create schema anew; set search_path = 'anew,night'")
    now = store.landed(lake.root)
    index = store.read(lake.root, _shared(connection, company, served), now, served)
    stale.find(connection, lake.root, index, now, min(cutoffs), max(cutoffs))
    _groups(connection, served)
    rebuild.rebuild(connection, lake.root, index, now, min(cutoffs), served)
    connection.execute("use night")
    made_whole(connection, names, asked, {name: _query(connection, lake.root, index, name) for name in served})
    connection.execute("drop schema anew cascade")


def _shared(connection: duckdb.DuckDBPyConnection, company: Company, served: Sequence[str]) -> str:
    """Make what all groups share, and tell that and all else that kept rows are made of in a digest. Accounts are left
    out: it is known which groups read one."""
    local = graph.local(served)
    shared = [name for name in needed(served) if name not in local]
    tables = landed(needed(served))
    _land(connection, {name: f"memory.main.{name}" for name in tables if name not in GRAPH}, tables)
    _make(connection, shared)
    direct = sorted({*shared} & {each for name in local for each in read(query(name))})
    told = [_told(connection, name) for name in direct if ACCOUNTS not in read(query(name))]
    return sha256("\n".join([company.model_dump_json(), basis.code(), *told]).encode()).hexdigest()


def _told(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    return str(connection.execute(f"select count(*), bit_xor(hash(t)) from {name} as t").fetchall())


def _groups(connection: duckdb.DuckDBPyConnection, served: Sequence[str]) -> None:
    """Make `served` of the groups to be made anew."""
    tables = landed(needed(served))
    _land(connection, {name: stale.source(name) for name in tables if name in GRAPH}, tables)
    _make(connection, graph.local(served))


def _land(
    connection: duckdb.DuckDBPyConnection, sources: Mapping[str, str], tables: Mapping[str, Sequence[str]]
) -> None:
    _run(
        connection,
        (f"create table anew.{name} as select {', '.join(tables[name])} from {of}" for name, of in sources.items()),
    )


def _make(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    for wave in waves(names):
        _run(connection, (f"create table anew.{name} as {query(name)}" for name in wave))


def _run(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    workspace.run(connection, (f"set search_path = 'anew,night'; {each}" for each in statements))


def _query(connection: duckdb.DuckDBPyConnection, root: Path, index: Index, name: str) -> str:
    """A relation of what was made anew and of what is kept of the other groups."""
    have = columns(connection, f"anew.{name}")
    made = f"select {', '.join(have)} from anew.{name}"
    files = [*store.paths(root, index, name).values()]
    if not files:
        return made
    clock = {"cutoff": "r.cutoff"}
    kept = ", ".join(f"{clock.get(column, f'k.{column}')} as {column}" for column in have)
    regions = "join regions as r on r.region = k.region" if "cutoff" in have else ""
    return f"""{made}
    union all
    select {kept} from ({compaction.scan(files)}) as k {regions}
    where {stale.SERVES.format(row="k")} and not exists (select 1 from anew.gone as g where g.grp = k.grp)"""
