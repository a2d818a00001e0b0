"""A funnel plot: the rate of each place or rep against its cases, between the limits of chance."""

from dataclasses import dataclass

from include.report.figures import Message, Value


@dataclass(frozen=True)
class Point:
    """A place in a funnel plot: cases, rate, and whether it lies outside the 95% limits."""

    name: Value
    n: int
    rate: float
    shown: Value
    verdict: str


@dataclass(frozen=True)
class Limits:
    """Where the rate of `n` cases falls by chance, 95 and 99.8 times in a hundred."""

    n: float
    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True)
class FunnelPlot:
    """Rate against cases; what lies between the limits is chance. `limits`: the scores' own, at the points' cases;
    where there are none, those of a proportion around the mean."""

    title: Message
    about: Message
    points: tuple[Point, ...]
    mean: Value
    ticks: tuple[Value, ...]
    limits: tuple[Limits, ...] = ()
