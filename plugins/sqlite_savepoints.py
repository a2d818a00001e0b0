"""On SQLite a savepoint begins a transaction that holds the write lock, as other databases' savepoints need one.

Python's driver begins none before a savepoint. Airflow creates a backfill in savepoints, and without this each of them
was kept by itself, and refused at once where another process had written since it began ("Database is locked"); Airflow
then deleted the runs that it had cleared so far, and a scheduler that held one of them ended. Seen with 3.3.2, about
every second time. SQLAlchemy's page on SQLite ("Serializable isolation / Savepoints") says so, and what to do.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event


@event.listens_for(Engine, "savepoint")
def begin_first(connection: Connection, name: str) -> None:  # noqa: ARG001 SQLAlchemy calls it by this shape
    """Wait for the write lock, unless the transaction has it already."""
    if connection.dialect.name == "sqlite" and not _driver(connection).in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
