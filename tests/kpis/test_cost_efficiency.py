"""What a stage, a customer, the selling itself costs."""

from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.selling import cost, deal, lead, spend, won

OCTOBER = "2026-10-31"
STEPS = ("cost_per_lead", "cost_per_mql", "cost_per_sql", "cost_per_opportunity")
PER_CUSTOMER = ("cac", "sales_cac", "media_cac", "selling_cost")


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of 31 October from entries of the cost sheet and whatever else."""

    def from_costs(*costs: Row, by: Company = company, **others: list[Row]) -> Scored:
        return score(land(tmp_path, {"sales_costs": costs, **others}), by, OCTOBER, *STEPS, *PER_CUSTOMER)

    return from_costs


def staged() -> list[Row]:
    """A power of two for each stage, one of no stage, and one that keeps customers."""
    stages = ("visitor", "lead", "mql", "sql", "opportunity", "poc", None, "lost")
    rows = [cost(str(number), "2026-10-05", 2**number, stage=stage) for number, stage in enumerate(stages)]
    return [*rows, cost("old", "2026-10-05", 1000, stage="lead", acquisition_scope="existing")]


def test_a_stage_costs_what_was_spent_up_to_it(scored: Any) -> None:
    found = scored(*staged(), ad_spend_daily=[spend("2026-10-05", 10_000)])

    taken = [found.row(name, OCTOBER)["numerator"] - 10_000 for name in STEPS]
    assert taken == [1 + 2, 1 + 2 + 4, 1 + 2 + 4 + 8, 1 + 2 + 4 + 8 + 16]
    assert found.row("cac", OCTOBER)["numerator"] - 10_000 == 255


def test_up_to_a_stage_is_by_the_configured_order(scored: Any, company: Company) -> None:
    """Where trials come before the opportunity, what a POC costs is a cost of the opportunity too."""
    early = ("visitor", "lead", "mql", "sql", "poc", "opportunity", "poc_evaluation", "won")
    trials_first = company.model_copy(update={"funnel": company.funnel.model_copy(update={"order": early})})

    found = scored(*staged(), by=trials_first)

    assert found.row("cost_per_opportunity", OCTOBER)["numerator"] == 1 + 2 + 4 + 8 + 16 + 32


def test_an_opportunity_costs_its_part_of_new_business_alone(scored: Any) -> None:
    deals = [deal("new", "2026-10-05"), deal("up", "2026-10-05", type="upsell")]
    row = scored(cost("1", "2026-10-05", 50, stage="sql"), opportunities=deals).row("cost_per_opportunity", OCTOBER)

    assert (row["value"], row["denominator"]) == (50, 1)


def test_the_team_costs_what_it_is_paid_and_spends_and_no_ads(scored: Any) -> None:
    types = ("rep_pay", "commission", "entertainment", "travel", "tools", "poc_time", "poc_material", "agency", "event",
             "content", "other")  # fmt: skip
    costs = [cost(name, "2026-10-05", 2**number, cost_type=name) for number, name in enumerate(types)]
    costs.append(cost("kept", "2026-10-05", 10_000, cost_type="travel", acquisition_scope="existing"))
    found = scored(*costs, ad_spend_daily=[spend("2026-10-05", 99)], opportunities=[won("a", "2026-10-20")])

    assert found.value("sales_cac", OCTOBER) == 127
    assert found.value("selling_cost", OCTOBER) == 10_127
    assert found.value("media_cac", OCTOBER) == 99
    assert found.value("cac", OCTOBER) == 2047 + 99


def test_a_rep_costs_what_it_is_paid_per_customer_it_won(scored: Any) -> None:
    reps = [{"rep_id": "r1", "team": "north", "updated_at": at("2026-01-01")}]
    costs = [
        cost("1", "2026-10-05", 60, cost_type="rep_pay", rep_id="r1"),
        cost("2", "2026-10-05", 5, cost_type="tools"),
    ]
    wins = [won(name, "2026-10-20", owner_rep_id="r1", team="north") for name in "ab"]
    found = scored(*costs, opportunities=wins, reps=reps, leads=[lead(name, "2026-07-01") for name in "ab"])

    usa = {"region": "united_states"}
    assert found.value("sales_cac", OCTOBER, **usa, rep="r1") == 30
    assert found.value("sales_cac", OCTOBER, **usa, breakdown="team", member="north") == 30
    assert found.row("selling_cost", OCTOBER, **usa, rep="unallocated")["numerator"] == 5
    assert found.value("sales_cac", OCTOBER, **usa) == 65 / 2


def test_e_unalloc_channels_bear_their_own_cost_and_the_total_all_of_it(scored: Any) -> None:
    """100 for search, 40 for nobody in particular, one customer each by search and e-mail."""
    wins = [won("s", "2026-10-20"), won("m", "2026-10-20")]
    leads = [lead("s", "2026-07-01"), lead("m", "2026-07-01", channel="email")]
    spent = [spend("2026-10-05", 100), spend("2026-10-05", 7, channel="paid_social", campaign_id="c2", country=None)]
    found = scored(cost("1", "2026-10-05", 40), opportunities=wins, leads=leads, ad_spend_daily=spent)

    by_channel = {name: found.value("cac", OCTOBER, channel=name) for name in ("paid_search", "email", "paid_social")}
    assert by_channel == {"paid_search": 100, "email": 0, "paid_social": None}
    unallocated = found.row("cac", OCTOBER, channel="unallocated")
    assert (unallocated["numerator"], unallocated["status"]) == (40, "null")
    assert found.value("cac", OCTOBER) == (100 + 40 + 7) / 2
    assert found.row("cac", OCTOBER, region="unallocated")["numerator"] == 7
    parts = [row["numerator"] for row in found.all("cac", grain="month", region=None, currency="USD")
             if row["channel"] and str(row["period_end"]) == OCTOBER]  # fmt: skip
    assert sum(parts) == found.row("cac", OCTOBER)["numerator"]
