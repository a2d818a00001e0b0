"""Charges, payments of invoices, refunds and credit notes, as they were at an instant."""

from typing import Any

from sandbox.company.billing.papers import Credit, Invoice, Refund
from sandbox.wire.stripe.bills import taxes
from sandbox.wire.stripe.goods import prefix


def charge(one: Invoice, at: int) -> dict[str, Any]:
    """The payment of an invoice."""
    owner = one.owner
    back = sum(refund.amount for refund in one.refunds if refund.at <= at)
    return {
        "id": charge_id(one), "object": "charge", "amount": one.total, "amount_captured": one.total,
        "amount_refunded": back, "application": None, "application_fee": None, "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": {
            "address": None, "email": f"billing@{owner.firm.domain}", "name": owner.firm.name, "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": None, "captured": True, "created": one.paid,
        "currency": owner.currency.lower(), "customer": f"cus_{owner.firm.id}", "description": "Subscription",
        "disputed": False, "failure_balance_transaction": None, "failure_code": None, "failure_message": None,
        "fraud_details": {}, "livemode": False, "metadata": {}, "on_behalf_of": None, "outcome": None, "paid": True,
        "payment_intent": intent_id(one), "payment_method": None, "payment_method_details": None,
        "presentment_details": None, "receipt_email": None, "receipt_number": None, "receipt_url": None,
        "refunded": back >= one.total, "review": None, "shipping": None, "source_transfer": None,
        "statement_descriptor": None, "statement_descriptor_suffix": None, "status": "succeeded",
        "transfer_data": None, "transfer_group": None,
    }  # fmt: skip


def payment(one: Invoice) -> dict[str, Any]:
    """What joins an invoice and its payment: neither names the other."""
    return {
        "id": f"inpay_{one.id[3:]}", "object": "invoice_payment", "amount_paid": one.total,
        "amount_requested": one.total, "created": one.paid, "currency": one.owner.currency.lower(), "invoice": one.id,
        "is_default": True, "livemode": False, "payment": {"payment_intent": intent_id(one), "type": "payment_intent"},
        "status": "paid", "status_transitions": {"canceled_at": None, "paid_at": one.paid},
    }  # fmt: skip


def refund(one: Invoice, back: Refund) -> dict[str, Any]:
    return {
        "id": back.id, "object": "refund", "amount": back.amount, "balance_transaction": None,
        "charge": charge_id(one), "created": back.at, "currency": one.owner.currency.lower(),
        "customer": f"cus_{one.owner.firm.id}", "customer_account": None,
        "destination_details": {"card": {"type": "refund"}, "type": "card"}, "metadata": {},
        "payment_intent": intent_id(one), "payment_method": None, "reason": "requested_by_customer",
        "receipt_number": None, "source_transfer_reversal": None, "status": "succeeded", "transfer_reversal": None,
    }  # fmt: skip


def credit_note(one: Invoice, note: Credit) -> dict[str, Any]:
    """Over a paid invoice: the money goes back, or was settled outside."""
    total, number = note.net + note.tax, f"{prefix(one.owner.firm.id)}-{one.id[-8:]}-CN-01"
    back = [{"amount_refunded": each.amount, "refund": each.id, "type": "refund"} for each in one.refunds]
    return {
        "id": note.id, "object": "credit_note", "amount": total, "amount_shipping": 0, "created": note.at,
        "currency": one.owner.currency.lower(), "customer": f"cus_{one.owner.firm.id}", "customer_account": None,
        "customer_balance_transaction": None, "discount_amount": 0, "discount_amounts": [], "effective_at": note.at,
        "invoice": one.id,
        "lines": {
            "object": "list", "data": [credit_line(one, note)], "has_more": False,
            "url": f"/v1/credit_notes/{note.id}/lines",
        },
        "livemode": False, "memo": None, "metadata": {}, "number": number,
        "out_of_band_amount": None if note.refunded else total, "pdf": f"https://stripe.example/{note.id}/pdf",
        "post_payment_amount": total, "pre_payment_amount": 0, "pretax_credit_amounts": [], "reason": note.reason,
        "refunds": back if note.refunded else [], "shipping_cost": None, "status": "issued", "subtotal": note.net,
        "subtotal_excluding_tax": note.net, "total": total, "total_excluding_tax": note.net,
        "total_taxes": taxes(one.owner, note.net, note.tax), "type": "post_payment", "voided_at": None,
    }  # fmt: skip


def credit_line(one: Invoice, note: Credit) -> dict[str, Any]:
    """`amount` is without tax."""
    return {
        "id": f"cnli_{note.id[3:]}", "object": "credit_note_line_item", "amount": note.net,
        "description": "Credit", "discount_amount": 0, "discount_amounts": [], "invoice_line_item": note.line.id,
        "livemode": False, "metadata": {}, "pretax_credit_amounts": [], "quantity": None, "tax_rates": [],
        "taxes": taxes(one.owner, note.net, note.tax), "type": "invoice_line_item", "unit_amount": None,
        "unit_amount_decimal": None,
    }  # fmt: skip


def charge_id(one: Invoice) -> str:
    return f"ch_{one.id[3:]}"


def intent_id(one: Invoice) -> str:
    return f"pi_{one.id[3:]}"
