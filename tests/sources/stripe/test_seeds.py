"""Tables that Fivetran keeps of another company's Stripe, sent through our mapping as Stripe would have told them then:
in the shapes of before 2025. They are tiny and do not belong together, so much is rejected, for reasons told here.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from include.sources import Days, Source, client

from ..shared import epoch, table
from .account import Account

Record = dict[str, Any]
DAYS = Days(date(2015, 1, 1), date(2026, 10, 31))


def seeds(name: str) -> list[dict[str, str]]:
    return table("dbt_stripe", f"{name}_data")


def number(cell: str) -> int | None:
    return int(cell) if cell else None


def customers() -> list[Record]:
    named = {each["customer_id"] for name in ("subscription", "invoice", "charge") for each in seeds(name)}
    return [{"id": each, "metadata": {}} for each in sorted(named)]


def plans() -> dict[str, Record]:
    return {
        each["id"]: {
            "id": each["id"], "object": "plan", "currency": each["currency"], "amount": number(each["amount"]),
            "interval": each["interval"], "interval_count": int(each["interval_count"]), "product": each["product_id"],
            "usage_type": each["usage_type"], "billing_scheme": each["billing_scheme"],
        }
        for each in seeds("plan")
    }  # fmt: skip


def prices() -> list[Record]:
    return [
        {
            "id": each["id"], "object": "price", "type": each["type"], "currency": each["currency"],
            "unit_amount": number(each["unit_amount"]), "product": each["product_id"], "lookup_key": None,
            "recurring": {"interval": each["recurring_interval"], "usage_type": each["recurring_usage_type"]}
            | {"interval_count": number(each["recurring_interval_count"])}
            if each["type"] == "recurring" else None,
        }
        for each in seeds("price")
    ]  # fmt: skip


def subscriptions() -> list[Record]:
    """The items name 14 subscriptions, of which the table of subscriptions tells two."""
    known = plans()
    items = [
        {
            "id": each["id"], "quantity": int(each["quantity"]), "subscription": each["subscription_id"],
            "plan": known.get(each["plan_id"], each["plan_id"]),
        }
        for each in seeds("subscription_item")
    ]  # fmt: skip
    return [
        {
            "id": each["id"], "object": "subscription", "customer": each["customer_id"], "status": each["status"],
            "currency": "usd", "created": epoch(each["created"]), "start_date": epoch(each["start_date"]),
            "ended_at": epoch(each["ended_at"]), "canceled_at": epoch(each["canceled_at"]), "latest_invoice": None,
            "cancel_at": epoch(each["cancel_at"]), "cancel_at_period_end": True, "discount": None,
            "current_period_start": epoch(each["current_period_start"]),
            "current_period_end": epoch(each["current_period_end"]), "trial_end": None, "trial_start": None,
            "items": {"data": [item for item in items if item["subscription"] == each["id"]]},
        }
        for each in seeds("subscription")
    ]  # fmt: skip


def invoices() -> list[Record]:
    """As the old interface told them; they tell no moment at which they were made or finalised."""
    lines = [
        {
            "id": each["id"], "of": each["invoice_id"], "amount": number(each["amount"]), "currency": each["currency"],
            "period": {"start": epoch(each["period_start"]), "end": epoch(each["period_end"])},
            "plan": plans().get(each["plan_id"], each["plan_id"]), "proration": each["proration"] == "TRUE",
            "quantity": int(each["quantity"]), "subscription": each["subscription_id"],
            "subscription_item": each["subscription_item_id"], "tax_amounts": [], "discount_amounts": [],
        }
        for each in seeds("invoice_line_item")
    ]  # fmt: skip
    return [
        {
            "id": each["id"], "object": "invoice", "customer": each["customer_id"], "currency": each["currency"],
            "status": each["status"], "subscription": each["subscription_id"], "total": number(each["total"]),
            "tax": number(each["tax"]), "amount_paid": number(each["amount_paid"]),
            "lines": [line for line in lines if line["of"] == each["id"]],
        }
        for each in seeds("invoice")
    ]  # fmt: skip


def credit_notes() -> list[Record]:
    lines = [
        {
            "id": each["id"], "of": each["credit_note_id"], "amount": number(each["amount"]),
            "quantity": int(each["quantity"]), "type": each["type"], "tax_amounts": [], "discount_amounts": [],
        }
        for each in seeds("credit_note_line_item")
    ]  # fmt: skip
    return [
        {
            "id": each["id"], "object": "credit_note", "customer": "cus_of_seeds", "currency": each["currency"],
            "created": epoch(each["created"]), "status": each["status"], "invoice": each["invoice_id"],
            "refund": each["refund_id"], "total": number(each["total"]),
            "lines": [line for line in lines if line["of"] == each["id"]],
        }
        for each in seeds("credit_note")
    ]  # fmt: skip


def refunds() -> list[Record]:
    return [
        {
            "id": each["id"], "object": "refund", "amount": number(each["amount"]), "charge": each["charge_id"],
            "currency": each["currency"], "created": epoch(each["created"]), "status": each["status"],
        }
        for each in seeds("refund")
    ]  # fmt: skip


@pytest.fixture
def seeded(account: Account) -> Account:
    account.objects = {
        "/v1/customers": [*customers(), {"id": "cus_of_seeds", "metadata": {"crm_company_id": "1"}}],
        "/v1/prices": prices(),
    }
    return account


def pulled(source: Source, session: client.Session, name: str) -> tuple[list[Record], Counter[tuple[Any, ...]]]:
    batches = [batch for piece in source.pieces(DAYS) for batch in source.pull(session, name, piece)]
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    rejects = [each for batch in batches for each in batch.rejects.to_pylist()]
    assert sum(batch.landed for batch in batches) == len(rows) + len(rejects) + sum(each.superseded for each in batches)
    return rows, Counter((each["origin"], *each["reasons"]) for each in rejects)


def test_subscriptions_land_with_the_plans_of_their_items(
    seeded: Account, source: Source, session: client.Session
) -> None:
    """Both ended a day after they began. They were never billed, so their beginning is told by themselves."""
    seeded.objects["/v1/subscriptions"] = subscriptions()
    rows, reasons = pulled(source, session, "subscription_items")

    assert reasons == {}
    told = [(row["subscription_id"], row["plan"], row["status"], row["unit_amount"], row["quantity"]) for row in rows]
    assert told == [
        ("sfjytkyu876", "ab2", "active", 1500, 2),
        ("sfjytkyu876", "ab2", "canceled", 1500, 2),
        ("sdgfs4536", "zb1", "active", 1500, 1),
        ("sdgfs4536", "zb1", "canceled", 1500, 1),
    ]
    assert {(row["billing_interval"], row["interval_count"], row["currency"]) for row in rows} == {("month", 1, "USD")}
    assert {(row["term_start"], row["term_end"]) for row in rows} == {(date(2021, 2, 18), date(2021, 2, 19))}


def test_invoices_that_tell_no_moment_are_rejected_for_that(
    seeded: Account, source: Source, session: client.Session
) -> None:
    """Of three lines one is of an invoice in the table, which has no stamp at all."""
    seeded.objects["/v1/invoices"] = invoices()
    rows, reasons = pulled(source, session, "billing_lines")

    assert rows == []
    assert reasons == {("invoice ab1111", "issued_at: missing", "updated_at: missing"): 1}


def test_invoices_land_once_they_tell_when_they_were_made(
    seeded: Account, source: Source, session: client.Session
) -> None:
    stamped = [each | {"created": epoch("2021-02-18 14:16:37")} for each in invoices()]
    seeded.objects["/v1/invoices"] = stamped
    (row,), reasons = pulled(source, session, "billing_lines")

    assert reasons == {}
    assert (row["doc_id"], row["line_id"], row["amount_net"]) == ("ab1111", "ad1111", Decimal("0.21"))
    assert (row["subscription_id"], row["is_proration"], row["is_recurring"]) == ("sdgfs4536", True, True)
    assert (row["status"], row["account_id"], row["quantity"]) == ("paid", "sdgfs84854", 5)


def test_credit_notes_land_without_the_invoices_they_name(
    seeded: Account, source: Source, session: client.Session
) -> None:
    """The table of invoices holds none of theirs; so they say nothing of subscriptions."""
    seeded.objects["/v1/credit_notes"] = credit_notes()
    rows, reasons = pulled(source, session, "billing_lines")

    assert reasons == {}
    assert [(row["doc_id"], row["amount_net"], row["quantity"], row["subscription_id"]) for row in rows] == [
        ("cn_Jg3Jf0s", 1, 1, None),
        ("cn_89hUNfs", Decimal("0.5"), 10, None),
    ]


def test_refunds_of_charges_nobody_tells_are_rejected(seeded: Account, source: Source, session: client.Session) -> None:
    """No refund's charge is in the table of charges."""
    seeded.objects["/v1/refunds"] = refunds()
    rows, reasons = pulled(source, session, "billing_lines")

    assert rows == []
    assert reasons == {(f"refund {each['id']}", "account_id: no customer is named"): 1 for each in seeds("refund")}


def test_refunds_land_when_their_charges_are_told(seeded: Account, source: Source, session: client.Session) -> None:
    (buyer, *_) = {each["customer_id"] for each in seeds("charge")}
    seeded.objects["/v1/charges"] = [{"id": each["charge_id"], "customer": buyer} for each in seeds("refund")]
    seeded.objects["/v1/refunds"] = refunds()
    rows, reasons = pulled(source, session, "billing_lines")

    assert reasons == {}
    assert {row["doc_id"]: row["amount_net"] for row in rows} == {
        each["id"]: Decimal(each["amount"]) / 100 for each in seeds("refund")
    }
    assert {row["account_id"] for row in rows} == {buyer}


def test_prices_that_are_paid_once_are_no_subscription(
    seeded: Account, source: Source, session: client.Session
) -> None:
    """Each price of the table as an item: the one that is paid once has no interval and is rejected for that."""
    of = subscriptions()[0] | {"ended_at": None, "status": "active"}
    items = [{"id": f"si_{each['id']}", "quantity": 1, "price": each} for each in prices()]
    seeded.objects["/v1/subscriptions"] = [of | {"items": {"data": items}}]
    rows, reasons = pulled(source, session, "subscription_items")

    assert {row["plan"]: (row["unit_amount"], row["billing_interval"], row["interval_count"]) for row in rows} == {
        "price_2": (Decimal("29.99"), "month", 1),
        "price_3": (Decimal("299.9"), "year", 1),
    }
    origin = f"subscription {of['id']}, item si_price"
    assert reasons == {
        (f"{origin}_1", "billing_interval: missing"): 1,
        (f"{origin}_4", "currency: price 'price_4' is in 'eur', its subscription in 'usd'"): 1,
    }


@pytest.mark.parametrize("kind", ["percent_off", "amount_off"])
def test_coupons_count_unless_they_are_for_one_invoice(
    seeded: Account, source: Source, session: client.Session, kind: str
) -> None:
    """Each coupon of the table, given to a subscription for as long as it lasts, in the old shape."""
    coupons = [each for each in seeds("coupon") if each[kind]]
    first = subscriptions()[0] | {"ended_at": None, "status": "active"}
    made = [
        {"id": each["id"], "duration": each["duration"], "percent_off": float(each["percent_off"] or 0)}
        | {"amount_off": number(each["amount_off"])}
        for each in coupons
    ]
    seeded.objects["/v1/subscriptions"] = [
        first
        | {"id": f"sub_{one['id']}", "discount": {"id": f"di_{one['id']}", "start": 0, "end": None, "coupon": one}}
        for one in made
    ]
    rows, reasons = pulled(source, session, "subscription_items")

    told = {row["subscription_id"][4:]: row["discount_pct"] or row["discount_amount"] for row in rows}
    scale = 1 if kind == "percent_off" else 100
    assert reasons == {}
    assert told == {each["id"]: None if each["duration"] == "once" else Decimal(each[kind]) / scale for each in coupons}
