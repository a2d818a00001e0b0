"""data.csv: every number a report shows, as rows that a spreadsheet can take over.

RFC 4180 in UTF-8 with a byte order mark, without which spreadsheets misread Chinese; numbers plain with a decimal
point; texts that a spreadsheet would run as a formula open with an apostrophe (OWASP, CSV injection). Same report, same
bytes.
"""

import csv
import io
from decimal import Decimal

from include.report.figures import Message
from include.report.report import Report, Score
from include.report.shown import Label, Number, numbers
from include.report.words import Words

COLUMNS = ("section", "kpi", "label", "period", "cell", "value", "unit", "currency", "n", "status")
UNITS = {
    "count": "count", "number": "number", "money": "money", "amount": "money", "short": "money", "move": "money",
    "percent": "ratio", "share": "ratio", "times": "ratio", "hundredths": "ratio", "change": "change", "lack": "change",
    "points": "points", "days": "duration_days", "hours": "duration_hours",
}  # fmt: skip
"""What a value of each kind counts; one that is not here is no number. A change is a part of what was before, points
are the difference of two ratios."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What opens a formula; the wide ones do so in East Asian spreadsheets."""


def data(report: Report, words: Words) -> bytes:
    """data.csv of an edition: labels in its language; period and cell are those of the score that a number is."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    scores = {score.cell: score for score in report.scores}
    for number in numbers(report):
        if number.value.kind in UNITS and (number.value.value is not None or number.status):
            writer.writerow(_row(number, scores.get(number.cell), report.currency, words))
    return target.getvalue().encode("utf-8-sig")


def _row(number: Number, score: Score | None, currency: str, words: Words) -> tuple[str, ...]:
    unit = UNITS[number.value.kind] if score is None else score.unit
    money = currency if unit == "money" else ""
    kpi, _, _, first, last = (number.cell or "||||").split("|")[:5]
    texts = (
        number.section,
        number.kpi or kpi,
        _label(number.label, words),
        f"{first}/{last}" if first else "",
        number.cell,
    )
    trusted = ("", "") if score is None else (_plain(score.n), score.status)
    return (
        *map(safe, texts),
        _plain(number.value.value),
        unit,
        money if score is None else score.currency or "",
        trusted[0],
        number.status or trusted[1],
    )


def _label(label: Label, words: Words) -> str:
    return " · ".join(words.say(part) if isinstance(part, Message) else words.show(part) for part in label)


def _plain(number: float | int | str | None) -> str:
    """Fifteen digits at most, no exponent: 0.1 + 0.2 is 0.3."""
    if number is None:
        return ""
    return format(Decimal(format(float(number), ".15g")), "f")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
