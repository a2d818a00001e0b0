"""Groups from links, in SQL: the nodes that can be reached from one another, however many there are."""

import duckdb


def group(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `grouped` (node, grp) of `renewed`: the nodes that links lead to from one another have one number."""
    connection.execute("create table linked as select distinct node, unnest(links) as other from renewed")
    connection.execute("""
        create table links_0 as
        select node, other from linked where node <> other
        union
        select other, node from linked where node <> other""")
    _contract(connection, 0)
    connection.execute("""
        create table grouped as
        select a.node, coalesce(l.grp, a.node) as grp
        from (select node from renewed union select other from linked where other is not null) as a
        left join least_0 as l on l.node = a.node""")
    connection.execute("drop table linked; drop table least_0")


def _contract(connection: duckdb.DuckDBPyConnection, depth: int) -> None:
    """Make `least_<depth>` (node, grp) of `links_<depth>`, and drop that: each node goes up in the least of itself and
    its neighbours, and those that are left are grouped by the links between them. Numbers are hashes, so that each time
    far fewer are left: sixteen million nodes are those of a company in three or four steps."""
    connection.execute(f"""
        create table near_{depth} as
        select node, least(node, min(other)) as near from links_{depth} group by node""")
    connection.execute(f"""
        create table links_{depth + 1} as
        select distinct n.near as node, o.near as other
        from links_{depth} as l
        join near_{depth} as n on n.node = l.node
        join near_{depth} as o on o.node = l.other
        where n.near <> o.near""")
    connection.execute(f"drop table links_{depth}")
    ((left,),) = connection.execute(f"select count(*) from links_{depth + 1}").fetchall()
    if left:
        _contract(connection, depth + 1)
    else:
        connection.execute(f"""
            drop table links_{depth + 1};
            create table least_{depth + 1} (node ubigint, grp ubigint)""")
    connection.execute(f"""
        create table least_{depth} as
        select n.node, coalesce(l.grp, n.near) as grp
        from near_{depth} as n
        left join least_{depth + 1} as l on l.node = n.near""")
    connection.execute(f"drop table near_{depth}; drop table least_{depth + 1}")


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
