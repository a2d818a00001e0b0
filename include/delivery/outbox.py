"""The outbox: which report goes to whom, and how far it got. An intent is committed before the act.

    pending ──claim──► sending ──► sent
       ▲                  ├──────► failed    the server refused this recipient or this message for good
       └──────────────────┤
                          └──────► unknown   the server may or may not have taken it: a person decides, nobody resends

One row a (report, day, version, region, locale, recipient). A claim is one UPDATE, so of two processes one sends.
A sender that died leaves `sending`; once it is known to be dead, or its lease is over, the row becomes `unknown`.
"""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

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
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

State = Literal["pending", "sending", "sent", "failed", "unknown"]
LEASE = timedelta(minutes=15)
"""Longer than any send takes: every wait on the mail server is bounded (Mailbox.timeout)."""

_metadata = MetaData()
_deliveries = Table(
    "deliveries",
    _metadata,
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


@dataclass(frozen=True)
class Delivery:
    """One document to one recipient, with its state. Everything before `state` is the key.

    `content_hash` is that of the bytes sent, once they are; `reason` says what the mail server said.
    """

    day: date
    region: str
    locale: str
    recipient: str
    content_hash: str
    report: str = "nightly_report"
    version: int = 1
    state: State = "pending"
    reason: str = ""
    attempts: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "recipient", self.recipient.strip().lower())

    @property
    def name(self) -> str:
        """The key in one line, the same for every attempt: what a Message-ID is made of."""
        return f"{self.report}/{self.day}/{self.version}/{self.region}/{self.locale}/{self.recipient}"


class Outbox:
    """The deliveries kept at `url` (any SQLAlchemy URL; SQLite or Postgres)."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._me = f"{socket.gethostname()}:{os.getpid()}"
        _metadata.create_all(self._engine)

    def intend(self, delivery: Delivery) -> Delivery:
        """Write down that `delivery` is due, unless it already was. What is on record comes back."""
        row = _key(delivery) | {"state": "pending", "content_hash": delivery.content_hash, "changed_at": _now()}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_deliveries).values(row))
        except IntegrityError:
            return self._on_record(delivery)
        return delivery

    def claim(self, delivery: Delivery) -> bool:
        """Take a pending delivery for this process; False if another has it or had it. Commits before it returns."""
        due = and_(_is(delivery), _deliveries.c.state == "pending")
        taken = (
            update(_deliveries)
            .where(due)
            .values(
                state="sending",
                content_hash=delivery.content_hash,
                attempts=_deliveries.c.attempts + 1,
                sender=self._me,
                changed_at=_now(),
            )
        )
        with self._engine.begin() as connection:
            return connection.execute(taken).rowcount == 1

    def mark(self, delivery: Delivery, state: State, reason: str = "") -> Delivery:
        """Close this process's own claim, even where another called it lost meanwhile: this one knows."""
        mine = and_(_is(delivery), _deliveries.c.sender == self._me, _deliveries.c.state.in_(("sending", "unknown")))
        with self._engine.begin() as connection:
            connection.execute(update(_deliveries).where(mine).values(state=state, reason=reason, changed_at=_now()))
        return replace(delivery, state=state, reason=reason)

    def of(self, day: date, region: str, locale: str) -> list[Delivery]:
        """What is on record for an edition, in the order of its recipients."""
        columns = _deliveries.c
        edition = and_(columns.day == day, columns.region == region, columns.locale == locale)
        wanted = select(_deliveries).where(edition).order_by(columns.recipient, columns.version)
        with self._engine.connect() as connection:
            return [_delivery(row) for row in connection.execute(wanted)]

    def _on_record(self, delivery: Delivery) -> Delivery:
        with self._engine.connect() as connection:
            row = connection.execute(select(_deliveries).where(_is(delivery))).one()
        if row.state == "sending" and self._abandoned(row):
            return self._lost(row)
        if row.state == "pending":
            return replace(_delivery(row), content_hash=delivery.content_hash)
        return _delivery(row)

    def _lost(self, row: Row[Any]) -> Delivery:
        """Nobody knows whether the message left: say so, unless its sender closed it a moment ago."""
        lost = _delivery(row)
        same = and_(_is(lost), _deliveries.c.state == "sending", _deliveries.c.sender == row.sender)
        reason = f"the sender ({row.sender}) ended while sending; ask {lost.recipient} before you send it again"
        with self._engine.begin() as connection:
            connection.execute(update(_deliveries).where(same).values(state="unknown", reason=reason))
            return _delivery(connection.execute(select(_deliveries).where(_is(lost))).one())

    def _abandoned(self, row: Row[Any]) -> bool:
        host, _, process = row.sender.rpartition(":")
        changed = row.changed_at if row.changed_at.tzinfo else row.changed_at.replace(tzinfo=UTC)
        return _now() - changed > LEASE or (host == socket.gethostname() and not _alive(int(process)))


def summary(deliveries: Sequence[Delivery]) -> str:
    """`2 sent, 1 failed`: how many in which state."""
    states = [delivery.state for delivery in deliveries]
    return ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states)) or "nobody to mail"


def _engine(url: str) -> Engine:
    place = make_url(url)
    if place.get_backend_name() != "sqlite":
        return create_engine(place)
    if place.database:
        Path(place.database).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(place, connect_args={"timeout": 30})


def _key(delivery: Delivery) -> dict[str, Any]:
    return {column.name: getattr(delivery, column.name) for column in _deliveries.primary_key}


def _is(delivery: Delivery) -> ColumnElement[bool]:
    return and_(*(_deliveries.c[name] == value for name, value in _key(delivery).items()))


def _delivery(row: Row[Any]) -> Delivery:
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


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _now() -> datetime:
    return datetime.now(UTC)
