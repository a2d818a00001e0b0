"""Stripe's own example objects (fixtures3.json of August 2026) go through the mapping that a history uses."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from include.sources import Days, Source, client

from ..shared import shared
from .account import Account

STAMP = datetime.fromtimestamp(1_234_567_890, UTC)
"""When everything in the fixtures happened."""
DAYS = Days(date(2009, 2, 1), date(2009, 3, 31))
Rows = list[dict[str, Any]]


@cache
def resources() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(shared("stripe/fixtures3.head.json").read_text())["resources"]
    return told


def fixture(name: str, **told: Any) -> dict[str, Any]:
    return deepcopy(resources()[name]) | told


@pytest.fixture
def fixtures(account: Account) -> Account:
    account.objects = {
        "/v1/customers": [fixture("customer")],
        "/v1/prices": [fixture("price")],
        "/v1/charges": [fixture("charge")],
    }
    return account


def pulled(source: Source, session: client.Session, table: str) -> tuple[Rows, Rows]:
    batches = [batch for piece in source.pieces(DAYS) for batch in source.pull(session, table, piece)]
    rejects = [(each["reasons"], each["origin"]) for batch in batches for each in batch.rejects.to_pylist()]
    return [row for batch in batches for row in batch.rows.to_pylist()], rejects


def test_the_subscription(fixtures: Account, source: Source, session: client.Session) -> None:
    """It is active, on trial and over in the same second, and its collection is paused: three turns, the trial and the
    end of one moment."""
    fixtures.objects["/v1/subscriptions"] = [fixture("subscription")]

    rows, rejects = pulled(source, session, "subscription_items")
    assert rejects == []
    assert [(row["status"], row["valid_from"].year) for row in rows] == [("paused", 2030), ("canceled", 2009)]
    row = rows[-1]
    assert (row["item_id"], row["subscription_id"]) == ("si_QXhVnC2h0Jczwc", "sub_1Pgc6rB7WZ01zgkWNy0Cn5nw")
    assert (row["account_id"], row["plan"]) == ("cus_QXg1o8vcGmoR32", "price_1PgafmB7WZ01zgkW6dKueIc5")
    assert (row["unit_amount"], row["currency"], row["billing_interval"]) == (20, "USD", "month")
    assert row["quantity"] == 0, "one piece in packages of 1,592,560,163, rounded down"
    assert (row["valid_from"], row["canceled_at"], row["trial_end"]) == (STAMP, STAMP, STAMP)


def test_the_invoice_is_a_draft_and_no_document_yet(fixtures: Account, source: Source, session: client.Session) -> None:
    fixtures.objects["/v1/invoices"] = [fixture("invoice")]

    assert pulled(source, session, "billing_lines") == ([], [])


def test_the_invoice_once_it_is_finalised(fixtures: Account, source: Source, session: client.Session) -> None:
    turned = {"finalized_at": 1_234_567_890, "paid_at": None, "voided_at": None, "marked_uncollectible_at": None}
    fixtures.objects["/v1/invoices"] = [fixture("invoice", status="open", status_transitions=turned)]

    (row,), rejects = pulled(source, session, "billing_lines")
    assert rejects == []
    assert (row["doc_id"], row["line_id"]) == ("in_1Pgc6tB7WZ01zgkWu9fdqL6I", "il_1Pgc6sB7WZ01zgkWFnxLrLCq")
    assert (row["amount_net"], row["tax"], row["currency"], row["quantity"]) == (10, 0, "USD", 1)
    assert (row["issued_at"], row["service_period_start"]) == (STAMP, date(2024, 7, 26))
    assert (row["is_proration"], row["is_recurring"]) == (True, False), "an item of its own, though it says proration"


def test_the_lines_are_of_no_subscription_we_know(fixtures: Account, source: Source, session: client.Session) -> None:
    """`line_item` names subscription "subscription", which is in no list: it tells nothing of an item."""
    lines = {"object": "list", "has_more": False, "data": [fixture("line_item")]}
    fixtures.objects["/v1/invoices"] = [fixture("invoice", status="open", lines=lines)]

    assert pulled(source, session, "subscription_items") == ([], [])


def test_the_credit_note(fixtures: Account, source: Source, session: client.Session) -> None:
    note = fixture("credit_note")
    fixtures.objects["/v1/credit_notes"] = [note]
    fixtures.objects["/v1/invoices"] = [fixture("invoice", id=note["invoice"])]

    rows, rejects = pulled(source, session, "billing_lines")
    assert rejects == []
    assert [(row["line_id"], row["amount_net"], row["quantity"]) for row in rows] == [
        ("cnli_1Pgc75B7WZ01zgkWla6u0GdZ", Decimal("11.9"), 1),
        ("cnli_1Pgc75B7WZ01zgkW9m0EaOVh", 5, 1),
    ]
    assert {(row["doc_type"], row["original_doc_id"]) for row in rows} == {("credit_note", note["invoice"])}


def test_the_refund_names_nobody_whose_money_it_was(fixtures: Account, source: Source, session: client.Session) -> None:
    """Neither it nor its charge names a customer."""
    fixtures.objects["/v1/refunds"] = [fixture("refund")]

    rows, rejects = pulled(source, session, "billing_lines")
    assert rows == []
    assert rejects == [(["account_id: no customer is named"], "refund re_1Pgc72B7WZ01zgkWqPvrRrPE")]


def test_the_refund_of_a_customer(fixtures: Account, source: Source, session: client.Session) -> None:
    fixtures.objects["/v1/refunds"] = [fixture("refund", customer="cus_QXg1o8vcGmoR32")]

    (row,), _ = pulled(source, session, "billing_lines")
    assert (row["amount_net"], row["status"], row["issued_at"]) == (1, "paid", STAMP)


def test_the_discount_names_no_coupon(fixtures: Account, source: Source, session: client.Session) -> None:
    told = fixture("subscription", ended_at=None, pause_collection=None, discounts=[fixture("discount", end=None)])
    fixtures.objects["/v1/subscriptions"] = [told]

    _, rejects = pulled(source, session, "subscription_items")
    reason = "discount_pct: what coupon None of discount di_1Pgc6rB7WZ01zgkW7Al8Fal9 takes off is not told"
    origin = "subscription sub_1Pgc6rB7WZ01zgkWNy0Cn5nw, item si_QXhVnC2h0Jczwc"
    assert rejects == [([reason], origin)]


def test_the_discount_with_the_coupon(fixtures: Account, source: Source, session: client.Session) -> None:
    off = fixture("discount", end=None, source={"type": "coupon", "coupon": fixture("coupon")})
    told = fixture("subscription", ended_at=None, pause_collection=None, discounts=[off])
    fixtures.objects["/v1/subscriptions"] = [told]

    (row,), _ = pulled(source, session, "subscription_items")
    assert row["discount_pct"] == Decimal("25.5")


def test_the_event_is_of_no_type_we_read(fixtures: Account, source: Source, session: client.Session) -> None:
    """plan.created: Stripe does not answer it to our types, and were it to, nothing would come of it."""
    fixtures.objects["/v1/events"] = [
        fixture("event", created=1_793_500_000, type="customer.subscription.trial_will_end")
    ]
    night = Days(date(2026, 10, 31), date(2026, 10, 31))
    batches = [batch for table in source.tables for batch in source.pull(session, table, night)]

    assert [batch.landed for batch in batches] == [0, 0]
