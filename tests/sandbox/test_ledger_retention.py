"""Recurring revenue against worked examples of the KPI specification, on subscriptions made by hand, and as a whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sandbox.clock import DEFAULT, Clock, read
from sandbox.company.billing.catalogue import Coupon, Discount, Price
from sandbox.company.billing.papers import State, Subscription
from sandbox.company.firms import internal_firm
from sandbox.ledger import RATIOS, Row, ledger, read_terms
from sandbox.ledger.accounts import Account, months, recurring
from sandbox.ledger.exchange import Exchange
from sandbox.ledger.retention import count_retention, curve
from sandbox.ledger.tally import Tally
from sandbox.world import World

TERMS = read_terms()
APRIL, MAY, JUNE, JULY = (date(2026, month, 1) for month in (4, 5, 6, 7))
MONTHLY = Price("starter", "month", "USD", 100)
YEARLY = Price("starter", "year", "USD", 100)
Cells = dict[tuple[str, date], Row]


def _at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, 17, tzinfo=UTC).timestamp())


def _state(at: int, quantity: int, price: Price = MONTHLY, status: str = "active", end: int = 0) -> State:
    return State(at, "updated", status, price, quantity, at, end or at + 1)


def _account(number: int, *states: State, until: date) -> Account:
    one = Subscription(str(number), internal_firm(), states[0].price.currency, states[0].at, states=list(states))
    return Account(number, "united_states", "direct", TERMS.cutoff("united_states", until), [one])


def _counted(accounts: list[Account], first: date, day: date) -> Cells:
    tally = Tally(TERMS, Exchange(7), RATIOS)
    count_retention(tally, accounts, months(first, day))
    return {(row.kpi, row.month): row for row in tally.rows() if (row.region, row.channel) == (None, None)}


@pytest.fixture(scope="module")
def month() -> Cells:
    """G3: A 100 to 150, B 200 to 120, C 3,600 a year, D 50 and gone, E 80 before and 90 again, F 250 new."""
    day = date(2026, 5, 31)
    before, within = _at(2026, 2, 3), _at(2026, 5, 12)
    accounts = [
        _account(1, _state(before, 100), _state(within, 150), until=day),
        _account(2, _state(before, 200), _state(within, 120), until=day),
        _account(3, _state(before, 3_600, YEARLY, end=_at(2027, 2, 3)), until=day),
        _account(4, _state(before, 50), _state(within, 50, status="canceled"), until=day),
        _account(5, _state(before, 80), _state(_at(2026, 3, 1), 80, status="canceled"), _state(within, 90), until=day),
        _account(6, _state(within, 250), until=day),
    ]
    return _counted(accounts, MAY, day)


@pytest.mark.parametrize(
    ("kpi", "value"),
    [
        ("mrr", "910"), ("new_mrr", "250"), ("expansion_mrr", "50"), ("contraction_mrr", "80"), ("churned_mrr", "50"),
        ("reactivation_mrr", "90"), ("net_new_mrr", "260"), ("fx_mrr", "0"), ("nrr", "0.876923"), ("grr", "0.8"),
        ("logo_churn_rate", "0.25"), ("arpa", "182"),
    ],
)  # fmt: skip
def test_a_month_of_movements(month: Cells, kpi: str, value: str) -> None:
    assert month[kpi, MAY].value == pytest.approx(Decimal(value), abs=Decimal("0.000001"))


def test_renewals() -> None:
    """G8 as billing tells it: a term counts when the next one begins, not later than thirty days on."""
    june = _at(2026, 6, 15)
    kept = [_state(_at(2025, 6, 15), 1_200, YEARLY, end=june), _state(june, 1_500, YEARLY, end=_at(2027, 6, 15))]
    late = [
        _state(_at(2025, 6, 30), 600, YEARLY, end=_at(2026, 6, 30)),
        _state(_at(2026, 7, 20), 600, YEARLY, end=_at(2027, 7, 20)),
    ]
    over = _state(_at(2025, 6, 9), 3_600, YEARLY, end=_at(2026, 6, 9))
    gone = [over, replace(over, at=over.end, status="canceled", ended_at=over.end)]
    day = date(2026, 7, 31)
    accounts = [_account(n, *states, until=day) for n, states in enumerate((kept, kept, late, gone))]
    assert _counted(accounts, MAY, day)["renewal_rate", JUNE].value == Decimal("0.75")
    early = [replace(one, cutoff=TERMS.cutoff("united_states", date(2026, 7, 10))) for one in accounts]
    assert _counted(early, MAY, date(2026, 7, 10))["renewal_rate", JUNE].value == Decimal("0.5")


def test_a_cohort_is_followed_month_by_month() -> None:
    day = date(2026, 6, 10)
    stays, goes = _state(_at(2026, 4, 3), 10), _state(_at(2026, 4, 20), 10)
    accounts = [
        _account(1, stays, until=day),
        _account(2, goes, _state(_at(2026, 5, 20), 10, status="canceled"), until=day),
        _account(3, _state(_at(2026, 4, 30), 10, status="trialing"), until=day),
    ]
    rows = curve(Tally(TERMS, Exchange(7), RATIOS), accounts, months(date(2024, 11, 1), day))
    whole = [row for row in rows if (row.region, row.channel) == (None, None)]
    assert [(row.month, row.age, row.numerator, row.denominator) for row in whole] == [
        (APRIL, 0, 2, 2), (APRIL, 1, 1, 2), (APRIL, 2, 1, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("price", "status", "coupon", "monthly"),
    [
        (Price("starter", "month", "USD", 400), "active", None, "40"),
        (Price("starter", "year", "USD", 4_000), "past_due", None, "33.3333"),
        (Price("starter", "month", "JPY", 600), "active", None, "6000"),
        (Price("starter", "month", "USD", 400), "active", Coupon("A", percent=15), "34"),
        (Price("starter", "year", "USD", 4_000), "active", Coupon("B", amount=4_000), "30"),
        (Price("starter", "month", "USD", 400), "active", Coupon("C", amount=9_999), "0"),
        (Price("starter", "month", "USD", 400), "trialing", None, "0"),
        (Price("starter", "month", "USD", 400), "paused", None, "0"),
        (Price("starter", "month", "USD", 400), "canceled", None, "0"),
    ],
)
def test_recurring_is_by_the_month_and_after_the_coupon(
    price: Price, status: str, coupon: Coupon | None, monthly: str
) -> None:
    discount = Discount("di_1", coupon, 0, None) if coupon else None
    state = replace(_state(0, 10, price, status), discount=discount)
    assert recurring(state) == pytest.approx(Decimal(monthly), abs=Decimal("0.0001"))


# --- the whole company ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return ledger(World(Clock(read(DEFAULT)), leads_per_year=5_000), date(2026, 10, 14))


@pytest.fixture(scope="module")
def value(rows: list[Row]) -> Callable[..., Decimal]:
    cells = {
        (row.kpi, row.month, row.region, row.channel, row.currency): row.numerator for row in rows if row.age is None
    }
    return lambda *cell: cells.get(cell, Decimal())


def test_the_bridge_adds_up_in_every_cell(rows: list[Row], value: Callable[..., Decimal]) -> None:
    signs = {"new_mrr": 1, "reactivation_mrr": 1, "expansion_mrr": 1, "contraction_mrr": -1, "churned_mrr": -1}
    closing = [row for row in rows if row.kpi == "mrr"]
    assert len(closing) > 500
    for row in closing:
        cell = row.region, row.channel, row.currency
        before = (row.month.replace(day=1) - date.resolution).replace(day=1)
        moved = sum(sign * value(kpi, row.month, *cell) for kpi, sign in signs.items())
        assert moved == pytest.approx(value("net_new_mrr", row.month, *cell), abs=Decimal("1e-9"))
        opening = value("mrr", before, *cell)
        assert opening + moved + value("fx_mrr", row.month, *cell) == pytest.approx(row.numerator, abs=Decimal("1e-9"))


@pytest.mark.parametrize("kpi", ["mrr", "new_mrr", "churned_mrr", "fx_mrr", "invoiced_revenue"])
def test_regions_add_up_to_the_company_and_so_do_channels(rows: list[Row], kpi: str) -> None:
    for whole in [row for row in rows if (row.kpi, row.region, row.channel) == (kpi, None, None)]:
        same = [row for row in rows if (row.kpi, row.month, row.currency) == (kpi, whole.month, whole.currency)]
        by_region = sum(row.numerator for row in same if row.region and not row.channel)
        by_channel = sum(row.numerator for row in same if row.channel and not row.region)
        assert by_region == pytest.approx(whole.numerator)
        assert by_channel == pytest.approx(whole.numerator)


def test_what_is_kept_is_no_more_than_what_was_there(rows: list[Row]) -> None:
    for row in rows:
        if row.kpi in ("grr", "logo_churn_rate", "renewal_rate", "cohort_retention_curve"):
            assert row.denominator is not None
            assert 0 <= row.numerator <= row.denominator


def test_the_crm_and_billing_agree_but_for_a_few_percent(rows: list[Row]) -> None:
    year = [row for row in rows if row.kpi == "crm_billing_variance" and row.month >= date(2025, 10, 1)]
    told = [row for row in year if (row.region, row.channel, row.currency) == (None, None, "USD")]
    apart = sum(row.numerator for row in told) / sum(row.denominator or 0 for row in told)
    assert Decimal("0.001") < apart < Decimal("0.04")


def test_the_yearly_contracts_are_mostly_renewed(rows: list[Row]) -> None:
    due = [row for row in rows if (row.kpi, row.region, row.channel) == ("renewal_rate", None, None)]
    assert min(row.month for row in due) >= date(2025, 11, 1)
    rate = sum(row.numerator for row in due) / sum(row.denominator or 0 for row in due)
    assert Decimal("0.7") < rate < Decimal("0.95")


def test_the_billing_kpis_are_all_counted(rows: list[Row]) -> None:
    assert {row.kpi for row in rows} >= {
        "mrr", "new_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr", "reactivation_mrr", "fx_mrr",
        "net_new_mrr", "nrr", "grr", "logo_churn_rate", "arpa", "invoiced_revenue", "renewal_rate",
        "cohort_retention_curve", "crm_billing_variance",
    }  # fmt: skip
