"""The rows of a report's data: every number it shows, what it measures and how far to trust it."""

from collections.abc import Iterator
from dataclasses import dataclass

from include.report.figures import Message, Value
from include.report.report import Report, Score
from include.report.shown import Label, Number, numbers
from include.report.words import Words

UNITS = {
    "count": "count", "number": "number", "money": "money", "amount": "money", "short": "money", "move": "money",
    "percent": "ratio", "share": "ratio", "times": "ratio", "hundredths": "ratio", "change": "change", "lack": "change",
    "points": "points", "mean": "number", "days": "duration_days", "hours": "duration_hours",
    "age": "duration_days", "months": "number",
}  # fmt: skip
"""What a value of each kind counts; one that is not here is no number. A change is a part of what was before, points
are the difference of two ratios."""
LONGEST = 300
"""Characters of the key of a score; whoever names places, names them shorter."""


@dataclass(frozen=True)
class Record:
    """A number: period and cell are those of the score that it is, the label is in the edition's language."""

    section: str
    kpi: str
    label: str
    first: str
    last: str
    cell: str
    value: Value
    unit: str
    currency: str
    n: int | None
    status: str


def records(report: Report, words: Words) -> Iterator[Record]:
    """Every number of a report, and every place where one is withheld, in reading order."""
    scores = {score.cell: score for score in report.scores}
    for number in numbers(report):
        if number.value.kind in UNITS and (number.value.value is not None or number.status):
            yield _record(number, scores.get(number.cell), report.currency, words)


def _record(number: Number, score: Score | None, currency: str, words: Words) -> Record:
    unit = UNITS[number.value.kind] if score is None else score.unit
    money = currency if unit == "money" else ""
    kpi, _, _, first, last = (number.cell or "||||").split("|")[:5]
    return Record(
        section=number.section,
        kpi=number.kpi or kpi,
        label=_label(number.label, words),
        first=first,
        last=last,
        cell=clipped(number.cell),
        value=number.value,
        unit=unit,
        currency=money if score is None else score.currency or "",
        n=None if score is None else score.n,
        status=number.status or ("" if score is None else score.status),
    )


def _label(label: Label, words: Words) -> str:
    return " · ".join(words.say(part) if isinstance(part, Message) else words.show(part) for part in label)


def clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
