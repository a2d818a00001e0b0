"""Nights: what events tell, and what happens when there are none any more."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from include.lake import Lake
from include.sources import Days, Source, SourceError, client, land, load

from ..vendor import Answer, Vendor, in_turn, serving
from .account import Account, at
from .objects import MAY, customer, discount, event, invoice, item, line, price, subscription

SINCE = datetime(2026, 10, 30, tzinfo=UTC)
NIGHT = Days(date(2026, 10, 31), date(2026, 10, 31), since=SINCE)
WHEN = at("2026-10-31T08:00:00")
Rows = list[dict[str, Any]]
Pull = Callable[[str], Rows]


@pytest.fixture
def night(source: Source, session: client.Session) -> Pull:
    def pulled(table: str) -> Rows:
        batches = list(source.pull(session, table, NIGHT))
        assert [each for batch in batches for each in batch.rejects.to_pylist()] == []
        return [row for batch in batches for row in batch.rows.to_pylist()]

    return pulled


def test_an_event_tells_the_items_from_its_moment_on(account: Account, night: Pull) -> None:
    account.objects["/v1/events"] = [event("customer.subscription.updated", subscription(item(quantity=14)), WHEN)]

    (row,) = night("subscription_items")
    assert (row["item_id"], row["quantity"], row["unit_amount"], row["status"]) == ("si_1", 14, 49, "active")
    assert row["valid_from"] == row["updated_at"] == datetime(2026, 10, 31, 8, tzinfo=UTC)


def test_of_events_in_one_second_the_last_one_stays(account: Account, source: Source, session: client.Session) -> None:
    made = event("customer.subscription.created", subscription(status="trialing"), WHEN, 1)
    account.objects["/v1/events"] = [made, event("customer.subscription.updated", subscription(), WHEN, 2)]

    batches = list(source.pull(session, "subscription_items", NIGHT))
    assert [row["status"] for batch in batches for row in batch.rows.to_pylist()] == ["active"]
    assert sum(batch.superseded for batch in batches) == 1


def test_a_canceled_item_ends_when_stripe_ended_it(account: Account, night: Pull) -> None:
    over = subscription(status="canceled", ended_at=WHEN - 5, canceled_at=WHEN - 5)
    account.objects["/v1/events"] = [event("customer.subscription.deleted", over, WHEN)]

    (row,) = night("subscription_items")
    assert (row["status"], int(row["valid_from"].timestamp())) == ("canceled", WHEN - 5)
    assert int(row["updated_at"].timestamp()) == WHEN


def test_an_item_that_was_removed_has_quantity_zero(account: Account, night: Pull) -> None:
    before = {"items": {"object": "list", "data": [item(1), item(2)]}}
    account.objects["/v1/events"] = [event("customer.subscription.updated", subscription(item(2)), WHEN, **before)]

    assert {row["item_id"]: row["quantity"] for row in night("subscription_items")} == {"si_1": 0, "si_2": 10}


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"status": "past_due"}, "past_due"),
        ({"status": "unpaid"}, "paused"),
        ({"pause_collection": {"behavior": "void"}}, "paused"),
        ({"status": "trialing"}, "trialing"),
    ],
)
def test_stripes_words_become_ours(account: Account, night: Pull, told: dict[str, Any], status: str) -> None:
    account.objects["/v1/events"] = [event("customer.subscription.updated", subscription(**told), WHEN)]

    assert [row["status"] for row in night("subscription_items")] == [status]


def test_events_only_name_discounts_and_the_subscription_is_asked(account: Account, night: Pull) -> None:
    account.objects["/v1/subscriptions"] = [subscription(discounts=[discount(percent_off=20)])]
    account.objects["/v1/events"] = [event("customer.subscription.updated", subscription(discounts=["di_1"]), WHEN)]

    assert [row["discount_pct"] for row in night("subscription_items")] == [20]


def test_a_discount_taken_away_since_is_told_by_its_own_event(account: Account, night: Pull, vendor: Vendor) -> None:
    account.objects["/v1/events"] = [
        event("customer.subscription.updated", subscription(discounts=["di_1"]), WHEN, 1),
        event("customer.discount.deleted", discount(percent_off=20), WHEN + 60, 2),
        event("customer.subscription.updated", subscription(), WHEN + 60, 3),
    ]

    assert [row["discount_pct"] for row in night("subscription_items")] == [20, None]
    assert not any(path.startswith("GET /v1/subscriptions/") for path in vendor.paths())


def test_an_invoice_comes_as_its_last_event_left_it(account: Account, night: Pull) -> None:
    unpaid = invoice(line(), at=WHEN, status="open", moments={"paid_at": None})
    account.objects["/v1/events"] = [
        event("invoice.finalized", unpaid | {"lines": {"data": [line()], "has_more": False}}, WHEN, 1),
        event("invoice.paid", invoice(at=WHEN) | {"lines": {"data": [line()], "has_more": False}}, WHEN + 3600, 2),
    ]

    assert [(row["doc_type"], row["status"]) for row in night("billing_lines")] == [
        ("invoice", "open"),
        ("invoice", "paid"),
    ]


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (
            price(1, None, billing_scheme="tiered"),
            "unit_amount: price 'price_1' has none of its own (billing scheme 'tiered')",
        ),
        (price(currency="eur"), "currency: price 'price_1' is in 'eur', its subscription in 'usd'"),
        (price(interval="fortnight"), "billing_interval: 'fortnight' is none of day, week, month, quarter, year"),
        (price(1, "free"), "unit_amount: 'free' times 10 is no number"),
    ],
)
def test_an_item_whose_price_cannot_be_told_is_rejected(
    account: Account, source: Source, session: client.Session, of: dict[str, Any], reason: str
) -> None:
    account.objects["/v1/events"] = [event("customer.subscription.updated", subscription(item(of=of)), WHEN)]

    (batch,) = [batch for batch in source.pull(session, "subscription_items", NIGHT) if batch.landed]
    assert batch.rejects.to_pylist()[0]["reasons"] == [reason]
    assert batch.rejects.to_pylist()[0]["origin"] == "subscription sub_1, item si_1"


def test_a_discount_that_nobody_tells_rejects_the_version(
    account: Account, source: Source, session: client.Session
) -> None:
    account.objects["/v1/subscriptions"] = [subscription()]
    account.objects["/v1/events"] = [event("customer.subscription.updated", subscription(discounts=["di_9"]), WHEN)]

    (batch,) = [batch for batch in source.pull(session, "subscription_items", NIGHT) if batch.landed]
    assert batch.rejects.to_pylist()[0]["reasons"] == [
        "discount_pct: what coupon None of discount di_9 takes off is not told"
    ]


def test_packages_count_as_units(account: Account, night: Pull) -> None:
    packs = price(transform_quantity={"divide_by": 4, "round": "up"})
    account.objects["/v1/events"] = [event("customer.subscription.created", subscription(item(of=packs)), WHEN)]

    assert [row["quantity"] for row in night("subscription_items")] == [3]


def test_plans_of_before_prices_are_read_too(account: Account, night: Pull) -> None:
    plan = {
        "id": "gold",
        "object": "plan",
        "amount": 4900,
        "currency": "usd",
        "interval": "month",
        "interval_count": 3,
        "product": "prod_1",
    }
    old = {"id": "si_1", "plan": plan, "quantity": 2}
    told = subscription(old, current_period_start=MAY, current_period_end=MAY + 90 * 86400)
    account.objects["/v1/events"] = [event("customer.subscription.updated", told, WHEN)]

    (row,) = night("subscription_items")
    assert (row["plan"], row["unit_amount"], row["quantity"], row["interval_count"]) == ("gold", 49, 2, 3)
    assert row["term_start"] == date(2026, 5, 5)


def test_the_version_is_pinned_and_pages_are_of_a_hundred(
    account: Account, source: Source, session: client.Session, vendor: Vendor
) -> None:
    account.objects["/v1/events"] = [
        event("customer.subscription.updated", subscription(), WHEN + number, number) for number in range(230)
    ]
    rows = [row for batch in source.pull(session, "subscription_items", NIGHT) for row in batch.rows.to_pylist()]

    assert len(rows) == 230
    assert {each.headers["Stripe-Version"] for each in vendor.asked} == {"2026-10-28.endive"}
    pages = [each.query for each in vendor.asked if each.path == "/v1/events" and "types[]" in each.query]
    assert [page.get("starting_after") for page in pages] == [None, "evt_130", "evt_30"]
    assert {page["limit"] for page in pages} == {"100"}


def test_types_are_at_most_twenty(source: Source, session: client.Session, vendor: Vendor) -> None:
    list(source.pull(session, "subscription_items", NIGHT))

    types = [value for each in vendor.asked for name, value in each.params if name == "types[]"]
    assert "customer.subscription.updated" in types
    assert len(types) <= 20


def test_changes_older_than_events_are_pulled_like_a_history_and_that_is_said(
    account: Account, source: Source, session: client.Session, lake: Lake, caplog: pytest.LogCaptureFixture
) -> None:
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [invoice(line())]}
    old = Days(date(2026, 9, 20), date(2026, 9, 20))
    with caplog.at_level(logging.WARNING):
        landed = land(source, session, lake, old)

    assert (landed.absent, landed.rejected) == ((), 0)
    assert [row["quantity"] for row in lake.scan("subscription_items").to_pylist()] == [10]
    assert lake.scan("billing_lines").num_rows == 3
    assert "stripe: changes since 2026-09-19 09:50 UTC are asked for" in caplog.text
    assert "Stripe keeps events for 30 days only (since 2026-10-02 12:00 UTC)" in caplog.text


def test_a_young_watermark_asks_for_events_only(
    source: Source, session: client.Session, vendor: Vendor, caplog: pytest.LogCaptureFixture
) -> None:
    list(source.pull(session, "subscription_items", NIGHT))

    assert {each.path for each in vendor.asked} == {"/v1/events"}
    assert caplog.text == ""


def test_a_history_goes_on_where_it_stopped(
    account: Account, source: Source, session: client.Session, lake: Lake, vendor: Vendor
) -> None:
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [invoice(line())]}
    days = Days(date(2026, 5, 1), date(2026, 10, 31))
    whole = vendor.answer

    def failing(asked: Any) -> Answer:
        return Answer("no", 400, "text/plain") if asked.path == "/v1/invoiceitems" else whole(asked)

    vendor.answer = failing
    with pytest.raises(SourceError, match=r"^stripe, 2026-10-01\.\.2026-10-31: .*answered 400"):
        load(source, session, lake, days)
    vendor.answer, before = whole, len(vendor.asked)
    load(source, session, lake, days)

    asked = [each.query for each in vendor.asked[before:] if each.path == "/v1/invoices"]
    assert [query["created[gte]"] for query in asked] == [str(at("2026-10-01T00:00:00"))]
    assert lake.scan("subscription_items").num_rows == 1
    assert lake.missing_days("stripe", "billing_lines", days.first, days.last) == []


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        ([{"data": [{"id": "evt_1", "type": "x"}], "has_more": True}], "the list /v1/events never ends: after evt_1"),
        ([{"data": [], "has_more": True}], "the list /v1/events never ends: after none"),
        ([{"object": "event"}], "/v1/events answered 'event' where a list was due"),
        ([[]], "/v1/events answered a list where an object was due"),
    ],
)
def test_a_list_that_is_none_or_never_ends_is_an_error(source: Source, answers: list[Any], what: str) -> None:
    with serving(in_turn(*map(Answer, answers))) as vendor:
        session = client.session(vendor.url, {"Authorization": "Bearer sample-stripe-key"})
        with pytest.raises(SourceError, match=what):
            list(source.pull(session, "subscription_items", NIGHT))


def test_another_history_looks_everything_up_again(account: Account, source: Source, session: client.Session) -> None:
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [invoice(line())]}

    def accounts() -> set[str]:
        pieces = source.pieces(Days(date(2026, 5, 1), date(2026, 6, 30)))
        batches = [batch for piece in pieces for batch in source.pull(session, "billing_lines", piece)]
        return {row["account_id"] for batch in batches for row in batch.rows.to_pylist()}

    assert accounts() == {"901"}
    account.objects["/v1/customers"] = [customer(metadata={"crm_company_id": "902"})]
    assert accounts() == {"902"}
