"""What recurs, edge by edge: one test a code of the specification's edge cases, and what a run may know of an item."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, ended, item, rates
from tests.kpis.factory import Row, Scored, at, land, score

MOVES = ("new_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr", "reactivation_mrr", "fx_mrr")
NAMES = ("mrr", *MOVES, "net_new_mrr", "nrr", "grr", "logo_churn_rate", "arpa")


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of 31 October from versions of items, of accounts of their names if no others are given."""

    def from_items(
        *items: Row, accounts: list[Row] | None = None, fx: list[Row] | None = None, day: str = "2026-10-31"
    ) -> Scored:
        known = (
            [account(name) for name in sorted({row["account_id"] for row in items})] if accounts is None else accounts
        )
        tables = {"subscription_items": items, "accounts": known, "fx_rates": fx or []}
        return score(land(tmp_path, tables), company, day, *NAMES)

    return from_items


def moves(scored: Scored, end: str = "2026-10-31", **cell: Any) -> dict[str, Any]:
    """The movements that are not zero."""
    values = {name: scored.value(name, end, **cell) for name in MOVES}
    return {name: value for name, value in values.items() if value}


def test_e_zero_nobody_at_the_start_is_no_rate(scored: Any) -> None:
    found = scored(item("A", "2026-10-05", 10))

    for name in ("nrr", "grr", "logo_churn_rate"):
        assert (found.row(name, "2026-10-31")["status"], found.value(name, "2026-10-31")) == ("null", None)
    assert found.row("arpa", "2026-10-31", region="spain", currency="EUR")["status"] == "null"
    assert found.value("mrr", "2026-10-31", region="spain", currency="EUR") == 0


@pytest.mark.parametrize(
    ("every", "times", "mrr"),
    [
        ("year", 1, 100),
        ("year", 2, 50),
        ("quarter", 1, 400),
        ("month", 3, 400),
        ("week", 1, 5200),
        ("day", 30, 1216.666666667),
    ],
)
def test_e_annual_an_amount_is_spread_over_its_months(scored: Any, every: str, times: int, mrr: float) -> None:
    found = scored(item("A", "2026-09-05", 1200, billing_interval=every, interval_count=times))

    assert found.value("mrr", "2026-10-31") == mrr


def test_e_annual_usage_and_what_is_not_paid_for_does_not_recur(scored: Any) -> None:
    states = ("trialing", "paused", "canceled", "active")
    items = [item(name, "2026-09-05", 10, status=name, is_metered=name == "active") for name in states]

    assert scored(*items).value("mrr", "2026-10-31") == 0


def test_e_annual_discounts_are_off_while_they_last(scored: Any) -> None:
    """25 per cent off for good, 5 off a month until September, and more off than there is to pay."""
    found = scored(
        item("A", "2026-08-05", 100, quantity=3, discount_pct=25),
        item("B", "2026-08-05", 40, discount_amount=5, discount_ends_at=at("2026-09-20")),
        item("C", "2026-08-05", 1200, account_id="A", billing_interval="year", discount_amount=1300),
    )

    assert [found.value("mrr", end) for end in ("2026-08-31", "2026-09-30")] == [225 + 35, 225 + 40]
    assert moves(found, "2026-09-30") == {"expansion_mrr": 5}
    assert found.row("mrr", "2026-09-30")["n"] == 2


def test_e_annual_a_discount_ends_with_its_version_or_on_its_day(scored: Any) -> None:
    """A's is given up before its day; B's ends on its day, before the next version."""
    found = scored(
        item("A", "2026-08-05", 100, discount_amount=10, discount_ends_at=at("2026-10-05")),
        item("A", "2026-09-05", 100),
        item("B", "2026-08-05", 7, discount_amount=2, discount_ends_at=at("2026-09-20")),
        item("B", "2026-10-05", 8),
    )

    ends = ("2026-08-31", "2026-09-30", "2026-10-31")
    assert [found.value("mrr", end) for end in ends] == [90 + 5, 100 + 7, 100 + 8]


def test_e_fxconst_rates_make_neither_expansion_nor_contraction(scored: Any) -> None:
    """100,000 yen are 1,000 dollars when October begins and 800 when it ends."""
    fx = [*rates("2026-09-30", JPY=110, USD=1.1), *rates("2026-10-30", JPY=125, USD=1.0)]
    found = scored(item("A", "2026-09-05", 100000, currency="JPY"), fx=fx)

    assert [found.value("mrr", end) for end in ("2026-09-30", "2026-10-31")] == [1000, 800]
    assert moves(found) == {"fx_mrr": -200}
    assert (found.value("nrr", "2026-10-31"), found.value("net_new_mrr", "2026-10-31")) == (1, 0)


def test_e_fxconst_movements_are_at_the_rate_of_the_opening(scored: Any) -> None:
    fx = [*rates("2026-09-30", JPY=110, USD=1.1), *rates("2026-10-30", JPY=125, USD=1.0)]
    items = [item("A", day, amount, currency="JPY") for day, amount in (("2026-09-05", 100000), ("2026-10-10", 150000))]
    found = scored(*items, fx=fx)

    assert moves(found) == {"expansion_mrr": 500, "fx_mrr": -300}
    assert found.value("nrr", "2026-10-31") == 1.5


def test_an_account_in_two_currencies_is_one_account(scored: Any) -> None:
    """It leaves one and takes the other: neither new nor lost."""
    fx = [row for day in ("2026-09-30", "2026-10-30") for row in rates(day, JPY=110, USD=1.1)]
    items = [
        item("yen", "2026-09-05", 10000, currency="JPY", account_id="A"),
        ended("yen", "2026-10-09", account_id="A"),
    ]
    found = scored(*items, item("usd", "2026-10-09", 130, account_id="A"), fx=fx)

    assert moves(found) == {"expansion_mrr": 30}
    assert found.value("logo_churn_rate", "2026-10-31") == 0


def test_a_missing_rate_takes_its_own_row_out(scored: Any) -> None:
    fx = rates("2026-10-30", USD=1.1, JPY=110)
    found = scored(item("A", "2026-09-05", 10000, currency="JPY"), item("B", "2026-09-05", 7), fx=fx)

    assert [found.value("mrr", end) for end in ("2026-09-30", "2026-10-31")] == [7, 107]
    assert moves(found) == {"fx_mrr": 100}
    assert (found.value("nrr", "2026-10-31"), found.value("logo_churn_rate", "2026-10-31")) == (1, 0)


def test_e_react_who_returns_is_not_new(scored: Any) -> None:
    items = [item("A", "2026-03-05", 10), ended("A", "2026-06-05"), item("A2", "2026-10-05", 30, account_id="A")]

    assert moves(scored(*items)) == {"reactivation_mrr": 30}


def test_e_react_past_due_is_active_and_a_gap_within_a_month_is_none(scored: Any) -> None:
    items = [item("A", "2026-03-05", 10), item("A", "2026-09-20", 10, status="past_due")]
    gap = [item("B", "2026-03-05", 10), ended("B", "2026-10-05"), item("B2", "2026-10-25", 10, account_id="B")]
    found = scored(*items, *gap)

    assert moves(found) == {}
    assert found.value("logo_churn_rate", "2026-10-31") == 0


def test_e_contract_one_of_two_subscriptions_cancelled_is_contraction(scored: Any) -> None:
    items = [item("S1", "2026-03-05", 10, account_id="A"), item("S2", "2026-03-05", 5, account_id="A")]
    found = scored(*items, ended("S2", "2026-10-05", account_id="A"))

    assert moves(found) == {"contraction_mrr": 5}
    assert found.value("logo_churn_rate", "2026-10-31") == 0


def test_e_horizon_a_cancellation_to_come_changes_nothing_before_its_day(scored: Any) -> None:
    """Cancelled in September for 20 October; and a term that ended without word runs on."""
    leaving = item("A", "2026-09-15", 10, canceled_at=at("2026-09-15"), cancel_effective_at=at("2026-10-20"))
    expired = item("B", "2025-10-10", 120, billing_interval="year", term_end=date(2026, 10, 10))
    found = scored(item("A", "2026-03-05", 10), leaving, expired)

    assert [found.value("mrr", end) for end in ("2026-09-30", "2026-10-31")] == [20, 10]
    assert moves(found) == {"churned_mrr": 10}


def test_e_test_accounts_and_those_below_them_are_out(scored: Any) -> None:
    accounts = [account("ours", is_test=True), account("below", parent_account_id="ours"), account("A")]
    items = [item(name, "2026-10-05", 10) for name in ("ours", "below", "A")]

    assert scored(*items, accounts=accounts).value("mrr", "2026-10-31") == 10


def test_e_dedup_a_subsidiary_pays_as_its_ultimate_parent(scored: Any) -> None:
    """One customer, where the parent is and came from, however many accounts pay."""
    accounts = [
        account("top", country="ES", channel="event"),
        account("mid", parent_account_id="top"),
        account("low", parent_account_id="mid", country="MX"),
        account("orphan", parent_account_id="nobody", country="MY"),
    ]
    items = [item("low", "2026-09-05", 10), item("mid", "2026-09-05", 5), ended("low", "2026-10-05")]
    fx = [row for day in ("2026-09-30", "2026-10-30") for row in rates(day, USD=1, MYR=4)]
    found = scored(*items, item("orphan", "2026-09-05", 3), accounts=accounts, fx=fx)

    assert found.value("mrr", "2026-10-31", region="spain", channel="event", currency="EUR") == 5
    assert found.value("mrr", "2026-10-31", region="malaysia", currency="USD") == 3
    assert moves(found) == {"contraction_mrr": 10}
    assert found.row("logo_churn_rate", "2026-10-31")["denominator"] == 2


def test_e_tz_an_instant_is_the_region_s_midnight(scored: Any) -> None:
    """18:00 UTC on 30 September is October in Kuala Lumpur and September in New York."""
    start = {"valid_from": at("2026-09-30", 18), "updated_at": at("2026-09-30", 18)}
    accounts = [account("MY", country="MY"), account("US")]
    fx = [row for day in ("2026-09-30", "2026-10-30") for row in rates(day, USD=1, MYR=4)]
    found = scored(*({**item(name, "2026-09-30", 10), **start} for name in ("MY", "US")), accounts=accounts, fx=fx)

    assert found.value("mrr", "2026-09-30", region="malaysia", currency="USD") == 0
    assert found.value("mrr", "2026-09-30", region="united_states") == 10
    assert found.value("mrr", "2026-10-31") == 20


def test_e_openperiod_a_running_month_is_partial_and_compared_with_as_many_days(scored: Any) -> None:
    items = [
        item("A", "2026-08-05", 10),
        item("A", "2026-09-10", 30),
        item("A", "2026-09-20", 40),
        item("A", "2026-10-10", 45),
    ]
    found = scored(*items, day="2026-10-14")

    assert found.row("expansion_mrr", "2026-10-14")["status"] == "partial"
    assert [found.value("expansion_mrr", end) for end in ("2026-10-14", "2026-09-14", "2026-09-30")] == [5, 20, 30]
    assert found.value("mrr", "2026-09-14") == 30


def test_an_account_that_no_crm_knows_is_unassigned(scored: Any) -> None:
    found = scored(item("A", "2026-10-05", 10), accounts=[])

    assert found.value("mrr", "2026-10-31", region="unassigned", channel="unknown") == 10


def test_versions_stamped_after_the_cutoff_are_not_known(scored: Any) -> None:
    """What is told in November of October is not in October's report, and is in November's."""
    items = [item("A", "2026-09-05", 10), item("A", "2026-10-05", 30, updated_at=at("2026-11-03"))]

    assert scored(*items).value("mrr", "2026-10-31") == 10
    assert scored(*items, day="2026-11-30").value("mrr", "2026-10-31") == 30


def test_a_late_version_changes_only_its_periods(scored: Any) -> None:
    """From 5 September it was 20 and not 10, as became known in October; since 10 October it is 30 either way."""
    items = [item("A", "2026-08-05", 5), item("A", "2026-09-05", 10), item("A", "2026-10-10", 30)]
    before = scored(*items)
    after = scored(*items, item("A", "2026-09-05", 20, updated_at=at("2026-10-20")))

    ends = ("2026-08-31", "2026-09-30", "2026-10-31")
    assert [before.value("mrr", end) for end in ends] == [5, 10, 30]
    assert [after.value("mrr", end) for end in ends] == [5, 20, 30]
    for old, new in zip(before.rows, after.rows, strict=True):
        instants = (old["period_start"] - timedelta(days=1), old["period_end"])
        assert old == new or any(date(2026, 9, 5) <= each < date(2026, 10, 10) for each in instants)


def test_an_item_known_only_later_stands_in_without_its_cancellation(scored: Any) -> None:
    told = {"updated_at": at("2026-12-02"), "canceled_at": at("2026-11-20"), "cancel_effective_at": at("2026-10-20")}

    assert scored({**item("A", "2026-09-05", 10), **told}).value("mrr", "2026-10-31") == 10
