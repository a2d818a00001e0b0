"""The key figures of page 1: eight cards, each with target, change, cases and its last weeks."""

from dataclasses import replace
from datetime import date

from include.report.cells import Cell
from include.report.facts import Fact, score, sentence, worked
from include.report.figures import Figure, Message, Value
from include.report.first_page import Card, Spark
from include.report.material import Material
from include.report.periods import month, months_back, weeks
from include.report.status import judge, share, trust

SHOWN = (
    "bookings", "sql_count", "mql_to_sql_rate_period", "win_rate",
    "deals_won", "leads_created", "cac", "pipeline_coverage",
)  # fmt: skip
IN_PLACE_OF = {"deals_won": "mrr"}
"""The cards stay eight: a company that bills sees its recurring revenue there; bookings already count the deals."""
STOCKS = ("pipeline_value", "mrr", "arpa")
"""Money as it stands at an instant, which a month does not add up."""
COVERAGE, ENDED = "pipeline_coverage", "pipeline_value"
"""When the month is over nothing is left to cover: the open pipeline itself is shown."""
WEEKS, MONTHS = 14, 13
FULL, LEAST = 10, 6
"""Weeks are drawn if this many of them can be trusted, else months if this many can."""
CASES = {
    "bookings": "cases.renewals", "mrr": "cases.customers", "deals_won": "cases.deals", "win_rate": "cases.decided",
    "sql_count": "cases.sql",
    "mql_to_sql_rate_period": "cases.mql", "leads_created": "cases.leads", "cac": "cases.customers",
    "pipeline_coverage": "cases.due", "pipeline_value": "cases.open", "cost_per_lead": "cases.leads",
}  # fmt: skip


def cards(material: Material) -> tuple[Card, ...]:
    """The cards that the region chose; else those of SHOWN that are declared, in that order."""
    if material.region.kpis:
        return tuple(card(material, kpi) for kpi in material.region.kpis)
    billed = IN_PLACE_OF if material.bills and all(map(material.has, IN_PLACE_OF.values())) else {}
    shown = (ENDED if kpi == COVERAGE and not material.frame.running else billed.get(kpi, kpi) for kpi in SHOWN)
    return tuple(card(material, kpi) for kpi in shown if material.has(kpi))


def card(material: Material, kpi: str) -> Card:
    """One KPI of the month so far against its target, the same days before, and its own past."""
    now = material.now(kpi)
    share_ = reached(material, kpi)
    goal = material.targets.get(kpi)
    return Card(
        kpi=kpi,
        figure=_figure(material, kpi, now),
        status=trust(now) or (judge(share_.number) if share_ is not None else "none"),
        reached=Value("share", None if share_ is None else share_.number),
        target=material.write(kpi, goal),
        previous=material.change(now, material.before(kpi)),
        year_ago=material.change(now, material.year_ago(kpi)),
        cases=_cases(now),
        spark=_spark(material, kpi),
        ceiling=material.better(kpi) == "lower",
        beside=_beside(material, kpi, share_),
    )


def _figure(material: Material, kpi: str, now: Cell | None) -> Figure:
    """The figure of a card; what stands at an instant is whole on every day of a month."""
    figure = material.figure(kpi, now)
    return replace(figure, status="ok") if kpi in STOCKS and figure.status == "partial" else figure


def reach(material: Material, kpi: str) -> float | None:
    """The share of the pace or of the target that is reached; None where it cannot be judged."""
    found = reached(material, kpi)
    return None if found is None else found.number


def reached(material: Material, kpi: str) -> Fact | None:
    """The share of the pace (counts and money that grow with the month) or of the target (rates, costs)."""
    now, goal = material.now(kpi), aim(material, kpi)
    if now is None or goal is None or trust(now) or share(now.value, goal.number, material.better(kpi)) is None:
        return None
    sides = (goal, score(now)) if material.better(kpi) == "lower" else (score(now), goal)
    return worked("ratio", *sides)


def aim(material: Material, kpi: str) -> Fact | None:
    """What a KPI is judged by: of what grows with the month what is due by D, else the target."""
    now = material.now(kpi)
    return material.due(kpi) if now is not None and grows(now) else material.goal(kpi)


def grows(cell: Cell) -> bool:
    """Whether a KPI adds up over the days of a month: counts and sums, not rates, prices or stocks."""
    return cell.unit in ("count", "money") and cell.denominator is None and cell.kpi not in STOCKS


def _beside(material: Material, kpi: str, share_: Fact | None) -> Message | None:
    """What stands beside the status: the share of pace or target; of a cost, how far it is from its target."""
    if share_ is None:
        return None
    if material.better(kpi) != "lower":
        return sentence("value", {"it": share_.told("share")})
    gap = off(material, kpi)
    seen = round(gap.number or 0.0, 2)
    side = "at" if seen == 0 else "above" if seen > 0 else "below"
    return sentence(f"beside.{side}", {"by": worked("size", gap).told("share")})


def off(material: Material, kpi: str) -> Fact:
    """How far a KPI that can be judged is from what is asked of it, in parts of that."""
    now, goal = material.now(kpi), aim(material, kpi)
    assert now is not None  # asked of KPIs with a share reached only
    assert goal is not None
    return worked("change", score(now), goal)


def _cases(now: Cell | None) -> Message | None:
    if now is None or now.n is None:
        return None
    return Message(CASES.get(now.kpi, "cases.any"), {"n": Value("count", now.n)}, plural="n", cells=(now.id,))


def _spark(material: Material, kpi: str) -> Spark | None:
    """The KPI's last weeks, or its months where it has few weeks; none under six points."""
    now = material.now(kpi)
    ends = [span.last for span in weeks(material.day, WEEKS)]
    running = material.day.weekday() != 6
    if running and now is not None and grows(now):  # a week half over is no week of a count
        ends, running = ends[:-1], False
    spark = _points(material, kpi, "week", ends, running, FULL)
    if spark is None:
        first = material.frame.now.first
        past = [month(months_back(first, back)).last for back in range(MONTHS - 1, 0, -1)]
        spark = _points(material, kpi, "month", [*past, material.day], material.frame.running, LEAST)
    return spark


def _points(material: Material, kpi: str, grain: str, ends: list[date], running: bool, least: int) -> Spark | None:
    read = (material.cells.get(kpi, end, grain) for end in ends)
    found = [None if cell is None or trust(cell) or cell.value is None else cell for cell in read]
    known = [cell for cell in found if cell is not None]
    if len(known) < least:
        return None
    goal = None if grows(known[-1]) else material.targets.get(kpi)
    open_end = running and found[-1] is not None
    return Spark(
        grain=grain,
        values=tuple(None if cell is None else cell.value for cell in found),
        shown=(material.write(kpi, known[0].value), material.write(kpi, known[-1].value)),
        running=open_end,
        target=goal,
        cells=tuple("" if cell is None else cell.id for cell in found),
    )
