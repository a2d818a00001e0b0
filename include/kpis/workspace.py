"""The schema `night` of a connection: what is made there is seen by its cursors, so independent queries run at once.

DuckDB shares out a query by blocks of 120,000 rows, and the tables of a night are about as small as that: one query
keeps one core busy, however many there are.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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
