"""How a figure stands: against its target or pace, or why it is not compared. Thresholds are the report's own."""

from include.report.cells import Cell
from include.report.figures import Status

AHEAD, ON, RISK = 1.05, 0.97, 0.90
FEW = 20
"""Below this many cases a rate is not shown."""

BY_VALUE = ("renewal_rate_value", "win_rate_value", "nrr", "grr", "gross_mrr_churn_rate", "expansion_rate")
"""Shares of the money of cases: as much a matter of chance as the cases are few."""

_TRUST: dict[str, Status] = {"missing": "missing", "null": "none", "target_met": "met", "immature": "immature"}


def trust(cell: Cell | None) -> Status | None:
    """Why a cell is not judged at all; None if it can be. No cell means nothing was counted."""
    if cell is None:
        return "none"
    if cell.status in _TRUST:
        return _TRUST[cell.status]
    return "few" if (is_rate(cell) or cell.kpi in BY_VALUE) and too_few(cell) else None


def is_rate(cell: Cell) -> bool:
    """A share of cases, which says little when the cases are few. A ratio of moneys has no cases."""
    return cell.unit == "ratio" and cell.currency is None


def too_few(cell: Cell) -> bool:
    return cell.n is not None and cell.n < FEW


def judge(reached: float | None) -> Status:
    """The status of a share of pace or target, rounded as it is shown, so that word and number agree."""
    if reached is None:
        return "none"
    reached = round(reached, 2)
    if reached >= AHEAD:
        return "ahead"
    if reached >= ON:
        return "on"
    return "risk" if reached >= RISK else "behind"


def share(value: float | None, goal: float | None, better: str = "higher") -> float | None:
    """Value over goal, turned over where lower is better; None where one is lacking or the goal is zero."""
    if value is None or goal is None:
        return None
    above, below = (goal, value) if better == "lower" else (value, goal)
    return above / below if below > 0 else None
