"""How much of a month's target is due by day D."""

from dataclasses import dataclass
from datetime import date

from include.report.cells import Cells
from include.report.periods import Frame, month

ENOUGH = 20
"""Cases of the two months before their own course is trusted more than the calendar."""


@dataclass(frozen=True)
class Pace:
    """The share of the whole month that is due, and how many cases it was learnt from (0: from the calendar)."""

    due: float
    n: int = 0


def pace(cells: Cells, kpi: str, frame: Frame) -> Pace:
    """The share of the previous month and of the same month last year that was reached by the same day.

    With too few cases in the two months, the share of the calendar days that have passed.
    """
    if not frame.running:
        return Pace(1.0)
    reached = [_pair(cells, kpi, span.last, month(span.first).last) for span in (frame.previous, frame.year_ago)]
    known = [pair for pair in reached if pair is not None]
    by_now, total, n = (sum(part) for part in zip(*known, strict=True)) if known else (0.0, 0.0, 0)
    if n < ENOUGH or not 0 < by_now < total:
        return Pace(frame.now.days / frame.whole.days)
    return Pace(by_now / total, int(n))


def _pair(cells: Cells, kpi: str, cut: date, end: date) -> tuple[float, float, int] | None:
    """A past month's value by the same day, its whole value, and its cases."""
    early, full = cells.get(kpi, cut), cells.get(kpi, end)
    if early is None or full is None or early.value is None or full.value is None:
        return None
    return early.value, full.value, full.n or 0
