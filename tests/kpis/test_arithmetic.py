"""What a declaration may write: sums, factors, products, quotients, other KPIs; and the rules that bring a denominator
of their own."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from include.kpis import KPIS
from include.kpis.kpi import (
    DERIVED,
    EVENT,
    OPENING_BASE,
    PERIOD_OVER_PERIOD,
    PERIOD_RATIO,
    Better,
    Kpi,
    Rule,
    Unit,
    share,
)
from include.kpis.measure import count, distinct, money
from include.kpis.rules import readings
from tests.kpis.factory import Scored, at, land, score

BOOKINGS, WON, LOST = (KPIS[name] for name in ("bookings", "deals_won", "deals_lost"))


def kpi(name: str, rule: Rule, numerator: Any, denominator: Any = None, unit: Unit = Unit.RATIO) -> Kpi:
    return Kpi(
        name, "Label", "Description.", "won", unit, Better.HIGHER, "percent", rule, numerator, denominator,
        grains=("week", "month", "quarter"), by=("channel", "country", "rep"),
    )  # fmt: skip


def deal(name: str, day: str, amount: int, **given: Any) -> dict[str, Any]:
    closed = at(day)
    return {
        "opportunity_id": name, "account_id": name, "primary_lead_id": name, "created_at": at("2026-01-05"),
        "status": "won", "closed_at": closed, "updated_at": closed, "amount": amount, **given,
    }  # fmt: skip


def scored(
    tmp_path: Path, company: Company, deals: list[dict[str, Any]], *kpis: Kpi, day: str = "2026-10-31"
) -> Scored:
    leads = [
        {"lead_id": each["opportunity_id"], "created_at": at("2026-01-05"), **each.pop("lead", {})} for each in deals
    ]
    lake = land(tmp_path, {"leads": leads, "opportunities": deals})
    return score(lake, company, day, *kpis)


def test_a_factor_scales_and_a_quotient_of_a_quotient_is_one(tmp_path: Path, company: Company) -> None:
    """12 × 300; 300 a deal won over 1.5 a deal decided: (300/2) / (3/2) = 100."""
    each = BOOKINGS.numerator / WON.numerator
    decided = (WON.numerator + LOST.numerator) / WON.numerator
    deals = [deal("a", "2026-10-02", 100), deal("b", "2026-10-03", 200), deal("c", "2026-10-04", 70, status="lost")]

    found = scored(
        tmp_path, company, deals, kpi("yearly", EVENT, 12 * BOOKINGS.numerator), kpi("nested", DERIVED, each, decided)
    )

    assert found.value("yearly", "2026-10-31") == 3600
    nested = found.row("nested", "2026-10-31")
    assert (nested["numerator"], nested["denominator"], nested["value"]) == (150, 1.5, 100)


def test_a_kpi_in_a_formula_is_its_value_and_null_where_that_is(tmp_path: Path, company: Company) -> None:
    per_deal = kpi("per_deal", PERIOD_RATIO, BOOKINGS.numerator, WON.numerator)
    per_loss = kpi("per_loss", PERIOD_RATIO, BOOKINGS.numerator, LOST.numerator)
    deals = [deal("a", "2026-10-02", 100), deal("b", "2026-10-03", 200)]

    found = scored(
        tmp_path, company, deals, kpi("twice", DERIVED, 2 * per_deal), kpi("none", DERIVED, per_deal * per_loss)
    )

    assert found.value("twice", "2026-10-31") == 300
    assert (found.row("none", "2026-10-31")["status"], found.value("none", "2026-10-31")) == ("null", None)


def test_a_formula_matures_when_the_last_kpi_in_it_does() -> None:
    assert readings(kpi("late", DERIVED, KPIS["lead_to_mql_rate"] * KPIS["sql_to_won_rate"])).matures == 180


def test_only_what_a_kpi_is_made_of_can_be_filtered() -> None:
    with pytest.raises(TypeError, match="not the KPI"):
        (2 * WON).filtered("true")


def test_each_cell_counts_its_own_different_values(tmp_path: Path, company: Company) -> None:
    """Two channels sold under one owner each and one of them is the same: two owners in all, not three."""
    deals = [
        deal("a", "2026-10-02", 1, owner_rep_id="r1", lead={"channel": "email"}),
        deal("b", "2026-10-02", 1, owner_rep_id="r2", lead={"channel": "email"}),
        deal("c", "2026-10-02", 1, owner_rep_id="r1", lead={"channel": "direct"}),
    ]

    found = scored(tmp_path, company, deals, kpi("sellers", EVENT, distinct("deals", "rep"), unit=Unit.COUNT))

    assert found.value("sellers", "2026-10-31") == 2
    assert found.value("sellers", "2026-10-31", channel="email") == 2
    assert found.row("sellers", "2026-10-31", channel="direct")["n"] == 1


def test_growth_is_over_the_period_before_and_null_before_data_begins(tmp_path: Path, company: Company) -> None:
    growth = kpi("growth", PERIOD_OVER_PERIOD, BOOKINGS.numerator)
    deals = [deal("a", "2026-08-05", 100), deal("b", "2026-09-05", 150), deal("c", "2026-10-05", 120)]

    found = scored(tmp_path, company, deals, growth)

    assert found.value("growth", "2026-08-31") is None
    assert found.value("growth", "2026-09-30") == 0.5
    assert found.value("growth", "2026-10-31") == pytest.approx(-0.2)


def test_a_running_period_grows_over_as_many_days_of_the_one_before(tmp_path: Path, company: Company) -> None:
    """By the 14th: 300, against 100 by the 14th of September, whatever came after it."""
    growth = kpi("growth", PERIOD_OVER_PERIOD, BOOKINGS.numerator)
    deals = [
        deal("z", "2026-08-05", 1),
        deal("a", "2026-09-14", 100),
        deal("b", "2026-09-15", 900),
        deal("c", "2026-10-14", 300),
    ]

    found = scored(tmp_path, company, deals, growth, day="2026-10-14")

    row = found.row("growth", "2026-10-14")
    assert (row["numerator"], row["denominator"], row["status"]) == (200, 100, "partial")


def test_growth_over_nothing_or_less_is_null(tmp_path: Path, company: Company) -> None:
    growth = kpi("growth", PERIOD_OVER_PERIOD, BOOKINGS.numerator)
    deals = [deal("a", "2026-08-05", 10), deal("b", "2026-09-05", -5), deal("c", "2026-10-05", 120)]

    assert scored(tmp_path, company, deals, growth).row("growth", "2026-10-31")["status"] == "null"


def test_a_channels_share_is_of_all_channels_of_its_place(tmp_path: Path, company: Company) -> None:
    part = kpi("part", share("channel"), BOOKINGS.numerator)
    deals = [
        deal("a", "2026-10-02", 30, lead={"channel": "email"}),
        deal("b", "2026-10-02", 70, lead={"channel": "direct"}),
        deal("c", "2026-10-02", 900, currency="USD", lead={"channel": "direct", "country": "MX"}),
    ]

    found = scored(tmp_path, company, deals, part)

    usa = {"region": "united_states"}
    assert found.value("part", "2026-10-31", **usa, channel="email") == 0.3
    assert found.value("part", "2026-10-31", channel="email") == 0.03
    assert found.value("part", "2026-10-31", **usa) == 1


def test_a_places_share_is_of_the_place_above_and_never_across_currencies(tmp_path: Path, company: Company) -> None:
    """A region's part of the company is in the company's money; in its own there is none, for the others' differs."""
    part = kpi("part", share("place"), money("deals", where="status = 'won'"))
    deals = [
        deal("a", "2026-10-02", 30, currency="USD"),
        deal("c", "2026-10-02", 90, currency="USD", lead={"country": "MX", "subdivision": "MX-JAL"}),
    ]
    leads = [
        {"lead_id": each["opportunity_id"], "created_at": at("2026-01-05"), **each.pop("lead", {})} for each in deals
    ]
    rates = [
        {"rate_date": date(2026, 10, 1), "quote_currency": name, "rate": rate}
        for name, rate in (("USD", 1), ("MXN", 20))
    ]
    lake = land(tmp_path, {"leads": leads, "opportunities": deals, "fx_rates": rates})

    found = score(lake, company, "2026-10-31", part)

    assert found.value("part", "2026-10-31", region="united_states", currency="USD") == 0.25
    assert found.value("part", "2026-10-31", region="mexico", currency="USD") == 0.75
    assert found.row("part", "2026-10-31", region="mexico", currency="MXN")["status"] == "null"
    place = {"region": "mexico", "country": "MX"}
    assert found.value("part", "2026-10-31", **place, currency="MXN") == 1
    assert found.value("part", "2026-10-31", region="mexico", rep="unassigned", currency="MXN") == 1


def test_new_ones_are_counted_over_those_active_at_the_start(tmp_path: Path, company: Company) -> None:
    """Two were active when October began; one of them left, and one came: 1 of 2."""
    joined = kpi("joined", OPENING_BASE, count("account_mrr", "movement = 'new'"), count("account_mrr"))
    items = [
        {"item_id": name, "subscription_id": name, "account_id": name, "unit_amount": 10, "valid_from": at(day)}
        for name, day in (("a", "2026-08-02"), ("b", "2026-08-02"), ("c", "2026-10-10"))
    ]
    items.append({**items[1], "valid_from": at("2026-10-20"), "status": "canceled"})
    accounts = [{"account_id": name, "created_at": at("2026-01-05")} for name in "abc"]
    lake = land(tmp_path, {"accounts": accounts, "subscription_items": items})

    row = score(lake, company, "2026-10-31", joined).row("joined", "2026-10-31")

    assert (row["numerator"], row["denominator"], row["value"]) == (1, 2, 0.5)


def test_half_a_billionth_of_a_day_is_rounded_up_as_on_spark(tmp_path: Path, company: Company) -> None:
    """16.8187328125 days exactly: a quotient that is cast as it is ends at the even billionth in DuckDB."""
    began = at("2026-01-05")
    stays = {"mql": began, "sal": began + timedelta(microseconds=1_453_138_515_000)}
    history = [{"entity_id": "L1", "stage": stage, "entered_at": stays[stage]} for stage in stays]
    lake = land(tmp_path, {"leads": [{"lead_id": "L1", "created_at": began}], "crm_stage_history": history})

    row = score(lake, company, "2026-01-31", "time_in_stage").row("time_in_stage", "2026-01-31", stage="mql")

    assert row["numerator"] == Decimal("16.818732813")
