"""Stripe's interface: lists of 100, newest first, each page after the last id of the one before; objects; events.

The version is pinned, since the mapping is written for it. Events are the exception: Stripe renders each in the version
that the account had when it happened, so the mapping reads the shapes of before March 2025 too (shapes.py).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.source import Days

Record = dict[str, Any]
Param = tuple[str, str]
VERSION = "2026-10-28.endive"
PAGE = 100
EVENTS_KEPT = timedelta(days=30)
SUBSCRIPTION_EVENTS = tuple(
    f"customer.subscription.{what}" for what in ("created", "updated", "deleted", "paused", "resumed")
)
DISCOUNT_EVENTS = ("customer.discount.created", "customer.discount.updated", "customer.discount.deleted")
INVOICE_EVENTS = ("invoice.finalized", "invoice.paid", "invoice.voided", "invoice.marked_uncollectible")
CREDIT_NOTE_EVENTS = ("credit_note.created", "credit_note.updated", "credit_note.voided")
REFUND_EVENTS = ("refund.created", "refund.updated", "refund.failed")
EVENTS = (*SUBSCRIPTION_EVENTS, *DISCOUNT_EVENTS, *INVOICE_EVENTS, *CREDIT_NOTE_EVENTS, *REFUND_EVENTS)
"""At most 20 may be asked for at once."""


def every(session: Session, path: str, *params: Param) -> Iterator[Record]:
    """All objects of the list at `path`, the newest first. Raises SourceError if it is no list or never ends."""
    seen: set[str] = set()
    after: list[Param] = []
    while True:
        page = one(session, path, ("limit", str(PAGE)), *params, *after)
        if not isinstance(page.get("data"), list):
            raise SourceError(f"{path} answered {page.get('object')!r} where a list was due", _ASK_VENDOR)
        yield from page["data"]
        if not page.get("has_more"):
            return
        last = page["data"][-1]["id"] if page["data"] else "none"
        if last in seen or last == "none":
            raise SourceError(f"the list {path} never ends: after {last} it starts again", _ASK_VENDOR)
        seen.add(last)
        after = [("starting_after", last)]


def one(session: Session, path: str, *params: Param) -> Record:
    """The object at `path`."""
    answer: Any = session.ask("GET", path, params=list(params), headers={"Stripe-Version": VERSION})
    if not isinstance(answer, dict):
        raise SourceError(f"{path} answered a {type(answer).__name__} where an object was due", _ASK_VENDOR)
    return answer


def events(session: Session, since: datetime) -> list[Record]:
    """What happened since, the oldest first."""
    types = [("types[]", each) for each in EVENTS]
    return list(every(session, "/v1/events", *types, ("created[gte]", str(int(since.timestamp())))))[::-1]


def lines(session: Session, path: str, document: Record) -> Sequence[Record]:
    """All lines of the invoice or credit note listed at `path`; a document itself carries only its first ones."""
    told = document.get("lines") or {}
    if told.get("has_more"):
        return list(every(session, f"{path}/{document['id']}/lines"))
    return list(told.get("data") or ())


def created(days: Days) -> list[Param]:
    """Of a piece of a history: when its documents were made."""
    bounds = (("created[gte]", days.created_from), ("created[lt]", days.created_until))
    return [(name, f"{datetime.fromisoformat(f'{day}T00:00:00Z').timestamp():.0f}") for name, day in bounds if day]


def expand(*names: str) -> list[Param]:
    return [("expand[]", name) for name in names]


_ASK_VENDOR = "ask the vendor; nothing was landed"
