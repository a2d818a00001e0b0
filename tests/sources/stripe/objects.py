"""Stripe's objects in the shape of 2026-10-28.endive, with as much as a test needs to say."""

from typing import Any

from tests.sources.stripe.account import at

Record = dict[str, Any]
MAY, JUNE, JULY = at("2026-05-05T09:00:00"), at("2026-06-05T09:00:00"), at("2026-07-05T09:00:00")


def price(number: int = 1, amount: Any = 4900, interval: str = "month", currency: str = "usd", **told: Any) -> Record:
    recurring = {"interval": interval, "interval_count": 1, "usage_type": "licensed"} | told.pop("recurring", {})
    return {
        "id": f"price_{number}",
        "object": "price",
        "type": "recurring",
        "billing_scheme": "per_unit",
        "lookup_key": f"plan-{number}",
        "product": "prod_1",
        "currency": currency,
        "unit_amount": amount,
        "unit_amount_decimal": None if amount is None else str(amount),
        "recurring": recurring,
    } | told


def customer(number: int = 1, **told: Any) -> Record:
    return {"id": f"cus_{number}", "object": "customer", "metadata": {"crm_company_id": f"90{number}"}} | told


def item(number: int = 1, of: Record | None = None, quantity: Any = 10, **told: Any) -> Record:
    return {
        "id": f"si_{number}",
        "object": "subscription_item",
        "created": MAY,
        "price": of or price(),
        "quantity": quantity,
        "discounts": [],
        "current_period_start": MAY,
        "current_period_end": JUNE,
    } | told


def subscription(*items: Record, **told: Any) -> Record:
    return {
        "id": "sub_1",
        "object": "subscription",
        "customer": "cus_1",
        "currency": "usd",
        "status": "active",
        "created": MAY,
        "start_date": MAY,
        "metadata": {"crm_deal_id": "70"},
        "discounts": [],
        "items": {"object": "list", "data": list(items or [item()]), "has_more": False},
        "latest_invoice": "in_1",
        "cancel_at_period_end": False,
        "cancel_at": None,
        "canceled_at": None,
        "ended_at": None,
        "trial_start": None,
        "trial_end": None,
        "pause_collection": None,
    } | told


def line(number: int = 1, amount: Any = 49000, **told: Any) -> Record:
    """A line of item si_1; `period`, `proration`, `price`, `item` as told."""
    start, end = told.pop("period", (MAY, JUNE))
    details = {
        "invoice_item": None,
        "proration": told.pop("proration", False),
        "subscription": told.pop("subscription", "sub_1"),
        "subscription_item": told.pop("item", "si_1"),
    }
    return {
        "id": f"il_{number}",
        "object": "line_item",
        "amount": amount,
        "subtotal": amount,
        "currency": "usd",
        "quantity": 10,
        "discounts": [],
        "discount_amounts": [],
        "taxes": [],
        "metadata": {"crm_deal_id": "70"},
        "period": {"start": start, "end": end},
        "parent": {"type": "subscription_item_details", "subscription_item_details": details},
        "pricing": {
            "type": "price_details",
            "price_details": {"price": told.pop("price", "price_1"), "product": "prod_1"},
        },
    } | told


def invoice(*lines: Record, number: int = 1, at: int = MAY, **told: Any) -> Record:
    """Paid an hour after it was finalised, unless told."""
    moments = {"finalized_at": at, "paid_at": at + 3600, "voided_at": None, "marked_uncollectible_at": None}
    total = told.get("total") or sum(each["amount"] for each in lines)
    return {
        "id": f"in_{number}",
        "object": "invoice",
        "customer": "cus_1",
        "currency": "usd",
        "status": "paid",
        "created": at,
        "discounts": [],
        "lines": list(lines),
        "total": total,
        "amount_paid": total,
        "total_taxes": [],
        "parent": {
            "type": "subscription_details",
            "subscription_details": {"subscription": "sub_1", "metadata": {"crm_deal_id": "70"}},
        },
        "status_transitions": moments | told.pop("moments", {}),
    } | told


def discount(number: int = 1, start: int = MAY, end: int | None = None, **coupon: Any) -> Record:
    whole = {"id": f"C{number}", "object": "coupon", "percent_off": None, "amount_off": None, "duration": "forever"}
    source = {"type": "coupon", "coupon": whole | coupon}
    return {"id": f"di_{number}", "object": "discount", "start": start, "end": end, "source": source}


def event(kind: str, of: Record, created: int, number: int = 1, **previous: Any) -> Record:
    data = {"object": of} | ({"previous_attributes": previous} if previous else {})
    return {"id": f"evt_{number}", "object": "event", "type": kind, "created": created, "data": data}
