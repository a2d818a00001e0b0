"""What comes back for what was spent."""

from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, ended, item, line
from tests.kpis.factory import Scored, land, score
from tests.kpis.selling import cost, lead, spend, won

OCTOBER = "2026-10-31"


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of `kpis` from tables."""

    def from_tables(*kpis: str, day: str = OCTOBER, **tables: Any) -> Scored:
        return score(land(tmp_path, tables), company, day, *kpis)

    return from_tables


def test_marketing_returns_what_its_deals_brought_over_its_own_costs(scored: Any) -> None:
    """1,000 by search over 100 of ads, 50 of an agency, 30 of a campaign; wages and a partner's deal are not its."""
    leads = [lead("a", "2026-07-01"), lead("b", "2026-07-01", channel="partner")]
    deals = [won("a", "2026-10-20", 1000), won("b", "2026-10-20", 400)]
    costs = [
        cost("1", "2026-10-05", 50, cost_type="agency"),
        cost("2", "2026-10-05", 30, cost_type="travel", campaign_id="c1"),
        cost("3", "2026-10-05", 70, cost_type="rep_pay"),
        cost("4", "2026-10-05", 9, cost_type="event", acquisition_scope="existing"),
    ]
    spent = [spend("2026-10-05", 100)]
    found = scored("marketing_roi", leads=leads, opportunities=deals, sales_costs=costs, ad_spend_daily=spent)

    row = found.row("marketing_roi", OCTOBER)
    assert (row["numerator"], row["denominator"]) == (1000 - 180, 180)
    assert found.value("marketing_roi", OCTOBER, breakdown="campaign", member="c1") == -1


def test_e_unalloc_a_source_returns_over_its_own_cost_and_all_of_them_over_every_cost(scored: Any) -> None:
    leads = [lead("a", "2026-07-01"), lead("b", "2026-07-01", channel="event")]
    deals = [won("a", "2026-10-20", 1000), won("b", "2026-10-20", 300), won("r", "2026-10-20", 7, type="renewal")]
    costs = [cost("1", "2026-10-05", 200, channel="event"), cost("2", "2026-10-05", 50)]
    spent = [spend("2026-10-05", 100)]
    found = scored("lead_source_roi", leads=leads, opportunities=deals, sales_costs=costs, ad_spend_daily=spent)

    assert found.value("lead_source_roi", OCTOBER, channel="paid_search") == 9
    assert found.value("lead_source_roi", OCTOBER, channel="event") == 0.5
    assert found.value("lead_source_roi", OCTOBER, channel="unallocated") == -1
    assert found.value("lead_source_roi", OCTOBER) == (1300 - 350) / 350


def test_e_refund_selling_is_held_against_what_was_invoiced_less_credits(scored: Any) -> None:
    lines = [
        line("in_1", "2026-10-05", 100),
        line("cn", "2026-10-06", 20, doc_type="credit_note", original_doc_id="in_1"),
    ]
    costs = [cost("1", "2026-10-05", 16, cost_type="travel"), cost("2", "2026-10-05", 4, cost_type="tools")]
    found = scored("selling_cost_ratio", billing_lines=lines, sales_costs=costs, accounts=[account("A")])

    assert found.value("selling_cost_ratio", OCTOBER) == 0.25


def test_sales_return_the_margin_of_whatever_is_billed_for_the_deals_of_the_period(scored: Any) -> None:
    """Won in September by r1 and billed in October: a return of September. What no deal answers for returns nothing."""
    lines = [
        line("in_1", "2026-10-05", 100, opportunity_id="O1", variable_cost=30),
        line("in_2", "2026-10-06", 60, opportunity_id="O1", variable_cost=10),
        line("in_3", "2026-10-06", 9000, variable_cost=0),
    ]
    costs = [
        cost("1", "2026-09-05", 40, cost_type="rep_pay", rep_id="r1"),
        cost("2", "2026-09-05", 10, cost_type="tools"),
    ]
    found = scored(
        "sales_roi",
        billing_lines=lines, sales_costs=costs, accounts=[account("A")],
        opportunities=[won("O1", "2026-09-20", owner_rep_id="r1", account_id="A")],
    )  # fmt: skip

    assert found.value("sales_roi", "2026-09-30") == (120 - 50) / 50
    assert found.value("sales_roi", "2026-09-30", region="united_states", rep="r1") == 2
    assert found.row("sales_roi", OCTOBER)["status"] == "null"


def test_what_a_lead_brought_within_180_days_less_what_all_leads_of_the_period_cost(scored: Any) -> None:
    """One of two leads of July brought 500; both cost 100 of ads and 20 of content, the SQL's 1,000 is no lead's."""
    leads = [lead("a", "2026-07-01"), lead("b", "2026-07-02", channel="event")]
    costs = [cost("1", "2026-07-05", 20, stage="visitor"), cost("2", "2026-07-05", 1000, stage="sql")]
    deals = [won("a", "2026-08-20", 500), won("late", "2027-01-20", 900, primary_lead_id="a")]
    tables = {
        "leads": leads,
        "sales_costs": costs,
        "ad_spend_daily": [spend("2026-07-03", 100)],
        "opportunities": deals,
    }
    now = scored("margin_after_acquisition", **tables).row("margin_after_acquisition", "2026-07-31")
    then = scored("margin_after_acquisition", **tables, day="2027-01-27")

    assert (now["value"], now["status"]) == (380, "immature")
    settled = then.row("margin_after_acquisition", "2026-07-31")
    assert (settled["value"], settled["status"]) == (380, "ok")
    assert then.value("margin_after_acquisition", "2026-07-31", channel="paid_search") == 400
    assert then.value("margin_after_acquisition", "2026-07-31", channel="unallocated") == -20


def subscribed(margin: int) -> dict[str, Any]:
    """Two customers of October at 50 and 150 a month, won for 600; of what is billed to them `margin` % is left."""
    items = [item("A", "2026-10-05", 50), item("B", "2026-10-05", 150)]
    lines = [line(f"in_{name}", "2026-10-05", 100, account_id=name, variable_cost=100 - margin) for name in "AB"]
    return {
        "accounts": [account("A"), account("B")],
        "subscription_items": items,
        "billing_lines": lines,
        "opportunities": [won("A", "2026-10-05"), won("B", "2026-10-05")],
        "ad_spend_daily": [spend("2026-10-05", 600)],
    }


def test_cac_is_paid_back_by_the_margin_of_a_new_customer_s_month(scored: Any) -> None:
    """A customer costs 300 and brings 100 a month, of which 60 stay: five months."""
    assert scored("cac_payback_months", **subscribed(60)).value("cac_payback_months", OCTOBER) == 5


@pytest.mark.parametrize("margin", [0, -20])
def test_e_zero_where_nothing_or_less_is_left_nothing_is_paid_back(scored: Any, margin: int) -> None:
    tables = subscribed(margin)
    row = scored("cac_payback_months", **tables).row("cac_payback_months", OCTOBER)

    assert (row["status"], row["value"]) == ("null", None)


def test_a_customer_s_value_is_held_against_what_it_cost_in_the_same_cell(scored: Any) -> None:
    found = scored("ltv_to_cac", "ltv", "cac", **subscribed(60))

    assert found.row("ltv", OCTOBER)["status"] == "null", "nobody has left yet"
    assert found.row("ltv_to_cac", OCTOBER)["status"] == "null"
    leaving = subscribed(60)
    leaving["subscription_items"] += [item("C", "2025-09-01", 100), ended("C", "2026-09-20")]
    leaving["accounts"].append(account("C"))
    later = scored("ltv_to_cac", "ltv", "cac", **leaving)
    ltv, cac = (later.value(name, OCTOBER) for name in ("ltv", "cac"))
    assert ltv is not None
    assert cac == 300
    assert later.value("ltv_to_cac", OCTOBER) == pytest.approx(ltv / cac)
