"""How much of a month's target is due by day D."""

from dataclasses import dataclass
from datetime import date

from include.report.cells import Cell, Cells
from include.report.facts import Fact, days, score, worked
from include.report.periods import Frame, month

ENOUGH = 20
"""Cases of the two months before their own course is trusted more than the calendar."""
Past = tuple[Cell, Cell]
"""A past month by the same day, and the whole of it."""


@dataclass(frozen=True)
class Pace:
    """The share of the whole month that is due, and how many cases it was learnt from (0: from the calendar)."""

    due: float
    n: int = 0
    months: tuple[Past, ...] = ()
    """The months it was learnt from."""


def pace(cells: Cells, kpi: str, frame: Frame) -> Pace:
    """The share of the previous month and of the same month last year that was reached by the same day.

    With too few cases in the two months, the share of the calendar days that have passed.
    """
    if not frame.running:
        return Pace(1.0)
    found = (_past(cells, kpi, span.last, month(span.first).last) for span in (frame.previous, frame.year_ago))
    known = tuple(past for past in found if past is not None)
    by_now, total = (sum(past[at].value or 0.0 for past in known) for at in (0, 1))
    n = sum(whole.n or 0 for _, whole in known)
    if n < ENOUGH or not 0 < by_now < total:
        return Pace(frame.now.days / frame.whole.days)
    return Pace(by_now / total, n, known)


def _past(cells: Cells, kpi: str, cut: date, end: date) -> Past | None:
    """A past month by the same day, and its whole."""
    early, full = cells.get(kpi, cut), cells.get(kpi, end)
    if early is None or full is None or early.value is None or full.value is None:
        return None
    return early, full


def due(goal: Fact, cells: Cells, kpi: str, frame: Frame) -> Fact:
    """What of a target of the month is due by D."""
    if not frame.running:
        return goal
    known = pace(cells, kpi, frame)
    if not known.months:
        return worked("product", goal, worked("ratio", days(frame.now), days(frame.whole)))
    early, whole = (worked("sum", *(score(past[at]) for past in known.months)) for at in (0, 1))
    return worked("product", goal, worked("ratio", early, whole))
