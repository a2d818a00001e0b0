"""What a night's events tell: the items of a subscription as each event left them, and documents that changed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from include.sources.client import Session
from include.sources.strict import Raw
from include.sources.stripe import api, documents
from include.sources.stripe.api import Record
from include.sources.stripe.books import Books
from include.sources.stripe.items import NEVER_BEGUN, State, rows, states_of, status_of
from include.sources.stripe.shapes import ident


def items(events: Iterable[Record], books: Books) -> Iterator[Raw]:
    """Versions, the oldest first: of events in one second the last one stays."""
    told = list(events)
    for event in told:
        if event["type"] in api.DISCOUNT_EVENTS:
            books.learn(event["data"]["object"])
    for event in told:
        if event["type"] in api.SUBSCRIPTION_EVENTS:
            yield from _versions(event, books)


def _versions(event: Record, books: Books) -> Iterator[Raw]:
    subscription, status = event["data"]["object"], status_of(event["data"]["object"])
    if subscription.get("status") in NEVER_BEGUN:
        return
    _learn(subscription, books)
    states = [replace(state, line=books.told(state.line)) for state in states_of(subscription)]
    gone = [replace(state, quantity=0) for state in _removed(event, {state.item for state in states})]
    discounts = books.discounts(subscription.get("discounts") or [subscription.get("discount")])
    begun = subscription.get("ended_at") if status == "canceled" else None
    at = (begun or event["created"], event["created"])
    yield from rows(subscription, books.account(subscription), [*states, *gone], discounts, at, status)


def _learn(subscription: Record, books: Books) -> None:
    """An event only names discounts; if no event made them known, the subscription has them still."""
    named = [*(subscription.get("discounts") or ())]
    for item in (subscription.get("items") or {}).get("data") or ():
        named += item.get("discounts") or ()
    if not all(books.knows(each) for each in named):
        books.look_up(subscription["id"])


def _removed(event: Record, present: set[str]) -> list[State]:
    """Items that the subscription had before the event."""
    before = event["data"].get("previous_attributes") or {}
    return [state for state in states_of(event["data"]["object"] | before) if state.item not in present]


def newest(events: Iterable[Record], types: tuple[str, ...]) -> list[Record]:
    """The objects of such events, each as its last event left it."""
    found = {event["data"]["object"]["id"]: event["data"]["object"] for event in events if event["type"] in types}
    return list(found.values())


def documents_of(session: Session, events: Iterable[Record], books: Books) -> Iterator[Raw]:
    """Versions of the documents that the events name."""
    events = list(events)
    for invoice in newest(events, api.INVOICE_EVENTS):
        yield from documents.invoice(invoice, api.lines(session, "/v1/invoices", invoice), books)
    for note in newest(events, api.CREDIT_NOTE_EVENTS):
        of = api.one(session, f"/v1/invoices/{ident(note.get('invoice'))}")
        its, billed = api.lines(session, "/v1/credit_notes", note), api.lines(session, "/v1/invoices", of)
        yield from documents.credit_note(note, its, of, billed, books)
    for refund in newest(events, api.REFUND_EVENTS):
        whole = api.one(session, f"/v1/refunds/{refund['id']}", *api.expand("charge"))
        yield documents.refund(whole, _note_of(session, whole), books)


def _note_of(session: Session, refund: Record) -> Record | None:
    """The credit note that names a refund, among its customer's."""
    customer = documents.customer_of(refund)
    if customer is None:
        return None
    params = [("customer", customer), *api.expand("data.invoice")]
    return documents.notes_by_refund(api.every(session, "/v1/credit_notes", *params)).get(refund["id"])
