"""MRR's bridge adds up exactly: opening + new + reactivation + expansion - contraction - churned + fx = closing, in
every cell, period and currency, whatever the items do and whichever rates are missing."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from include.company import Company
from include.kpis.schema import KEY
from tests.kpis.billing import account, item
from tests.kpis.factory import land, score

DAY, FIRST, ONE_DAY = "2026-10-14", date(2025, 9, 1), timedelta(days=1)
SIGNS = {"new_mrr": 1, "reactivation_mrr": 1, "expansion_mrr": 1, "contraction_mrr": -1, "churned_mrr": -1, "fx_mrr": 1}
CURRENCIES = ("USD", "EUR", "MYR", "JPY")
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELL = tuple(name for name in KEY if name not in ("kpi", "statistic", "grain", "period_start", "period_end"))
Row = dict[str, Any]

versions = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.integers(0, 2),
        st.integers(0, 405),
        st.integers(0, 900),
        st.fixed_dictionaries(
            {
                "status": st.sampled_from(["active", "active", "active", "past_due", "paused", "canceled"]),
                "currency": st.sampled_from(CURRENCIES),
                "billing_interval": st.sampled_from(["month", "quarter", "year", "week"]),
                "plan": st.sampled_from(["starter", "growth"]),
                "product": st.sampled_from(["crm", "ads"]),
            }
        ),
    ),
    min_size=4,
    max_size=30,
    unique_by=lambda drawn: drawn[:3],
)
published = st.lists(
    st.tuples(st.sampled_from(CURRENCIES), st.integers(0, 60), st.floats(0.5, 200)),
    max_size=60,
    unique_by=lambda drawn: drawn[:2],
)
LEAVES = [
    ("A", 0, 10, 700, {"currency": "JPY"}),
    ("A", 0, 100, 0, {"currency": "JPY", "status": "canceled"}),
]
ANEW = [
    ("A", 0, 0, 0, {}),
    ("B", 1, 0, 1, {}),
    ("B", 1, 30, 1, {"currency": "EUR"}),
    ("C", 0, 0, 0, {}),
]
SWITCHES = [
    ("A", 0, 10, 100, {"plan": "starter"}),
    ("A", 0, 380, 150, {"plan": "growth"}),
    ("C", 1, 10, 40, {"plan": "starter"}),
]
"""Without rates, from dollars to euros: a loss to the company, a gain to the region."""
RATES = [(name, week, 1.0 + week) for name in CURRENCIES for week in range(60) if (week + len(name)) % 9]


@FEW
@given(versions, published)
@example(LEAVES, RATES)
@example(ANEW, [])
def test_the_bridge_adds_up_in_every_cell(company: Company, drawn: list[Any], rates: list[Any]) -> None:
    rows = scored(company, drawn, rates)
    moved: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for row in rows:
        if row["kpi"] in SIGNS:
            moved[period(row)] += SIGNS[row["kpi"]] * (row["numerator"] or 0)
    standing = {(row["period_end"], *cell(row)): row["numerator"] or 0 for row in rows if row["kpi"] == "mrr"}
    ends = {end for end, *_ in standing}
    spans = {span[:3] for span in moved if span[0] != "day" and {span[1] - ONE_DAY, span[2]} <= ends}
    assert len(spans) > 30
    for (grain, start, end), where in product(spans, {key[1:] for key in standing} | {key[3:] for key in moved}):
        opening, closing = (standing.get((day, *where), 0) for day in (start - ONE_DAY, end))
        assert opening + moved.get((grain, start, end, *where), 0) == closing, (grain, start, end, where)


@FEW
@given(versions, published)
@example(SWITCHES, RATES)
def test_what_recurs_by_plan_adds_up_to_the_whole(company: Company, drawn: list[Any], rates: list[Any]) -> None:
    """Also where an account changes plans: what one loses another gains. Each plan's amount is converted by itself, so
    that parts and whole differ by their rounding, a few billionths a row."""
    parts: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    whole: dict[tuple[Any, ...], Decimal] = {}
    for row in scored(company, drawn, rates):
        key = (row["kpi"], *period({**row, "breakdown": None, "member": None}))
        if row["kpi"] == "mrr" or row["kpi"] in SIGNS:
            if row["breakdown"] == "plan":
                parts[key] += row["numerator"] or 0
            elif row["breakdown"] is None and row["grain"] != "day":
                whole[key] = row["numerator"] or 0
    assert whole
    for key, amount in whole.items():
        assert abs(parts.get(key, 0) - amount) <= len(drawn) * Decimal("4e-9"), key


@FEW
@given(versions, published)
def test_what_stands_on_a_day_is_the_same_in_every_period_that_ends_then(
    company: Company, drawn: list[Any], rates: list[Any]
) -> None:
    found: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for row in scored(company, drawn, rates):
        if row["kpi"] == "mrr":
            found[(row["period_end"], *cell(row))].add(row["numerator"] or 0)

    assert {len(each) for each in found.values()} == {1}


@FEW
@given(versions, published)
def test_gross_retention_is_never_above_net_nor_above_one(company: Company, drawn: list[Any], rates: list[Any]) -> None:
    rows = scored(company, drawn, rates)
    net = {period(row): row["value"] for row in rows if row["kpi"] == "nrr" and row["statistic"] == "value"}
    for row in rows:
        if row["kpi"] == "grr" and row["statistic"] == "value" and row["value"] is not None:
            assert row["value"] <= min(1, net[period(row)])


def scored(company: Company, drawn: list[Any], rates: list[Any]) -> list[Row]:
    accounts = [
        account(name, country=country, channel=channel, parent_account_id="A" if name == "D" else None)
        for name, country, channel in zip(
            "ABCD", ("US", "ES", "MY", "SG"), ("email", "event", "email", "event"), strict=True
        )
    ]
    items = [
        item(f"{who}{number}", str(FIRST + days * ONE_DAY), amount, account_id=who, **paid)
        for who, number, days, amount, paid in drawn
    ]
    fx = [
        {"rate_date": FIRST + 7 * week * ONE_DAY, "quote_currency": name, "rate": round(rate, 4)}
        for name, week, rate in rates
        if name != "EUR"
    ]
    tables = {"accounts": accounts, "subscription_items": items, "fx_rates": fx}
    with TemporaryDirectory() as root:
        return score(land(Path(root), tables), company, DAY, "mrr", "nrr", "grr", *SIGNS).rows


def cell(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in CELL)


def period(row: Row) -> tuple[Any, ...]:
    return (row["grain"], row["period_start"], row["period_end"], *cell(row))
