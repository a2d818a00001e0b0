"""What can be listed: where it comes from, how it looks at an instant, which filters it knows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.company.billing.book import Customer
from sandbox.company.billing.catalogue import COUPONS, OPENED, PRICES, PRODUCTS
from sandbox.company.billing.papers import Invoice, Subscription
from sandbox.wire.stripe import bills, contracts, events, goods, money
from sandbox.wire.stripe.faults import Refused

Entry = tuple[int, str, Any]
"""When it came into being, its id, the thing."""
Customers = tuple[Customer, ...]
Filter = Callable[[Any, str, int], bool]
LISTED = frozenset({"limit", "starting_after", "ending_before", "expand"})
NOT_CANCELED = ""
"""What a list of subscriptions shows when no status is asked for."""
STATUSES = (
    "active", "all", "canceled", "ended", "incomplete", "incomplete_expired", "past_due", "paused", "trialing",
    "unpaid",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """An object type. `created` says whether lists take bounds of it, as Stripe's specification has it."""

    word: str
    entries: Callable[[Customers, int], Iterable[Entry]]
    shown: Callable[[Any, int], dict[str, Any]]
    filters: dict[str, Filter] = field(default_factory=dict)
    created: bool = True

    @property
    def parameters(self) -> frozenset[str]:
        return LISTED | self.filters.keys() | ({"created"} if self.created else set())


def _subscriptions(customers: Customers, now: int) -> list[Entry]:
    return [
        (one.created, one.id, one) for customer in customers for one in customer.subscriptions if one.created <= now
    ]


def _invoices(customers: Customers, now: int) -> list[Entry]:
    every = (one for customer in customers for one in customer.subscriptions)
    return [(bill.created, bill.id, bill) for one in every for bill in one.invoices if bill.created <= now]


def _paid(customers: Customers, now: int) -> Iterable[tuple[int, Invoice]]:
    for _, _, bill in _invoices(customers, now):
        if bill.paid is not None and bill.paid <= now and bill.total > 0:
            yield bill.paid, bill


def _refunds(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, bill in _invoices(customers, now):
        yield from ((one.at, one.id, (bill, one)) for one in bill.refunds if one.at <= now)


def _credit_notes(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, bill in _invoices(customers, now):
        yield from ((one.at, one.id, (bill, one)) for one in bill.credits if one.at <= now)


def _items(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, one in _subscriptions(customers, now):
        for number in range(2 if one.metered else 1):
            yield one.created, contracts.item_id(one, number), (one, number)


def _invoice_items(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, one in _subscriptions(customers, now):
        yield from ((item.at, item.id, (one, item)) for item in one.prorations if item.at <= now)


def _discounts(customers: Customers, now: int) -> Iterable[Entry]:
    for _, _, one in _subscriptions(customers, now):
        if (discount := one.discount) and discount.start <= now:
            yield discount.start, discount.id, (discount, one)


def _events(customers: Customers, now: int) -> Iterable[Entry]:
    oldest = now - events.KEPT
    for customer in customers:
        yield from ((one.at, one.id, one) for one in events.of(customer) if oldest <= one.at <= now)


def _in_status(one: Subscription, wanted: str, now: int) -> bool:
    if wanted not in (*STATUSES, NOT_CANCELED):
        raise Refused(f"Invalid status: must be one of {', '.join(STATUSES)}", "parameter_invalid_string", "status")
    status = one.state(now).status
    if wanted == NOT_CANCELED:
        return status != "canceled"
    return wanted == "all" or status == wanted or (wanted == "ended" and status == "canceled")


def _customer_of(one: Invoice | Subscription) -> str:
    firm = one.owner.firm if isinstance(one, Invoice) else one.firm
    return f"cus_{firm.id}"


def _collected(one: Subscription, value: str) -> bool:
    return value == ("send_invoice" if one.by_invoice else "charge_automatically")


def _named(event: events.Event, pattern: str) -> bool:
    """A name, or a group of names: customer.subscription.*"""
    return event.type.startswith(pattern[:-1]) if pattern.endswith("*") else event.type == pattern


KINDS: dict[str, Kind] = {
    "customers": Kind(
        "customer",
        lambda some, now: ((one.created, one.id, one) for one in some if one.created <= now),
        goods.customer,
        {"email": lambda one, value, _: value == f"billing@{one.firm.domain}"},
    ),
    "products": Kind(
        "product",
        lambda _, __: ((OPENED, PRODUCTS[tier][0], tier) for tier in PRODUCTS),
        lambda tier, _: goods.product(tier),
        {"active": lambda _, value, __: value == "true", "ids": lambda tier, value, _: value == PRODUCTS[tier][0]},
    ),
    "prices": Kind(
        "price",
        lambda _, __: ((OPENED, one.id, one) for one in PRICES),
        lambda one, _: goods.price(one),
        {
            "active": lambda _, value, __: value == "true",
            "currency": lambda one, value, _: value == one.currency.lower(),
            "product": lambda one, value, _: value == PRODUCTS[one.tier][0],
            "type": lambda _, value, __: value == "recurring",
            "lookup_keys": lambda one, value, _: value == one.lookup_key,
            "recurring[interval]": lambda one, value, _: value == one.interval,
            "recurring[usage_type]": lambda one, value, _: value == ("metered" if one.metered else "licensed"),
        },
    ),
    "coupons": Kind(
        "coupon", lambda _, __: ((OPENED, one.id, one) for one in COUPONS), lambda one, _: goods.coupon(one)
    ),
    "subscriptions": Kind(
        "subscription", _subscriptions, contracts.subscription,
        {
            "customer": lambda one, value, _: value == _customer_of(one), "status": _in_status,
            "price": lambda one, value, now: value == one.state(now).price.id,
            "plan": lambda one, value, now: value == one.state(now).price.id,
            "collection_method": lambda one, value, _: _collected(one, value),
        },
    ),
    "subscription_items": Kind(
        "subscription item", _items, lambda pair, at: contracts.item(pair[0], pair[0].state(at), pair[1]),
        {"subscription": lambda pair, value, _: value == pair[0].id}, created=False,
    ),
    "invoices": Kind(
        "invoice", _invoices, bills.invoice,
        {
            "customer": lambda one, value, _: value == _customer_of(one),
            "subscription": lambda one, value, _: value == one.owner.id,
            "status": lambda one, value, now: value == one.status(now),
            "collection_method": lambda one, value, _: _collected(one.owner, value),
        },
    ),
    "invoiceitems": Kind(
        "invoiceitem", _invoice_items, lambda pair, at: bills.invoice_item(*pair, at),
        {
            "customer": lambda pair, value, _: value == _customer_of(pair[0]),
            "invoice": lambda pair, value, now: value == bills.invoice_item(*pair, now)["invoice"],
            "pending": lambda pair, value, now: (value == "true") == (not bills.invoice_item(*pair, now)["invoice"]),
        },
    ),
    "credit_notes": Kind(
        "credit note", _credit_notes, lambda pair, _: money.credit_note(*pair),
        {
            "customer": lambda pair, value, _: value == _customer_of(pair[0]),
            "invoice": lambda pair, value, _: value == pair[0].id,
        },
        created=False,
    ),
    "refunds": Kind(
        "refund", _refunds, lambda pair, _: money.refund(*pair),
        {
            "charge": lambda pair, value, _: value == money.charge_id(pair[0]),
            "payment_intent": lambda pair, value, _: value == money.intent_id(pair[0]),
        },
    ),
    "charges": Kind(
        "charge", lambda some, now: ((at, money.charge_id(one), one) for at, one in _paid(some, now)), money.charge,
        {
            "customer": lambda one, value, _: value == _customer_of(one),
            "payment_intent": lambda one, value, _: value == money.intent_id(one),
        },
    ),
    "invoice_payments": Kind(
        "invoice payment", lambda some, now: ((at, f"inpay_{one.id[3:]}", one) for at, one in _paid(some, now)),
        lambda one, _: money.payment(one),
        {
            "invoice": lambda one, value, _: value == one.id,
            "status": lambda _, value, __: value == "paid",
            "payment[type]": lambda _, value, __: value == "payment_intent",
            "payment[payment_intent]": lambda one, value, _: value == money.intent_id(one),
        },
    ),
    "events": Kind(
        "event", _events, lambda one, _: one.shown(),
        {"type": lambda one, value, _: _named(one, value), "types": lambda one, value, _: one.type == value},
    ),
    "discounts": Kind("discount", _discounts, lambda pair, _: goods.discount(*pair), created=False),
}  # fmt: skip
"""By the word in the path; discounts have no path of their own and only show when expanded."""
