"""Which groups no kept row serves at a night's cutoffs.

members (node, grp, known_from, known_to, serves) and readers (grp, account, ...): as kept. changed (as graph.rows_sql)
and changed_accounts (account, first): of files landed since. evaluated (node): those to be made anew, whole groups of
them. gone (grp): the kept groups that these were. cutoffs (first, last): the night's earliest and latest.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from include.kpis.settled import graph, groups, store
from include.kpis.settled.graph import ACCOUNTS, GRAPH
from include.kpis.settled.store import Index
from include.lake import compaction

MEMBERS, READERS = "members", "readers"
SERVES = """{row}.known_from < (select first from anew.cutoffs)
    and ({row}.known_to is null or {row}.known_to >= (select last from anew.cutoffs))"""


def find(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    index: Index,
    landed: dict[str, str],
    first: datetime,
    last: datetime,
) -> None:
    """Make the relations above."""
    connection.execute(
        "create table cutoffs as select cast($1 as timestamptz) as first, cast($2 as timestamptz) as last",
        [first, last],
    )
    _kept(connection, root, index)
    since = index.changed(landed) if index.landed else None
    changed = " union all ".join(graph.rows_sql(table, _since(root, table, since)) for table in GRAPH)
    connection.execute(f"create table changed as {changed}")
    accounts = _since(root, ACCOUNTS, since)
    connection.execute(f"""
        create table changed_accounts as
        select account_id as account, min(least({graph.moments(ACCOUNTS)})) as first
        from {accounts}
        group by account_id""")
    connection.execute(f"create table evaluated as {_SEEDS}")
    groups.reach(connection)
    connection.execute(
        "create table gone as select distinct m.grp from members as m join evaluated as e on e.node = m.node"
    )


_SEEDS = """
select node from members group by node having not bool_or(serves)
union
select node from changed
union
select other from (select unnest(links) as other from changed) as linked where other is not null
union
select m.node
from members as m
join readers as r on r.grp = m.grp
join changed_accounts as a on a.account = r.account"""


_SHAPES = {
    MEMBERS: "cast(null as ubigint) as node, cast(null as ubigint) as grp",
    READERS: "cast(null as ubigint) as grp, cast(null as varchar) as account",
}


def _kept(connection: duckdb.DuckDBPyConnection, root: Path, index: Index) -> None:
    for name, shape in _SHAPES.items():
        files = [*store.paths(root, index, name).values()]
        never = "cast(null as timestamptz)"
        nothing = f"select {shape}, {never} as known_from, {never} as known_to where false"
        rows = compaction.scan(files) if files else nothing
        connection.execute(f"create table {name} as select k.*, {SERVES.format(row='k')} as serves from ({rows}) as k")


def _since(root: Path, table: str, changed: Sequence[str] | None) -> str:
    """The rows of the files that have changed: all of a table where nothing is kept."""
    if changed is None:
        return f"memory.main.{table}"
    files = [root / name for name in changed if name.startswith(f"{table}/")]
    return f"({compaction.scan(files)})" if files else f"(select * from memory.main.{table} where false)"


def source(table: str) -> str:
    """The landed rows of the groups to be made anew."""
    return f"memory.main.{table} where {graph.node(GRAPH[table].node)} in (select node from evaluated)"
