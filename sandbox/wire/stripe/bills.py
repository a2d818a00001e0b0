"""Invoices, their lines and invoice items, as they were at an instant."""

from typing import Any

from sandbox.company.billing.catalogue import PRODUCTS, Price
from sandbox.company.billing.papers import Invoice, Line, Proration, Subscription
from sandbox.wire.stripe.contracts import item_id, metadata
from sandbox.wire.stripe.goods import prefix

EMBEDDED = 10
"""Lines an invoice shows by itself; the rest is at /lines."""


def invoice(one: Invoice, at: int) -> dict[str, Any]:
    owner, status, total = one.owner, one.status(at), one.total
    paid, tries = total if status == "paid" else 0, _attempts(one, at)
    before_discounts = sum(each.amount for each in one.lines)
    shown = [line(one, each) for each in one.lines]
    lines = shown[:EMBEDDED]
    off = [{"amount": each.off, "discount": each.discount.id} for each in one.lines if each.discount]
    return {
        "id": one.id, "object": "invoice", "account_country": "US", "account_name": "Sample Company",
        "account_tax_ids": None, "amount_due": max(total, 0), "amount_overpaid": 0, "amount_paid": max(paid, 0),
        "amount_remaining": max(total - paid, 0), "amount_shipping": 0, "application": None,
        "attempt_count": tries, "attempted": tries > 0,
        "auto_advance": status in ("draft", "open"),
        "automatic_tax": {
            "disabled_reason": None, "enabled": False, "liability": None, "provider": None, "status": None,
        },
        "automatically_finalizes_at": one.finalized if status == "draft" else None, "billing_reason": one.reason,
        "collection_method": "send_invoice" if owner.by_invoice else "charge_automatically",
        "created": one.created, "currency": owner.currency.lower(), "custom_fields": None,
        "customer": f"cus_{owner.firm.id}", "customer_account": None, "customer_address": None,
        "customer_email": f"billing@{owner.firm.domain}", "customer_name": owner.firm.name, "customer_phone": None,
        "customer_shipping": None, "customer_tax_exempt": "none", "customer_tax_ids": [],
        "default_payment_method": None, "default_source": None, "default_tax_rates": [], "description": None,
        "discounts": list(dict.fromkeys(each["discount"] for each in off)), "due_date": one.due,
        "effective_at": one.finalized if status != "draft" else None,
        "ending_balance": None if status == "draft" else 0, "footer": None, "from_invoice": None,
        "hosted_invoice_url": None, "invoice_pdf": None, "issuer": {"type": "self"},
        "last_finalization_error": None, "latest_revision": None,
        "lines": {
            "object": "list", "data": lines, "has_more": len(one.lines) > EMBEDDED,
            "url": f"/v1/invoices/{one.id}/lines",
        },
        "livemode": False, "metadata": {}, "next_payment_attempt": _next_attempt(one, at, status),
        "number": None if status == "draft" else f"{prefix(owner.firm.id)}-{one.id[-8:]}", "on_behalf_of": None,
        "parent": {
            "quote_details": None,
            "subscription_details": {"metadata": metadata(owner), "subscription": owner.id},
            "type": "subscription_details",
        },
        "payment_settings": {
            "default_mandate": None, "payment_method_options": None, "payment_method_types": None,
        },
        "period_end": one.created, "period_start": _before(one),
        "post_payment_credit_notes_amount": sum(note.net + note.tax for note in one.credits if note.at <= at),
        "pre_payment_credit_notes_amount": 0, "receipt_number": None, "rendering": None, "shipping_cost": None,
        "shipping_details": None, "starting_balance": 0, "statement_descriptor": None, "status": status,
        "status_transitions": {
            "finalized_at": _by(one.finalized, at), "marked_uncollectible_at": _by(one.uncollectible, at),
            "paid_at": _by(one.paid, at), "voided_at": _by(one.voided, at),
        },
        "subtotal": before_discounts,
        "subtotal_excluding_tax": before_discounts, "test_clock": None, "total": total,
        "total_discount_amounts": off, "total_excluding_tax": total - one.tax, "total_pretax_credit_amounts": [],
        "total_taxes": [tax for each in shown for tax in each["taxes"]],
        "webhooks_delivered_at": one.created + 2 if one.created + 2 <= at else None,
    }  # fmt: skip


def line(one: Invoice, each: Line) -> dict[str, Any]:
    """`amount` is before the discount and without tax."""
    owner, moved = one.owner, each.proration
    discounts = [each.discount.id] if each.discount else []
    return {
        "id": each.id, "object": "line_item", "amount": each.amount, "currency": owner.currency.lower(),
        "description": _description(each.price, each.quantity, each.proration, trial=each.trial),
        "discount_amounts": [{"amount": each.off, "discount": each.discount.id}] if each.discount else [],
        "discountable": moved is None, "discounts": discounts, "invoice": one.id, "livemode": False,
        "metadata": metadata(owner),
        "parent": {
            "invoice_item_details": None,
            "subscription_item_details": {
                "invoice_item": moved.id if moved else None, "proration": moved is not None,
                "proration_details": {"credited_items": _credited(one, each)}, "subscription": owner.id,
                "subscription_item": item_id(owner, 1 if each.price.metered else 0),
            },
            "type": "subscription_item_details",
        },
        "period": {"end": each.end, "start": each.start}, "pretax_credit_amounts": [], "pricing": pricing(each.price),
        "quantity": each.quantity, "quantity_decimal": str(each.quantity), "subscription": owner.id,
        "subtotal": each.amount, "taxes": taxes(owner, each.net, each.tax),
    }  # fmt: skip


def pricing(price: Price) -> dict[str, Any]:
    return {
        "price_details": {"price": price.id, "product": PRODUCTS[price.tier][0]},
        "type": "price_details",
        "unit_amount_decimal": str(price.unit),
    }


def taxes(owner: Subscription, net: int, tax: int) -> list[dict[str, Any]]:
    if not owner.tax_rate:
        return []
    country = (owner.firm.place.country or "").lower()
    return [
        {
            "amount": tax, "tax_behavior": "exclusive", "tax_rate_details": {"tax_rate": f"txr_{country}"},
            "taxability_reason": "standard_rated", "taxable_amount": net, "type": "tax_rate_details",
        }
    ]  # fmt: skip


def invoice_item(owner: Subscription, one: Proration, at: int) -> dict[str, Any]:
    """A part of a period that waits for the next invoice, or has come onto one."""
    taken = (
        bill.id for bill in owner.invoices if bill.created <= at and any(each.proration is one for each in bill.lines)
    )
    return {
        "id": one.id, "object": "invoiceitem", "amount": one.amount, "currency": owner.currency.lower(),
        "customer": f"cus_{owner.firm.id}", "customer_account": None, "date": one.at,
        "description": _description(one.price, one.quantity, one, trial=False), "discountable": False,
        "discounts": [], "invoice": next(taken, None), "livemode": False, "metadata": {}, "net_amount": one.amount,
        "parent": {
            "subscription_details": {
                "subscription": owner.id, "subscription_item": item_id(owner, 0),
            },
            "type": "subscription_details",
        },
        "period": {"end": one.end, "start": one.at}, "pricing": pricing(one.price), "proration": True,
        "proration_details": {"discount_amounts": []}, "quantity": one.quantity,
        "quantity_decimal": str(one.quantity), "tax_rates": [], "test_clock": None,
    }  # fmt: skip


def _description(price: Price, quantity: int, moved: Proration | None, *, trial: bool) -> str:
    name = PRODUCTS[price.tier][1]
    if moved:
        return f"{'Unused' if moved.amount < 0 else 'Remaining'} time on {quantity} × {name}"
    return f"Trial period for {name}" if trial else f"{quantity} × {name}"


def _credited(one: Invoice, each: Line) -> dict[str, Any] | None:
    """The line whose unused time is given back."""
    if each.proration is None or each.amount >= 0:
        return None
    before = [bill for bill in one.owner.invoices if bill.created <= each.start and bill.lines[0].proration is None]
    return {"invoice": before[-1].id, "invoice_line_items": [before[-1].lines[0].id]}


def _attempts(one: Invoice, at: int) -> int:
    return sum(failed <= at for failed in one.failures) + (one.paid is not None and one.paid <= at)


def _next_attempt(one: Invoice, at: int, status: str) -> int | None:
    """Stripe tries again by itself while an automatic invoice is open."""
    if status not in ("draft", "open") or one.owner.by_invoice:
        return None
    ahead = [failed for failed in one.failures if failed > at]
    return min(ahead, default=one.finalized if one.finalized > at else None)


def _before(one: Invoice) -> int:
    """The period an invoice looks back on; the first one looks at its own moment."""
    if one.reason == "subscription_create":
        return one.created
    past = [state.start for state in one.owner.states if state.end == one.created]
    return past[0] if past else one.created


def _by(stamp: int | None, at: int) -> int | None:
    return stamp if stamp is not None and stamp <= at else None
