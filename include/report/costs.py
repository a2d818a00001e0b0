"""Cost efficiency: what the funnel costs, against target and past."""

from include.report.compared import arranged, known, table
from include.report.figures import Message, Value
from include.report.lines import Line, Lines
from include.report.material import Material
from include.report.periods import months_back, year_to
from include.report.scales import highest, ticks
from include.report.section import Section
from include.report.status import trust

SHOWN = ("ad_spend", "selling_cost", "cost_per_lead", "cost_per_mql", "cost_per_sql", "cost_per_opportunity", "cac",
         "media_cac", "roas", "marketing_roi", "selling_cost_ratio", "cac_payback_months", "ltv_to_cac")  # fmt: skip
POC = ("pocs_executed", "poc_pass_rate", "poc_success_rate", "buy_intent_realisation_rate", "poc_time_to_finish",
       "cost_per_poc", "cost_per_successful_poc", "poc_cost_per_accomplished_poc",
       "poc_cost_per_successful_poc")  # fmt: skip
DRAWN = ("cost_per_lead", "cac")
LEAST = 6


def costs(material: Material) -> Section:
    """The cost KPIs of the month so far, what a lead and a customer cost in each of the last twelve months, and what
    POCs cost and bring."""
    charts = tuple(chart for kpi in DRAWN if (chart := _chart(material, kpi)) is not None)
    rows, tried = arranged(charts, table(material, "costs", SHOWN)), known(material, POC)
    return Section(
        id="costs",
        lead=_lead(material),
        rows=(*rows, (table(material, "poc", POC),)) if tried else rows,
        notes=() if tried or not material.has(POC[0]) else (Message(f"poc.{_why(material)}"),),
    )


def _why(material: Material) -> str:
    """Why there is no table of POCs."""
    return "missing" if material.gone(POC[0]) else "none"


def _lead(material: Material) -> Message:
    cac, before = material.now("cac"), material.before("cac")
    if cac is None or trust(cac) or cac.value is None:
        return Message("lead.missing" if material.gone("cac") else "costs.lead.unknown")
    said = {"cac": material.written(cac), "change": material.change(cac, before)}
    goal = material.targets.get("cac")
    if goal:
        said |= {"target": material.write("cac", goal), "by": Value("share", abs(cac.value / goal - 1))}
        return Message(_side(cac.value / goal), said, cells=(cac.id,))
    known = said["change"].value is not None
    return Message("costs.lead.change" if known else "costs.lead.plain", said, cells=(cac.id,))


def _side(reached: float) -> str:
    """Above or below the target, or at it where the difference would be shown as 0%."""
    if round(abs(reached - 1), 2) == 0:
        return "costs.lead.at"
    return "costs.lead.above" if reached > 1 else "costs.lead.below"


def _chart(material: Material, kpi: str) -> Lines | None:
    ends = year_to(material.day)
    found = [material.cells.get(kpi, end) for end in ends] if material.has(kpi) else []
    numbers = tuple(None if cell is None or trust(cell) else cell.value for cell in found)
    seen = [number for number in numbers if number is not None]
    if len(seen) < LEAST:
        return None
    line = Line(
        name=Message("value", {"it": Value("kpi", kpi)}),
        values=numbers,
        shown=tuple(material.write(kpi, number) for number in (seen[0], seen[-1])),
        tone="value",
        running=material.frame.running and numbers[-1] is not None,
        cells=tuple("" if cell is None else cell.id for cell in found),
    )
    months = tuple(
        Value("month", months_back(material.frame.now.first, back).isoformat()) for back in range(11, -1, -1)
    )
    scale = tuple(material.write(kpi, tick) for tick in ticks(highest([numbers])))
    return Lines(
        Message("costs.chart.title", {"kpi": Value("kpi", kpi)}), Message("costs.chart.about"), months, (line,), scale
    )
