"""data.xlsx: the report's tables and numbers as typed cells, in the edition's language and number formats.

No formula, no link out, nothing that runs: every text is written as a text, whatever it begins with, and the only links
are those from the list of sheets to the sheets. Same report, same bytes: dated by the report's day, not by the clock.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from xlsxwriter import Workbook

from include.report.data import FORMULA
from include.report.figures import Value
from include.report.footer import as_of
from include.report.number_formats import NumberFormats
from include.report.report import Report
from include.report.sheets import Sheet, sheets
from include.report.typography import width
from include.report.words import Words

HEAD = 3
"""The row of the heads: above it the title, what is measured, and a blank row."""
NARROW, WIDE = 9, 60
"""The least and the most characters that a column shows."""
LONGEST_NAME = 31
UNFIT = re.compile(r"[\[\]:*?/\\]+")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
Entry = Value | str


def workbook(report: Report, words: Words, title: str) -> bytes:
    """data.xlsx of an edition: a list of its sheets, then each with frozen heads and a filter."""
    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "author": words.data(report.company), "created": _noon(report.day)})
        writer = _Writer(book, NumberFormats(words.formats))
        contents = book.add_worksheet(words.language.gettext("Contents"))
        named = [_named(each, number) for number, each in _numbered(list(sheets(report, words)))]
        for each in named:
            writer.write(each)
        writer.list(contents, [title, as_of(report, words)], named)
    return target.getvalue()


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time()) + timedelta(hours=12)


def _numbered(found: Sequence[Sheet]) -> list[tuple[int, Sheet]]:
    """Each with its number among those of the same name, 0 where it is alone."""
    names = [each.name for each in found]
    return [
        (0 if names.count(each.name) == 1 else names[: at + 1].count(each.name), each) for at, each in enumerate(found)
    ]


def _named(sheet: Sheet, number: int) -> Sheet:
    """With a name that Excel takes: 31 characters, none of its signs."""
    tail = f" {number}" if number else ""
    clean = UNFIT.sub(" ", sheet.name).strip(" '")
    return replace(sheet, name=clean[: LONGEST_NAME - len(tail)] + tail)


@dataclass
class _Writer:
    """Writes sheets into a workbook; each format is made once."""

    book: Any
    codes: NumberFormats

    def __post_init__(self) -> None:
        self._made: dict[str, Any] = {}
        self._bold = self.book.add_format({"bold": True, "font_size": 13})
        self._grey = self.book.add_format({"font_color": "#565d67"})
        self._head = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self._quoted = self.book.add_format({"quote_prefix": True})
        self._link = self.book.add_format({"font_color": "#00609a", "underline": 1})

    def write(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.name)
        page.write_string(0, 0, sheet.title, self._bold)
        page.write_string(1, 0, sheet.about, self._grey)
        for at, head in enumerate(sheet.heads):
            page.write_string(HEAD, at, head, self._head)
        for at, row in enumerate((*sheet.rows, *sheet.below)):
            for column, entry in enumerate(row):
                self._cell(page, HEAD + 1 + at, column, entry)
        page.freeze_panes(HEAD + 1, 1)
        page.autofilter(HEAD, 0, HEAD + max(len(sheet.rows), 1), len(sheet.heads) - 1)
        self._fit(page, sheet)

    def list(self, page: Any, opening: Sequence[str], named: Sequence[Sheet]) -> None:
        """The first sheet: what this is, and where to find what."""
        page.write_string(0, 0, opening[0], self._bold)
        page.write_string(1, 0, opening[1], self._grey)
        for at, sheet in enumerate(named):
            place = sheet.name.replace("'", "''")
            page.write_url(HEAD + at, 0, f"internal:'{place}'!A1", self._link, sheet.name)
            page.write_string(HEAD + at, 1, sheet.title)
        page.freeze_panes(HEAD, 0)
        page.set_column(0, 0, max(width(sheet.name) for sheet in named) + 2)
        page.set_column(1, 1, WIDE)

    def _cell(self, page: Any, row: int, column: int, entry: Entry) -> None:
        if isinstance(entry, str):
            self._text(page, row, column, entry)
        elif entry.value is not None:
            self._typed(page, row, column, entry)

    def _typed(self, page: Any, row: int, column: int, value: Value) -> None:
        code = self._format(self.codes[value.kind])
        if isinstance(value.value, str):
            page.write_datetime(row, column, _moment(value.value), code)
        else:
            page.write_number(row, column, _number(value), code)

    def _text(self, page: Any, row: int, column: int, text: str) -> None:
        """Marked as text where it looks like a formula, so that it stays one when somebody edits the cell."""
        if text:
            page.write_string(row, column, text, self._quoted if text.startswith(FORMULA) else None)

    def _format(self, code: str) -> Any:
        if code not in self._made:
            self._made[code] = self.book.add_format({"num_format": code})
        return self._made[code]

    def _fit(self, page: Any, sheet: Sheet) -> None:
        for column, head in enumerate(sheet.heads):
            texts = [row[column] for row in (*sheet.rows, *sheet.below) if isinstance(row[column], str)]
            longest = max((width(str(text)) for text in texts), default=NARROW)
            page.set_column(column, column, min(max(longest, min(width(head), 14), NARROW) + 2, WIDE))


def _moment(text: str) -> datetime:
    """A day, or a moment in UTC as its head says: a spreadsheet knows no zones."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def _number(value: Value) -> float:
    """Points are written as points: 0.052 is 5.2."""
    number = float(value.value or 0)
    return 100 * number if value.kind == "points" else number
