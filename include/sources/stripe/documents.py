"""Invoices, their payments, credit notes and refunds as lines, each version stamped with when Stripe says it began.

A document that is issued later changes its status only, and says when: so its versions are all in its newest state, and
are the same whether an event or a list tells them. Drafts are not issued yet and are no rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from include.lake.reasons import Said, UnreadableError
from include.sources.strict import Raw
from include.sources.stripe.amounts import amounts, shared
from include.sources.stripe.api import Record
from include.sources.stripe.books import Books
from include.sources.stripe.costs import credited, variable_cost
from include.sources.stripe.money import currency
from include.sources.stripe.prices import is_metered
from include.sources.stripe.shapes import (
    day,
    ident,
    is_proration,
    item_of,
    metadata_of,
    price_of,
    product_of,
    stamp,
    subscription_of,
)

DEAL = "crm_deal_id"
"""The field of a subscription's metadata that names the deal whose win began it."""
TURNS = (
    ("finalized_at", "open"),
    ("paid_at", "paid"),
    ("marked_uncollectible_at", "uncollectible"),
    ("voided_at", "void"),
)
REFUND_STATUS = {
    "succeeded": "paid",
    "pending": "open",
    "requires_action": "open",
    "failed": "void",
    "canceled": "void",
}


def invoice(told: Record, lines: Sequence[Record], books: Books) -> Iterator[Raw]:
    """A version of each line for each turn of the invoice, and its payment."""
    if told.get("status") == "draft":
        return
    account = books.account(told)
    for at, status in turns(told):
        for line in lines:
            row = _document(told, line, account[0]) | {
                "doc_id": told.get("id"),
                "doc_type": "invoice",
                "status": status,
                "issued_at": stamp(_issued(told)),
                "paid_at": stamp(_paid(told, at)),
                "variable_cost": variable_cost(line, books.price(price_of(line)), told.get("currency")),
                "updated_at": stamp(at),
            }
            yield _raw(row | _said(line, books), line, told, account[1], partial(amounts, line, told))
    if _paid(told, None) and told.get("amount_paid"):
        yield _payment(told, account)


def turns(told: Record) -> list[tuple[Any, Any]]:
    """When an invoice got which status, the last one of each second. Before 2019 it told no transitions."""
    moments = told.get("status_transitions") or {}
    found: dict[Any, str] = {}
    for name, status in sorted(TURNS, key=lambda turn: moments.get(turn[0]) or 0):
        if moments.get(name):
            found[moments[name]] = status
    return list(found.items()) or [(_issued(told), told.get("status"))]


def credit_note(
    told: Record, lines: Sequence[Record], of: Record, billed: Sequence[Record], books: Books
) -> Iterator[Raw]:
    """Its lines, positive; `of` is the invoice it takes from, `billed` that invoice's lines. Its status is the
    invoice's when it was issued, until it is voided."""
    account, known = books.account(told), {line.get("id"): line for line in billed}
    before = [status for at, status in turns(of) if status and (at or 0) <= (told.get("created") or 0)]
    moments = [(told.get("created"), before[-1] if before else "open"), (told.get("voided_at"), "void")]
    for at, status in moments[: 2 if told.get("status") == "void" else 1]:
        for line in lines:
            back = known.get(line.get("invoice_line_item"), {})
            row = _document(of, back, account[0]) | {
                "doc_id": told.get("id"),
                "line_id": line.get("id"),
                "doc_type": "credit_note",
                "original_doc_id": ident(told.get("invoice")),
                "status": status,
                "issued_at": stamp(told.get("created")),
                "quantity": _quantity(line),
                "currency": currency(told.get("currency")),
                "variable_cost": credited(books.price(price_of(back))) if back else None,
                "updated_at": stamp(at),
            }
            yield _raw(row | _said(back, books), line, told, account[1], partial(amounts, line, told))


def refund(told: Record, note: Record | None, books: Books) -> Raw:
    """Money given back. What it was for, and how much of it is tax, says the credit note that names the refund, else
    the invoice that was paid with what is given back."""
    of = note["invoice"] if note else books.paid_with(told)
    account = books.account({"customer": customer_of(told) or of.get("customer")})
    row = {
        **_document(of, {}, account[0]),
        "doc_id": told.get("id"),
        "line_id": told.get("id"),
        "doc_type": "refund",
        "original_doc_id": ident(of),
        "status": REFUND_STATUS.get(told.get("status") or "", told.get("status")),
        "issued_at": stamp(told.get("created")),
        "quantity": 1,
        "currency": currency(told.get("currency")),
        "is_recurring": False,
        "is_proration": False,
        "updated_at": stamp(told.get("created")),
    }
    return _raw(row, told, told, account[1], partial(shared, told.get("amount"), note or of, told))


def notes_by_refund(notes: Iterable[Record]) -> dict[str, Record]:
    """Credit notes by the refunds they name; before 2025 there was at most one each."""
    found: dict[str, Record] = {}
    for note in notes:
        named = [each.get("refund") for each in note.get("refunds") or ()] or [note.get("refund")]
        found |= {each: note for each in map(ident, named) if each}
    return found


def customer_of(refund: Record) -> str | None:
    """Whose money it is; refunds say so themselves since 2025, before that only the charge does."""
    charge = refund.get("charge")
    return ident(refund.get("customer") or (charge.get("customer") if isinstance(charge, dict) else None))


def _payment(told: Record, account: tuple[str | None, tuple[Said, ...]]) -> Raw:
    paid = _paid(told, None)
    row = _document(told, {}, account[0]) | {
        "doc_id": f"{told.get('id')}:payment",
        "line_id": f"{told.get('id')}:payment",
        "doc_type": "payment",
        "original_doc_id": told.get("id"),
        "status": "paid",
        "issued_at": stamp(paid),
        "paid_at": stamp(paid),
        "quantity": 1,
        "is_recurring": False,
        "is_proration": False,
        "updated_at": stamp(paid),
    }
    return _raw(row, told, told, account[1], partial(shared, told["amount_paid"], told, told))


def _document(told: Record, line: Record, account: str | None) -> dict[str, Any]:
    """What all documents about an invoice say."""
    return {
        "line_id": line.get("id"),
        "account_id": account,
        "subscription_id": subscription_of(line) or subscription_of(told),
        "opportunity_id": (line.get("metadata") or {}).get(DEAL) or metadata_of(told).get(DEAL),
        "quantity": _quantity(line),
        "currency": currency(told.get("currency")),
    }


def _said(line: Record, books: Books) -> dict[str, Any]:
    """What a line was for. Recurring is what a subscription bills in advance, prorations included; usage is not."""
    period, price = line.get("period") or {}, books.price(price_of(line)) if line else {}
    of_item = bool(item_of(line) or (subscription_of(line) and is_proration(line)))
    return {
        "product": product_of(line) or ident(price.get("product")),
        "service_period_start": day(period.get("start")),
        "service_period_end": day(period.get("end")),
        "is_recurring": of_item and not is_metered(price),
        "is_proration": is_proration(line),
    }


def _raw(
    row: Mapping[str, Any], line: Record, told: Record, reasons: tuple[Said, ...], amounts: Callable[[], dict[str, Any]]
) -> Raw:
    """A row with its amounts, or with the reason why it has none."""
    origin = f"{told.get('object') or row['doc_type']} {told.get('id')}"
    try:
        return Raw({**row, **amounts()}, line, origin, reasons)
    except UnreadableError as fault:
        return Raw(row, line, origin, (*reasons, fault.told()))


def _quantity(line: Record) -> Any:
    return 1 if line.get("quantity") is None else line["quantity"]


def _issued(told: Record) -> Any:
    moments = told.get("status_transitions") or {}
    return moments.get("finalized_at") or told.get("effective_at") or told.get("created")


def _paid(told: Record, at: Any) -> Any:
    """When it was paid, as far as that was known at `at`."""
    moment = (told.get("status_transitions") or {}).get("paid_at")
    return moment if moment and (at is None or moment <= at) else None
