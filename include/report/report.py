"""The Report: one region's day as numbers and message ids, without a word of any language; report.json holds it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from include.report.blocks import Attained, Bars, Funnel, Heat, Survival, Waterfall
from include.report.figures import Figure, Message, Status, Value


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
class Bar:
    """A bar inside a table cell, parts of the column's scale 0 to 1. Tones: value and, longer, count (blue), rate
    (grey), bad (orange)."""

    length: float
    tone: str = "value"
    tick: float | None = None
    inferred: float = 0.0


@dataclass(frozen=True)
class Range:
    """An interval inside a table cell, on a scale 0 to 1, with its value and the mean of all."""

    low: float
    high: float
    at: float
    mean: float
    bad: bool = False


@dataclass(frozen=True)
class Entry:
    """A table cell: a value, a bar or an interval, a status, and the score it came from."""

    value: Value | None = None
    bar: Bar | None = None
    range: Range | None = None
    status: Status | None = None
    word: Message | None = None
    cell: str = ""


@dataclass(frozen=True)
class Column:
    """A column head; `left` aligns its cells to the left (bars, status, words)."""

    head: Message
    left: bool = False


@dataclass(frozen=True)
class Row:
    """A table row; kind is row, total or aside (grey)."""

    head: Value | Message
    entries: tuple[Entry, ...]
    kind: str = "row"


@dataclass(frozen=True)
class Table:
    """A table with the finding as its title and measure, period and unit below it."""

    title: Message
    about: Message
    first: Message
    """Head of the row names."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Line:
    """One line of a chart over the same periods; `running`: its last point is still open."""

    name: Message
    values: tuple[float | None, ...]
    shown: tuple[Value, ...]
    tone: str
    """value (blue), ink, or past (grey, dashed)."""
    running: bool
    cells: tuple[str, ...] = ()
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    """Where chance may take each point; empty where nobody worked it out."""


@dataclass(frozen=True)
class Lines:
    """A line chart over months, its scale from the first tick to the last; `reference`: a tick drawn darker."""

    title: Message
    about: Message
    months: tuple[Value, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Value, ...]
    reference: float | None = None


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


Block = Table | Lines | FunnelPlot | Waterfall | Heat | Survival | Attained | Bars | Funnel


@dataclass(frozen=True)
class Section:
    """A topic: its id, its finding, notices, then rows of one or two blocks, then notes. `page` starts a new page."""

    id: str
    lead: Message
    rows: tuple[tuple[Block, ...], ...]
    notices: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    page: bool = False


@dataclass(frozen=True)
class Spent:
    """The ad spend of a day as the platforms have it now, in the report's currency."""

    day: str
    amount: float


@dataclass(frozen=True)
class Score:
    """A score behind a report's numbers: its cell, the members it is of beside the region, how far to trust it."""

    cell: str
    kpi: str
    cut: tuple[Value, ...]
    value: Value
    unit: str
    currency: str | None
    n: int | None
    status: str


@dataclass(frozen=True)
class Report:
    """One region's day."""

    company: str
    region: str
    region_name: Value
    day: str
    currency: str
    timezone: str
    cutoff: str
    paper: str
    sample: bool
    now: Value
    previous: Value
    year_ago: Value
    running: bool
    status: Status
    verdict: Message
    bullet: Bullet | None
    why: tuple[tuple[Message, Message], ...]
    """Claim and evidence of each sentence."""
    watch: tuple[Watch, ...]
    cards: tuple[Card, ...]
    pace_note: Message
    sections: tuple[Section, ...]
    defined: tuple[str, ...]
    """Ids of every KPI shown, in the order of their definitions."""
    scores: tuple[Score, ...] = ()
    """Every score that a number or sentence names, in reading order."""
    banner: tuple[Message, ...] = ()
    """What the gate found."""
    version: str = ""
    """Of what made it: release and counting code."""
    spent: tuple[Spent, ...] = ()
    """Ad spend of the last days, which no page shows: the report of the next day says what of it was restated."""

    def json(self) -> str:
        """The report as canonical JSON: same report, same bytes."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return json.dumps(_clipped(asdict(self)), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"

    @cached_property
    def archive_id(self) -> str:
        """Eight digits of the report's hash, as printed in its footer: `7F3C21A0`."""
        return sha256(self.json().encode()).hexdigest()[:8].upper()


LONGEST = 1000
"""Characters of a text in report.json: a name of a megabyte would stand there as often as the report names it."""


def _clipped(part: Any) -> Any:
    """A part of report.json with its texts cut to LONGEST, an ellipsis at the cut."""
    if isinstance(part, str):
        return part if len(part) <= LONGEST else f"{part[: LONGEST - 1]}…"
    if isinstance(part, dict):
        return {name: _clipped(value) for name, value in part.items()}
    return tuple(map(_clipped, part)) if isinstance(part, tuple) else part


def values(part: Any) -> Iterator[Value]:
    """Every value anywhere in a report or a part of it."""
    if isinstance(part, Value):
        yield part
    elif is_dataclass(part) and not isinstance(part, type):
        for entry in fields(part):
            yield from values(getattr(part, entry.name))
    elif isinstance(part, dict):
        yield from values(tuple(part.values()))
    elif isinstance(part, tuple):
        for entry in part:
            yield from values(entry)


def cells(part: Any) -> Iterator[str]:
    """The ids of the cells that a part of a report names, in reading order."""
    if isinstance(part, tuple):
        for entry in part:
            yield from cells(entry)
    elif is_dataclass(part) and not isinstance(part, type):
        yield from (cell for cell in (getattr(part, "cell", ""), *getattr(part, "cells", ())) if cell)
        for entry in fields(part):
            yield from cells(getattr(part, entry.name))
