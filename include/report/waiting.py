"""How long until the next stage: the share that got there, by days since the entry (Kaplan-Meier)."""

from datetime import date, timedelta

from include.report.blocks import Course, Survival
from include.report.cells import Cell
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.periods import months_back
from include.report.selection import WAITS
from include.report.statistics import interval
from include.report.status import FEW

AGES = (7, 14, 30, 60, 90, 120, 150, 180)
SHOWN, MOST = (0, 30, 60, 90), 90
"""The ages written below the chart, and the last that it shows."""
STAGES = ("lead", "mql", "sql")
CHARTS = 2


def waits(material: Material) -> tuple[Survival, ...]:
    """The curves of the first stages that cases enough entered in the last quarter that can be followed so far."""
    found = [chart for stage in STAGES if (chart := _chart(material, stage)) is not None]
    return tuple(found[:CHARTS])


def _chart(material: Material, stage: str) -> Survival | None:
    """A quarter's entries, beside those of the same quarter a year before where these are known too."""
    end = _quarter(material, stage)
    if end is None:
        return None
    past = months_back(end, 11) - timedelta(days=1)
    courses = (_course(material, stage, end, "value"), _course(material, stage, past, "ink"))
    return Survival(
        title=Message("waits.title", {"stage": Value("stage", stage), "quarter": _named(end)}),
        about=Message("waits.about"),
        courses=tuple(course for course in courses if course is not None),
        ticks=tuple(Value("number", age) for age in SHOWN),
        age=Message("waits.age"),
        counts="reached",
    )


def _quarter(material: Material, stage: str) -> date | None:
    """The last day of the latest quarter of which all can be followed for 90 days, if at least 20 entered then."""
    first = material.frame.now.first
    start = months_back(first, (first.month - 1) % 3)
    ends = [months_back(start, back) - timedelta(days=1) for back in (0, 3, 6)]
    cells = ((end, _cell(material, stage, end, MOST)) for end in ends)
    whole = next(((end, cell) for end, cell in cells if cell is not None and cell.status == "ok"), None)
    return whole[0] if whole is not None and (whole[1].n or 0) >= FEW else None


def _cell(material: Material, stage: str, end: date, age: int, statistic: str = "value") -> Cell | None:
    return material.cells.get(WAITS, end, "quarter", statistic, stage=stage, age=age)


def _named(end: date) -> Value:
    return Value("year_quarter", months_back(end, 2).isoformat())


def _course(material: Material, stage: str, end: date, tone: str) -> Course | None:
    """From nobody on day 0. n beside an age: who was still followed and had not got there."""
    ages = [age for age in AGES if age <= MOST]
    cells = [(age, _cell(material, stage, end, age), _cell(material, stage, end, age, "at_risk")) for age in ages]
    known = [(age, cell, risk) for age, cell, risk in cells if cell and risk and cell.status == "ok"]
    if not known or (known[0][1].n or 0) < FEW:
        return None
    shares = [cell.value or 0.0 for _, cell, _ in known]
    n = [round((risk.value or 0.0) * (risk.n or 0)) for _, _, risk in known]
    ends = [_chance(share, left) for share, left in zip(shares, n, strict=True)]
    return Course(
        name=Message("value", {"it": Value("data", str(end.year))}),
        ages=(0.0, *(float(age) for age, _, _ in known)),
        shares=(0.0, *shares),
        at_risk=(known[0][1].n or 0, *n),
        low=(0.0, *(low for low, _ in ends)) if tone == "value" else (),
        high=(0.0, *(high for _, high in ends)) if tone == "value" else (),
        tone="value" if tone == "value" else "ink",
        cells=("", *(cell.id for _, cell, _ in known)),
    )


def _chance(share: float, left: int) -> tuple[float, float]:
    """The 95% interval of a Kaplan-Meier share: of as many cases as would leave so many behind (Peto 1977)."""
    cases = left / (1 - share) if share < 1 else 0.0
    return interval(share * cases, cases) if cases else (share, share)
