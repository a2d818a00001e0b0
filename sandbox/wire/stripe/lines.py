"""Lines of invoices, and the items that wait for an invoice."""

from typing import Any

from sandbox.company.billing.catalogue import PRODUCTS, Price
from sandbox.company.billing.papers import Invoice, Line, Proration, Subscription
from sandbox.wire.stripe.contracts import item_id, metadata


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
