"""The schema `night` of a connection: what is made there is seen by its cursors, so independent queries run at once.

DuckDB shares out a query by blocks of 120,000 rows, and the tables of a night are about as small as that: one query
keeps one core busy, however many there are.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

import duckdb

WORKERS = 2
AHEAD = 2 * WORKERS
Made = TypeVar("Made")


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Relations made from here on are the night's; the landed tables stay what they are, as memory.main.<table>.

    Queries run side by side, one thread each: two that share two threads take a third more of a processor's time.
    """
    connection.execute("set threads = 1")
    connection.execute("create schema night")
    connection.execute("use night")


def run(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    """Run statements none of which needs another. Raises the error of the first that fails."""
    jobs = [lambda cursor, sql=sql: cursor.execute(sql) for sql in statements]
    for _ in side_by_side(connection, jobs):
        pass


def run_and_drop(
    connection: duckdb.DuckDBPyConnection, statements: Sequence[tuple[str, str]], keep: Collection[str]
) -> None:
    """Run statements, each with the table it reads, and drop each table that nobody is going to read any more, unless
    it is to be kept. Raises the error of the first that fails."""
    waiting, lock = Counter(table for _, table in statements), Lock()

    def job(sql: str, table: str) -> Callable[[duckdb.DuckDBPyConnection], None]:
        def run(cursor: duckdb.DuckDBPyConnection) -> None:
            cursor.execute(sql)
            with lock:
                waiting[table] -= 1
                is_last = not waiting[table]
            if is_last and table not in keep:
                drop(cursor, [table])

        return run

    for _ in side_by_side(connection, (job(*each) for each in statements)):
        pass


def drop(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    """Forget tables that nothing reads any more: a night holds them in memory."""
    for name in sorted(tables):
        connection.execute(f"drop table {name}")


def side_by_side(
    connection: duckdb.DuckDBPyConnection, jobs: Iterable[Callable[[duckdb.DuckDBPyConnection], Made]]
) -> Iterator[Made]:
    """What each job makes with a cursor of its own, in the order of the jobs. Few wait for the caller: together a
    night's results are half a gigabyte."""
    begun: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(WORKERS) as pool:
        for job in jobs:
            begun.append(pool.submit(job, _cursor(connection)))
            if len(begun) > AHEAD:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def _cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A cursor has neither the clock nor the schema of its connection."""
    cursor = connection.cursor()
    cursor.execute("set TimeZone = 'UTC'")
    cursor.execute("use night")
    return cursor
