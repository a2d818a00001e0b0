"""The retention section: the bridge adds up, nothing immature is judged, and what is not known says why."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pyarrow.compute as pc
import pytest

from include.kpis import KPIS
from include.kpis.quality import SourceHealth
from include.report.blocks import Cohort, Heat, Waterfall
from include.report.bridge import waterfall as drawn
from include.report.cells import Cell, Cells
from include.report.charts import lines as drawn_lines
from include.report.compose import compose
from include.report.figures import Value
from include.report.html import page
from include.report.lines import Lines
from include.report.material import Material
from include.report.quality import missing
from include.report.retention import BILLING, retention
from include.report.scales import ticks_around
from include.report.section import Section
from include.report.tables import Table
from include.report.trend import trend
from include.report.words import Words
from tests.report import subscriptions, synthetic

END, MIDDLE = date(2026, 10, 31), date(2026, 10, 14)
EVERYONE = ("malaysia", "spain", "china", "mexico", "united_states", "company")


def section(material: Material) -> Section:
    found = retention(material)
    assert found is not None
    return found


def blocks(material: Material) -> list[object]:
    return [block for row in section(material).rows for block in row]


def bridge(material: Material) -> Waterfall:
    return next(block for block in blocks(material) if isinstance(block, Waterfall))


def heat(material: Material) -> Heat:
    return next(block for block in blocks(material) if isinstance(block, Heat))


def table(material: Material) -> Table:
    return next(block for block in blocks(material) if isinstance(block, Table))


def without(material: Material, *kpis: str) -> Material:
    """The same night without the cells of some KPIs."""
    day, region = material.day, material.region.id
    scores = synthetic.scores(day, () if material.region.is_company else (region,), material.region.is_company)
    left = scores.filter(pc.invert(pc.is_in(scores["kpi"], pc.cast(list(kpis), scores["kpi"].type))))
    return replace(material, cells=synthetic.material(day, region, left).cells)


@pytest.mark.parametrize("day", [MIDDLE, END])
@pytest.mark.parametrize("region", EVERYONE)
def test_opening_and_movements_are_the_closing(region: str, day: date) -> None:
    opening, *moves, closing = bridge(synthetic.material(day, region)).moves
    assert [move.name.id for move in moves] == [
        "moves.new_mrr",
        "moves.expansion_mrr",
        "moves.reactivation_mrr",
        "moves.contraction_mrr",
        "moves.churned_mrr",
        "moves.fx_mrr",
    ]
    assert sum(move.number for move in (opening, *moves)) == pytest.approx(closing.number)
    assert all(move.number <= 0 for move in moves if move.name.id in ("moves.contraction_mrr", "moves.churned_mrr"))


def test_the_opening_is_the_closing_of_the_month_before(malaysia: Material) -> None:
    before = malaysia.cells.get("mrr", date(2026, 9, 30))
    assert before is not None
    assert bridge(malaysia).moves[0].number == pytest.approx(before.value)


def test_a_month_without_a_movement_of_a_kind_has_nought_there(malaysia: Material) -> None:
    moves = {move.name.id: move for move in bridge(without(malaysia, "reactivation_mrr")).moves}
    assert moves["moves.reactivation_mrr"].shown == Value("move", 0.0)


def test_levels_are_lines_gains_solid_and_losses_hollow(malaysia: Material) -> None:
    chart = bridge(malaysia)
    svg = ElementTree.fromstring(drawn(chart, Words("en_MY", "MYR", malaysia.company, KPIS)))
    bars = [bar.get("fill") for bar in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert bars.count("var(--paper)") == sum(move.number < 0 for move in chart.moves)
    assert bars.count("var(--blue)") == sum(move.kind == "gain" for move in chart.moves)
    levels = [line for line in svg.iter("{http://www.w3.org/2000/svg}path") if line.get("stroke-width") == "2.4"]
    assert len(levels) == 2


def test_its_title_says_every_number_in_the_drawings_stead(malaysia: Material) -> None:
    words = Words("ms_MY", "MYR", malaysia.company, KPIS)
    title = ElementTree.fromstring(drawn(bridge(malaysia), words))[0]
    assert title.tag.endswith("title")
    for move in bridge(malaysia).moves:
        assert f"{words.say(move.name)}: {words.show(move.shown)}" in (title.text or "")


def test_the_course_of_a_year_has_both_rates_and_the_hundred_among_its_lines(malaysia_running: Material) -> None:
    chart = next(block for block in blocks(malaysia_running) if isinstance(block, Lines))
    assert [line.name.id for line in chart.lines] == ["trend.nrr", "trend.grr"]
    assert all(line.running and len(line.values) == 12 for line in chart.lines)
    ticks = [tick.value for tick in chart.ticks]
    assert 1.0 in ticks
    assert len(ticks) <= 5
    known = [value for line in chart.lines for value in line.values if value is not None]
    assert min(ticks) <= min(known) <= max(known) <= max(ticks)  # type: ignore[type-var]
    svg = drawn_lines(chart, Words("en_MY", "MYR", malaysia_running.company, KPIS))
    assert "NRR" in svg
    assert "GRR" in svg


def test_a_rate_of_the_running_month_is_not_held_against_its_target(
    malaysia: Material, malaysia_running: Material
) -> None:
    def standing(material: Material, kpi: str) -> str | None:
        return next(row.entries[-1].status for row in table(material).rows if row.head == Value("kpi", kpi))

    assert standing(malaysia_running, "logo_churn_rate") == "partial"
    assert standing(malaysia, "logo_churn_rate") in ("ahead", "on", "risk", "behind")
    assert standing(malaysia, "arpa") is None


def test_renewals_are_those_of_the_last_month_whose_grace_is_over(
    malaysia: Material, malaysia_running: Material
) -> None:
    for material, month in ((malaysia, "2026-09-01"), (malaysia_running, "2026-08-01")):
        head = table(material).rows[-1].head
        assert not isinstance(head, Value)
        assert head.values["month"] == Value("year_month", month)


def row_of(chart: Heat, month: str) -> Cohort:
    return next(cohort for cohort in chart.cohorts if cohort.head == Value("year_month", month))


def test_the_running_month_is_hatched_and_in_no_total(malaysia: Material, malaysia_running: Material) -> None:
    january = row_of(heat(malaysia_running), "2026-01-01").shades
    assert [shade.running for shade in january] == [False] * 9 + [True]
    assert not any(shade.running for cohort in heat(malaysia).cohorts for shade in cohort.shades)
    assert len(heat(malaysia_running).cohorts[-1].shades) < len(heat(malaysia).cohorts[-1].shades)


def test_a_cohort_of_few_shows_no_rate_but_counts_in_the_total(malaysia_running: Material) -> None:
    few = row_of(heat(malaysia_running), "2025-12-01")
    assert isinstance(few.n.value, int)
    assert few.n.value < 20
    assert {(shade.status, shade.value.value) for shade in few.shades} == {("few", None)}
    *rows, total = heat(malaysia_running).cohorts
    closed = [int(row.n.value or 0) for row in rows[:-1]]  # the month that runs is in no total
    assert total.n.value == sum(closed)


def test_where_most_months_are_few_the_months_of_a_quarter_stand_together() -> None:
    spain = heat(synthetic.material(MIDDLE, "spain"))
    assert [row.head for row in spain.cohorts[:2]] == [
        Value("year_quarter", "2025-01-01"),
        Value("year_quarter", "2025-04-01"),
    ]
    assert spain.about.id == "heat.about.quarters"
    second = spain.cohorts[5]  # April to June 2026: the youngest has reached its fourth month, and that runs
    assert [shade.running for shade in second.shades] == [False] * 4 + [True]


def test_each_step_of_the_ramp_begins_where_its_key_says(malaysia: Material) -> None:
    steps = {
        round(100 * float(shade.value.value or 0)): shade.step
        for cohort in heat(malaysia).cohorts
        for shade in cohort.shades
        if shade.value.value is not None
    }
    assert {steps[share] for share in steps if share < 80} == {0}
    assert {steps[share] for share in steps if 80 <= share < 90} == {1}
    assert {steps[share] for share in steps if 90 <= share < 95} == {2}
    assert {steps[share] for share in steps if 95 <= share < 100} == {3}
    assert steps[100] == 4


def test_a_company_that_does_not_bill_has_neither_section_nor_card(malaysia: Material) -> None:
    report = compose(replace(malaysia, bills=False))
    assert "retention" not in [each.id for each in report.sections]
    assert "mrr" not in [card.kpi for card in report.cards]
    assert "deals_won" in [card.kpi for card in report.cards]
    assert compose(malaysia).cards[4].kpi == "mrr"


def test_a_company_that_does_not_bill_lacks_no_figure_of_it(malaysia: Material) -> None:
    billing = gone(malaysia)
    assert {"mrr", "arpa", "renewal_rate"} <= set(missing(billing))
    assert set(missing(replace(billing, bills=False))) & set(subscriptions.KPIS) == set()


def gone(material: Material, *sources: SourceHealth) -> Material:
    """The same region where no source brought subscriptions."""
    table = synthetic.scores(material.day, (material.region.id,))
    found = synthetic.material(material.day, material.region.id, subscriptions.missing(table))
    return replace(found, quality=replace(material.quality, sources=sources))


def test_a_region_whose_billing_is_missing_says_why(malaysia: Material) -> None:
    nobody = section(gone(malaysia, SourceHealth("hubspot", ("leads",), 9, 0, None, "ok", True)))
    assert (nobody.lead.id, nobody.rows, nobody.page) == ("retention.lead.nobody", (), False)
    late = section(gone(malaysia, SourceHealth("stripe", (BILLING,), 9, 0, None, "late", True)))
    assert (late.lead.id, late.lead.values["source"]) == ("retention.lead.waiting", Value("data", "stripe"))


def test_the_page_holds_the_reason(malaysia: Material) -> None:
    stripe = SourceHealth("stripe", (BILLING,), 9, 0, None, "late", True)
    report = compose(gone(malaysia, stripe))
    html = page(report, Words("en_MY", "MYR", malaysia.company, KPIS))
    assert "stripe does not cover the day yet, so recurring revenue is not known." in html.replace("\u00a0", " ")


def test_a_region_without_a_paying_customer_says_so(malaysia: Material) -> None:
    assert section(without(malaysia, *subscriptions.KPIS)).lead.id == "retention.lead.none"


def test_half_of_the_scores_is_half_of_the_section(malaysia: Material) -> None:
    """A young company has no twelve months behind it, and no cohort in a region that sold nothing new."""
    found = blocks(without(malaysia, "nrr", "grr", "cohort_retention_curve", "renewal_rate"))
    assert [type(block) for block in found] == [Waterfall, Table]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.91, 1.08, [0.9, 0.95, 1.0, 1.05, 1.1]),
        (0.6, 1.9, [0.5, 1.0, 1.5, 2.0]),
        (0.84, 53.0, [0.0, 20.0, 40.0, 60.0]),
        (0.0, 1697.6, [0.0, 500.0, 1000.0, 1500.0, 2000.0]),
    ],
)
def test_a_course_of_any_height_has_round_lines(low: float, high: float, ticks: list[float]) -> None:
    assert ticks_around(low, high) == ticks


def test_the_first_months_of_a_company_do_not_flatten_the_last(malaysia: Material) -> None:
    def grown(cell: Cell) -> Cell:
        young = cell.kpi == "nrr" and cell.key[2] == "rolling_12m" and cell.key[4] < date(2026, 2, 1)
        return replace(cell, value=39.0) if young else cell

    young = replace(malaysia, cells=Cells(map(grown, malaysia.cells.all()), malaysia.region.id))
    chart, plain = trend(young), trend(malaysia)
    assert chart is not None
    assert plain is not None
    top = float(chart.ticks[-1].value or 0)
    late = [value for line in chart.lines for value in line.values[-6:] if value is not None]
    assert max(late) < top < 2 * float(plain.ticks[-1].value or 0)
    assert 39.0 in chart.lines[0].values  # told, though it is not on the scale


def test_a_rate_of_a_handful_of_customers_is_no_point_of_the_course(malaysia: Material) -> None:
    assert trend(malaysia) is not None
    assert (
        trend(replace(malaysia, cells=Cells((replace(cell, n=3) for cell in malaysia.cells.all()), malaysia.region.id)))
        is None
    )
