"""Versions of subscription items from what was billed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from include.sources import Days, Source, client

from .account import Account, at
from .objects import JULY, JUNE, MAY, discount, invoice, item, line, price, subscription

CHANGED = at("2026-05-20T12:00:00")
Rows = list[dict[str, Any]]


@pytest.fixture
def history(source: Source, session: client.Session) -> Callable[[], Rows]:
    """What all pieces of a history from May on bring, by moment."""

    def pulled() -> Rows:
        pieces = source.pieces(Days(date(2026, 5, 1), date(2026, 7, 31)))
        batches = [batch for piece in pieces for batch in source.pull(session, "subscription_items", piece)]
        assert [each for batch in batches for each in batch.rejects.to_pylist()] == []
        rows = [row for batch in batches for row in batch.rows.to_pylist()]
        return sorted(rows, key=lambda row: (row["valid_from"], row["item_id"]))

    return pulled


def told(rows: Rows, *columns: str) -> list[tuple[Any, ...]]:
    return [(int(row["valid_from"].timestamp()), *(row[name] for name in columns)) for row in rows]


def test_a_line_tells_the_item_from_the_beginning_of_its_period(account: Account, history: Callable[[], Rows]) -> None:
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [invoice(line())]}

    (row,) = history()
    assert (row["item_id"], row["subscription_id"], row["account_id"]) == ("si_1", "sub_1", "901")
    assert (row["unit_amount"], row["quantity"], row["currency"]) == (49, 10, "USD")
    assert (row["billing_interval"], row["interval_count"], row["status"]) == ("month", 1, "active")
    assert (row["plan"], row["product"], row["is_metered"]) == ("plan-1", "prod_1", False)
    assert (row["term_start"], row["term_end"]) == (date(2026, 5, 5), date(2026, 6, 5))
    assert row["valid_from"] == row["updated_at"]


def test_prorations_tell_when_a_change_happened(account: Account, history: Callable[[], Rows]) -> None:
    june = invoice(
        line(1, 68600, period=(JUNE, JULY), quantity=14),
        line(2, -24500, period=(CHANGED, JUNE), proration=True),
        line(3, 34300, period=(CHANGED, JUNE), proration=True, quantity=14),
        number=2,
        at=JUNE,
    )
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [invoice(line()), june]}

    assert told(history(), "quantity", "term_start") == [
        (MAY, 10, date(2026, 5, 5)),
        (CHANGED, 14, date(2026, 5, 5)),
        (JUNE, 14, date(2026, 6, 5)),
    ]


def test_a_change_not_billed_yet_is_told_by_pending_items(account: Account, history: Callable[[], Rows]) -> None:
    parent = {
        "type": "subscription_details",
        "subscription_details": {"subscription": "sub_1", "subscription_item": "si_1"},
    }
    rest = {"parent": parent, "proration": True, "object": "invoiceitem"}
    unused = line(1, -24500, period=(CHANGED, JUNE)) | rest | {"id": "ii_1"}
    remaining = line(2, 34300, period=(CHANGED, JUNE), quantity=14) | rest | {"id": "ii_2"}
    account.objects |= {
        "/v1/subscriptions": [subscription(item(quantity=14))],
        "/v1/invoices": [invoice(line())],
        "/v1/invoiceitems": [unused, remaining],
    }

    assert told(history(), "quantity") == [(MAY, 10), (CHANGED, 14)]


def test_an_item_given_up_has_quantity_zero_and_one_added_no_version_before(
    account: Account, history: Callable[[], Rows]
) -> None:
    account.objects["/v1/prices"].append(price(2, 900))
    june = invoice(
        line(1, period=(JUNE, JULY), item="si_2", price="price_2"),
        line(2, -24500, period=(CHANGED, JUNE), proration=True),
        line(3, 4500, period=(CHANGED, JUNE), proration=True, item="si_2", price="price_2"),
        number=2,
        at=JUNE,
    )
    account.objects |= {"/v1/subscriptions": [subscription(item(2))], "/v1/invoices": [invoice(line()), june]}

    assert told(history(), "item_id", "quantity", "unit_amount") == [
        (MAY, "si_1", 10, 49),
        (CHANGED, "si_1", 0, 49),
        (CHANGED, "si_2", 10, 9),
        (JUNE, "si_1", 0, 49),
        (JUNE, "si_2", 10, 9),
    ]


def test_a_canceled_subscription_ends_when_stripe_ended_it(account: Account, history: Callable[[], Rows]) -> None:
    over = subscription(status="canceled", canceled_at=CHANGED, ended_at=JUNE, cancel_at=JUNE)
    account.objects |= {"/v1/subscriptions": [over], "/v1/invoices": [invoice(line())]}

    rows = history()
    assert told(rows, "status") == [(MAY, "active"), (JUNE, "canceled")]
    assert rows[0]["canceled_at"] is None
    assert int(rows[1]["canceled_at"].timestamp()) == CHANGED


def test_a_trial_is_no_paying_item(account: Account, history: Callable[[], Rows]) -> None:
    trial = subscription(trial_start=MAY, trial_end=JUNE)
    paid = invoice(line(1, period=(JUNE, JULY)), number=2, at=JUNE)
    account.objects |= {"/v1/subscriptions": [trial], "/v1/invoices": [invoice(line(amount=0)), paid]}

    assert sorted(set(told(history(), "status"))) == [(MAY, "trialing"), (JUNE, "active")]


@pytest.mark.parametrize(
    ("coupon", "pct", "amount"),
    [
        ({"percent_off": 12.5}, Decimal("12.5"), None),
        ({"amount_off": 2500}, None, Decimal(25)),
        ({"percent_off": 50, "duration": "once"}, None, None),
    ],
)
def test_a_discount_is_taken_off_while_it_lasts(
    account: Account, history: Callable[[], Rows], coupon: dict[str, Any], pct: Decimal | None, amount: Decimal | None
) -> None:
    off = discount(end=JULY, **{"duration": "repeating"} | coupon)
    account.objects |= {
        "/v1/subscriptions": [subscription(discounts=[off])],
        "/v1/invoices": [invoice(line(), discounts=[off])],
    }

    (row,) = history()
    assert (row["discount_pct"], row["discount_amount"]) == (pct, amount)
    assert (row["discount_ends_at"] is None) == (coupon.get("duration") == "once")


def test_a_discount_that_is_over_is_not_taken_off(account: Account, history: Callable[[], Rows]) -> None:
    off = discount(end=JUNE, percent_off=20)
    june = invoice(line(1, period=(JUNE, JULY)), number=2, at=JUNE)
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [invoice(line(), discounts=[off]), june]}

    assert told(history(), "discount_pct") == [(MAY, 20), (JUNE, None)]


def test_a_change_billed_after_a_discount_ended_still_had_it(account: Account, history: Callable[[], Rows]) -> None:
    """The invoice that tells the change has no discount any more; the one whose unused time it gives back has it."""
    unused = line(2, -24500, period=(CHANGED, JUNE), proration=True)
    details = unused["parent"]["subscription_item_details"]
    details["proration_details"] = {"credited_items": {"invoice": "in_1", "invoice_line_items": ["il_1"]}}
    remaining = line(3, 34300, period=(CHANGED, JUNE), proration=True, quantity=14)
    june = invoice(line(1, 68600, period=(JUNE, JULY), quantity=14), unused, remaining, number=2, at=JUNE)
    may = invoice(line(), discounts=[discount(end=JUNE, percent_off=20)])
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [may, june]}

    assert told(history(), "quantity", "discount_pct") == [(MAY, 10, 20), (CHANGED, 14, 20), (JUNE, 14, None)]


def test_a_change_billed_at_once_has_the_discounts_of_its_subscription(
    account: Account, history: Callable[[], Rows]
) -> None:
    """Its invoice has nothing but prorations, on which no discount is told."""
    lasting = discount(percent_off=15)
    changed = invoice(
        line(2, -24500, period=(CHANGED, JUNE), proration=True),
        line(3, 34300, period=(CHANGED, JUNE), proration=True, quantity=14),
        number=2,
        at=CHANGED,
    )
    account.objects |= {
        "/v1/subscriptions": [subscription(discounts=[lasting])],
        "/v1/invoices": [invoice(line(), discounts=[lasting]), changed],
    }

    assert told(history(), "quantity", "discount_pct") == [(MAY, 10, 15), (CHANGED, 14, 15)]


def test_a_discount_given_in_the_middle_of_a_period_counts_from_then_on(
    account: Account, history: Callable[[], Rows]
) -> None:
    off = discount(start=CHANGED, percent_off=20)
    account.objects |= {
        "/v1/subscriptions": [subscription(item(current_period_start=JUNE, current_period_end=JULY), discounts=[off])],
        "/v1/invoices": [invoice(line()), invoice(line(1, period=(JUNE, JULY)), number=2, at=JUNE, discounts=[off])],
    }

    assert told(history(), "discount_pct") == [(MAY, None), (CHANGED, 20), (JUNE, 20)]


def test_two_discounts_are_taken_off_one_after_the_other(account: Account, history: Callable[[], Rows]) -> None:
    both = [discount(1, percent_off=10), discount(2, percent_off=20, end=JULY)]
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [invoice(line(), discounts=both)]}

    assert told(history(), "discount_pct") == [(MAY, 28)]


def test_an_amount_off_a_subscription_is_shared_by_its_items(account: Account, history: Callable[[], Rows]) -> None:
    account.objects["/v1/prices"].append(price(2, 14700))
    lines = line(), line(2, 147000, item="si_2", price="price_2")
    billed = invoice(*lines, discounts=[discount(amount_off=10000)])
    account.objects |= {"/v1/subscriptions": [subscription(item(), item(2))], "/v1/invoices": [billed]}

    assert told(history(), "item_id", "discount_amount") == [(MAY, "si_1", 25), (MAY, "si_2", 75)]


def test_yen_have_no_cents(account: Account, history: Callable[[], Rows]) -> None:
    account.objects["/v1/prices"] = [price(1, 4900, currency="jpy")]
    account.objects |= {
        "/v1/subscriptions": [subscription(currency="jpy")],
        "/v1/invoices": [invoice(line(), currency="jpy")],
    }

    assert told(history(), "unit_amount", "currency") == [(MAY, 4900, "JPY")]


def test_usage_is_told_as_metered_since_its_subscription_began(account: Account, history: Callable[[], Rows]) -> None:
    calls = price(2, 3, recurring={"usage_type": "metered"})
    account.objects["/v1/prices"].append(calls)
    later = line(2, 900, item="si_2", price="price_2", quantity=300)
    account.objects |= {
        "/v1/subscriptions": [subscription(item(), item(2, calls, None))],
        "/v1/invoices": [invoice(line()), invoice(later, number=2, at=JUNE)],
    }

    assert told(history(), "item_id", "is_metered", "quantity") == [(MAY, "si_1", False, 10), (MAY, "si_2", True, 0)]


def test_a_void_invoice_was_due_once_and_a_draft_never(account: Account, history: Callable[[], Rows]) -> None:
    void = invoice(line(), status="void", moments={"paid_at": None, "voided_at": JUNE})
    draft = invoice(line(1, period=(JUNE, JULY)), number=2, at=JUNE, status="draft")
    account.objects |= {"/v1/subscriptions": [subscription()], "/v1/invoices": [void, draft]}

    assert told(history(), "status") == [(MAY, "active")]


def test_a_subscription_never_paid_for_the_first_time_has_not_begun(
    account: Account, history: Callable[[], Rows]
) -> None:
    account.objects["/v1/subscriptions"] = [subscription(status="incomplete_expired", latest_invoice=None)]

    assert history() == []


def test_lines_beyond_the_first_ten_are_asked_for(account: Account, history: Callable[[], Rows]) -> None:
    account.shown = 1
    account.objects["/v1/prices"].append(price(2, 900))
    billed = invoice(line(), line(2, item="si_2", price="price_2"))
    account.objects |= {"/v1/subscriptions": [subscription(item(), item(2))], "/v1/invoices": [billed]}

    assert [row["item_id"] for row in history()] == ["si_1", "si_2"]
