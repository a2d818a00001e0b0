"""Numbers that carry where they come from, so that no sentence says one that no row holds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from include.report.cells import Cell
from include.report.figures import Kind, Message, Trace, Value
from include.report.periods import Span

NO_SCORE = ("target|", "source|")
"""How the rows that are no scores begin."""


@dataclass(frozen=True)
class Fact:
    """A number, None where one of its rows has none, and how it was worked out."""

    number: float | None
    trace: Trace

    def told(self, kind: Kind) -> "Told":
        """As a value of a sentence."""
        return Told(Value(kind, self.number), self.trace)


@dataclass(frozen=True)
class Told:
    """A number as a sentence writes it, and where it comes from."""

    value: Value
    trace: Trace


OPERATIONS: Mapping[str, Callable[..., float]] = {
    "difference": lambda a, b: a - b,
    "ratio": lambda a, b: a / b,
    "change": lambda a, b: a / b - 1,
    "product": lambda a, b: a * b,
    "sum": lambda *parts: sum(parts),
    "size": abs,
    "mean": lambda a, b: (a + b) / 2,
    "count": lambda *parts: len(parts),
}


def worked(how: str, *facts: Fact) -> Fact:
    """An operation over facts; None where one of them is None, or where nothing can be divided by."""
    numbers = [fact.number for fact in facts]
    trace = Trace(how, tuple(fact.trace for fact in facts))
    if how != "count" and None in numbers:
        return Fact(None, trace)
    try:
        return Fact(OPERATIONS[how](*numbers), trace)
    except ZeroDivisionError:
        return Fact(None, trace)


def score(cell: Cell, column: str = "value") -> Fact:
    """A column of a score: value, numerator, denominator or n."""
    return Fact(getattr(cell, column), Trace("row", row=cell.id, column=column))


def target(kpi: str, goal: float, day: date, region: str) -> Fact:
    """A target of the month of `day`."""
    return Fact(goal, Trace("row", row=f"target|{kpi}|{day.replace(day=1)}|{region}", column="target"))


def source(name: str, column: str, number: float) -> Fact:
    """What the manifest says of a source."""
    return Fact(number, Trace("row", row=f"source|{name}", column=column))


def days(span: Span) -> Fact:
    return Fact(span.days, Trace("days", row=str(span)))


def sentence(id_: str, said: Mapping[str, Value | Told], plural: str | None = None) -> Message:
    """A message that knows the rows of its numbers."""
    told = {name: each for name, each in said.items() if isinstance(each, Told)}
    values = {name: each.value if isinstance(each, Told) else each for name, each in said.items()}
    traces = {name: each.trace for name, each in told.items()}
    return Message(id_, values, plural, scores(tuple(traces.values())), traces)


def scores(traces: Sequence[Trace]) -> tuple[str, ...]:
    """The ids of the scores that traces end at, each once, in reading order."""
    return tuple(dict.fromkeys(row for row in rows(traces) if not row.startswith(NO_SCORE)))


def rows(traces: Sequence[Trace]) -> Iterator[str]:
    """The keys of all rows that traces end at."""
    for trace in traces:
        if trace.how == "row":
            yield trace.row
        yield from rows(trace.of)
