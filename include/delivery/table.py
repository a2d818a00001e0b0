"""The table behind the outbox, in any database that SQLAlchemy knows."""

from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Row,
    String,
    Table,
    and_,
    create_engine,
    make_url,
)

from include.delivery.delivery import Delivery

DELIVERIES = Table(
    "deliveries",
    MetaData(),
    Column("report", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("region", String(64), nullable=False),
    Column("locale", String(32), nullable=False),
    Column("recipient", String(320), nullable=False),
    Column("state", String(16), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("reason", String, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("sender", String(320), nullable=False, default=""),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("report", "day", "version", "region", "locale", "recipient"),
)


def engine(url: str) -> Engine:
    """The database at `url`; a SQLite file is made with its folder, and waited for while another process writes."""
    place = make_url(url)
    if place.get_backend_name() != "sqlite":
        return create_engine(place)
    if place.database:
        Path(place.database).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(place, connect_args={"timeout": 30})


def key(delivery: Delivery) -> dict[str, Any]:
    """The columns that name a delivery."""
    return {column.name: getattr(delivery, column.name) for column in DELIVERIES.primary_key}


def same(delivery: Delivery) -> ColumnElement[bool]:
    """The row of this delivery."""
    return and_(*(DELIVERIES.c[name] == value for name, value in key(delivery).items()))


def delivery_of(row: Row[Any]) -> Delivery:
    """A row as the delivery it records."""
    return Delivery(
        report=row.report,
        day=row.day,
        version=row.version,
        region=row.region,
        locale=row.locale,
        recipient=row.recipient,
        state=row.state,
        content_hash=row.content_hash,
        reason=row.reason,
        attempts=row.attempts,
    )
