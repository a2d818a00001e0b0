"""Customers, products, prices, coupons and discounts in Stripe's shape."""

from typing import Any

from sandbox.company.billing.book import Customer
from sandbox.company.billing.catalogue import METER, OPENED, PRODUCTS, Coupon, Discount, Price
from sandbox.company.billing.papers import Subscription


def customer(one: Customer, at: int) -> dict[str, Any]:
    firm, place = one.firm, one.firm.place
    begun = [sub for sub in one.subscriptions if sub.created <= at]
    issued = sum(invoice.finalized <= at for sub in begun for invoice in sub.invoices)
    return {
        "id": one.id, "object": "customer",
        "address": {
            "city": place.city, "country": place.country, "line1": None, "line2": None, "postal_code": None,
            "state": place.state,
        },
        "balance": 0, "created": one.created, "currency": one.currency.lower() if begun else None,
        "customer_account": None, "default_source": None,
        "delinquent": any(sub.state(at).status == "past_due" for sub in begun),
        "description": None, "discount": None, "email": f"billing@{firm.domain}", "invoice_prefix": prefix(firm.id),
        "invoice_settings": {
            "custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None,
        },
        "livemode": False, "metadata": {"crm_company_id": str(firm.id)}, "name": firm.name,
        "next_invoice_sequence": issued + 1, "phone": None, "preferred_locales": [], "shipping": None,
        "tax_exempt": "none", "test_clock": None,
    }  # fmt: skip


def prefix(firm_id: int) -> str:
    """What the numbers of a customer's invoices begin with."""
    return f"{firm_id:X}"[-8:]


def product(tier: str) -> dict[str, Any]:
    product_id, name = PRODUCTS[tier]
    return {
        "id": product_id, "object": "product", "active": True, "created": OPENED, "default_price": None,
        "description": None, "images": [], "livemode": False, "marketing_features": [], "metadata": {}, "name": name,
        "package_dimensions": None, "shippable": None, "statement_descriptor": None, "tax_code": None,
        "type": "service", "unit_label": None, "updated": OPENED, "url": None,
    }  # fmt: skip


def price(one: Price) -> dict[str, Any]:
    return {
        "id": one.id, "object": "price", "active": True, "billing_scheme": "per_unit", "created": OPENED,
        "currency": one.currency.lower(), "custom_unit_amount": None, "livemode": False,
        "lookup_key": one.lookup_key, "metadata": {"unit_cost": str(one.unit_cost)},
        "nickname": None, "product": PRODUCTS[one.tier][0],
        "recurring": {
            "interval": one.interval, "interval_count": 1, "meter": METER if one.metered else None,
            "trial_period_days": None, "usage_type": "metered" if one.metered else "licensed",
        },
        "tax_behavior": "exclusive", "tiers_mode": None, "transform_quantity": None, "type": "recurring",
        "unit_amount": one.unit, "unit_amount_decimal": str(one.unit),
    }  # fmt: skip


def plan(one: Price) -> dict[str, Any]:
    """The older shape of the same price, which items still carry."""
    return {
        "id": one.id, "object": "plan", "active": True, "amount": one.unit, "amount_decimal": str(one.unit),
        "billing_scheme": "per_unit", "created": OPENED, "currency": one.currency.lower(), "interval": one.interval,
        "interval_count": 1, "livemode": False, "metadata": {}, "meter": METER if one.metered else None,
        "nickname": None, "product": PRODUCTS[one.tier][0], "tiers_mode": None, "transform_usage": None,
        "trial_period_days": None, "usage_type": "metered" if one.metered else "licensed",
    }  # fmt: skip


def coupon(one: Coupon) -> dict[str, Any]:
    return {
        "id": one.id, "object": "coupon", "amount_off": one.amount, "created": OPENED,
        "currency": one.currency.lower() if one.currency else None,
        "duration": "repeating" if one.months else "forever", "duration_in_months": one.months, "livemode": False,
        "max_redemptions": None, "metadata": {}, "name": one.id,
        "percent_off": None if one.percent is None else float(one.percent), "redeem_by": None,
        "times_redeemed": 0, "valid": True,
    }  # fmt: skip


def discount(one: Discount, owner: Subscription) -> dict[str, Any]:
    """The coupon is an id until it is expanded, as `source.coupon`."""
    return {
        "id": one.id, "object": "discount", "checkout_session": None, "customer": f"cus_{owner.firm.id}",
        "customer_account": None, "end": one.end, "invoice": None, "invoice_item": None, "promotion_code": None,
        "source": {"coupon": one.coupon.id, "type": "coupon"}, "start": one.start, "subscription": owner.id,
        "subscription_item": None,
    }  # fmt: skip
