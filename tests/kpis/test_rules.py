"""What each rule counts, at its edges."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.factory import at, land, score

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(("days", "converted"), [(0, 1), (30, 1), (31, 0)])
def test_a_cohort_counts_conversions_within_its_window(
    tmp_path: Path, company: Company, days: int, converted: int
) -> None:
    """In local dates: late on the thirtieth day still counts."""
    lead = {"lead_id": "L1", "created_at": at("2026-07-05", 6)}
    moved = {"entity_id": "L1", "stage": "mql", "entered_at": at("2026-07-05", 20) + timedelta(days=days)}
    lake = land(tmp_path, {"leads": [lead], "crm_stage_history": [moved]})

    row = score(lake, company, "2026-10-31", "lead_to_mql_rate").row("lead_to_mql_rate", "2026-07-31")

    assert (row["numerator"], row["denominator"], row["status"]) == (converted, 1, "ok")


def test_e_distinct_visitors_are_never_added_over_channels_or_days(tmp_path: Path, company: Company) -> None:
    """60 came by search and 70 by e-mail, 100 in all; by country they add up, for nobody is in two."""
    months = [("US", "all", 100), ("US", "organic_search", 60), ("US", "email", 70), ("MX", "all", 11)]
    rows: list[dict[str, Any]] = [
        {"period_start": OCTOBER, "country": country, "channel": channel, "visitors": visitors}
        for country, channel, visitors in months
    ]
    rows.append({"period_start": OCTOBER, "visitors": 40, "subdivision": "US-CA"})
    rows.append({"period_start": OCTOBER, "visitors": 30, "city": "Austin", "subdivision": "US-TX"})
    rows.append({"period_start": OCTOBER, "period_grain": "day", "visitors": 9})
    lake = land(tmp_path, {"web_sessions_daily": rows})

    scored = score(lake, company, "2026-10-31", "visitors")

    assert scored.value("visitors", "2026-10-31") == 111
    assert scored.value("visitors", "2026-10-31", region="united_states") == 100
    assert scored.value("visitors", "2026-10-31", region="united_states", channel="email") == 70
    assert scored.value("visitors", "2026-10-31", channel="organic_search") == 60
    place = {"region": "united_states", "country": "US"}
    assert scored.value("visitors", "2026-10-31", **place, subdivision="US-CA") == 40
    assert scored.value("visitors", "2026-10-01", "day") == 9
    assert {row["channel"] for row in scored.rows} == {None, "organic_search", "email"}


def test_only_leads_of_web_channels_are_visitors_that_converted(tmp_path: Path, company: Company) -> None:
    leads = [
        {"lead_id": channel, "created_at": at("2026-10-05"), "channel": channel}
        for channel in ("paid_search", "event", "partner", "unknown")
    ]
    lake = land(tmp_path, {"leads": leads, "web_sessions_daily": [{"period_start": OCTOBER, "visitors": 50}]})

    row = score(lake, company, "2026-10-31", "visitor_to_lead_rate").row("visitor_to_lead_rate", "2026-10-31")

    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (1, 50, 0.02, 50)


def test_cost_per_lead_takes_selling_costs_up_to_the_lead_and_cac_all_of_them(tmp_path: Path, company: Company) -> None:
    costs = [
        ("lead", "new", 10),
        ("visitor", "new", 20),
        ("sql", "new", 300),
        (None, "new", 4000),
        ("lead", "existing", 9),
    ]
    rows = [
        {"cost_id": str(number), "cost_date": OCTOBER, "stage": stage, "acquisition_scope": scope, "amount": amount}
        for number, (stage, scope, amount) in enumerate(costs)
    ]
    lake = land(tmp_path, {"sales_costs": rows, "ad_spend_daily": [{"date": OCTOBER, "spend": 100}]})

    scored = score(lake, company, "2026-10-31", "cost_per_lead", "cac")

    assert scored.row("cost_per_lead", "2026-10-31")["numerator"] == 130
    assert scored.row("cac", "2026-10-31")["numerator"] == 4430


def deal(name: str, **given: Any) -> dict[str, Any]:
    return {
        "opportunity_id": name,
        "account_id": name,
        "primary_lead_id": name,
        "created_at": at("2026-10-02"),
        "amount": 100,
        **given,
    }


def test_roas_credits_ads_with_deals_of_paid_channels_that_are_no_renewals(tmp_path: Path, company: Company) -> None:
    won = {"status": "won", "closed_at": at("2026-10-20"), "updated_at": at("2026-10-20")}
    leads = [
        {"lead_id": "paid", "created_at": at("2026-10-01")},
        {"lead_id": "free", "created_at": at("2026-10-01"), "channel": "direct"},
        {"lead_id": "old", "created_at": at("2026-10-01")},
    ]
    deals = [deal("paid", **won), deal("free", **won), deal("old", type="renewal", **won)]
    spend = [{"date": OCTOBER, "spend": 50}]
    lake = land(tmp_path, {"leads": leads, "opportunities": deals, "ad_spend_daily": spend})

    scored = score(lake, company, "2026-10-31", "roas", "bookings", "deals_won")

    assert scored.value("roas", "2026-10-31") == 2
    assert scored.value("bookings", "2026-10-31") == 300
    assert scored.value("deals_won", "2026-10-31") == 2


def test_coverage_is_the_pipeline_expected_in_the_period_over_what_is_left_of_its_target(
    tmp_path: Path, company: Company
) -> None:
    """On the 14th: 300 expected by the end of October, of a target of 250 of which 100 are won."""
    won = {"status": "won", "closed_at": at("2026-10-10"), "updated_at": at("2026-10-10")}
    deals = [
        deal("won", **won),
        deal("soon", amount=300, expected_close_date=date(2026, 10, 31)),
        deal("later", amount=900, expected_close_date=date(2026, 11, 1)),
    ]
    lake = land(tmp_path, {"opportunities": deals, "targets": [{"period_start": OCTOBER, "target_value": 250}]})

    scored = score(lake, company, "2026-10-14", "pipeline_coverage", "pipeline_value")

    row = scored.row("pipeline_coverage", "2026-10-14")
    assert (row["numerator"], row["denominator"], row["value"]) == (300, 150, 2)
    assert scored.value("pipeline_value", "2026-10-14") == 1200


def test_to_be_disqualified_ends_a_visit_and_to_return_begins_another(tmp_path: Path, company: Company) -> None:
    lead = {"lead_id": "L1", "created_at": at("2026-10-01")}
    moves = [("disqualified", "2026-10-05"), ("lead", "2026-10-11"), ("mql", "2026-10-13")]
    history = [{"entity_id": "L1", "stage": stage, "entered_at": at(day)} for stage, day in moves]
    lake = land(tmp_path, {"leads": [lead], "crm_stage_history": history})

    row = score(lake, company, "2026-10-31", "time_in_stage").row("time_in_stage", "2026-10-31", stage="lead")

    assert (row["numerator"], row["denominator"]) == (6, 2)
