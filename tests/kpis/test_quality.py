"""What a report may say of the data behind it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from include.company import Company, SourceConfig
from include.kpis.quality import quality
from include.kpis.score import score
from include.lake import REJECTS, Lake, Landing
from tests.kpis import factory
from tests.kpis.billing import account, item, line
from tests.kpis.factory import at, land, rows
from tests.kpis.selling import deal

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


def test_missing_rates_of_what_is_billed_are_named_too(tmp_path: Path, company: Company) -> None:
    """MRR at each end of a period, an invoice by its day, and a credit note by that of its invoice."""
    lines = [
        line("in_1", "2026-10-03", 9000, currency="JPY"),
        line("cn_1", "2026-10-08", 1, currency="CNY", doc_type="credit_note", original_doc_id="in_2"),
        line("in_2", "2026-10-05", 0, currency="USD"),
    ]
    items = [item("A", "2026-10-12", 9000, currency="JPY")]
    tables = {"accounts": [account("A")], "billing_lines": lines, "subscription_items": items}

    told = quality(land(tmp_path, tables), company, company.whole, DAY).missing_rates

    days = {(currency, each.day): count for currency, each, count in told}
    assert days == {("JPY", 3): 1, ("CNY", 5): 1, ("JPY", 12): 1, ("JPY", 13): 1, ("JPY", 14): 1}


def test_unassigned_leads_are_told_to_the_company_alone(tmp_path: Path, company: Company) -> None:
    leads = [{"lead_id": "L1", "created_at": at("2026-10-03"), "country": "SG"}]
    lake = land(tmp_path, {"leads": leads})

    assert quality(lake, company, company.whole, DAY).unassigned == 1
    assert quality(lake, company, company.regions["spain"], DAY).unassigned == 0


def test_an_invoice_line_without_a_cost_is_counted_and_its_margin_null(tmp_path: Path, company: Company) -> None:
    lines = [
        line("in_1", "2026-10-05", 100, account_id="A", variable_cost=40),
        line("in_2", "2026-10-06", 100, account_id="A"),
        line("in_3", "2026-09-06", 100, account_id="A"),
    ]
    lake = land(tmp_path, {"accounts": [account("A")], "billing_lines": lines})
    margin = factory.score(lake, company, str(DAY), "contribution_margin").row("contribution_margin", str(DAY))

    assert quality(lake, company, company.whole, DAY).missing_costs == 1
    assert (margin["value"], margin["status"]) == (None, "null")


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


def test_rows_and_rejects_count_once_however_often_they_are_pulled(tmp_path: Path, company: Company) -> None:
    company = company.model_copy(update={"sources": {"crm": SourceConfig(name="crm", kind="files")}})
    first, second = date(2026, 10, 1), date(2026, 10, 2)
    for _ in range(2):
        spend(tmp_path, "crm", (first, second), rejected="spend: '-1' is negative")
    lake = spend(tmp_path, "crm", (first, second), rejected="spend: '-1' is negative")

    (told,) = quality(lake, company, company.whole, DAY).sources
    assert (told.rows, told.rejected) == (2, 1)
    assert quality(lake, company, company.whole, DAY).reasons == (("spend: '-1' is negative", 1),)


def test_a_report_of_a_past_day_counts_what_was_filed_up_to_it(tmp_path: Path, company: Company) -> None:
    company = company.model_copy(update={"sources": {"crm": SourceConfig(name="crm", kind="files")}})
    lake = spend(tmp_path, "crm", (date(2026, 10, 14), date(2026, 10, 15)), rejected="spend: '-1' is negative")

    (told,) = quality(lake, company, company.whole, DAY).sources
    assert (told.rows, told.rejected) == (1, 0)


def spend(root: Path, source: str, days: tuple[date, date], rejected: str) -> Lake:
    """A row for each of two days; on the second one that is rejected too."""
    good = rows("ad_spend_daily", [{"date": day, "spend": 1, "_source": source} for day in days])
    bad = {"day": days[1], "key": None, "reasons": [rejected], "record": "{}", "origin": "row 3", "_source": source}
    rejects = pa.Table.from_pylist([bad], REJECTS)
    at_noon = datetime(2026, 10, 16, 12, tzinfo=UTC)
    lake = Lake(root)
    lake.record(source, [lake.land(Landing(source, "ad_spend_daily", *days, at_noon, good, 3, rejects))])
    return lake


def test_missing_rates_of_what_is_open_are_named_too(tmp_path: Path, company: Company) -> None:
    """A deal by the day it was created, and by that on which the pipeline is looked at."""
    deals = [deal("O1", "2026-10-03", currency="JPY"), deal("O2", "2026-10-03", None, currency="CNY")]

    told = quality(land(tmp_path, {"opportunities": deals}), company, company.whole, DAY).missing_rates

    assert told == (("JPY", date(2026, 10, 3), 1), ("JPY", DAY, 1))
