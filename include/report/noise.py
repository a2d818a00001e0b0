"""How far a KPI moved, against what chance and its own habit of moving explain."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from include.report.cells import Cell
from include.report.material import Material
from include.report.periods import month, months_back
from include.report.statistics import beyond_chance, counts_differ, rates_differ
from include.report.status import FEW, is_rate, trust

HEADLINES = (
    "leads_created", "mql_count", "sql_count", "opportunities_created", "deals_won", "meetings_held",
    "lead_to_mql_rate", "mql_to_sql_rate_period", "sql_to_opportunity_rate", "win_rate",
)  # fmt: skip
"""The KPIs a sales team is led by: compared as one of so few, where another is one of all."""
LEAST = 0.02
"""The part of its value by which a KPI must have changed to be told."""
MONTHS, ENOUGH = 13, 6
"""Whole months that say how restless a KPI is, and the least of their changes that say anything."""


@dataclass(frozen=True)
class Move:
    """A KPI's cells of the month so far and the same days before, and z of the change."""

    kpi: str
    now: Cell
    then: Cell
    z: float

    @property
    def is_seen(self) -> bool:
        """Whether anybody would call it a change: of millions of cases, chance explains next to nothing."""
        now, then = self.now.value or 0.0, self.then.value or 0.0
        return abs(now - then) >= LEAST * then and (self.now.denominator is None or round(now - then, 3) != 0)


def moves(material: Material) -> tuple[Move, ...]:
    """Every KPI that counts cases or is a share of them and can be compared, the furthest from chance first."""
    known = (kpi for kpi in material.kpis if material.better(kpi) != "neither")
    found = [move for kpi in known if (move := _move(material, kpi)) is not None]
    return tuple(sorted(found, key=lambda move: -abs(move.z)))


def beyond(found: tuple[Move, ...]) -> tuple[Move, ...]:
    """Those that moved by more than chance, as the furthest of so many; headlines first."""
    first = headlines(found)
    rest = tuple(move for move in found if move not in first)
    families = ((first, len(first)), (rest, len(found)))
    return tuple(move for family, among in families for move in family if move.is_seen and beyond_chance(move.z, among))


def headlines(found: tuple[Move, ...]) -> tuple[Move, ...]:
    return tuple(move for move in found if move.kpi in HEADLINES)


def _move(material: Material, kpi: str) -> Move | None:
    now, then = material.now(kpi), material.before(kpi)
    if now is None or then is None or (z := apart(material, now, then)) is None:
        return None
    return Move(kpi, now, then, z / sqrt(_restless(material, kpi)))


def apart(material: Material, now: Cell, then: Cell) -> float | None:
    """z of the difference of two counts (Poisson) or shares of cases (pooled); None where it is neither, or of few."""
    if trust(now) or trust(then) or now.value is None or then.value is None:
        return None
    if _counts(material, now):
        enough = then.value > 0 and max(now.value, then.value) >= FEW
        return counts_differ(now.value, then.value) if enough else None
    if not (is_rate(now) and _is_share(now) and _is_share(then)):
        return None
    return rates_differ(now.value, now.denominator or 0.0, then.value, then.denominator or 0.0)


def _counts(material: Material, cell: Cell) -> bool:
    return cell.unit == "count" and cell.denominator is None and material.kpis[cell.kpi].shown == "count"


def _is_share(cell: Cell) -> bool:
    """So many of so many cases, and enough of them."""
    above, below = cell.numerator, cell.denominator
    return above is not None and below is not None and below >= FEW and 0 <= above <= below


def _restless(material: Material, kpi: str) -> float:
    """How many times the variance of chance its changes from month to month had; 1 if no more, or if unknown.

    Visits and calls come in bursts, so that chance as of single cases would see news in every month.
    """
    squares = [z * z for z in _past(material, kpi)]
    return max(sum(squares) / len(squares), 1.0) if len(squares) >= ENOUGH else 1.0


def _past(material: Material, kpi: str) -> Iterator[float]:
    first = material.frame.now.first
    ends = (month(months_back(first, back)).last for back in range(MONTHS, 0, -1))
    for then, now in pairwise(material.cells.get(kpi, end) for end in ends):
        if now is not None and then is not None and (z := apart(material, now, then)) is not None:
            yield z
