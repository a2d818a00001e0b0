"""Pipeline and forecast: what is won, what is likely to come, and the target."""

from include.report.attained import COVERAGE, EXPECTED, attained
from include.report.cells import Cell, ids
from include.report.compared import arranged, known, table
from include.report.figures import Message, Value
from include.report.lines import Line, Lines
from include.report.material import Material
from include.report.periods import months_back, year_to
from include.report.scales import highest, ticks
from include.report.section import Section
from include.report.selection import WON
from include.report.status import trust

OPEN, WEIGHTED = "pipeline_value", "weighted_pipeline"
SHOWN = (OPEN, WEIGHTED, COVERAGE, EXPECTED, "quota_attainment", "forecast_accuracy", "opportunity_dollars",
         "average_deal_size", "sales_velocity", "sales_cycle_length", "multi_contact_pipeline_ratio")  # fmt: skip
OF_A_RUNNING_MONTH = (COVERAGE, EXPECTED)
"""When the month is over nothing is left to cover or to expect."""
LEAST = 6


def pipeline(material: Material) -> Section:
    """Bookings against their targets, what is open, and what of it is likely."""
    shown = [kpi for kpi in SHOWN if material.frame.running or kpi not in OF_A_RUNNING_MONTH]
    if not known(material, shown):
        return Section(id="pipeline", lead=_unknown(material), rows=())
    figures = table(material, "pipeline", shown)
    charts = tuple(chart for chart in (attained(material), _course(material)) if chart is not None)
    return Section(
        id="pipeline",
        lead=_lead(material),
        rows=arranged(charts, figures),
        notes=(Message("pipeline.note"),),
    )


def _unknown(material: Material) -> Message:
    return Message("lead.missing" if material.gone(OPEN) else "pipeline.lead.none")


def _lead(material: Material) -> Message:
    """What the month will come to, or what is left in the pipeline when it is over."""
    won, goal, still = material.now(WON), material.targets.get(WON), material.now(OPEN)
    expected = material.now(EXPECTED)
    if trust(still) or still is None:
        return Message("lead.missing" if trust(still) == "missing" else "pipeline.lead.none")
    said = {"open": material.written(still), "weighted": material.written(material.now(WEIGHTED))}
    if material.frame.running and expected is not None and not trust(expected) and expected.numerator is not None:
        said |= {"sum": material.write(WON, expected.numerator), "share": Value("share", expected.value)}
        return Message("pipeline.lead.running", said, cells=ids(expected, still))
    if not material.frame.running and goal and won is not None and not trust(won) and won.value is not None:
        said |= {"share": Value("share", won.value / goal)}
        return Message("pipeline.lead.ended", said, cells=ids(won, still))
    known = said["weighted"].value is not None
    stem = "pipeline.lead.weighted" if known else "pipeline.lead.open"
    return Message(stem, said, cells=ids(still, material.now(WEIGHTED) if known else None))


def _number(cell: Cell | None) -> float | None:
    return None if trust(cell) or cell is None else cell.value


def _course(material: Material) -> Lines | None:
    """Bookings of twelve months beside their targets; None where fewer than six are known."""
    found = [material.cells.get(WON, end) for end in year_to(material.day)]
    firsts = [months_back(material.frame.now.first, back) for back in range(11, -1, -1)]
    won = tuple(map(_number, found))
    goals = tuple(material.plans.get(first) for first in firsts)
    if sum(number is not None for number in won) < LEAST:
        return None
    booked = _line(material, "value", won, tuple("" if cell is None else cell.id for cell in found))
    planned = [_line(material, "ink", goals, ("",) * 12)] if any(goals) else []
    return Lines(
        title=Message("pipeline.course.title" if planned else "pipeline.course.title.alone"),
        about=Message("pipeline.course.about"),
        months=tuple(Value("month", first.isoformat()) for first in firsts),
        lines=(booked, *planned),
        ticks=tuple(material.write(WON, tick) for tick in ticks(highest((won, goals)))),
    )


def _line(material: Material, tone: str, numbers: tuple[float | None, ...], cells: tuple[str, ...]) -> Line:
    seen = [number for number in numbers if number is not None]
    return Line(
        name=Message(f"pipeline.line.{tone}"),
        values=numbers,
        shown=(material.write(WON, seen[0]), material.write(WON, seen[-1])),
        tone=tone,
        running=tone == "value" and material.frame.running and numbers[-1] is not None,
        cells=cells,
    )
