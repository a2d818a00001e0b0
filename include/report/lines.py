"""A line chart: one or more lines over the same months."""

from dataclasses import dataclass

from include.report.figures import Message, Value


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
