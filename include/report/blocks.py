"""Charts of a report beside lines and funnel plots: waterfall, heat map, survival curves, bars, funnel, a month by day.
Numbers and ids only, as in all of a report."""

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


@dataclass(frozen=True)
class Course:
    """A survival curve: at each age the share that is left (or has got there), its range of chance, and how many were
    still at risk.

    Ages rise from 0; a share holds until the next age (Kaplan-Meier). `tone`: value (blue) or ink.
    """

    name: Message
    ages: tuple[float, ...]
    shares: tuple[float, ...]
    at_risk: tuple[int, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    tone: Literal["value", "ink"] = "value"
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survival:
    """Survival curves over the same ages; `ticks` are the ages written below, `age` says what they count. `counts`: the
    shares are of those left, and fall from 1, or of those who got there, and rise from 0."""

    title: Message
    about: Message
    courses: tuple[Course, ...]
    ticks: tuple[Value, ...]
    age: Message
    counts: Literal["left", "reached"] = "left"


@dataclass(frozen=True)
class Ranked:
    """A bar: its name, its number on the chart's scale, the number in words; None where it is not known, and why."""

    name: Value | Message
    number: float | None
    shown: Value
    tick: float | None = None
    """What it is compared with: a target, the period before."""
    status: Status | None = None
    cell: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars from zero, largest first, as given. `rest`: the sum of those that are not drawn, and how many they are."""

    title: Message
    about: Message
    bars: tuple[Ranked, ...]
    rest: Ranked | None = None


@dataclass(frozen=True)
class Reached:
    """A stage of a funnel: how many reached it, how many of those are inferred, the share of the stage before."""

    name: Value | Message
    number: float | None
    shown: Value
    inferred: float = 0.0
    rate: Value | None = None
    status: Status | None = None
    cell: str = ""


@dataclass(frozen=True)
class Funnel:
    """Stages below each other, from the first to the last."""

    title: Message
    about: Message
    stages: tuple[Reached, ...]


@dataclass(frozen=True)
class Summed:
    """Money of a month added up by day; None where the days are not scored. `cell` is the sum of them all."""

    days: tuple[Value, ...]
    sums: tuple[Value, ...]
    cell: str = ""


@dataclass(frozen=True)
class Attained:
    """What is won of a month, and of the month before, beside the way to the target.

    `pace`: the corners (day, money) of that way. `likely` and `most`: what the month comes to by probability, and with
    every open deal that is due in it; None where nobody can say.
    """

    title: Message
    about: Message
    won: Summed
    before: Summed
    length: int
    """Days of the whole month."""
    pace: tuple[tuple[int, float], ...]
    target: Value
    likely: Value
    most: Value
    ticks: tuple[Value, ...]
