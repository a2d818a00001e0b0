"""Key figures: what the month still asks for, and costs against their target."""

from dataclasses import replace

from include.report.cards import cards
from include.report.material import Material


def test_when_the_month_is_over_the_pipeline_stands_for_its_coverage(
    malaysia: Material, malaysia_running: Material
) -> None:
    ended, running = ({card.kpi for card in cards(each)} for each in (malaysia, malaysia_running))
    assert "pipeline_value" in ended - running
    assert "pipeline_coverage" in running - ended


def test_a_cost_says_how_far_it_is_from_its_target_and_not_a_share(malaysia: Material) -> None:
    shown = {card.kpi: card for card in cards(malaysia)}
    cost, sales = shown["cac"].beside, shown["bookings"].beside
    now, goal = malaysia.now("cac"), malaysia.targets["cac"]
    assert cost is not None
    assert sales is not None
    assert now is not None
    assert now.value is not None
    assert sales.id == "value"
    gap = round(now.value / goal - 1, 2)
    assert cost.id == ("beside.at" if gap == 0 else "beside.above" if gap > 0 else "beside.below")


def test_bookings_and_deals_name_what_they_count(malaysia: Material) -> None:
    named = {card.kpi: card.cases.id for card in cards(replace(malaysia, bills=False)) if card.cases}
    assert (named["bookings"], named["deals_won"]) == ("cases.renewals", "cases.deals")
