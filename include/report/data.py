"""data.csv: every number a report shows, as rows that programs read and a spreadsheet can take over.

RFC 4180 in UTF-8 with a byte order mark, without which spreadsheets misread Chinese; commas and decimal points in every
edition, so that one program reads all of them (who opens it by a double click in Spain finds one column: data.xlsx is
for them). Texts that a spreadsheet would run as a formula open with an apostrophe (OWASP, CSV injection), also behind a
semicolon, where such a spreadsheet begins a cell. Same report, same bytes.
"""

import csv
import io
import re
from decimal import Decimal

from include.report.records import UNITS, Record, records
from include.report.report import Report
from include.report.words import Words

__all__ = ["COLUMNS", "FORMULA", "UNITS", "data", "safe"]

COLUMNS = ("section", "kpi", "label", "period", "cell", "value", "unit", "currency", "n", "status")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What opens a formula; the wide ones do so in East Asian spreadsheets."""
_LATER = re.compile(r"""(;[\s"']*)(?=[=+\-@＝＋－＠])""")
"""A place inside a text where a spreadsheet that separates cells by semicolons would begin a formula."""


def data(report: Report, words: Words) -> bytes:
    """data.csv of an edition: labels in its language; period and cell are those of the score that a number is."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(record) for record in records(report, words))
    return target.getvalue().encode("utf-8-sig")


def _row(record: Record) -> tuple[str, ...]:
    period = f"{record.first}/{record.last}" if record.first else ""
    texts = (record.section, record.kpi, record.label, period, record.cell)
    return (
        *map(safe, texts),
        _plain(record.value.value),
        record.unit,
        record.currency,
        _plain(record.n),
        record.status,
    )


def _plain(number: float | int | str | None) -> str:
    """Fifteen digits at most, no exponent: 0.1 + 0.2 is 0.3."""
    if number is None:
        return ""
    return format(Decimal(format(float(number), ".15g")), "f")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, whatever it separates cells by."""
    inside = _LATER.sub(r"\1'", text)
    return f"'{inside}" if inside.startswith(FORMULA) else inside
