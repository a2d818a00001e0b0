"""Round numbers along the side of a chart."""

from collections.abc import Iterable, Sequence

LATE = 6
"""Points of a course that are never cut off: the last half year of one by month."""


def highest(courses: Iterable[Sequence[float | None]], low: float = 0.0) -> float:
    """Where a scale from `low` ends: at the highest point of all, unless the last six would have less than half of its
    height then; what is higher than twice theirs is drawn at the edge, and named."""
    known = [(each, [number for number in each[-LATE:] if number is not None]) for each in courses]
    every = max((number for each, _ in known for number in each if number is not None), default=low)
    late = max((number for _, last in known for number in last), default=low)
    return min(every, low + 2 * (late - low)) if late > low else every


def ticks(top: float) -> tuple[float, ...]:
    """From zero to the first round line at or above `top`, in three to five steps."""
    step = _step(top)
    return tuple(step * at for at in range(int(-(-top // step)) + 1))


def _step(top: float) -> float:
    """A round distance between the lines of the scale."""
    power = 10.0 ** (len(str(int(top))) - 1) if top >= 1 else 0.1
    return next(power * part for part in (0.25, 0.5, 1.0, 2.0, 2.5, 5.0) if top / (power * part) <= 5)
