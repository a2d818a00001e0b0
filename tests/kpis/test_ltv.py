"""What a customer is worth over its life, and the months its churn is read over."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, ended, item, line
from tests.kpis.factory import Row, Scored, land, score

STAY = ("A", "B", "C")


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Three who stay from before the first of twelve months, two who leave on the days given; 100 billed cost 30."""

    def of(*leave: str, since: str = "2025-10-05", day: str = "2026-10-31", **place: str) -> Scored:
        names = [*STAY, *(f"L{number}" for number in range(len(leave)))]
        items = [item(name, since, 100, plan="starter" if name == "A" else "growth") for name in names]
        items += [ended(f"L{number}", gone, plan="growth") for number, gone in enumerate(leave)]
        lines: list[Row] = [line("in", "2026-10-05", 100, variable_cost=Decimal(30))]
        tables = {"accounts": [account(name, **place) for name in names], "subscription_items": items}
        return score(land(tmp_path, {**tables, "billing_lines": lines}), company, day, "ltv")

    return of


def test_ltv_is_margin_over_the_churn_of_twelve_months(scored: Any) -> None:
    """Five in November, four from December to June, three since: two lost of 12 x 3 + 8 x 1 + 1 months begun."""
    row = scored("2025-11-20", "2026-06-20").row("ltv", "2026-10-31")

    assert (row["value"], row["denominator"], row["n"]) == (100 * 0.7 * (12 * 3 + 8 + 1) / 2, 2, 2)
    assert (row["currency"], row["status"], row["unit"]) == ("USD", "ok", "money")


def test_e_horizon_ltv_needs_twelve_months_that_are_over(scored: Any) -> None:
    """Billing began in October 2025: its first whole month is November, and October 2026 is the twelfth."""
    found = scored("2026-06-20")

    assert [found.row("ltv", end)["status"] for end in ("2026-09-30", "2026-10-31")] == ["null", "ok"]


def test_e_openperiod_ltv_of_a_running_month_reads_the_twelve_months_before_it(scored: Any) -> None:
    """One left on 2 October: October is not over and not among them."""
    found = scored("2026-06-20", "2026-10-02", since="2025-09-05", day="2026-10-14")

    row = found.row("ltv", "2026-10-14")
    assert (row["status"], row["denominator"]) == ("partial", 1)


def test_e_zero_nobody_lost_is_no_lifetime(scored: Any) -> None:
    row = scored().row("ltv", "2026-10-31")

    assert (row["denominator"], row["value"], row["status"]) == (0, None, "null")


def test_ltv_is_of_its_own_cell(scored: Any) -> None:
    found = scored("2026-06-20", country="US", channel="event")

    assert found.value("ltv", "2026-10-31", channel="event") == found.value("ltv", "2026-10-31")
    assert found.row("ltv", "2026-10-31", region="spain", currency="USD")["status"] == "null"
