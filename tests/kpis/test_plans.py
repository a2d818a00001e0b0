"""What recurs by plan and product: an account may hold several, change them, and is still one customer."""

from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, ended, item
from tests.kpis.factory import Scored, land, score

NAMES = ("mrr", "arr", "active_customers", "arpa", "expansion_mrr", "churned_mrr", "nrr", "grr", "logo_churn_rate")
RATES = ("gross_mrr_churn_rate", "net_mrr_churn_rate", "quick_ratio", "cohort_retention_curve")


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Scored:
    """October: A changes from starter (100) to growth (150), B keeps both (10 and 20), C leaves starter (40)."""
    items = [
        *(item("A", "2026-09-05", 100, plan="starter"), item("A", "2026-10-10", 150, plan="growth")),
        item("B1", "2026-09-05", 10, plan="starter", account_id="B", product="crm"),
        item("B2", "2026-09-05", 20, plan="growth", account_id="B", product="ads"),
        *(item("C", "2026-09-05", 40, plan="starter"), ended("C", "2026-10-11", plan="starter")),
    ]
    accounts = [account(name, account_owner="owner B" if name == "B" else None, city="Lima") for name in "ABC"]
    lake = land(tmp_path, {"accounts": accounts, "subscription_items": items})
    return score(lake, company, "2026-10-31", *NAMES, *RATES)


def of(plan: str) -> dict[str, str]:
    return {"breakdown": "plan", "member": plan}


def test_an_account_of_two_plans_counts_in_each_and_once_in_all(scored: Scored) -> None:
    assert scored.value("active_customers", "2026-10-31") == 2
    assert [scored.value("active_customers", "2026-10-31", **of(plan)) for plan in ("starter", "growth")] == [1, 2]
    assert [scored.value("arpa", "2026-10-31", **of(plan)) for plan in ("starter", "growth")] == [10, 85]
    assert scored.value("arpa", "2026-10-31", breakdown="product", member="ads") == 20


def test_what_moves_between_plans_nets_out(scored: Scored) -> None:
    """A grew by 50: growth gained 150 of it, starter lost 100."""
    assert scored.value("expansion_mrr", "2026-10-31") == 50
    assert [scored.value("expansion_mrr", "2026-10-31", **of(plan)) for plan in ("starter", "growth")] == [-100, 150]
    assert scored.value("churned_mrr", "2026-10-31", **of("starter")) == 40


def test_e_contract_to_change_a_plan_is_not_to_leave(scored: Scored) -> None:
    """Of three who had starter only C is lost; what the plan kept is its own."""
    assert scored.value("logo_churn_rate", "2026-10-31", **of("starter")) == pytest.approx(1 / 3)
    assert scored.value("logo_churn_rate", "2026-10-31", **of("growth")) == 0
    assert scored.value("grr", "2026-10-31", **of("starter")) == 10 / 150
    assert scored.value("nrr", "2026-10-31", **of("growth")) == 1
    for plan in ("starter", "growth"):
        gross, kept = (scored.value(name, "2026-10-31", **of(plan)) for name in ("gross_mrr_churn_rate", "grr"))
        assert (gross or 0) + (kept or 0) == pytest.approx(1)


def test_what_is_gained_and_lost_is_the_plan_s_own(scored: Scored) -> None:
    assert scored.value("quick_ratio", "2026-10-31") == 50 / 40
    assert scored.value("quick_ratio", "2026-10-31", **of("starter")) == 0


def test_a_year_is_twelve_months(scored: Scored) -> None:
    assert scored.value("arr", "2026-10-31") == 12 * 180
    assert scored.row("arr", "2026-10-31")["currency"] == "USD"


def test_who_owns_an_account_where_it_is_and_when_it_began(scored: Scored) -> None:
    owners = [
        scored.value("mrr", "2026-10-31", breakdown="account_owner", member=who) for who in ("owner B", "unassigned")
    ]
    assert owners == [30, 150]
    assert scored.value("mrr", "2026-10-31", breakdown="cohort_month", member="2026-09") == 180
    place = {"region": "united_states", "country": "US", "subdivision": "unknown", "city": "Lima"}
    assert scored.value("arpa", "2026-10-31", **place) == 90


def test_a_cohort_by_plan_is_of_those_who_began_with_it(scored: Scored) -> None:
    rows: list[dict[str, Any]] = scored.all("cohort_retention_curve", breakdown="plan", region=None, age=1)
    kept = {row["member"]: (row["numerator"], row["denominator"]) for row in rows if row["channel"] is None}

    assert kept == {"starter": (2, 3), "growth": (1, 1)}
