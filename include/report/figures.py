"""What a report is made of: values, figures, messages. Numbers and ids only; words come when an edition is rendered."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "count", "number", "money", "amount", "percent", "share", "change", "lack", "points", "times", "mean", "days",
    "hours", "months", "age", "short", "move", "hundredths",
    "date", "date_long", "date_short", "stamp", "span", "span_long", "period", "month", "year_month", "year_quarter",
    "kpi", "channel", "stage", "place", "region", "data", "code",
]  # fmt: skip
"""How a value is written: `amount` is money whose currency stands above the column, `percent` has one decimal and
`share` none, `mean` is a count for each of something, `age` is days
under a head that names them, `change` is a signed percent, `lack` one without decimals,
`points` are signed percentage points, `short` is an amount written short, `move` the same with its sign, `hundredths` a
share without its sign, a `span` is two ISO dates joined by a slash, `data` is text from outside, `code` a word of the
report."""

Status = Literal[
    "ahead", "on", "risk", "behind", "few", "partial", "immature", "missing", "met", "none"
]  # fmt: skip


@dataclass(frozen=True)
class Value:
    """One value of a sentence or table cell. None is shown as a dash."""

    kind: Kind
    value: float | int | str | None


@dataclass(frozen=True)
class Figure:
    """A score as a report shows it: how it is written, how far to trust it, and which cell it is."""

    kpi: str
    shown: Value
    status: str = "ok"
    n: int | None = None
    cell: str = ""


@dataclass(frozen=True)
class Trace:
    """How a number was worked out, down to the rows it stands on.

    `how`: `row` (that column of a score, target or source), `days` (those of the span `row`), `count` (how many `of`),
    else arithmetic over `of`: difference, ratio, change (a / b - 1), product, sum, mean, size (without its sign).
    """

    how: str
    of: tuple["Trace", ...] = ()
    row: str = ""
    """A score's key; `target|kpi|first day of the month|region`; `source|name`; a span."""
    column: str = ""


@dataclass(frozen=True)
class Message:
    """A sentence to be: an id of PHRASES, its values, the one that decides the plural, and the cells behind it."""

    id: str
    values: dict[str, Value] = field(default_factory=dict)
    plural: str | None = None
    cells: tuple[str, ...] = ()
    traces: dict[str, Trace] = field(default_factory=dict)
    """Where the numbers among the values come from."""


NOTHING = Value("number", None)
