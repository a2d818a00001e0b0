"""Which landed rows belong together: what is linked by ids is one group, and is known or not known as one.

A group is a person's records, deals and touches, and whatever these share with others: what is made of leads, deals,
touches and their history reads no rows of two groups at once. Nodes are the hashes of names; two names with one hash
only make one larger group. Accounts are read by groups and join none: a change of one is a change of all its readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
