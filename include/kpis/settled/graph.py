"""Which landed rows belong together: what is linked by ids is one group, and is known or not known as one.

A group is a person's records, deals and touches, and whatever these share with others: what is made of leads, deals,
touches and their history reads no rows of two groups at once. Nodes are the hashes of names; two names with one hash
only make one larger group. Accounts are read by groups and join none: a change of one is a change of all its readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from include.kpis.relations import needed, query, read
from include.lake import TABLES


@dataclass(frozen=True)
class Record:
    """The names of a landed row's node and of those it is linked with, and the id of the account it reads, in SQL."""

    node: str
    links: tuple[str, ...] = ()
    account: str = "cast(null as varchar)"


GRAPH = {
    "leads": Record("lead_id", ("merged_into_lead_id",), "account_id"),
    "opportunities": Record("'deal ' || opportunity_id", ("primary_lead_id", "'account ' || account_id"), "account_id"),
    "activities": Record(
        "'touch ' || activity_id",
        ("lead_id", "'deal ' || opportunity_id", "case when lead_id is null then 'account ' || account_id end"),
        "account_id",
    ),
    "crm_stage_history": Record("case entity_type when 'lead' then entity_id else 'deal ' || entity_id end"),
}
"""A touch of nobody in particular has its account for a prospect, or its deal's."""

ACCOUNTS = "accounts"


def node(name: str) -> str:
    """The number of a named node; what has no name is none."""
    return f"case when {name} is not null then hash({name}) end"


def rows_sql(table: str, source: str) -> str:
    """node, links, account, first and last: the earliest and the latest moment that a row of `source` tells of."""
    record = GRAPH[table]
    links = ", ".join(node(link) for link in record.links)
    return f"""
    select {node(record.node)} as node, cast([{links}] as ubigint[]) as links, {record.account} as account,
        least({moments(table)}) as first, greatest({moments(table)}) as last
    from {source}"""


def moments(table: str) -> str:
    return ", ".join(field.name for field in TABLES[table].schema if pa.types.is_timestamp(field.type))


def local(served: Sequence[str]) -> list[str]:
    """Of `served` and what it builds on, the relations made of groups; beside them they read what all groups share."""
    found: list[str] = []
    for name in needed(served):
        if {*read(query(name))} & {*GRAPH, *found}:
            found.append(name)
    return found


def group(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `grouped` (node, grp) of `renewed`: each node takes the least number it can reach."""
    connection.execute("""
        create table edges as
        with links as (select distinct node, unnest(links) as other from renewed)
        select node, other from links where other is not null
        union
        select other, node from links where other is not null""")
    connection.execute("""
        create table grouped as
        select node, node as grp from (select node from renewed union select node from edges)""")
    while _lowered(connection):
        pass
    connection.execute("drop table edges")


def _lowered(connection: duckdb.DuckDBPyConnection) -> bool:
    """One step to the neighbours' least number, and one to what that has come to: chains halve."""
    connection.execute("""
        create table near as
        select g.node, least(g.grp, min(o.grp)) as grp
        from grouped as g
        left join edges as e on e.node = g.node
        left join grouped as o on o.node = e.other
        group by g.node, g.grp""")
    connection.execute("""
        create table far as
        select n.node, least(n.grp, o.grp) as grp from near as n join near as o on o.node = n.grp""")
    ((lowered,),) = connection.execute(
        "select count(*) from far as f join grouped as g on g.node = f.node where f.grp <> g.grp"
    ).fetchall()
    connection.execute("drop table grouped; drop table near; alter table far rename to grouped")
    return bool(lowered)


def reach(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to `evaluated` all nodes that were in one group with one of its, by `members`."""
    while _reached(connection):
        pass


def _reached(connection: duckdb.DuckDBPyConnection) -> int:
    ((count,),) = connection.execute("""
        insert into evaluated
        select distinct o.node
        from evaluated as e
        join members as m on m.node = e.node
        join members as o on o.grp = m.grp
        where o.node not in (select node from evaluated)""").fetchall()
    return int(count)
