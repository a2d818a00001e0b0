"""What a month kept: revenue and customers retained against target and past, and their course over a year."""

from datetime import timedelta
from itertools import count
from math import exp, floor, log, sqrt
from statistics import stdev
from typing import TypedDict

from include.report.cells import Cell
from include.report.cohorts import closed
from include.report.compared import Compared
from include.report.figures import Message, Status, Value
from include.report.lines import Line, Lines
from include.report.material import Material
from include.report.periods import months_back, year_to
from include.report.scales import highest
from include.report.selection import ROLLED
from include.report.statistics import Z95
from include.report.status import judge, share, too_few, trust
from include.report.tables import Column, Entry, Row, Table

SHOWN = ("mrr", "nrr", "grr", "arpa", "quick_ratio", "logo_churn_rate", "gross_mrr_churn_rate", "net_mrr_churn_rate",
         "expansion_rate", "renewal_rate", "renewal_rate_value", "upsell_success_rate", "ltv")  # fmt: skip
DUE = ("renewal_rate", "renewal_rate_value")
"""Known only when the grace of the month's contracts is over: the last month of which that is so is shown."""
BUILDING = ("logo_churn_rate", "gross_mrr_churn_rate", "net_mrr_churn_rate", "expansion_rate", "quick_ratio")
"""Add up over the days of their month: before the month is over they are held against no target."""
LEAST = 6
TONES = {"nrr": "value", "grr": "ink"}
FIVE = 0.05
HAIRLINES = 5


def table(material: Material) -> Table:
    """Each KPI now, its changes, its target and how it stands."""
    frame = material.frame
    spans = {
        "now": Value("span", str(frame.now)),
        "then": Value("span", str(frame.previous)),
        "year": Value("period", str(frame.year_ago)),
    }
    heads = ("column.now", "column.change", "column.year_change", "column.target", "column.cases", "column.status")
    return Table(
        title=Message("retained.title"),
        about=Message("retained.about", spans),
        first=Message("column.kpi"),
        columns=tuple(Column(Message(head), left=head == "column.status") for head in heads),
        rows=tuple(_row(material, kpi) for kpi in SHOWN if _is_counted(material, kpi)),
    )


def _is_counted(material: Material, kpi: str) -> bool:
    found = _compared(material, kpi) if material.has(kpi) else None
    return found is not None and (found.now is not None or found.before is not None)


def _row(material: Material, kpi: str) -> Row:
    found = _compared(material, kpi)
    now = found.now
    cell = "" if now is None else now.id
    return Row(
        _head(kpi, now),
        (
            Entry(material.written(now), cell=cell),
            Entry(material.change(now, found.before)),
            Entry(material.change(now, found.year_ago)),
            Entry(material.write(kpi, material.targets.get(kpi))),
            Entry(Value("count", None if now is None else now.n)),
            Entry(status=_standing(material, kpi, now)),
        ),
    )


def _head(kpi: str, now: Cell | None) -> Value | Message:
    """The KPI's name, with its period where that is not the month of the report."""
    if kpi in ROLLED:
        return Message("retained.rolled", {"kpi": Value("kpi", kpi)})
    if kpi in DUE and now is not None:
        return Message("retained.due", {"kpi": Value("kpi", kpi), "month": Value("year_month", now.key[3].isoformat())})
    return Value("kpi", kpi)


def _standing(material: Material, kpi: str, now: Cell | None) -> Status | None:
    """Against the whole of the target, since what is kept does not grow with the month."""
    if kpi in BUILDING and material.frame.running:
        return trust(now) or "partial"
    reached = None if now is None else share(now.value, material.targets.get(kpi), material.better(kpi))
    return trust(now) or (None if reached is None else judge(reached))


def _compared(material: Material, kpi: str) -> Compared:
    if kpi in ROLLED:
        first = material.frame.now.first
        past = None if material.frame.running else _rolled(material, kpi, 11)
        before = material.cells.get(kpi, first - timedelta(days=1), "rolling_12m")
        return Compared(material.cells.get(kpi, material.day, "rolling_12m"), before, past)
    if kpi in DUE:
        return _due(material, kpi)
    return Compared(material.now(kpi), material.before(kpi), material.year_ago(kpi))


def _rolled(material: Material, kpi: str, back: int) -> Cell | None:
    """The twelve months up to the end of the month before the one `back` months ago."""
    end = months_back(material.frame.now.first, back) - timedelta(days=1)
    return material.cells.get(kpi, end, "rolling_12m")


def _due(material: Material, kpi: str) -> Compared:
    now = closed(material, kpi)
    if now is None:
        return Compared(material.now(kpi), None, None)
    month = now.key[3]
    before, past = (material.cells.get(kpi, months_back(month, back) - timedelta(days=1)) for back in (0, 11))
    return Compared(now, before, past)


def trend(material: Material) -> Lines | None:
    """NRR and GRR of twelve months, at each month's end; None where fewer than six ends know them, of enough customers
    (the first of a company grow a hundredfold)."""
    drawn = [line for kpi in ROLLED if material.has(kpi) and (line := _line(material, kpi)) is not None]
    if not drawn:
        return None
    known = [value for line in drawn for value in (*line.values, *line.low, *line.high) if value is not None]
    courses = [course for line in drawn for course in (line.values, line.high)]
    low = min(*known, 1.0)
    ticks = _ticks(low, highest([*courses, [1.0]], low))
    ends = {kpi: material.written(material.cells.get(kpi, material.day, "rolling_12m")) for kpi in ROLLED}
    months = (months_back(material.frame.now.first, back).isoformat() for back in range(11, -1, -1))
    return Lines(
        title=Message("trend.title", ends),
        about=Message(
            "trend.about.band" if any(line.low for line in drawn) else "trend.about", {"low": Value("share", ticks[0])}
        ),
        months=tuple(Value("month", month) for month in months),
        lines=tuple(drawn),
        ticks=tuple(Value("share", tick) for tick in ticks),
        reference=1.0,
    )


def _line(material: Material, kpi: str) -> Line | None:
    cells = [material.cells.get(kpi, end, "rolling_12m") for end in year_to(material.day)]
    numbers = tuple(None if cell is None or trust(cell) or too_few(cell) else cell.value for cell in cells)
    known = [number for number in numbers if number is not None]
    if len(known) < LEAST:
        return None
    return Line(
        name=Message(f"trend.{kpi}"),
        values=numbers,
        shown=(material.write(kpi, known[0]), material.write(kpi, known[-1])),
        tone=TONES[kpi],
        running=material.frame.running and numbers[-1] is not None,
        cells=tuple("" if cell is None else cell.id for cell in cells),
        **_band(numbers, swing(material, kpi), most=1.0 if kpi == "grr" else None),
    )


class Band(TypedDict, total=False):
    """Where chance may take each point of a line."""

    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def _band(numbers: tuple[float | None, ...], spread: float | None, most: float | None) -> Band:
    """Twelve months multiply, so the chance of a year is that of a month times the root of twelve, both in logarithms.
    What is kept gross is never more than all of it (`most`)."""
    if spread is None:
        return {}
    way = exp(Z95 * spread * sqrt(12))
    high = (None if number is None else number * way for number in numbers)
    return {
        "low": tuple(None if number is None else number / way for number in numbers),
        "high": tuple(number if number is None or most is None else min(number, most) for number in high),
    }


def swing(material: Material, kpi: str) -> float | None:
    """The standard deviation of the logarithm of the last twelve single months; None where one of them is not known of
    enough customers, as in the first years of a company, which vary manifold."""
    first = material.frame.now.first
    cells = [material.cells.get(kpi, months_back(first, back) - timedelta(days=1)) for back in range(12)]
    known = [log(cell.value) for cell in cells if cell and cell.value and not trust(cell) and not too_few(cell)]
    return stdev(known) if len(known) == 12 else None


def _ticks(low: float, high: float) -> list[float]:
    """Round lines around the values and 100%, five at most."""
    low, high = min(low, 1.0), max(high, 1.0)
    steps = (round(step * 10**power, 2) for power in count() for step in (FIVE, 0.1, 0.2, 0.25))
    step = next(step for step in steps if _lines_of(low, high, step) <= HAIRLINES)
    start = _floor(low / step)
    return [round((start + at) * step, 2) for at in range(_lines_of(low, high, step))]


def _lines_of(low: float, high: float, step: float) -> int:
    return -_floor(-high / step) - _floor(low / step) + 1


def _floor(number: float) -> int:
    """The whole number below; 18.000000000000004 and 17.999999999999996 are both 18."""
    return floor(round(number, 6))
