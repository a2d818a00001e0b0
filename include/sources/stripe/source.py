"""What is pulled from Stripe: a night's events, or a history of documents; both make the same two tables."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from include.company import Company, SourceConfig
from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.source import Days, Source
from include.sources.strict import Raw
from include.sources.stripe import api, documents, night, rebuild
from include.sources.stripe.api import Record
from include.sources.stripe.books import Books
from include.sources.stripe.shapes import subscription_of

Page = tuple[str, list[Raw]]
ITEMS, LINES = "subscription_items", "billing_lines"


class Stripe(Source):
    """One account, read with a restricted key. Optional in its section: `account_key`, the field of a customer's
    metadata that holds its company's id in the CRM."""

    tables = (ITEMS, LINES)

    def __init__(self, company: Company, config: SourceConfig, root: Path) -> None:
        super().__init__(company, config, root)
        self._shared: Books | None = None

    def fetch(self, session: Session | None, asked: Mapping[str, Days]) -> Iterator[Page]:
        if session is None:
            raise SourceError("Stripe needs a connection", f"name it in sources.toml, [{self.name}]")
        days = min(asked.values(), key=lambda each: each.changed_from)
        pages = self._night(session, days) if days.whole else self._piece(session, days)
        for table, page in pages:
            if table in asked:
                yield table, page

    def pieces(self, days: Days) -> list[Days]:
        """By the month in which invoices were made. What was billed before the first day still tells the items' state
        on it, so that is a piece too."""
        self._shared = None  # another history looks everything up again
        first, *others = super().pieces(days)
        before = replace(days, last=days.first, created_until=days.first)
        return [before, replace(first, created_from=days.first), *others]

    def _books(self, session: Session) -> Books:
        return Books(session, str((self.config.model_extra or {}).get("account_key", "crm_company_id")))

    def _night(self, session: Session, days: Days) -> Iterator[Page]:
        """Events; all of the documents where events of that time are gone, since nothing else tells what changed."""
        books = self._books(session)
        api.one(session, "/v1/events", ("limit", "1"))  # any answer tells the vendor's clock
        kept = self.clock(session) - api.EVENTS_KEPT
        if days.changed_from < kept:
            _say(self.name, days.changed_from, kept)
            yield from self._documents(session, days, books)
            yield from self._subscriptions(session, books)
            return
        events = api.events(session, days.changed_from)
        yield ITEMS, list(night.items(events, books))
        yield LINES, list(night.documents_of(session, events, books))

    def _piece(self, session: Session, days: Days) -> Iterator[Page]:
        """One month of a history; the last one brings what has no month. Its pieces share what they look up."""
        self._shared = books = self._shared or self._books(session)
        yield from self._documents(session, days, books)
        if days.created_until is None:
            yield from self._subscriptions(session, books)

    def _documents(self, session: Session, days: Days, books: Books) -> Iterator[Page]:
        """Invoices and what they tell of items."""
        yield ITEMS, []
        yield LINES, []
        params = (*api.created(days), *api.expand("data.discounts.source.coupon"))
        for invoice in api.every(session, "/v1/invoices", *params):
            if invoice.get("status") != "draft":
                lines = api.lines(session, "/v1/invoices", invoice)
                yield LINES, list(documents.invoice(invoice, lines, books))
                yield ITEMS, list(rebuild.from_invoice(invoice, lines, books))

    def _subscriptions(self, session: Session, books: Books) -> Iterator[Page]:
        """What has no month: subscriptions with what is not billed yet, credit notes and refunds."""
        pending: dict[str | None, list[Record]] = {}
        for item in api.every(session, "/v1/invoiceitems", ("pending", "true")):
            pending.setdefault(subscription_of(item), []).append(item)
        for each in books.subscriptions.values():
            yield ITEMS, list(rebuild.from_subscription(each, pending.get(each["id"], []), books))
        yield LINES, [row for note in books.credit_notes for row in self._credit_note(session, note, books)]
        notes = documents.notes_by_refund(books.credit_notes)
        refunds = api.every(session, "/v1/refunds", *api.expand("data.charge"))
        yield LINES, [documents.refund(each, notes.get(each["id"]), books) for each in refunds]

    def _credit_note(self, session: Session, note: Record, books: Books) -> Iterator[Raw]:
        of = note["invoice"]
        lines, billed = api.lines(session, "/v1/credit_notes", note), api.lines(session, "/v1/invoices", of)
        return documents.credit_note(note, lines, of, billed, books)


def _say(name: str, since: datetime, kept: datetime) -> None:
    logging.getLogger(__name__).warning(
        "%s: changes since %s are asked for, but Stripe keeps events for %d days only (since %s). All documents are "
        "read instead, as for a history; nothing is lost, it only takes longer.",
        name, f"{since:%Y-%m-%d %H:%M} UTC", api.EVENTS_KEPT.days, f"{kept:%Y-%m-%d %H:%M} UTC",
    )  # fmt: skip
