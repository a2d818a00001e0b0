"""Targets count at the level they are written for; a level without one is the sum of the next below."""

from datetime import date
from pathlib import Path

import pytest

from include.company import Company
from include.kpis.targets import targets
from tests.kpis.factory import at, land, score

OCTOBER = {"period_start": date(2026, 10, 1)}
BUDGET = [
    {"rate_date": date(2026, 1, 1), "rate_type": "budget", "quote_currency": "USD", "rate": 1.2},
    {"rate_date": date(2026, 1, 1), "rate_type": "budget", "quote_currency": "MXN", "rate": 24},
]
COMPANY = {**OCTOBER, "target_value": 1000, "currency": "USD"}
MEXICO = {**OCTOBER, "region": "mexico", "target_value": 8000, "currency": "MXN"}
REPS = [{**OCTOBER, "region": "mexico", "rep_id": name, "target_value": 3000, "currency": "MXN"} for name in "ab"]


def asked(tmp_path: Path, company: Company, rows: list[dict[str, object]]) -> dict[tuple[str, str | None], float]:
    """Targets by region and currency; 20 pesos are a dollar in the budget."""
    frame = targets(land(tmp_path, {"targets": rows, "fx_rates": BUDGET}), company, date(2026, 10, 31))
    return {(row.region, row.currency): row.target for row in frame.itertuples()}


def test_all_three_levels_written_at_once_count_each_for_itself(tmp_path: Path, company: Company) -> None:
    known = asked(tmp_path, company, [COMPANY, MEXICO, *REPS])

    assert known[("company", "USD")] == 1000
    assert known[("mexico", "MXN")] == 8000
    assert known[("mexico", "USD")] == 400


def test_a_region_without_a_target_has_its_reps(tmp_path: Path, company: Company) -> None:
    assert asked(tmp_path, company, REPS)[("mexico", "MXN")] == 6000


def test_a_company_without_a_target_has_its_regions(tmp_path: Path, company: Company) -> None:
    """Mexico's own 400 dollars, not its reps' 300, and Spain's 50."""
    spain = {**OCTOBER, "region": "spain", "target_value": 50, "currency": "USD"}

    assert asked(tmp_path, company, [MEXICO, *REPS, spain])[("company", "USD")] == 450


def test_no_target_anywhere_is_none(tmp_path: Path, company: Company) -> None:
    assert asked(tmp_path, company, []) == {}


def test_rates_are_never_added_up(tmp_path: Path, company: Company) -> None:
    rates = [
        {**OCTOBER, "metric": "win_rate", "region": name, "target_value": 0.25, "currency": None}
        for name in ("spain", "mexico")
    ]

    assert asked(tmp_path, company, rates) == {("mexico", None): 0.25, ("spain", None): 0.25}


def test_the_version_known_at_the_cutoff_counts(tmp_path: Path, company: Company) -> None:
    raised = {**COMPANY, "target_value": 2000, "valid_from": at("2026-10-20")}
    lower = {**COMPANY, "target_value": 500, "valid_from": at("2026-11-20")}

    assert asked(tmp_path, company, [COMPANY, raised, lower])[("company", "USD")] == 2000


@pytest.mark.parametrize(
    ("region", "rep", "expected"), [(None, None, 0.2), ("mexico", None, 0.5), ("mexico", "a", 4 / 3)]
)
def test_quota_attainment_is_over_the_target_of_its_own_cell(
    tmp_path: Path, company: Company, region: str | None, rep: str | None, expected: float
) -> None:
    """4,000 pesos of rep a, which are 200 dollars at the day's rate."""
    rates = [{**row, "rate_type": "daily_close", "rate_date": date(2026, 10, 14)} for row in BUDGET]
    won = {
        "opportunity_id": "O1",
        "primary_lead_id": "L1",
        "created_at": at("2026-10-02"),
        "updated_at": at("2026-10-15"),
        "closed_at": at("2026-10-15"),
        "status": "won",
        "amount": 4000,
        "currency": "MXN",
        "owner_rep_id": "a",
    }
    lead = {"lead_id": "L1", "created_at": at("2026-10-01"), "country": "MX"}
    tables = {"targets": [COMPANY, MEXICO, *REPS], "fx_rates": [*BUDGET, *rates], "opportunities": [won]}
    lake = land(tmp_path, {**tables, "leads": [lead]})

    currency = "USD" if region is None else "MXN"
    scored = score(lake, company, "2026-10-31", "quota_attainment")
    assert scored.value("quota_attainment", "2026-10-31", region=region, rep=rep, currency=currency) == expected


def test_a_country_s_target_is_its_region_s_where_that_has_no_other(tmp_path: Path, company: Company) -> None:
    rows = [
        {**OCTOBER, "country": country, "target_value": value, "currency": "USD"}
        for country, value in (("ES", 50), ("US", 70), ("BR", 9))
    ]

    known = asked(tmp_path, company, [*rows, {**OCTOBER, "region": "united_states", "target_value": 100}])

    assert (known[("spain", "USD")], known[("united_states", "USD")], known[("unassigned", "USD")]) == (50, 100, 9)
    assert known[("company", "USD")] == 159


def test_targets_of_regions_that_are_no_more_are_the_company_s_still(tmp_path: Path, company: Company) -> None:
    gone = [{**OCTOBER, "region": name, "target_value": 100, "currency": "USD"} for name in ("atlantis", "lemuria")]

    assert asked(tmp_path, company, [*gone, MEXICO])[("company", "USD")] == 600
