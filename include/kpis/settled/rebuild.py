"""Keep what has settled: rows of groups that tell of nothing later than the night's first cutoff."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from include.kpis.relations import columns, relations
from include.kpis.settled import graph, groups, store
from include.kpis.settled.graph import ACCOUNTS, GRAPH
from include.kpis.settled.stale import MEMBERS, READERS, source
from include.kpis.settled.store import Index
from include.lake import compaction

DUE = 0.05
"""Kept anew when this share of all nodes has to be made anew each night: to write rows costs more than to make them."""
_MONTH = "coalesce(strftime(cast({on} as date), '%Y-%m'), 'none')"


def rebuild(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    index: Index,
    landed: dict[str, str],
    cutoff: datetime,
    served: Sequence[str],
) -> None:
    """Write the months in which a group made anew has or had a row, if it is time; a backfill of an older day never
    does. Where somebody else is at it, or has just done it, there is nothing to do."""
    with store.alone(root) as alone:
        if alone and _is_due(connection, index, cutoff) and store.read(root, index.basis, landed, served) == index:
            _groups(connection, cutoff)
            rows = {MEMBERS: _MEMBERS, READERS: _READERS, **{name: _rows(connection, name) for name in served}}
            files = {name: _months(connection, root, index, name, sql) for name, sql in rows.items()}
            store.write(root, Index(index.basis, cutoff.isoformat(), landed, files), index)


def _is_due(connection: duckdb.DuckDBPyConnection, index: Index, cutoff: datetime) -> bool:
    if index.cutoff and cutoff < datetime.fromisoformat(index.cutoff):
        return False
    ((stale, known),) = connection.execute(
        "select (select count(*) from evaluated), (select count(distinct node) from members)"
    ).fetchall()
    return int(stale) > DUE * int(known)


def _groups(connection: duckdb.DuckDBPyConnection, cutoff: datetime) -> None:
    """grouped (node, grp) of the groups made anew; fresh (grp, last, known_from): their last moment, and from when on
    they are known for good, which is never where that is not over; superseded (grp, until): kept ones that they
    replace, and the first moment that what has landed since tells of."""
    renewed = " union all ".join(graph.rows_sql(table, source(table)) for table in GRAPH)
    connection.execute(f"create table renewed as {renewed}")
    groups.group(connection)
    connection.execute(
        f"""
        create table fresh as
        with told as (select account_id as account, max(greatest({graph.moments(ACCOUNTS)})) as last
            from memory.main.{ACCOUNTS} group by account_id),
        latest as (
            select g.grp, max(greatest(r.last, t.last)) as last
            from renewed as r
            join grouped as g on g.node = r.node
            left join told as t on t.account = r.account
            group by g.grp
        )
        select grp, last, case when last < $1 then last else 'infinity'::timestamptz end as known_from from latest""",
        [cutoff],
    )
    connection.execute(_SUPERSEDED)


_SUPERSEDED = """
create table superseded as
with since as (
    select node, first from changed
    union all
    select r.node, a.first from renewed as r join changed_accounts as a on a.account = r.account
),
moved as (
    select g.grp, min(s.first) as until from since as s join grouped as g on g.node = s.node group by g.grp
)
select m.grp, min(v.until) as until
from members as m
join gone as x on x.grp = m.grp
left join grouped as g on g.node = m.node
left join moved as v on v.grp = g.grp
group by m.grp"""
_MEMBERS = f"""
select g.node, g.grp, f.known_from, cast(null as timestamptz) as known_to, {_MONTH.format(on="f.last")} as month
from grouped as g join fresh as f on f.grp = g.grp"""
_READERS = f"""
select distinct g.grp, r.account, f.known_from, cast(null as timestamptz) as known_to,
    {_MONTH.format(on="f.last")} as month
from renewed as r join grouped as g on g.node = r.node join fresh as f on f.grp = g.grp
where r.account is not null"""


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The rows of a relation whose groups have settled."""
    relation = relations()[name]
    made = ", ".join(f"x.{column}" for column in columns(connection, f"anew.{name}"))
    return f"""
    select {made}, g.grp, f.known_from, cast(null as timestamptz) as known_to,
        {_MONTH.format(on=f"x.{relation.filed}")} as month
    from (select *, {graph.node(relation.node)} as node from anew.{name}) as x
    join grouped as g on g.node = x.node
    join fresh as f on f.grp = g.grp and f.known_from < 'infinity'"""


def _months(connection: duckdb.DuckDBPyConnection, root: Path, index: Index, name: str, rows: str) -> dict[str, str]:
    """Write the months of a relation that change; the others keep their files. Returns the files of all."""
    kept = store.paths(root, index, name)
    if not kept:
        return store.write_months(connection, root, name, rows)
    gone = f"select month from ({_old(kept)}) where grp in (select grp from superseded)"
    months = {str(month) for (month,) in connection.execute(f"select month from ({rows}) union {gone}").fetchall()}
    written = store.write_months(connection, root, name, f"{rows} union all by name {_still(kept, months)}")
    return {month: file for month, file in index.files[name].items() if month not in months} | written


def _still(kept: Mapping[str, Path], months: set[str]) -> str:
    """The kept rows of some months that go on to say what was known, those of groups made anew until they changed."""
    old = {month: file for month, file in kept.items() if month in months} or dict([*kept.items()][:1])
    return f"""
    select o.* replace (coalesce(o.known_to, s.until) as known_to)
    from ({_old(old)}) as o
    left join superseded as s on s.grp = o.grp
    where o.month in ({", ".join(repr(month) for month in sorted(months)) or "''"})
        and (s.grp is null or o.known_to is not null or s.until > o.known_from)"""


def _old(files: Mapping[str, Path]) -> str:
    listed = ", ".join(map(compaction.quoted, files.values()))
    return f"select * from read_parquet([{listed}], hive_partitioning = true, hive_types = {{'month': varchar}})"
