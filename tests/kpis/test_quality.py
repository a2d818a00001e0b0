"""What a report may say of the data behind it."""

from datetime import UTC, date, datetime
from pathlib import Path

from include.company import Company, SourceConfig
from include.kpis.quality import quality
from include.kpis.score import score
from include.lake import Lake
from tests.kpis.factory import at, land

DAY = date(2026, 10, 14)


def test_a_source_is_ok_late_or_missing(tmp_path: Path, company: Company) -> None:
    names = ("fresh", "old", "never")
    sources = {name: SourceConfig(name=name, kind="files", required=name == "old") for name in names}
    company = company.model_copy(update={"sources": sources})
    land(tmp_path, {}, covered=["leads"], source="fresh")
    lake = land(tmp_path, {}, covered=["accounts"], source="old", pulled=datetime(2026, 10, 14, tzinfo=UTC))

    told = quality(lake, company, company.whole, DAY).sources

    assert {each.name: each.status for each in told} == {"fresh": "ok", "old": "late", "never": "missing"}
    assert {each.name: each.required for each in told}["old"]


def test_a_region_hears_only_of_the_sources_that_serve_it(tmp_path: Path, company: Company) -> None:
    sources = {"ads": SourceConfig(name="ads", kind="files", regions=("china",))}
    company = company.model_copy(update={"sources": sources})

    assert not quality(Lake(tmp_path), company, company.regions["spain"], DAY).sources


def test_missing_rates_are_named_with_currency_and_day(tmp_path: Path, company: Company) -> None:
    spend = [{"date": date(2026, 10, 3), "spend": 40, "currency": "CNY", "country": "CN"}]
    lake = land(tmp_path, {"ad_spend_daily": spend})

    assert quality(lake, company, company.whole, DAY).missing_rates == (("CNY", date(2026, 10, 3), 1),)
    assert quality(lake, company, company.regions["spain"], DAY).missing_rates == ()


def test_unassigned_leads_are_told_to_the_company_alone(tmp_path: Path, company: Company) -> None:
    leads = [{"lead_id": "L1", "created_at": at("2026-10-03"), "country": "SG"}]
    lake = land(tmp_path, {"leads": leads})

    assert quality(lake, company, company.whole, DAY).unassigned == 1
    assert quality(lake, company, company.regions["spain"], DAY).unassigned == 0


def test_a_visit_that_ends_before_it_begins_is_counted_and_left_out(tmp_path: Path, company: Company) -> None:
    """E_NEG: the CRM dated the entry into SQL back before the entry into MQL that precedes it."""
    leads = [{"lead_id": "L1", "created_at": at("2026-10-01")}]
    history = [
        {"entity_id": "L1", "stage": "mql", "entered_at": at("2026-10-05")},
        {"entity_id": "L1", "stage": "sql", "entered_at": at("2026-10-03"), "valid_from": at("2026-10-06")},
    ]
    lake = land(tmp_path, {"leads": leads, "crm_stage_history": history})

    assert quality(lake, company, company.whole, DAY).negative_durations == 1


def test_a_report_is_told_what_the_scoring_of_its_night_found(tmp_path: Path, company: Company) -> None:
    """The notice agrees with the figures, also where a rate has come since."""
    spend = [{"date": date(2026, 10, 3), "spend": 40, "currency": "CNY", "country": "CN"}]
    lake = land(tmp_path, {"ad_spend_daily": spend})
    score(lake, company, "asia", DAY)
    rates = [{"rate_date": date(2026, 10, 3), "quote_currency": name, "rate": 8} for name in ("CNY", "USD")]
    land(tmp_path, {"fx_rates": rates}, covered=["fx_rates"])

    assert quality(lake, company, company.regions["china"], DAY).missing_rates == (("CNY", date(2026, 10, 3), 1),)
    assert quality(lake, company, company.whole, DAY).missing_rates == ()
