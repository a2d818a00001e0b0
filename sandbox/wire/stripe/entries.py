"""Where the lists come from: everything of a kind that exists by now, with its stamp and id."""

from collections.abc import Iterable
from typing import Any

from sandbox.company.billing.book import Customer
from sandbox.company.billing.papers import Invoice
from sandbox.wire.stripe.contracts import item_id
from sandbox.wire.stripe.events import KEPT, of

Entry = tuple[int, str, Any]
"""When it came into being, its id, the thing."""
Customers = tuple[Customer, ...]


def subscriptions(customers: Customers, now: int) -> list[Entry]:
    return [
        (one.created, one.id, one) for customer in customers for one in customer.subscriptions if one.created <= now
    ]


def invoices(customers: Customers, now: int) -> list[Entry]:
    every = (one for customer in customers for one in customer.subscriptions)
    return [(bill.created, bill.id, bill) for one in every for bill in one.invoices if bill.created <= now]


def paid(customers: Customers, now: int) -> Iterable[tuple[int, Invoice]]:
    for _, _, bill in invoices(customers, now):
        if bill.paid is not None and bill.paid <= now and bill.total > 0:
            yield bill.paid, bill


def refunds(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, bill in invoices(customers, now):
        yield from ((one.at, one.id, (bill, one)) for one in bill.refunds if one.at <= now)


def credit_notes(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, bill in invoices(customers, now):
        yield from ((one.at, one.id, (bill, one)) for one in bill.credits if one.at <= now)


def items(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, one in subscriptions(customers, now):
        for number in range(2 if one.metered else 1):
            yield one.created, item_id(one, number), (one, number)


def invoice_items(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, one in subscriptions(customers, now):
        yield from ((item.at, item.id, (one, item)) for item in one.prorations if item.at <= now)


def discounts(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, one in subscriptions(customers, now):
        if (discount := one.discount) and discount.start <= now:
            yield discount.start, discount.id, (discount, one)


def events(customers: Customers, now: int) -> Iterable[Entry]:
    oldest = now - KEPT
    for customer in customers:
        yield from ((one.at, one.id, one) for one in of(customer) if oldest <= one.at <= now)
