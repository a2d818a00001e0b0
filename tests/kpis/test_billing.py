"""What was billed: invoices less credit notes, and how far they are from what the CRM says was sold."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, line, rates
from tests.kpis.factory import Row, Scored, at, land, score


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of 31 October from lines of documents, of accounts A and B and of any deals."""

    def from_lines(
        *lines: Row,
        deals: list[Row] | None = None,
        fx: list[Row] | None = None,
        day: str = "2026-10-31",
        leads: tuple[Row, ...] = (),
    ) -> Scored:
        accounts = [
            *(account(name, channel="email", segment="small") for name in "AC"),
            account("B", country="ES"),
            account("T", is_test=True),
        ]
        tables = {"billing_lines": lines, "accounts": accounts, "opportunities": deals or [], "fx_rates": fx or []}
        tables["leads"] = list(leads)
        return score(land(tmp_path, tables), company, day, "invoiced_revenue", "crm_billing_variance", "bookings")

    return from_lines


def test_only_issued_invoices_and_credit_notes_are_revenue(scored: Any) -> None:
    lines = [
        line("in_1", "2026-10-05", 100, product="core"),
        line("in_1", "2026-10-05", -30, line_id="2", is_proration=True),
        line("in_2", "2026-10-05", 400, status="draft"),
        line("in_3", "2026-10-05", 800, status="void"),
        line("in_4", "2026-10-05", 7, status="uncollectible"),
        line("in_1:payment", "2026-10-05", 70, doc_type="payment"),
        line("re_1", "2026-10-06", 70, doc_type="refund"),
        line("in_5", "2026-10-05", 1000, account_id="T"),
    ]
    found = scored(*lines)

    assert found.value("invoiced_revenue", "2026-10-31") == 77
    assert found.value("invoiced_revenue", "2026-10-31", channel="email") == 77
    assert found.value("invoiced_revenue", "2026-10-31", breakdown="product", member="core") == 100
    assert found.value("invoiced_revenue", "2026-10-05", "day") == 77
    assert found.row("invoiced_revenue", "2026-10-31")["n"] == 3


def test_e_refund_a_credit_note_counts_when_it_is_issued_and_a_refund_not_at_all(scored: Any) -> None:
    note = line("cn_1", "2026-10-05", 40, doc_type="credit_note", original_doc_id="in_1")
    money_back = line("re_1", "2026-10-05", 40, doc_type="refund", original_doc_id="in_1")
    found = scored(line("in_1", "2026-09-05", 100), note, money_back)

    assert [found.value("invoiced_revenue", end) for end in ("2026-09-30", "2026-10-31")] == [100, -40]


def test_e_fx_an_invoice_is_at_the_rate_of_its_day_and_its_credit_note_too(scored: Any) -> None:
    """100 euros are 110 dollars in September and 130 in October; what is credited in October was 110."""
    fx = [*rates("2026-09-04", USD=1.1), *rates("2026-10-05", USD=1.3)]
    lines = [
        line("in_1", "2026-09-05", 100, account_id="B", currency="EUR"),
        line("in_2", "2026-10-05", 100, account_id="B", currency="EUR"),
    ]
    note = line(
        "cn_1", "2026-10-05", 100, doc_type="credit_note", original_doc_id="in_1", account_id="B", currency="EUR"
    )
    found = scored(*lines, note, fx=fx)

    assert [found.value("invoiced_revenue", end) for end in ("2026-09-30", "2026-10-31")] == [110, 130 - 110]
    assert found.value("invoiced_revenue", "2026-10-31", region="spain", currency="EUR") == 0


def test_a_missing_rate_takes_its_own_line_out(scored: Any) -> None:
    found = scored(line("in_1", "2026-10-05", 9000, currency="JPY"), line("in_2", "2026-10-05", 5))

    assert found.value("invoiced_revenue", "2026-10-31") == 5


def test_an_invoice_is_void_from_the_day_it_was_voided(scored: Any) -> None:
    lines = [
        line("in_1", "2026-10-05", 100, status="open"),
        line("in_1", "2026-10-05", 100, status="void", updated_at=at("2026-10-20")),
    ]

    assert scored(*lines, day="2026-10-19").value("invoiced_revenue", "2026-10-19") == 100
    assert scored(*lines, day="2026-10-20").value("invoiced_revenue", "2026-10-20") == 0


def deal(name: str, amount: float, day: str = "2026-10-02", **given: Any) -> Row:
    stamp = at(day)
    won = {"status": "won", "created_at": stamp, "closed_at": stamp, "updated_at": stamp, "account_id": "A"}
    return {"opportunity_id": name, "amount": amount, **won, **given}


def test_what_was_sold_is_compared_with_the_first_year_as_first_invoiced(scored: Any) -> None:
    """A month's 100 is 1,200 a year, a quarter's 90 is 360; prorations, one-off lines and later invoices are none."""
    lines = [
        line("in_1", "2026-10-05", 100, opportunity_id="O1"),
        line("in_1", "2026-10-05", 55, opportunity_id="O1", line_id="2", is_recurring=False),
        line("in_1", "2026-10-05", 33, opportunity_id="O1", line_id="3", is_proration=True),
        line("in_2", "2026-10-06", 70, opportunity_id="O1"),
        line("in_3", "2026-10-05", 90, opportunity_id="O2", service_period_end=date(2027, 1, 5)),
    ]
    deals = [deal("O1", 1250), deal("O2", 350, account_id="B"), deal("O3", 999), deal("R", 5000, type="renewal")]
    row = scored(*lines, deals=deals, fx=rates("2026-10-02", USD=1)).row("crm_billing_variance", "2026-10-31")

    assert (row["numerator"], row["denominator"]) == (50 + 10, 1600)
    assert row["value"] == 60 / 1600


def test_over_and_under_billing_do_not_net_out_but_within_an_account(scored: Any) -> None:
    year = {"service_period_end": date(2027, 10, 5)}
    lines = [
        line(f"in_{n}", "2026-10-05", 100, opportunity_id=f"O{n}", account_id="C" if n == 3 else "A", **year)
        for n in (1, 2, 3)
    ]
    deals = [deal("O1", 80), deal("O2", 112), deal("O3", 130, account_id="C")]
    fx = [*rates("2026-10-02", USD=1), *rates("2026-10-05", USD=1)]
    row = scored(*lines, deals=deals, fx=fx).row("crm_billing_variance", "2026-10-31")

    assert row["numerator"] == abs(80 + 112 - 200) + 30


def test_what_no_invoice_answers_to_is_no_variance(scored: Any) -> None:
    row = scored(line("in_1", "2026-10-05", 5), deals=[deal("O1", 90)]).row("crm_billing_variance", "2026-10-31")

    assert row["status"] == "null"


def test_deals_of_no_account_do_not_net_out(scored: Any) -> None:
    year = {"service_period_end": date(2027, 10, 5)}
    lines = [line(f"in_{n}", "2026-10-05", billed, opportunity_id=f"O{n}", **year) for n, billed in ((1, 90), (2, 110))]
    deals = [deal(f"O{n}", 100, account_id=None, primary_lead_id=None if n == 1 else "L") for n in (1, 2)]
    leads = ({"lead_id": "L", "created_at": at("2026-09-01")},)
    fx = [*rates("2026-10-02", USD=1), *rates("2026-10-05", USD=1)]

    found = scored(*lines, deals=deals, fx=fx, leads=leads)

    cells = {None: (10 + 10, 200), "unassigned": (10, 100), "united_states": (10, 100)}
    rows = {name: found.row("crm_billing_variance", "2026-10-31", region=name) for name in cells}
    assert {name: (row["numerator"], row["denominator"]) for name, row in rows.items()} == cells


def test_e_refund_a_credit_note_on_an_invoice_older_than_any_period_counts(scored: Any) -> None:
    """Issued five years ago, at the rate of then."""
    lines = [
        line("old", "2021-12-06", 100, currency="MXN"),
        line("cn", "2026-10-05", 40, currency="MXN", doc_type="credit_note", original_doc_id="old"),
        line("cn_2", "2026-10-05", 7, doc_type="credit_note", original_doc_id="old_2"),
        line("old_2", "2021-12-06", 100),
    ]
    fx = [*rates("2021-12-06", USD=1, MXN=20), *rates("2026-10-05", USD=1, MXN=10)]

    assert scored(*lines, fx=fx).value("invoiced_revenue", "2026-10-31") == -(40 / 20) - 7
