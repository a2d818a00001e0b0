"""Airflow's savepoints on SQLite, while another process writes."""

import threading
import time
from pathlib import Path

import pytest
import sqlite_savepoints  # noqa: F401  # listens as soon as it is imported, as Airflow does with plugins
from sqlalchemy import Connection, Engine, create_engine, text


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = create_engine(f"sqlite:///{tmp_path / 'runs.db'}")
    with made.begin() as connection:
        connection.execute(text("PRAGMA journal_mode=WAL"))
        connection.execute(text("CREATE TABLE runs (day TEXT)"))
    return made


def count(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT count(*) FROM runs")) or 0)


def add(connection: Connection) -> None:
    connection.execute(text("INSERT INTO runs VALUES ('2026-10-28')"))


def another_writes(engine: Engine) -> threading.Thread:
    def write() -> None:
        with engine.begin() as connection:
            add(connection)

    other = threading.Thread(target=write)
    other.start()
    time.sleep(0.2)  # it has written by then, or waits
    return other


def test_who_reads_and_then_writes_in_a_savepoint_is_not_refused_because_another_wrote_in_between(
    engine: Engine,
) -> None:
    with engine.connect() as connection:
        with connection.begin_nested():
            assert count(connection) == 0
            other = another_writes(engine)
            add(connection)
        connection.commit()
    other.join()
    with engine.connect() as connection:
        assert count(connection) == 2


def test_a_savepoint_that_ended_well_is_undone_with_the_rest(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin_nested():
            add(connection)
        connection.rollback()
        assert count(connection) == 0


def test_a_savepoint_within_a_transaction_begins_no_second_one(engine: Engine) -> None:
    with engine.begin() as connection:
        add(connection)
        with connection.begin_nested():
            add(connection)
    with engine.connect() as connection:
        assert count(connection) == 2
