"""Tables of a report: heads, rows, and what a cell may hold. Numbers and ids only, as in all of a report."""

from dataclasses import dataclass

from include.report.figures import Message, Status, Value


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
