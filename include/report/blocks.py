"""What the retention section draws: the month's recurring revenue from its opening to its closing, and a heat map of
cohorts. Numbers and ids only, as in all of a report."""

from dataclasses import dataclass
from typing import Literal

from include.report.figures import Message, Status, Value


@dataclass(frozen=True)
class Move:
    """A level of MRR, or what raised or lowered it. `number` is signed; a level's is where it stands."""

    name: Message
    kind: Literal["level", "gain", "loss"]
    number: float
    shown: Value
    cell: str = ""


@dataclass(frozen=True)
class Waterfall:
    """Opening, movements, closing; opening and movements add up to the closing."""

    title: Message
    about: Message
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Shade:
    """A cell of a heat map: its share and its step of the ramp, 0 (palest) to 4; running: the month is not over."""

    value: Value
    step: int = 0
    running: bool = False
    status: Status | None = None
    cell: str = ""


@dataclass(frozen=True)
class Cohort:
    """A row of a heat map: the customers who began in a month, then one shade for each month after."""

    head: Value | Message
    n: Value
    shades: tuple[Shade, ...]
    kind: Literal["row", "total"] = "row"


@dataclass(frozen=True)
class Heat:
    """Cohorts below each other, months since the first across; what has not been yet is blank. `keys`: the steps."""

    kpi: str
    title: Message
    about: Message
    first: Message
    ages: tuple[Value, ...]
    cohorts: tuple[Cohort, ...]
    keys: tuple[Message, ...]
