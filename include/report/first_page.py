"""What page 1 shows of its own: the month's bookings, what to look at, the cards."""

from dataclasses import dataclass

from include.report.figures import Figure, Message, Status, Value


@dataclass(frozen=True)
class Bullet:
    """The month's bookings: won so far, due by today, target. `scale` is the right end, all in the same money."""

    won: Value
    due: Value
    target: Value
    scale: float
    day: Value


@dataclass(frozen=True)
class Watch:
    """Who or what to look at, why, and what is at stake there."""

    what: Message
    why: Message
    stake: Message
    weight: float = 0.0


@dataclass(frozen=True)
class Spark:
    """A KPI's last weeks or months, oldest first; None where a source had no data; the target, where it is a rate."""

    grain: str
    values: tuple[float | None, ...]
    shown: tuple[Value, ...]
    running: bool
    target: float | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """One key figure; `reached` is the share of pace (counts, money) or of target (rates) that set the status."""

    kpi: str
    figure: Figure
    status: Status
    reached: Value
    target: Value
    previous: Value
    year_ago: Value
    cases: Message | None
    spark: Spark | None
    ceiling: bool
    """Whether the target is an upper limit: lower is better."""
    beside: Message | None = None
    """What stands beside the status."""
