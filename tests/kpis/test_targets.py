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


QUARTER = {"period_start": date(2026, 7, 1), "period_end": date(2026, 9, 30), "currency": "USD"}
MONTHS = [{"period_start": date(2026, month, 1), "target_value": 1000, "currency": "USD"} for month in (7, 8, 9)]


def of_quarter(tmp_path: Path, company: Company, rows: list[dict[str, object]]) -> dict[str, float]:
    """The quarter's target of the company, of the United States and of its rep a, and September's of the former two."""
    deals = [{"opportunity_id": "O1", "created_at": at("2026-07-02"), "account_id": "A", "owner_rep_id": "a"}]
    deals = [{**each, "status": "won", "closed_at": at("2026-09-02"), "amount": 1} for each in deals]
    accounts = [{"account_id": "A", "created_at": at("2026-01-01")}]
    lake = land(tmp_path, {"targets": rows, "opportunities": deals, "accounts": accounts})
    found = score(lake, company, "2026-09-30", "quota_attainment")
    here = {"region": "united_states"}
    cells = {"company": {}, "region": here, "rep": {**here, "rep": "a"}}
    known = {name: found.row("quota_attainment", "2026-09-30", "quarter", **cell) for name, cell in cells.items()}
    known |= {
        f"{name}'s month": found.row("quota_attainment", "2026-09-30", **cells[name]) for name in ("company", "region")
    }
    return {name: row["denominator"] and float(row["denominator"]) for name, row in known.items()}


def test_a_quarter_s_target_is_its_own_and_not_its_months_again(tmp_path: Path, company: Company) -> None:
    known = of_quarter(tmp_path, company, [*MONTHS, {**QUARTER, "target_value": 3300}])

    assert (known["company"], known["company's month"]) == (3300, 1000)


def test_months_of_a_region_and_quarters_of_its_reps_count_each_for_itself(tmp_path: Path, company: Company) -> None:
    months = [{**month, "region": "united_states"} for month in MONTHS]
    reps = [{**QUARTER, "region": "united_states", "rep_id": name, "target_value": 1600} for name in "ab"]

    known = of_quarter(tmp_path, company, [*months, *reps])

    assert known == {"company": 3000, "region": 3000, "rep": 1600, "company's month": 1000, "region's month": 1000}


def test_a_quarter_of_the_company_is_not_its_regions_and_reps_months_again(tmp_path: Path, company: Company) -> None:
    """Spain plans months, the United States a quarter, of which its rep has two months."""
    spain = [{**month, "region": "spain"} for month in MONTHS]
    mine = {"region": "united_states", "rep_id": "a"}
    rows = [
        *spain,
        {**QUARTER, "region": "united_states", "target_value": 500},
        *({**each, **mine} for each in MONTHS[:2]),
    ]

    alone = of_quarter(tmp_path / "alone", company, rows)
    written = of_quarter(tmp_path / "written", company, [*rows, {**QUARTER, "target_value": 9000}])

    assert [alone[name] for name in ("company", "region", "rep")] == [3500, 500, 2000]
    assert [written[name] for name in ("company", "region", "rep")] == [9000, 500, 2000]
    assert written["company's month"] == 1000
