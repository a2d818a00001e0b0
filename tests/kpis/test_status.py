"""A score says how far to trust it: one test a status, and the order in which they apply."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from include.company import Company, SourceConfig
from include.lake import TABLES
from tests.kpis.factory import at, land, score

LEAD = {"lead_id": "L1", "created_at": at("2026-10-02")}


def won(day: str, amount: float, **given: Any) -> dict[str, Any]:
    return {
        "opportunity_id": f"O{day}",
        "created_at": at("2026-09-01"),
        "updated_at": at(day),
        "status": "won",
        "closed_at": at(day),
        "amount": amount,
        **given,
    }


def test_ok(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"leads": [LEAD]})

    row = score(lake, company, "2026-10-31", "leads_created").row("leads_created", "2026-10-31")

    assert (row["status"], row["value"], row["n"], row["unit"], row["currency"]) == ("ok", 1.0, 1, "count", None)


def test_partial_while_the_period_runs_and_where_a_comparison_is_cut(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"leads": [LEAD]})

    scored = score(lake, company, "2026-10-14", "leads_created")

    assert scored.row("leads_created", "2026-10-14")["status"] == "partial"
    assert scored.row("leads_created", "2026-09-14")["status"] == "partial"
    assert scored.row("leads_created", "2026-09-30")["status"] == "ok"


def test_immature_until_the_window_has_passed(tmp_path: Path, company: Company) -> None:
    """30 days after September ends is 30 October."""
    lake = land(tmp_path, {"leads": [{**LEAD, "created_at": at("2026-09-10")}]})

    before = score(lake, company, "2026-10-29", "lead_to_mql_rate").row("lead_to_mql_rate", "2026-09-30")
    after = score(lake, company, "2026-10-30", "lead_to_mql_rate").row("lead_to_mql_rate", "2026-09-30")

    assert (before["status"], before["value"]) == ("immature", 0.0)
    assert (after["status"], after["value"]) == ("ok", 0.0)


def test_null_where_the_denominator_is_zero(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"leads": [LEAD]})

    row = score(lake, company, "2026-10-31", "win_rate").row("win_rate", "2026-10-31", region="spain")

    assert (row["status"], row["value"], row["denominator"], row["n"]) == ("null", None, 0, 0)


def test_null_comes_before_immature(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"leads": [LEAD]})

    row = score(lake, company, "2026-10-31", "lead_to_mql_rate").row("lead_to_mql_rate", "2026-10-31", region="spain")

    assert row["status"] == "null"


def test_target_met_when_nothing_of_the_target_is_left(tmp_path: Path, company: Company) -> None:
    target = {"period_start": date(2026, 10, 1), "target_value": 1000}
    lake = land(tmp_path, {"opportunities": [won("2026-10-20", 1500)], "targets": [target]})

    row = score(lake, company, "2026-10-31", "pipeline_coverage").row("pipeline_coverage", "2026-10-31")

    assert (row["status"], row["value"], row["denominator"]) == ("target_met", None, -500)


def test_missing_where_no_source_that_serves_the_region_holds_the_table(tmp_path: Path, company: Company) -> None:
    """Web analytics serves every region but China."""
    served = ("united_states", "mexico", "spain", "malaysia")
    sources = {
        "test": SourceConfig(name="test", kind="files"),
        "web": SourceConfig(name="web", kind="files", regions=served),
    }
    company = company.model_copy(update={"sources": sources})
    visits = [{"period_start": date(2026, 9, 1), "visitors": 40}]
    land(tmp_path, {"leads": [LEAD]}, covered=[name for name in TABLES if name != "web_sessions_daily"])
    lake = land(tmp_path, {"web_sessions_daily": visits}, covered=["web_sessions_daily"], source="web")

    scored = score(lake, company, "2026-10-31", "visitors", "visitor_to_lead_rate")

    china = scored.row("visitors", "2026-09-30", region="china")
    assert (china["status"], china["numerator"], china["value"], china["n"]) == ("missing", None, None, 0)
    assert scored.row("visitor_to_lead_rate", "2026-09-30", region="china")["status"] == "missing"
    assert scored.row("visitors", "2026-09-30", region="united_states")["status"] == "ok"
    assert scored.value("visitors", "2026-09-30") == 40


def test_a_company_of_one_currency_needs_no_rates(tmp_path: Path, company: Company) -> None:
    """But what is in another currency has no value, and a company of several has none at all."""
    dollars = {name: region.model_copy(update={"currency": "USD"}) for name, region in company.regions.items()}
    deals = [won("2026-10-02", 100.0, currency="USD"), won("2026-10-03", 70.0, currency="EUR")]
    lake = land(tmp_path, {"opportunities": deals}, covered=[name for name in TABLES if name != "fx_rates"])

    of_dollars = company.model_copy(update={"regions": dollars})
    one, several = (
        score(lake, each, "2026-10-31", "bookings").row("bookings", "2026-10-31") for each in (of_dollars, company)
    )

    assert (one["status"], one["value"]) == ("ok", 100)
    assert several["status"] == "missing"


def test_missing_after_the_last_day_a_source_has_covered(tmp_path: Path, company: Company) -> None:
    """The CRM was last pulled on 1 October: September is complete, October is not there."""
    lake = land(tmp_path, {"leads": [LEAD]}, pulled=datetime(2026, 10, 1, 12, tzinfo=UTC))

    scored = score(lake, company, "2026-10-14", "leads_created")

    assert scored.row("leads_created", "2026-10-14")["status"] == "missing"
    assert scored.row("leads_created", "2026-09-30")["status"] == "ok"


def test_missing_before_the_first_day_of_a_source(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"leads": [LEAD]})

    assert score(lake, company, "2026-10-31", "leads_created").row("leads_created", "2024-10-31")["status"] == "missing"


def test_visitors_of_a_running_month_are_null(tmp_path: Path, company: Company) -> None:
    """A row of a period counts only when its period has ended: distinct people cannot be added up from days."""
    visits = [{"period_start": date(2026, 10, 1), "visitors": 40}]
    lake = land(tmp_path, {"web_sessions_daily": visits})

    running = score(lake, company, "2026-10-30", "visitors").row("visitors", "2026-10-30")
    ended = score(lake, company, "2026-10-31", "visitors").row("visitors", "2026-10-31")

    assert (running["status"], running["value"]) == ("null", None)
    assert (ended["status"], ended["value"]) == ("ok", 40.0)
