"""What a customer is worth over its life, and the months its churn is read over."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, ended, item, line
from tests.kpis.factory import Row, Scored, at, land, score

STAY = ("A", "B", "C")


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Three who stay from before the first of twelve months, two who leave on the days given; 100 billed cost 30."""

    def of(*leave: str, since: str = "2025-10-05", day: str = "2026-10-31", **place: str) -> Scored:
        names = [*STAY, *(f"L{number}" for number in range(len(leave)))]
        items = [item(name, since, 100, plan="starter" if name == "A" else "growth") for name in names]
        items += [ended(f"L{number}", gone, plan="growth") for number, gone in enumerate(leave)]
        billed = ("2026-09-05", "2026-10-05")
        lines: list[Row] = [line(day, day, 100, variable_cost=Decimal(30)) for day in billed]
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


@pytest.fixture
def predicted(tmp_path: Path, company: Company) -> Any:
    """Billed 100 at cost 30 in October: ten accounts of 100 a month since January, of whom some left."""

    def of(*leave: str, day: str = "2026-10-31") -> Scored:
        names = [f"A{number}" for number in range(10)]
        items = [item(name, "2026-01-05", 100) for name in names]
        items += [ended(f"A{number}", gone) for number, gone in enumerate(leave)]
        lines: list[Row] = [line("in", "2026-10-05", 100, variable_cost=Decimal(30), account_id="A9")]
        accounts = [account(name, segment="small" if name == "A9" else "large") for name in names]
        tables = {"accounts": accounts, "subscription_items": items, "billing_lines": lines}
        return score(land(tmp_path, tables), company, day, "predicted_clv")

    return of


def test_predicted_value_is_the_margin_of_the_months_lived_through(predicted: Any) -> None:
    """Nobody left: all of 36 months."""
    assert predicted().value("predicted_clv", "2026-10-31") == pytest.approx(36 * 70, rel=1e-9)


def test_e_censor_predicted_value_follows_who_left_and_who_has_not(predicted: Any) -> None:
    """Two of ten gone at the end of the third month, one at that of the fifth: 2 + 2 x 0.8 + 32 x 0.7 months of 70."""
    found = predicted("2026-04-20", "2026-04-20", "2026-06-20")

    assert found.value("predicted_clv", "2026-10-31") == pytest.approx((2 + 2 * 0.8 + 32 * 0.7) * 70, rel=1e-9)
    small = found.row("predicted_clv", "2026-10-31", breakdown="segment", member="small")
    assert (small["value"], small["status"]) == (36 * 70, "ok")
    assert found.row("predicted_clv", "2026-10-31", region="spain", currency="USD")["status"] == "null"


def test_e_openperiod_a_month_that_runs_has_taken_nobody_yet(predicted: Any) -> None:
    """Who left on 9 October counts as seen until September."""
    row = predicted("2026-10-09", day="2026-10-14").row("predicted_clv", "2026-10-14")

    assert (row["status"], row["value"]) == ("partial", pytest.approx(36 * 70, rel=1e-9))


def test_who_left_before_any_period_did_not_stay_until_then(tmp_path: Path, company: Company) -> None:
    """Five left in the third month, years ago; five stay: 1 + 35 x 0.5 months of 70."""
    items = [item(name, "2021-01-05", 100) for name in "ABCDE"] + [ended(name, "2021-03-20") for name in "ABCDE"]
    items += [item(name, "2026-01-05", 100) for name in "FGHIJ"]
    accounts = [account(name, created_at=at("2020-12-01")) for name in "ABCDEFGHIJ"]
    lines = [line("in", "2026-10-05", 100, variable_cost=Decimal(30), account_id="F")]
    tables = {"accounts": accounts, "subscription_items": items, "billing_lines": lines}

    found = score(land(tmp_path, tables, first=date(2020, 12, 1)), company, "2026-10-31", "predicted_clv")

    assert found.value("predicted_clv", "2026-10-31") == pytest.approx(18.5 * 70, rel=1e-9)


def test_e_horizon_the_oldest_period_is_over_twelve_months_too(tmp_path: Path, company: Company) -> None:
    """Three since 2022, one of whom left in June 2023: of April to March 3 x 3 and 9 x 2 months begun."""
    items = [*(item(name, "2022-01-05", 100) for name in "ABC"), ended("C", "2023-06-20")]
    lines: list[Row] = [line("in", "2024-03-05", 100, variable_cost=Decimal(30))]
    accounts = [account(name, created_at=at("2021-12-01")) for name in "ABC"]
    tables = {"accounts": accounts, "subscription_items": items, "billing_lines": lines}

    found = score(land(tmp_path, tables, first=date(2021, 12, 1)), company, "2026-01-31", "ltv")

    row = found.row("ltv", "2024-03-31")
    assert (row["denominator"], row["value"]) == (1, 100 * 0.7 * (3 * 3 + 9 * 2) / 1)
