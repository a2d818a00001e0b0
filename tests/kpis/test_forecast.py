"""What the pipeline promises and how good the promise was: all of it as it stood, never as it is."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import rates
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.selling import deal, lead, state, won

SEPTEMBER, OCTOBER = "2026-09-30", "2026-10-31"
DUE = date(2026, 10, 20)


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of `kpis` from deals, their history and targets; each deal has a lead of its name."""

    def from_deals(deals: list[Row], *kpis: str, day: str = OCTOBER, **others: list[Row]) -> Scored:
        leads = [lead(name, "2026-07-01") for name in sorted({each["opportunity_id"] for each in deals})]
        return score(land(tmp_path, {"leads": leads, "opportunities": deals, **others}), company, day, *kpis)

    return from_deals


def test_e_pit_the_pipeline_is_weighted_by_what_was_likely_then(scored: Any) -> None:
    """September's 100 at 20 % does not become 400 at 90 % when October's does; one without a history is as it is."""
    history = [
        state("a", "2026-09-01", 100, probability=0.2),
        state("a", "2026-10-10", 400, probability=0.9, is_stage_change=False),
    ]
    deals = [deal("a", "2026-09-01", 400, probability=0.9), deal("b", "2026-10-02", 50, probability=0.5)]
    found = scored([*deals, deal("c", "2026-10-03", 9000)], "weighted_pipeline", crm_stage_history=history)

    assert [found.value("weighted_pipeline", end) for end in (SEPTEMBER, OCTOBER)] == [20, 360 + 25]


def test_e_pit_what_was_written_later_about_then_is_not_known_then(scored: Any) -> None:
    """On 5 November the CRM says that the amount was 70 since September: October did not know."""
    late = state("a", "2026-09-10", 70, probability=0.1, is_stage_change=False, recorded_at=at("2026-11-05"))
    history = [state("a", "2026-09-01", 100, probability=0.2), late]
    deals = [deal("a", "2026-09-01", 100, probability=0.2)]

    then = scored(deals, "weighted_pipeline", crm_stage_history=history)
    later = scored(deals, "weighted_pipeline", crm_stage_history=history, day="2026-11-30")

    assert [each.value("weighted_pipeline", SEPTEMBER) for each in (then, later)] == [20, 7]


def test_the_pipeline_is_effective_by_what_is_won_and_likely_in_the_period(scored: Any) -> None:
    """Of a target of 400: 100 won, half of 300 due in October, nothing of what is due in November."""
    deals = [
        won("won", "2026-10-05", 100),
        deal("soon", "2026-10-02", 300, expected_close_date=DUE, probability=0.5),
        deal("later", "2026-10-02", 900, expected_close_date=date(2026, 11, 1), probability=0.5),
    ]
    target = {"period_start": date(2026, 10, 1), "target_value": 400}
    found = scored(deals, "pipeline_effectiveness_vs_goal", targets=[target], day="2026-10-14")

    row = found.row("pipeline_effectiveness_vs_goal", "2026-10-14")
    assert (row["numerator"], row["denominator"], row["value"]) == (250, 400, 0.625)


def test_e_targetmet_a_target_that_is_met_has_no_coverage(scored: Any) -> None:
    deals = [won("won", "2026-10-05", 400), deal("soon", "2026-10-02", 300, expected_close_date=DUE, probability=0.1)]
    target = {"period_start": date(2026, 10, 1), "target_value": 400}
    kpis = ("pipeline_coverage", "pipeline_effectiveness_vs_goal", "quota_attainment")
    found = scored(deals, *kpis, targets=[target])

    row = found.row("pipeline_coverage", OCTOBER)
    assert (row["status"], row["value"]) == ("target_met", None)
    assert [found.row(name, OCTOBER)["status"] for name in kpis[1:]] == ["ok", "ok"]


def test_e_fx_a_target_is_at_its_budget_rate_and_what_was_won_at_its_own_day_s(scored: Any) -> None:
    """1,000 euros at the budget's 1.2 are 1,200 dollars; 500 won at 1.5 are 750."""
    budget = [{**row, "rate_type": "budget"} for row in rates("2026-01-01", USD=1.2)]
    target = {"period_start": date(2026, 10, 1), "target_value": 1000, "currency": "EUR"}
    fx = [*budget, *rates("2026-10-05", USD=1.5)]
    found = scored([won("a", "2026-10-05", 500, currency="EUR")], "quota_attainment", targets=[target], fx_rates=fx)

    row = found.row("quota_attainment", OCTOBER)
    assert (row["numerator"], row["denominator"]) == (750, 1200)


def promised(name: str, amount: float, **given: Any) -> Row:
    """A deal open since July, due in October at even odds."""
    return deal(name, "2026-07-01", amount, expected_close_date=DUE, probability=0.5, **given)


def promise(name: str, amount: float) -> Row:
    """That its history says so."""
    return state(name, "2026-07-01", amount, expected_close_date=DUE, probability=0.5)


def test_a_forecast_is_compared_rep_by_rep(scored: Any) -> None:
    """r1 promised 100 and sold 120 and 10 of what nobody expected: 30 off. r2 promised 50 and sold nothing: 50 off.
    Netted over both it would be 20."""
    deals = [
        won("a", "2026-10-25", 120, owner_rep_id="r1"),
        won("b", "2026-10-26", 10, created="2026-10-02", owner_rep_id="r1"),
        promised("c", 100, owner_rep_id="r2"),
    ]
    found = scored(deals, "forecast_accuracy", crm_stage_history=[promise("a", 200)])

    row = found.row("forecast_accuracy", OCTOBER)
    assert (row["numerator"], row["denominator"]) == (130 - 80, 130)
    usa = {"region": "united_states"}
    assert found.value("forecast_accuracy", OCTOBER, **usa, rep="r1") == pytest.approx(100 / 130)
    assert found.row("forecast_accuracy", OCTOBER, **usa, rep="r2")["status"] == "null"


def test_a_rep_s_deals_net_out_in_its_total_and_not_among_its_products(scored: Any) -> None:
    """100 promised of one product and of another, 150 and 50 sold: the rep kept its word, and by product did not."""
    deals = [won("a", "2026-10-25", 150, product="core"), won("b", "2026-10-25", 50, product="extra")]
    found = scored(deals, "forecast_accuracy", crm_stage_history=[promise("a", 200), promise("b", 200)])

    def of(product: str, **cell: str) -> float | None:
        return found.value("forecast_accuracy", OCTOBER, breakdown="product", member=product, **cell)

    assert found.value("forecast_accuracy", OCTOBER) == 1
    assert [of("core"), of("extra")] == [pytest.approx(100 / 150), 0]
    usa = {"region": "united_states", "country": "US"}
    assert found.value("forecast_accuracy", OCTOBER, **usa) == 1
    assert of("extra", **usa) == 0


def test_accuracy_falls_below_nought_and_is_not_clipped(scored: Any) -> None:
    found = scored([won("a", "2026-10-25", 100), promised("b", 1200)], "forecast_accuracy")

    assert found.value("forecast_accuracy", OCTOBER) == (100 - 500) / 100


def test_e_pit_a_forecast_is_frozen_when_its_period_begins(scored: Any) -> None:
    """On the last of September: 100 at 50 %, due in October. What was raised, put off, added since is none."""
    history = [
        state("a", "2026-09-01", 100, probability=0.5, expected_close_date=DUE),
        state("a", "2026-10-03", 900, probability=0.9, expected_close_date=date(2026, 12, 1), is_stage_change=False),
    ]
    now = {"expected_close_date": date(2026, 12, 1), "probability": 0.9}
    deals = [deal("a", "2026-09-01", 900, **now), won("b", "2026-10-20", 80, created="2026-10-02")]
    found = scored(deals, "forecast_accuracy", crm_stage_history=history)

    row = found.row("forecast_accuracy", OCTOBER)
    assert (row["numerator"], row["denominator"]) == (80 - 30, 80)


def test_e_openperiod_a_running_month_is_held_to_what_was_due_by_now(scored: Any) -> None:
    """By the 22nd the deal due on the 20th is not sold; by the 19th nothing was due."""
    deals = [promised("a", 100), won("b", "2026-10-05", 80, created="2026-10-02")]

    for day, missed in (("2026-10-19", 80), ("2026-10-22", 30)):
        row = scored(deals, "forecast_accuracy", day=day).row("forecast_accuracy", day)
        assert (row["numerator"], row["status"]) == (80 - missed, "partial")
