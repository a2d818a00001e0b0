"""A report as sheets of a workbook: key figures, every table and chart as a table, and all numbers as in data.csv."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from include.report.blocks import Heat, Shade, Waterfall
from include.report.figures import NOTHING, Message, Value
from include.report.first_page import Card
from include.report.lines import Lines
from include.report.records import UNITS, Record, records
from include.report.report import Report
from include.report.section import Block
from include.report.tables import Column, Entry, Row, Table
from include.report.words import Words

TOTAL = ("total", "aside")
"""Rows that no sorting should move: they stand below the others."""
TYPED = {*UNITS, "date", "date_long", "date_short", "month", "year_month", "stamp"}
"""Kinds of values that a spreadsheet reckons with; others are words."""
Part = Value | Message | str


@dataclass(frozen=True)
class Sheet:
    """A table with localized heads. `rows` are what a filter sorts, `below` what stays under them."""

    name: str
    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value | str, ...], ...]
    below: tuple[tuple[Value | str, ...], ...] = ()


def sheets(report: Report, words: Words) -> Iterator[Sheet]:
    """In the order of the report; a funnel plot has the numbers of the table beside it."""
    yield _figures(report, words)
    for section in report.sections:
        name = words.say(Message(f"section.{section.id}"))
        for row in section.rows:
            for block in row:
                if (sheet := _block(name, block, words)) is not None:
                    yield sheet
    yield _all(report, words)


def _figures(report: Report, words: Words) -> Sheet:
    heads = ("kpi", "now", "target", "reached_share", "change", "year_change", "status")
    name = words.language.gettext("Key figures")
    return Sheet(
        name=name,
        title=name,
        about=words.show(Value("span_long", report.now.value)),
        heads=tuple(words.say(Message(f"column.{head}")) for head in heads),
        rows=tuple(_card(card, words) for card in report.cards),
    )


def _card(card: Card, words: Words) -> tuple[Value | str, ...]:
    numbers = (card.figure.shown, card.target, card.reached, card.previous, card.year_ago)
    return (words.show(Value("kpi", card.kpi)), *numbers, words.say(Message(f"status.{card.status}")))


def _block(name: str, block: Block, words: Words) -> Sheet | None:
    if isinstance(block, Table):
        return _table(name, block, words)
    if isinstance(block, Lines):
        return _lines(name, block, words)
    if isinstance(block, Waterfall):
        rows = tuple((words.say(move.name), move.shown) for move in block.moves)
        heads = (words.language.gettext("Movement"), words.language.gettext("Amount"))
        return Sheet(name, words.say(block.title), words.say(block.about), heads, rows)
    return _heat(name, block, words) if isinstance(block, Heat) else None


def _table(name: str, table: Table, words: Words) -> Sheet:
    """Columns of bars and intervals alone are drawn, not numbers: they are left out."""
    kept = [at for at, _ in enumerate(table.columns) if _is_written(row.entries[at] for row in table.rows)]
    sorted_rows, below = (
        tuple((_said(row.head, words), *(_entry(row.entries[at], words) for at in kept)) for row in part)
        for part in _parted(table.rows)
    )
    heads = (words.say(table.first), *(_head(table.columns[at], words) for at in kept))
    return Sheet(name, words.say(table.title), words.say(table.about), heads, sorted_rows, below)


def _parted(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    known = list(rows)
    return [row for row in known if row.kind not in TOTAL], [row for row in known if row.kind in TOTAL]


def _head(column: Column, words: Words) -> str:
    return words.say(column.head)


def _is_written(entries: Iterable[Entry]) -> bool:
    return any(entry.value is not None or entry.status is not None for entry in entries)


def _entry(entry: Entry, words: Words) -> Value | str:
    """The value; where there is none, the word that stands in its place."""
    if entry.value is not None and entry.value.value is not None:
        return _said(entry.value, words)
    if entry.status is None:
        return NOTHING
    return words.say(entry.word or Message(f"status.{entry.status}"))


def _lines(name: str, chart: Lines, words: Words) -> Sheet:
    heads = (words.say(Message("column.cohort")), *(words.say(line.name) for line in chart.lines))
    kinds = [line.shown[0].kind for line in chart.lines]
    rows = tuple(
        (month, *(Value(kind, line.values[at]) for kind, line in zip(kinds, chart.lines, strict=True)))
        for at, month in enumerate(chart.months)
    )
    return Sheet(name, words.say(chart.title), words.say(chart.about), heads, rows)


def _heat(name: str, heat: Heat, words: Words) -> Sheet:
    ages = [words.say(Message("heat.age", {"n": age})) for age in heat.ages]
    heads = (words.say(heat.first), words.say(Message("column.cases")), *ages)
    wide = len(heat.ages)
    rows, below = (
        tuple(
            (_said(cohort.head, words), cohort.n, *(_shade(shade, words) for shade in cohort.shades))
            + (NOTHING,) * (wide - len(cohort.shades))
            for cohort in heat.cohorts
            if (cohort.kind == "total") is total
        )
        for total in (False, True)
    )
    return Sheet(name, words.say(heat.title), words.say(heat.about), heads, rows, below)


def _shade(shade: Shade, words: Words) -> Value | str:
    return shade.value if shade.status is None else words.say(Message(f"status.{shade.status}"))


def _said(part: Part, words: Words) -> Value | str:
    """Numbers and days stay what they are; the rest is text."""
    if isinstance(part, Message):
        return words.say(part)
    if isinstance(part, Value):
        return part if part.kind in TYPED else words.show(part)
    return part


def _all(report: Report, words: Words) -> Sheet:
    _ = words.language.gettext
    name = _("All numbers")
    heads = (
        _("Section"), words.say(Message("column.kpi")), _("Label"), _("From"), _("To"), _("Score"),
        _("Value"), _("Unit"), _("Currency"), words.say(Message("column.cases")),
        words.say(Message("column.status")),
    )  # fmt: skip
    rows = tuple(_record(record) for record in records(report, words))
    return Sheet(name, name, _("The rows of data.csv"), heads, rows)


def _record(record: Record) -> tuple[Value | str, ...]:
    texts = (record.section, record.kpi, record.label, _day(record.first), _day(record.last), record.cell)
    return (*texts, record.value, record.unit, record.currency, Value("count", record.n), record.status)


def _day(text: str) -> Value | str:
    return Value("date", date.fromisoformat(text).isoformat()) if text else ""
