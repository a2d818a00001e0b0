"""Round numbers along the side of a chart."""


def ticks(top: float) -> tuple[float, ...]:
    """From zero to the first round line at or above `top`, in three to five steps."""
    step = _step(top)
    return tuple(step * at for at in range(int(-(-top // step)) + 1))


def _step(top: float) -> float:
    """A round distance between the lines of the scale."""
    power = 10.0 ** (len(str(int(top))) - 1) if top >= 1 else 0.1
    return next(power * part for part in (0.25, 0.5, 1.0, 2.0, 2.5, 5.0) if top / (power * part) <= 5)
