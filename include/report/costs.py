"""Cost efficiency: what the funnel costs, against target and past."""

from include.report.cards import reach
from include.report.figures import Message, Status, Value
from include.report.material import Material
from include.report.periods import months_back, year_to
from include.report.report import Column, Entry, Line, Lines, Row, Section, Table
from include.report.status import judge, trust

SHOWN = ("cost_per_lead", "cac", "roas", "ad_spend", "average_deal_size", "pipeline_value", "pipeline_coverage",
         "quota_attainment")  # fmt: skip
COVERAGE, DRAWN = "pipeline_coverage", "cost_per_lead"
LEAST = 6


def costs(material: Material) -> Section:
    """The cost KPIs of the month so far, and the cost per lead of the last twelve months."""
    table, chart = _table(material), _chart(material)
    return Section(id="costs", lead=_lead(material), rows=((table, chart),) if chart else ((table,),))


def standing(material: Material, kpi: str) -> Status | None:
    """The status of a KPI against its target; None where it has none and nothing is wrong."""
    reached = reach(material, kpi)
    return trust(material.now(kpi)) or (None if reached is None else judge(reached))


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


def _table(material: Material) -> Table:
    frame = material.frame
    spans = {
        "then": Value("span", str(frame.previous)),
        "now": Value("span", str(frame.now)),
        "year": Value("period", str(frame.year_ago)),
    }
    heads = ("column.now", "column.change", "column.year_change", "column.target", "column.status")
    return Table(
        title=Message("costs.title"),
        about=Message("costs.about", spans),
        first=Message("column.kpi"),
        columns=tuple(Column(Message(head), left=head == "column.status") for head in heads),
        rows=tuple(_row(material, kpi) for kpi in _shown(material)),
    )


def _shown(material: Material) -> list[str]:
    """The KPIs of the table; when the month is over there is nothing left to cover."""
    return [kpi for kpi in SHOWN if material.has(kpi) and (material.frame.running or kpi != COVERAGE)]


def _row(material: Material, kpi: str) -> Row:
    now = material.now(kpi)
    return Row(
        Value("kpi", kpi),
        (
            Entry(material.written(now), cell="" if now is None else now.id),
            Entry(material.change(now, material.before(kpi))),
            Entry(material.change(now, material.year_ago(kpi))),
            Entry(material.write(kpi, material.targets.get(kpi))),
            Entry(status=standing(material, kpi)),
        ),
    )


def _chart(material: Material) -> Lines | None:
    ends = year_to(material.day)
    found = [material.cells.get(DRAWN, end) for end in ends] if material.has(DRAWN) else []
    numbers = tuple(None if cell is None or trust(cell) else cell.value for cell in found)
    known = [number for number in numbers if number is not None]
    if len(known) < LEAST:
        return None
    line = Line(
        name=Message("costs.line"),
        values=numbers,
        shown=tuple(material.write(DRAWN, number) for number in (known[0], known[-1])),
        tone="value",
        running=material.frame.running and numbers[-1] is not None,
        cells=tuple("" if cell is None else cell.id for cell in found),
    )
    months = tuple(
        Value("month", months_back(material.frame.now.first, back).isoformat()) for back in range(11, -1, -1)
    )
    step = _step(max(known))
    ticks = tuple(material.write(DRAWN, step * at) for at in range(int(-(-max(known) // step)) + 1))
    return Lines(Message("costs.chart.title"), Message("costs.chart.about"), months, (line,), ticks)


def _step(top: float) -> float:
    """A round distance between three to five lines of the scale."""
    power = 10.0 ** (len(str(int(top))) - 1) if top >= 1 else 0.1
    return next(power * part for part in (0.25, 0.5, 1.0, 2.0, 2.5, 5.0) if top / (power * part) <= 5)
