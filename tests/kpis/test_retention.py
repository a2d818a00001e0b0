"""The specification's examples of retention, G3 and G8, from landed versions to scores, and what is not yet settled."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from include.lake import TABLES
from tests.kpis.billing import account, ended, item
from tests.kpis.factory import Scored, at, land, score

MOVES = ("new_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr", "reactivation_mrr", "fx_mrr", "net_new_mrr")

RATES = ("nrr", "grr", "customer_retention_rate", "gross_mrr_churn_rate", "net_mrr_churn_rate", "expansion_rate")


@pytest.fixture
def g3(tmp_path: Path, company: Company) -> Scored:
    """October: A 100 to 150, B 200 to 120, C 3,600 a year, D leaves, E comes back with 90, F is new with 250."""
    items = [
        *(item("A", "2026-03-05", 100), item("A", "2026-10-10", 150)),
        *(item("B", "2026-03-05", 200), item("B", "2026-10-11", 120)),
        item("C", "2026-03-05", 3600, billing_interval="year"),
        *(item("D", "2026-03-05", 50), ended("D", "2026-10-12")),
        *(item("E", "2026-03-05", 80), ended("E", "2026-06-12"), item("E2", "2026-10-13", 90, account_id="E")),
        item("F", "2026-10-14", 250),
    ]
    lake = land(tmp_path, {"accounts": [account(name) for name in "ABCDEF"], "subscription_items": items})
    names = ("mrr", "active_customers", *MOVES, *RATES, "logo_churn_rate", "arpa", "quick_ratio")
    return score(lake, company, "2026-10-31", *names)


def test_g3_mrr_month(g3: Scored) -> None:
    assert [g3.value("mrr", end) for end in ("2026-09-30", "2026-10-31")] == [650, 910]
    assert [g3.value(name, "2026-10-31") for name in MOVES] == [250, 50, 80, 50, 90, 0, 260]
    assert g3.value("nrr", "2026-10-31") == 570 / 650
    assert g3.value("grr", "2026-10-31") == 0.8
    assert g3.value("logo_churn_rate", "2026-10-31") == 0.25
    assert g3.value("customer_retention_rate", "2026-10-31") == 0.75
    assert g3.value("gross_mrr_churn_rate", "2026-10-31") == 0.2
    assert g3.value("net_mrr_churn_rate", "2026-10-31") == 80 / 650
    assert g3.value("expansion_rate", "2026-10-31") == 50 / 650
    assert g3.value("quick_ratio", "2026-10-31") == 3
    assert g3.value("active_customers", "2026-10-31") == 5
    assert g3.value("arpa", "2026-10-31") == 182


def test_g3_says_how_many_accounts_stand_behind(g3: Scored) -> None:
    counts = {name: g3.row(name, "2026-10-31")["n"] for name in ("mrr", "new_mrr", "nrr", "logo_churn_rate", "arpa")}

    assert counts == {"mrr": 5, "new_mrr": 1, "nrr": 4, "logo_churn_rate": 4, "arpa": 5}


def test_g3_by_year_counts_who_left_and_came_back_as_new(g3: Scored) -> None:
    """Nobody was there when the year began."""
    assert g3.value("new_mrr", "2026-10-31", "year") == 910
    assert g3.row("nrr", "2026-10-31", "year")["status"] == "null"
    assert g3.value("mrr", "2026-10-31", "rolling_12m") == 910


@pytest.fixture
def renewals(tmp_path: Path, company: Company) -> Any:
    """G8: four contracts due in June: renewed in May, by itself, not at all, and 20 days late."""
    items = [
        *(term("R1", "2025-06-20", 1200), term("R1", "2026-05-15", 1500, starts="2026-06-20")),
        *(term("R2", "2025-06-10", 2400), term("R2", "2026-06-10", 1800)),
        *(term("R3", "2025-06-15", 3600), ended("R3", "2026-06-15")),
        *(term("R4", "2025-06-30", 600), ended("R4", "2026-06-30", term_end=date(2026, 6, 30))),
        term("R4", "2026-07-20", 600, item_id="R4b"),
    ]
    lake = land(tmp_path, {"accounts": [account(f"R{n}") for n in range(1, 5)], "subscription_items": items})
    return lambda day, name="renewal_rate": score(lake, company, day, name).row(name, "2026-06-30")


def term(name: str, day: str, amount: float, starts: str = "", **given: Any) -> dict[str, Any]:
    """A year's contract, known from `day`."""
    start = date.fromisoformat(starts or day)
    ends = {"term_start": start, "term_end": start.replace(year=start.year + 1), "billing_interval": "year"}
    return {**item(name, day, amount), **ends, **given}


def test_g8_renewals(renewals: Any) -> None:
    row = renewals("2026-10-31")

    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (3, 4, 0.75, 4)


def test_g8_renewals_by_value(renewals: Any) -> None:
    """R1's uplift is capped, R2 shrank, R3 is gone, R4 came back within the days of grace: 3,600 of 7,800 a year."""
    row = renewals("2026-10-31", "renewal_rate_value")

    assert (row["numerator"], row["denominator"], row["value"]) == (300, 650, 3600 / 7800)
    assert (row["currency"], row["status"]) == ("USD", "ok")
    assert renewals("2026-07-29", "renewal_rate_value")["status"] == "immature"


def test_e_grace_the_cohort_is_immature_until_its_last_day_s_is_over(renewals: Any) -> None:
    assert [renewals(day)["status"] for day in ("2026-07-29", "2026-07-30")] == ["immature", "ok"]
    assert renewals("2026-07-19")["value"] == 0.5


def test_e_earlyrenew_a_renewal_before_its_period_is_of_the_term_it_ends(renewals: Any) -> None:
    """R1, renewed in May for June: in June's cohort, beside R2 that renewed itself."""
    row = renewals("2026-06-30")

    assert (row["numerator"], row["denominator"]) == (2, 4)


def rate(scored: Scored, end: str) -> tuple[Any, ...]:
    row = scored.row("renewal_rate", end)
    return row["numerator"], row["denominator"]


def test_a_won_renewal_renews_the_term_it_is_nearest_to(tmp_path: Path, company: Company) -> None:
    """Won late in June 2025 it renews what ended then, not what ends a year later, which another one in May does."""
    items = [term("R", "2024-06-15", 10), term("S", "2025-06-15", 10), term("T", "2025-06-15", 10)]
    deals = [renewal("R", "2025-06-25"), renewal("S", "2025-06-25"), renewal("T", "2026-05-20")]
    lake = land(tmp_path, {"subscription_items": items, "opportunities": deals})

    scored = score(lake, company, "2026-10-31", "renewal_rate")

    assert (rate(scored, "2025-06-30"), rate(scored, "2026-06-30")) == ((1, 1), (1, 2))


def renewal(of: str, day: str) -> dict[str, Any]:
    stamp = at(day)
    won = {"status": "won", "created_at": at("2025-01-01"), "closed_at": stamp, "updated_at": stamp}
    return {"opportunity_id": f"{of} {day}", "type": "renewal", "renewal_of_subscription_id": of, **won}


@pytest.mark.parametrize(("days", "renewed"), [(30, 1), (31, 0)])
def test_e_grace_thirty_days_late_is_renewed(tmp_path: Path, company: Company, days: int, renewed: int) -> None:
    ends = date(2026, 6, 15)
    back = term("R", str(ends + timedelta(days=days)), 10, item_id="back")
    gone = ended("R", str(ends), term_end=ends)
    lake = land(tmp_path, {"subscription_items": [term("R", "2025-06-15", 10), gone, back]})

    assert rate(score(lake, company, "2026-10-31", "renewal_rate"), "2026-06-30") == (renewed, 1)


def test_e_multiyear_a_contract_is_due_when_its_term_ends(tmp_path: Path, company: Company) -> None:
    """Two years, billed each year: a version a year, one term."""
    two_years = {"term_start": date(2024, 11, 5), "term_end": date(2026, 11, 5)}
    items = [{**term("R", day, 10), **two_years} for day in ("2024-11-05", "2025-11-05")]
    lake = land(tmp_path, {"subscription_items": items})

    scored = score(lake, company, "2026-11-30", "renewal_rate")

    assert (rate(scored, "2025-11-30"), rate(scored, "2026-11-30")) == ((0, 0), (0, 1))


def test_e_dedup_a_contract_of_several_items_is_due_once(tmp_path: Path, company: Company) -> None:
    items = [term("R", day, 10, item_id=name) for day in ("2025-10-05", "2026-10-05") for name in ("seats", "support")]
    lake = land(tmp_path, {"subscription_items": items})

    assert rate(score(lake, company, "2026-10-31", "renewal_rate"), "2026-10-31") == (1, 1)


def test_what_renews_itself_every_month_is_never_due(tmp_path: Path, company: Company) -> None:
    month = {"term_start": date(2026, 9, 5), "term_end": date(2026, 10, 5)}
    lake = land(tmp_path, {"subscription_items": [{**item("M", "2026-09-05", 10), **month}]})

    assert score(lake, company, "2026-10-31", "renewal_rate").row("renewal_rate", "2026-10-31")["status"] == "null"


@pytest.fixture
def curve(tmp_path: Path, company: Company) -> list[dict[str, Any]]:
    """Three of July, of whom one leaves in August and comes back in October; one of October."""
    items = [
        *(item("A", "2026-07-03", 10), item("B", "2026-07-20", 10), item("C", "2026-07-31", 10)),
        *(ended("C", "2026-08-09"), item("C2", "2026-10-02", 10, account_id="C"), item("D", "2026-10-09", 10)),
    ]
    accounts = [account(name, channel="event" if name == "C" else "email") for name in "ABCD"]
    lake = land(tmp_path, {"accounts": accounts, "subscription_items": items})
    return score(lake, company, "2026-10-14", "cohort_retention_curve").rows


def ages(rows: list[dict[str, Any]], start: date, **cell: Any) -> list[tuple[Any, ...]]:
    cut = dict.fromkeys(("region", "channel", "country", "breakdown")) | cell
    found = [row for row in rows if row["period_start"] == start and all(row[name] == cut[name] for name in cut)]
    return [(row["age"], row["numerator"], row["denominator"], row["status"]) for row in found]


def test_e_censor_a_cohort_ages_by_month_and_the_running_one_is_immature(curve: list[dict[str, Any]]) -> None:
    assert ages(curve, date(2026, 7, 1)) == [(0, 3, 3, "ok"), (1, 2, 3, "ok"), (2, 2, 3, "ok"), (3, 3, 3, "immature")]
    assert ages(curve, date(2026, 10, 1)) == [(0, 1, 1, "immature")]
    event = [(0, 1, 1, "ok"), (1, 0, 1, "ok"), (2, 0, 1, "ok"), (3, 1, 1, "immature")]
    assert ages(curve, date(2026, 7, 1), channel="event") == event


def test_a_month_in_which_nobody_began_has_one_row_and_no_rate(curve: list[dict[str, Any]]) -> None:
    assert ages(curve, date(2026, 8, 1)) == [(0, 0, 0, "null")]
    assert ages(curve, date(2026, 7, 1), region="spain") == [(0, 0, 0, "null")]


def test_a_cohort_is_never_cut_short_and_goes_down_to_the_country(curve: list[dict[str, Any]]) -> None:
    assert {row["period_end"] for row in curve if row["period_start"] == date(2026, 9, 1)} == {date(2026, 9, 30)}
    assert not [row for row in curve if row["subdivision"] or row["rep"] or row["currency"]]
    assert [row for row in curve if row["region"] == "united_states" and row["country"] == "US"]


def test_missing_where_nobody_bills_the_region(tmp_path: Path, company: Company) -> None:
    others = [name for name in TABLES if name not in ("subscription_items", "billing_lines")]
    lake = land(tmp_path, {"accounts": [account("A")]}, covered=others)

    rows = score(lake, company, "2026-10-31", "mrr", *MOVES, "nrr", "renewal_rate", "cohort_retention_curve").rows

    assert {row["status"] for row in rows} == {"missing"}


def test_an_age_that_billing_does_not_cover_is_missing(tmp_path: Path, company: Company) -> None:
    """Pulled last on 1 October: September is complete, October is not there."""
    tables = {"accounts": [account("A")], "subscription_items": [item("A", "2026-09-05", 10)]}
    lake = land(tmp_path, tables, pulled=at("2026-10-01"))

    rows = score(lake, company, "2026-10-14", "cohort_retention_curve").rows

    assert [status for *_, status in ages(rows, date(2026, 9, 1))] == ["ok", "missing"]
