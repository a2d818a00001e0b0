"""The drawn billing: believable, true to the deals, and the same however far ahead it was drawn."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from sandbox.company.billing import book as books
from sandbox.company.billing.book import Customer, book
from sandbox.company.billing.catalogue import MONTHS, PRICES, level
from sandbox.company.billing.papers import Invoice, Subscription
from sandbox.company.billing.periods import DAY, later
from sandbox.company.billing.sales import won_at
from sandbox.company.firms import Firms

FIRMS = Firms(seed=7, leads_per_year=8_000)
LAST = date(2026, 10, 31).toordinal()
NOW = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())
YEAR = [later(NOW, -months) for months in range(12, -1, -1)]


@pytest.fixture(scope="module")
def customers() -> tuple[Customer, ...]:
    return book(FIRMS, LAST)


@pytest.fixture(scope="module")
def subscriptions(customers: tuple[Customer, ...]) -> list[Subscription]:
    return [one for customer in customers for one in customer.subscriptions if one.created <= NOW]


@pytest.fixture(scope="module")
def invoices(subscriptions: list[Subscription]) -> list[Invoice]:
    return [invoice for one in subscriptions for invoice in one.invoices if invoice.created <= NOW]


def monthly(one: Subscription, at: int) -> float:
    """Recurring revenue in dollars of list price."""
    if one.created > at or (state := one.state(at)).status not in ("active", "past_due"):
        return 0.0
    cents = 1 if one.currency == "JPY" else 100
    return state.net / MONTHS[state.price.interval] / cents / level(one.currency)


def test_one_to_three_of_a_hundred_customers_leave_every_month(customers: tuple[Customer, ...]) -> None:
    by_country: dict[str | None, list[int]] = {}
    for customer in customers:
        paying = [sum(monthly(one, at) for one in customer.subscriptions) > 0 for at in YEAR]
        for was, now in pairwise(paying):
            for place in (None, customer.firm.place.country):
                lost = by_country.setdefault(place, [0, 0])
                lost[0] += was and not now
                lost[1] += was
    rates = {place: lost / all_ for place, (lost, all_) in by_country.items() if all_ > 200}
    assert 0.01 <= rates[None] <= 0.03
    assert all(0.005 <= rate <= 0.04 for rate in rates.values()), rates
    assert rates["MY"] > 1.3 * rates["ES"]


def test_a_third_to_two_thirds_of_the_money_comes_by_the_year(subscriptions: list[Subscription]) -> None:
    by_interval: Counter[str] = Counter()
    for one in subscriptions:
        by_interval[one.state(NOW).price.interval] += round(monthly(one, NOW))
    assert 0.3 <= by_interval["year"] / by_interval.total() <= 0.6


def test_the_first_year_is_near_the_deal(subscriptions: list[Subscription]) -> None:
    gaps = []
    for one in subscriptions:
        if one.deal and one.deal.currency == one.currency and one.invoices:
            line = one.invoices[0].lines[0]
            yearly = line.net * 12 / MONTHS[line.price.interval] / 100
            gaps.append(abs(yearly / (one.deal.amounts[-1][1] or 1) - 1))
    assert 0.92 <= sum(gap <= 0.02 for gap in gaps) / len(gaps) <= 0.98
    assert sum(0.05 <= gap <= 0.25 for gap in gaps) / len(gaps) >= 0.02
    assert max(gaps) <= 0.25


def test_the_first_invoice_comes_within_three_days_of_the_win(subscriptions: list[Subscription]) -> None:
    waits = [one.created - (won_at(one.deal) or 0) for one in subscriptions if one.deal]
    assert len(waits) > 300
    assert min(waits) > 0
    assert max(waits) < 3 * DAY


def test_every_kind_of_trouble_occurs(subscriptions: list[Subscription], invoices: list[Invoice]) -> None:
    statuses = {state.status for one in subscriptions for state in one.states}
    assert statuses == {"active", "past_due", "canceled", "trialing", "paused"}
    assert {one.currency for one in subscriptions} == {"USD", "MXN", "EUR", "CNY", "MYR", "JPY"}
    assert {invoice.status(NOW) for invoice in invoices} >= {"open", "paid", "void", "uncollectible"}
    assert {invoice.reason for invoice in invoices} == {
        "subscription_create", "subscription_cycle", "subscription_update",
    }  # fmt: skip
    assert any(state.quantity == 0 for one in subscriptions for state in one.states)
    assert any(line.price.metered for invoice in invoices for line in invoice.lines)
    assert any(len(invoice.lines) > 10 for invoice in invoices)
    assert sum(bool(invoice.credits) for invoice in invoices) > 20
    assert sum(bool(invoice.refunds) and not invoice.credits for invoice in invoices) > 3
    assert len({one.discount.coupon.id for one in subscriptions if one.discount}) >= 5


def test_some_who_left_come_back_with_a_new_subscription(customers: tuple[Customer, ...]) -> None:
    gone = [one for customer in customers for one in customer.subscriptions if one.ended and one.ended < NOW - 90 * DAY]
    back = [one for customer in customers for one in customer.subscriptions if one.key.endswith("9") and not one.deal]
    back = [one for one in back if one.key[:-1] in {other.key for other in gone}]
    assert 0.01 <= len(back) / len(gone) <= 0.15


def test_states_follow_one_another_and_end_once(subscriptions: list[Subscription]) -> None:
    for one in subscriptions:
        stamps = [state.at for state in one.states]
        assert stamps == sorted(set(stamps))
        assert not [state for state in one.states[:-1] if state.ended_at]
        assert (one.states[-1].status == "canceled") == (one.states[-1].ended_at is not None)


def test_a_paid_period_is_on_exactly_one_invoice(subscriptions: list[Subscription]) -> None:
    for one in subscriptions:
        lines = [line for invoice in one.invoices for line in invoice.lines]
        whole = [line.start for line in lines if not line.proration and not line.price.metered]
        assert len(whole) == len(set(whole))
        parts = [line.proration.id for line in lines if line.proration]
        assert len(parts) == len(set(parts))


def test_a_change_in_mid_period_costs_the_difference_for_the_rest_of_it() -> None:
    some = [one for customer in book(FIRMS, LAST) for one in customer.subscriptions if len(one.prorations) == 2]
    for one in some:
        back, more = one.prorations
        new = next(state for state in one.states if state.at == back.at)
        old = one.states[one.states.index(new) - 1]
        part = (old.end - new.at) / (old.end - old.start)
        assert 0 < part < 1
        assert abs(back.amount + more.amount - (new.net - old.net) * part) <= 1
        assert (back.quantity, more.quantity) == (old.quantity, new.quantity)
    assert len(some) > 50


def test_periods_keep_their_day_of_the_month() -> None:
    last_of_january = int(datetime(2026, 1, 31, 9, tzinfo=UTC).timestamp())
    days = [datetime.fromtimestamp(later(last_of_january, n), UTC).day for n in (0, 1, 2, 3, 12, 25)]
    assert days == [31, 28, 31, 30, 31, 29]


def test_plans_have_a_name_of_their_own_in_every_currency() -> None:
    assert len({price.lookup_key for price in PRICES}) == len({price.id for price in PRICES}) == len(PRICES)
    assert {"starter-monthly", "growth-annual"} <= {price.lookup_key for price in PRICES}
    assert all(price.unit == int(price.unit) > 0 for price in PRICES)


def test_a_coupon_ends_between_two_periods(subscriptions: list[Subscription]) -> None:
    """So that the discount in force at an instant is that of the period's invoice."""
    for one in subscriptions:
        for state in one.states:
            assert not state.discount or state.discount.end is None or state.discount.end >= state.end
            assert not state.discount or state.discount.start <= state.start


def test_drawing_further_ahead_changes_nothing_that_was_known() -> None:
    firms = Firms(seed=11, leads_per_year=1_000)
    near, far = book(firms, LAST - 200), book(firms, LAST)
    then = int(datetime.fromordinal(LAST - 199).replace(tzinfo=UTC).timestamp())
    assert _known(near, then) == _known(far, then)
    books.book.cache_clear()
    assert _known(book(firms, LAST - 200), then) == _known(far, then)


def _known(customers: tuple[Customer, ...], then: int) -> list[object]:
    some = [one for customer in customers for one in customer.subscriptions if one.created <= then]
    return [
        (
            one.key,
            [state for state in one.states if state.at <= then],
            [(bill.id, bill.lines, bill.status(then), bill.credits) for bill in one.invoices if bill.created <= then],
        )
        for one in sorted(some, key=lambda one: one.key)
    ]
