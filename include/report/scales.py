"""Round numbers along the side of a chart."""

from collections.abc import Iterable, Sequence
from itertools import count
from math import floor

LATE = 6
"""Points of a course that are never cut off: the last half year of one by month."""
FIVE = 0.05
HAIRLINES = 5


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


def ticks_around(low: float, high: float) -> list[float]:
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
