"""A reason: claim, evidence and weight; and how changes are worded."""

from dataclasses import dataclass

from include.report.cells import Cell
from include.report.figures import Message, Value


@dataclass(frozen=True)
class Reason:
    """A claim, its evidence, and how much it weighs (z of the change, or so)."""

    claim: Message
    evidence: Message
    weight: float


def direction(stem: str, change: Value) -> str:
    if change.value is None:
        return f"{stem}.steady"
    return f"{stem}.up" if float(change.value) > 0 else f"{stem}.down"


def size(change: Value) -> Value:
    """A change without its sign, for sentences that say up or down."""
    return Value("percent", None if change.value is None else abs(float(change.value)))


def ids(*cells: Cell | None) -> tuple[str, ...]:
    return tuple(cell.id for cell in cells if cell is not None)
