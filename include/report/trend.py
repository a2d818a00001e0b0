"""NRR and GRR over a year, each with the range where chance may take it."""

from datetime import timedelta
from math import exp, log, sqrt
from statistics import stdev
from typing import TypedDict

from include.report.figures import Message, Value
from include.report.lines import Line, Lines
from include.report.material import Material
from include.report.periods import months_back, year_to
from include.report.scales import highest, ticks_around
from include.report.selection import ROLLED
from include.report.statistics import Z95
from include.report.status import too_few, trust

LEAST = 6
"""Ends of months that must be known for a line."""
TONES = {"nrr": "value", "grr": "ink"}


def trend(material: Material) -> Lines | None:
    """NRR and GRR of twelve months, at each month's end; None where fewer than six ends know them, of enough customers
    (the first of a company grow a hundredfold)."""
    drawn = [line for kpi in ROLLED if material.has(kpi) and (line := _line(material, kpi)) is not None]
    if not drawn:
        return None
    known = [value for line in drawn for value in (*line.values, *line.low, *line.high) if value is not None]
    courses = [course for line in drawn for course in (line.values, line.high)]
    low = min(*known, 1.0)
    ticks = ticks_around(low, highest([*courses, [1.0]], low))
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
