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
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from include.delivery.delivery import Delivery, State
from include.delivery.table import DELIVERIES, delivery_of, engine, key, same

LEASE = timedelta(minutes=15)
"""Longer than any send takes: every wait on the mail server is bounded (Mailbox.timeout)."""


class Outbox:
    """The deliveries kept at `url` (any SQLAlchemy URL; SQLite or Postgres)."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)
        self._me = f"{socket.gethostname()}:{os.getpid()}"
        with self._engine.begin() as connection:
            connection.execute(CreateTable(DELIVERIES, if_not_exists=True))

    def intend(self, delivery: Delivery) -> Delivery:
        """Write down that `delivery` is due, unless it already was. What is on record comes back."""
        row = key(delivery) | {"state": "pending", "content_hash": delivery.content_hash, "changed_at": _now()}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(DELIVERIES).values(row))
        except IntegrityError:
            return self._on_record(delivery)
        return delivery

    def claim(self, delivery: Delivery) -> bool:
        """Take a pending delivery for this process; False if another has it or had it. Commits before it returns."""
        due = and_(same(delivery), DELIVERIES.c.state == "pending")
        taken = (
            update(DELIVERIES)
            .where(due)
            .values(
                state="sending",
                content_hash=delivery.content_hash,
                attempts=DELIVERIES.c.attempts + 1,
                sender=self._me,
                changed_at=_now(),
            )
        )
        with self._engine.begin() as connection:
            return connection.execute(taken).rowcount == 1

    def mark(self, delivery: Delivery, state: State, reason: str = "") -> Delivery:
        """Close this process's own claim, even where another called it lost meanwhile: this one knows."""
        mine = and_(same(delivery), DELIVERIES.c.sender == self._me, DELIVERIES.c.state.in_(("sending", "unknown")))
        with self._engine.begin() as connection:
            connection.execute(update(DELIVERIES).where(mine).values(state=state, reason=reason, changed_at=_now()))
        return replace(delivery, state=state, reason=reason)

    def of(self, day: date, region: str, locale: str) -> list[Delivery]:
        """What is on record for an edition, in the order of its recipients."""
        columns = DELIVERIES.c
        edition = and_(columns.day == day, columns.region == region, columns.locale == locale)
        wanted = select(DELIVERIES).where(edition).order_by(columns.recipient, columns.version)
        with self._engine.connect() as connection:
            return [delivery_of(row) for row in connection.execute(wanted)]

    def _on_record(self, delivery: Delivery) -> Delivery:
        with self._engine.connect() as connection:
            row = connection.execute(select(DELIVERIES).where(same(delivery))).one()
        if row.state == "sending" and self._abandoned(row):
            return self._lost(row)
        if row.state == "pending":
            return replace(delivery_of(row), content_hash=delivery.content_hash)
        return delivery_of(row)

    def _lost(self, row: Row[Any]) -> Delivery:
        """Nobody knows whether the message left: say so, unless its sender closed it a moment ago."""
        lost = delivery_of(row)
        still = and_(same(lost), DELIVERIES.c.state == "sending", DELIVERIES.c.sender == row.sender)
        reason = f"the sender ({row.sender}) ended while sending; ask {lost.recipient} before you send it again"
        with self._engine.begin() as connection:
            connection.execute(update(DELIVERIES).where(still).values(state="unknown", reason=reason))
            return delivery_of(connection.execute(select(DELIVERIES).where(same(lost))).one())

    def _abandoned(self, row: Row[Any]) -> bool:
        host, _, process = row.sender.rpartition(":")
        changed = row.changed_at if row.changed_at.tzinfo else row.changed_at.replace(tzinfo=UTC)
        return _now() - changed > LEASE or (host == socket.gethostname() and not _alive(int(process)))


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
