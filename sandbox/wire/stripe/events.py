"""Events: every change of billing, kept for thirty days, with the object as it was at that moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sandbox.company.billing.book import Customer
from sandbox.company.billing.papers import Invoice, Subscription
from sandbox.wire.stripe import bills, contracts, goods, money

KEPT = 30 * 86_400
VERSION = "2026-10-28.endive"
Rendered = Callable[[int], dict[str, Any]]
TYPES = frozenset((
    "charge.refunded", "charge.succeeded", "credit_note.created", "customer.created", "customer.discount.created",
    "customer.discount.deleted", "customer.subscription.created", "customer.subscription.deleted",
    "customer.subscription.paused", "customer.subscription.resumed", "customer.subscription.updated",
    "invoice.created", "invoice.finalized", "invoice.marked_uncollectible", "invoice.paid",
    "invoice.payment_failed", "invoice.payment_succeeded", "invoice.voided", "invoiceitem.created", "refund.created",
))  # fmt: skip
"""What happens here. Stripe knows many more names."""


@dataclass(frozen=True, slots=True)
class Event:
    """`rendered` gives the object at an instant."""

    id: str
    at: int
    type: str
    rendered: Rendered

    def shown(self) -> dict[str, Any]:
        now = self.rendered(self.at)
        data: dict[str, Any] = {"object": now}
        if self.type.endswith(".updated"):
            before = self.rendered(self.at - 1)
            data["previous_attributes"] = {name: value for name, value in before.items() if now[name] != value}
        return {
            "id": self.id, "object": "event", "api_version": VERSION, "created": self.at, "data": data,
            "livemode": False, "pending_webhooks": 0, "request": {"id": None, "idempotency_key": None},
            "type": self.type,
        }  # fmt: skip


@cache
def of(customer: Customer) -> tuple[Event, ...]:
    """All events of a customer in order of time, also those to come."""
    found = [(customer.created, "customer.created", lambda at: goods.customer(customer, at))]
    for one in customer.subscriptions:
        found += [*_of_contract(one), *(event for bill in one.invoices for event in _of_invoice(bill))]
    found.sort(key=lambda event: event[0])
    return tuple(Event(f"evt_{customer.firm.id}{n:06d}", *event) for n, event in enumerate(found))


def _of_contract(one: Subscription) -> Iterator[tuple[int, str, Rendered]]:
    def shown(at: int) -> dict[str, Any]:
        return contracts.subscription(one, at)

    for state in one.states:
        yield state.at, f"customer.subscription.{state.why}", shown
    for item in one.prorations:
        yield item.at, "invoiceitem.created", partial(bills.invoice_item, one, item)
    if discount := one.discount:
        yield discount.start, "customer.discount.created", partial(_still, goods.discount, discount, one)
        if ended := [state.at for state in one.states if state.discount is None and state.at > discount.start]:
            yield ended[0], "customer.discount.deleted", partial(_still, goods.discount, discount, one)


def _of_invoice(one: Invoice) -> Iterator[tuple[int, str, Rendered]]:
    def shown(at: int) -> dict[str, Any]:
        return bills.invoice(one, at)

    yield one.created, "invoice.created", shown
    yield one.finalized, "invoice.finalized", shown
    for failed in one.failures:
        yield failed, "invoice.payment_failed", shown
    if one.paid is not None:
        if one.total > 0:
            yield one.paid, "charge.succeeded", lambda at: money.charge(one, at)
        yield one.paid, "invoice.paid", shown
        yield one.paid, "invoice.payment_succeeded", shown
    if one.voided is not None:
        yield one.voided, "invoice.voided", shown
    if one.uncollectible is not None:
        yield one.uncollectible, "invoice.marked_uncollectible", shown
    yield from _of_returns(one)


def _of_returns(one: Invoice) -> Iterator[tuple[int, str, Rendered]]:
    for back in one.refunds:
        yield back.at, "charge.refunded", lambda at: money.charge(one, at)
        yield back.at, "refund.created", partial(_still, money.refund, one, back)
    for note in one.credits:
        yield note.at, "credit_note.created", partial(_still, money.credit_note, one, note)


def _still(shape: Callable[..., dict[str, Any]], *things: Any) -> dict[str, Any]:
    """What looks the same at every instant: the last argument is that instant."""
    return shape(*things[:-1])
