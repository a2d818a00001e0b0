"""What was invoiced: by whom it was sold, how it grew, what was paid, taken back, and left after its cost."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, line, rates
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.selling import won

OCTOBER = "2026-10-31"
USA = {"region": "united_states"}


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of `kpis` from lines of documents of accounts A and B, and any deals."""

    def from_lines(
        lines: list[Row], *kpis: str, deals: list[Row] | None = None, fx: list[Row] | None = None, day: str = OCTOBER
    ) -> Scored:
        accounts = [account("A", channel="email", city="Austin", subdivision="US-TX"), account("B", country="ES")]
        tables = {"billing_lines": lines, "accounts": accounts, "opportunities": deals or [], "fx_rates": fx or []}
        return score(land(tmp_path, tables), company, day, *kpis)

    return from_lines


def note(name: str, day: str, amount: float, of: str, **given: Any) -> Row:
    return line(name, day, amount, doc_type="credit_note", original_doc_id=of, **given)


def refund(name: str, day: str, amount: float, of: str, **given: Any) -> Row:
    return line(name, day, amount, doc_type="refund", original_doc_id=of, **given)


def test_invoices_are_of_the_deal_s_rep_and_the_payer_s_city(scored: Any) -> None:
    deals = [won("O1", "2026-10-01", owner_rep_id="r1", team="north")]
    lines = [line("in_1", "2026-10-05", 100, opportunity_id="O1"), line("in_2", "2026-10-05", 7)]
    found = scored(lines, "invoiced_revenue", deals=deals)

    assert found.value("invoiced_revenue", OCTOBER, **USA, rep="r1") == 100
    assert found.value("invoiced_revenue", OCTOBER, **USA, rep="unassigned") == 7
    assert found.value("invoiced_revenue", OCTOBER, breakdown="team", member="north") == 100
    place = {**USA, "country": "US", "subdivision": "US-TX", "city": "Austin"}
    assert found.value("invoiced_revenue", OCTOBER, **place) == 107


def test_monthly_revenue_is_the_month_of_invoiced_revenue_in_every_cell(scored: Any) -> None:
    lines = [
        line("in_1", "2026-10-05", 100),
        line("in_2", "2026-09-05", 7, account_id="B"),
        note("cn", "2026-10-06", 4, "in_1"),
    ]
    found = scored(lines, "invoiced_revenue", "monthly_revenue")

    def cells(kpi: str) -> list[dict[str, Any]]:
        return [{**row, "kpi": None} for row in found.all(kpi, grain="month")]

    assert cells("monthly_revenue") == cells("invoiced_revenue")
    assert {row["grain"] for row in found.all("monthly_revenue")} == {"month"}


def test_e_openperiod_growth_compares_as_many_days_of_each_month(scored: Any) -> None:
    """By the 14th 120, against 100 by the 14th of September; whatever came later in it."""
    lines = [
        line("in_0", "2026-08-05", 1),
        line("in_1", "2026-09-14", 100),
        line("in_2", "2026-09-15", 900),
        line("in_3", "2026-10-14", 120),
    ]
    row = scored(lines, "revenue_growth_rate", day="2026-10-14").row("revenue_growth_rate", "2026-10-14")

    assert (row["value"], row["status"]) == (0.2, "partial")


def test_e_refund_a_month_of_credits_is_no_base_to_grow_from(scored: Any) -> None:
    lines = [line("in_1", "2026-08-05", 100), note("cn_1", "2026-09-05", 40, "in_1"), line("in_2", "2026-10-05", 50)]
    found = scored(lines, "revenue_growth_rate")

    assert found.value("revenue_growth_rate", "2026-09-30") == -1.4
    assert found.row("revenue_growth_rate", OCTOBER)["status"] == "null"


def test_e_refund_a_purchase_is_what_was_paid_less_what_was_credited_of_it(scored: Any) -> None:
    """Of two paid invoices of September one is credited in part, a third in full; an open one is none yet."""
    lines = [
        line("in_1", "2026-09-05", 100),
        line("in_1", "2026-09-05", 20, line_id="2", product="extra"),
        line("in_2", "2026-09-06", 60),
        line("in_3", "2026-09-07", 500),
        line("in_4", "2026-09-08", 9000, status="open"),
        note("cn_1", "2026-10-05", 30, "in_1"),
        note("cn_3", "2026-10-05", 500, "in_3"),
        note("cn_4", "2026-10-05", 9000, "in_4"),
    ]
    found = scored(lines, "average_purchase_value")

    row = found.row("average_purchase_value", "2026-09-30")
    assert (row["numerator"], row["denominator"], row["value"]) == (150, 2, 75)
    assert found.value("average_purchase_value", "2026-09-30", breakdown="product", member="extra") == 20
    assert found.row("average_purchase_value", OCTOBER)["status"] == "null"


@pytest.mark.parametrize(("back", "taken"), [
    ([note("cn", "2026-10-05", 40, "in_1"), refund("re", "2026-10-09", 40, "in_1")], 40),
    ([note("cn", "2026-10-05", 40, "in_1"), refund("re", "2026-10-09", 65, "in_1")], 65),
    ([note("cn", "2026-10-05", 40, "in_1"), refund("re", "2026-10-09", 65, "in_2")], 105),
    ([refund("re", "2026-10-09", -65, "in_1", status="void")], 0),
])  # fmt: skip
def test_e_refund_what_pays_out_a_credit_note_counts_once(scored: Any, back: list[Row], taken: int) -> None:
    """By invoice, whichever is more of what was credited and what was paid back in the month; over what it invoiced."""
    lines = [line("in_1", "2026-09-05", 100), line("in_2", "2026-10-02", 300), line("in_3", "2026-10-03", 100), *back]
    row = scored(lines, "refund_rate").row("refund_rate", OCTOBER)

    assert (row["numerator"], row["denominator"], row["value"]) == (taken, 400, taken / 400)


def test_e_fx_what_is_taken_back_is_at_the_rate_of_its_invoice(scored: Any) -> None:
    """50 euros of an invoice at 1.1 are 55 dollars, whatever a euro is when they are credited."""
    fx = [*rates("2026-09-04", USD=1.1), *rates("2026-10-05", USD=1.3)]
    euros: dict[str, Any] = {"account_id": "B", "currency": "EUR"}
    lines = [line("in_1", "2026-09-05", 100, **euros), note("cn", "2026-10-05", 50, "in_1", **euros),
             line("in_2", "2026-10-05", 100, **euros)]  # fmt: skip
    row = scored(lines, "refund_rate", fx=fx).row("refund_rate", OCTOBER)

    assert (row["numerator"], row["denominator"]) == (55, 130)


def test_refunds_are_of_the_product_the_invoice_is_most_of(scored: Any) -> None:
    lines = [
        line("in_1", "2026-10-05", 100, product="core"),
        line("in_1", "2026-10-05", 20, line_id="2", product="extra"),
    ]
    found = scored([*lines, refund("re", "2026-10-09", 25, "in_1")], "refund_rate")

    assert found.value("refund_rate", OCTOBER, breakdown="product", member="core") == 0.25
    assert found.value("refund_rate", OCTOBER, breakdown="product", member="extra") == 0


def test_a_margin_is_what_is_left_of_a_line_after_its_cost(scored: Any) -> None:
    """Credited with its cost: 100 less 30, a fifth of both taken back."""
    lines = [line("in_1", "2026-10-05", 100, variable_cost=30), note("cn", "2026-10-06", 20, "in_1", variable_cost=6)]
    found = scored(lines, "contribution_margin", "contribution_margin_ratio")

    assert found.value("contribution_margin", OCTOBER) == 56
    assert found.row("contribution_margin", OCTOBER)["n"] == 2
    assert found.value("contribution_margin_ratio", OCTOBER) == 0.7


def test_a_line_whose_cost_nobody_knows_makes_the_margin_of_its_cells_unknown(scored: Any) -> None:
    """Null is not nought. Cells without such a line have their margin."""
    lines = [
        line("in_1", "2026-10-05", 100, variable_cost=30),
        line("in_2", "2026-10-05", 100),
        line("in_3", "2026-09-05", 50, variable_cost=0),
        line("in_4", "2026-10-05", 80, account_id="B", variable_cost=20),
        line("in_5", "2026-10-05", 9000, account_id="B", currency="JPY"),
    ]
    found = scored(lines, "contribution_margin", "contribution_margin_ratio", fx=rates("2026-10-05", USD=1))

    for kpi in ("contribution_margin", "contribution_margin_ratio"):
        assert found.row(kpi, OCTOBER)["status"] == "null"
        assert found.row(kpi, OCTOBER, channel="email")["status"] == "null"
    assert found.value("contribution_margin", "2026-09-30") == 50
    assert found.value("contribution_margin", OCTOBER, region="spain", currency="USD") == 60


def test_a_variance_is_of_the_rep_and_product_the_account_last_bought_of(scored: Any) -> None:
    year = {"service_period_end": date(2027, 10, 20)}
    lines = [line(f"in_{n}", "2026-10-20", 100, opportunity_id=f"O{n}", **year) for n in (1, 2)]
    deals = [
        won("O1", "2026-10-10", 90, owner_rep_id="r1", product="core", account_id="A"),
        won("O2", "2026-10-12", 130, owner_rep_id="r2", product="extra", account_id="A"),
    ]
    found = scored(lines, "crm_billing_variance", deals=deals)

    whole = found.row("crm_billing_variance", OCTOBER)
    assert (whole["numerator"], whole["denominator"]) == (20, 220)
    assert found.value("crm_billing_variance", OCTOBER, **USA, rep="r2") == 20 / 220
    assert found.value("crm_billing_variance", OCTOBER, breakdown="product", member="extra") == 20 / 220
    assert not found.all("crm_billing_variance", rep="r1")


def test_an_invoice_is_paid_from_the_day_it_was(scored: Any) -> None:
    """Billing that shows the present says of October's invoice that it is paid: since November."""
    lines = [line("in_1", "2026-10-05", 100, paid_at=at("2026-11-05"), updated_at=at("2026-11-05"))]

    statuses = [
        scored(lines, "average_purchase_value", day=day).row("average_purchase_value", OCTOBER)["status"]
        for day in (OCTOBER, "2026-11-30")
    ]

    assert statuses == ["null", "ok"]
