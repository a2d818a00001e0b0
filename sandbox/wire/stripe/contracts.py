"""Subscriptions and their items as they were at an instant."""

from typing import Any

from sandbox.company.billing.papers import State, Subscription
from sandbox.wire.stripe import goods


def subscription(one: Subscription, at: int) -> dict[str, Any]:
    now = one.state(at)
    latest = [invoice.id for invoice in one.invoices if invoice.created <= at]
    leaving = now.cancel_at is not None and now.ended_at is None
    return {
        "id": one.id, "object": "subscription", "application": None, "application_fee_percent": None,
        "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
        "billing_cycle_anchor": _anchor(one, at), "billing_cycle_anchor_config": None,
        "billing_mode": {"flexible": None, "type": "classic"}, "billing_schedules": [], "billing_thresholds": None,
        "cancel_at": now.cancel_at, "cancel_at_period_end": leaving, "canceled_at": now.canceled_at,
        "cancellation_details": {"comment": None, "feedback": None, "reason": _reason(one, now)},
        "collection_method": "send_invoice" if one.by_invoice else "charge_automatically", "created": one.created,
        "currency": one.currency.lower(), "customer": f"cus_{one.firm.id}", "customer_account": None,
        "days_until_due": 30 if one.by_invoice else None, "default_payment_method": None, "default_source": None,
        "default_tax_rates": [], "description": None, "discounts": [now.discount.id] if now.discount else [],
        "ended_at": now.ended_at,
        "invoice_settings": {
            "account_tax_ids": None, "custom_fields": None, "description": None, "footer": None,
            "issuer": {"type": "self"},
        },
        "items": {
            "object": "list", "data": items(one, now), "has_more": False,
            "url": f"/v1/subscription_items?subscription={one.id}",
        },
        "latest_invoice": latest[-1] if latest else None, "livemode": False, "managed_payments": None,
        "metadata": metadata(one), "next_pending_invoice_item_invoice": None, "on_behalf_of": None,
        "pause_collection": None,
        "payment_settings": {
            "payment_method_options": None, "payment_method_types": None, "save_default_payment_method": "off",
        },
        "pending_invoice_item_interval": None, "pending_setup_intent": None, "pending_update": None,
        "schedule": None, "start_date": one.created, "status": now.status, "test_clock": None,
        "transfer_data": None, "trial_end": one.trial_end,
        "trial_settings": {"end_behavior": {"missing_payment_method": "pause" if one.trial_end else "create_invoice"}},
        "trial_start": one.created if one.trial_end else None,
    }  # fmt: skip


def metadata(one: Subscription) -> dict[str, str]:
    """The deal whose win started it; nothing for those who signed up by themselves or came back."""
    return {"crm_deal_id": str(one.deal.id)} if one.deal else {}


def items(one: Subscription, now: State) -> list[dict[str, Any]]:
    """The seats, and the calls if they are billed too: a metered item has no quantity."""
    seats = item(one, now, 0)
    return [seats] if one.metered is None else [seats, item(one, now, 1)]


def item(one: Subscription, now: State, number: int) -> dict[str, Any]:
    price = one.metered if number and one.metered else now.price
    shape = {
        "id": item_id(one, number), "object": "subscription_item", "billed_until": None, "billing_thresholds": None,
        "created": one.created, "current_period_end": now.end, "current_period_start": now.start, "discounts": [],
        "metadata": {}, "plan": goods.plan(price), "price": goods.price(price), "subscription": one.id,
        "tax_rates": [],
    }  # fmt: skip
    return shape if number else shape | {"quantity": now.quantity}


def item_id(one: Subscription, number: int) -> str:
    return f"si_{one.key}{'m' if number else ''}"


def _anchor(one: Subscription, at: int) -> int:
    """What the periods count from: the first moment that was billed."""
    billed = [state.start for state in one.states if state.status not in ("trialing", "paused") and state.at <= at]
    return billed[0] if billed else one.trial_end or one.created


def _reason(one: Subscription, now: State) -> str | None:
    if now.canceled_at is None:
        return None
    unpaid = any(invoice.failures and invoice.paid is None for invoice in one.invoices)
    return "payment_failed" if unpaid and now.ended_at else "cancellation_requested"
