"""Why: whether deals became fewer or smaller."""

from include.report.cells import Cell
from include.report.facts import Told, score, worked
from include.report.figures import Value
from include.report.material import Material
from include.report.reason import Reason, against, reason
from include.report.status import FEW, trust
from include.report.verdict import KPI

FEW_DEALS, DEALS = 4.0, 12.0
NOTABLE = 0.02
"""The change of the bookings from which on it is explained."""


def deals_or_size(material: Material) -> Reason | None:
    """Whether the bookings changed by the number of deals or by their size; of few deals, only that they are few."""
    now, then = material.now(KPI), material.before(KPI)
    if now is None or then is None or trust(now) or trust(then) or not now.n or not then.n:
        return None
    change = worked("change", score(now), score(then)).number
    if change is None or abs(change) < NOTABLE:
        return None
    told = _deals(material, now, then)
    if min(now.n, then.n) < FEW:
        return reason("reason.deals.few", "reason.deals.evidence", told, FEW_DEALS, plural="n")
    return reason(f"reason.deals.{_why(now, then)}", "reason.deals.evidence", told, DEALS, plural="n")


def _why(now: Cell, then: Cell) -> str:
    """Which of the two brought more of the change, each at the mean of the other."""
    n, m = float(now.n or 0), float(then.n or 0)
    size, past = (now.value or 0.0) / n, (then.value or 0.0) / m
    number, worth = (n - m) * (size + past) / 2, (size - past) * (n + m) / 2
    sign = 1 if number + worth > 0 else -1
    if sign * number >= sign * worth:
        return "more" if sign > 0 else "fewer"
    return "larger" if sign > 0 else "smaller"


def _deals(material: Material, now: Cell, then: Cell) -> dict[str, Value | Told]:
    (n, size), (m, past) = ((score(cell, "n"), worked("ratio", score(cell), score(cell, "n"))) for cell in (now, then))
    return against(material) | {
        "n": n.told("count"),
        "m": m.told("count"),
        "size": material.tell(KPI, size),
        "size_before": material.tell(KPI, past),
    }
