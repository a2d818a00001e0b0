"""Every number that a report shows, where it stands, and the score it is, in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from include.report.blocks import Attained, Bars, Course, Funnel, Heat, Survival, Waterfall
from include.report.contents import cells
from include.report.figures import NOTHING, Message, Value
from include.report.first_page import Card
from include.report.lines import Line, Lines
from include.report.moves import LOSSES
from include.report.report import Report, Score
from include.report.section import Block
from include.report.selection import WON
from include.report.tables import Column, Entry, Row, Table

HIDDEN = ("few", "missing", "immature")
"""Statuses that stand in the place of a number."""
Label = tuple[Value | Message, ...]


@dataclass(frozen=True)
class Number:
    """A number, the words beside it, and the id of the score it is; worked out from several, it has none. A `status`
    says why there is none, or that it is not final."""

    section: str
    label: Label
    value: Value
    cell: str = ""
    kpi: str = ""
    status: str = ""


def numbers(report: Report) -> Iterator[Number]:
    """Bar, sentences, cards, sections."""
    yield from _bullet(report)
    for section, said in (("verdict", report.verdict), ("why", report.why), ("watch", report.watch)):
        yield from _said(section, said, {score.cell: score for score in report.scores})
    for card in report.cards:
        yield from _card(card)
    for part in report.sections:
        for row in part.rows:
            for block in row:
                yield from _block(part.id, block)


def _bullet(report: Report) -> Iterator[Number]:
    if report.bullet is not None:
        name = Value("kpi", "bookings")
        yield Number("verdict", (name, Message("column.due")), report.bullet.due, kpi="bookings")
        yield Number("verdict", (name, Message("column.target")), report.bullet.target, kpi="bookings")


def _said(section: str, part: object, scores: dict[str, Score]) -> Iterator[Number]:
    """The scores behind the sentences of a part of page 1, each once."""
    for cell in dict.fromkeys(cells(part)):
        if (score := scores.get(cell)) is not None:
            yield Number(section, (Value("kpi", score.kpi), *score.cut), score.value, cell)


def _card(card: Card) -> Iterator[Number]:
    name = Value("kpi", card.kpi)
    yield Number("cards", (name,), card.figure.shown, card.figure.cell, card.kpi, _hidden(card.status))
    beside = {
        "target": card.target,
        "reached_share": card.reached,
        "change": card.previous,
        "year_change": card.year_ago,
    }
    for head, value in beside.items():
        yield Number("cards", (name, Message(f"column.{head}")), value, kpi=card.kpi)
    if card.spark is not None:
        for cell, point in zip(card.spark.cells, card.spark.values, strict=True):
            yield Number("cards", (name,), replace(card.spark.shown[0], value=point), cell)


def _hidden(status: str | None) -> str:
    return status if status in HIDDEN else ""


def _block(section: str, block: Block) -> Iterator[Number]:
    """A funnel plot shows the rates of the table beside it."""
    if isinstance(block, Table):
        for row in block.rows:
            for column, entry in zip(block.columns, row.entries, strict=True):
                yield _entry(section, row, column, entry)
    elif isinstance(block, Lines):
        for line in block.lines:
            yield from _line(section, line)
    elif isinstance(block, Waterfall):
        for move in block.moves:  # a loss is drawn downwards, but scored as the amount lost
            scored = -move.number if move.cell.startswith(LOSSES) else move.number
            yield Number(section, (move.name,), replace(move.shown, value=scored), move.cell)
    elif isinstance(block, Heat):
        yield from _heat(section, block)
    elif isinstance(block, Survival):
        for course in block.courses:
            yield from _course(section, block, course)
    elif isinstance(block, Attained):
        yield from _attained(section, block)
    elif isinstance(block, Bars):
        for bar in block.bars:
            yield Number(section, (bar.name,), bar.shown, bar.cell, status=_hidden(bar.status))
    elif isinstance(block, Funnel):
        for stage in block.stages:
            yield Number(section, (stage.name,), stage.shown, stage.cell, status=_hidden(stage.status))


def _entry(section: str, row: Row, column: Column, entry: Entry) -> Number:
    kpi = str(row.head.value) if isinstance(row.head, Value) and row.head.kind == "kpi" else ""
    value = NOTHING if entry.value is None else entry.value
    return Number(section, (row.head, column.head), value, entry.cell, kpi, _hidden(entry.status))


def _line(section: str, line: Line) -> Iterator[Number]:
    for cell, value in zip(line.cells, line.values, strict=True):
        yield Number(section, (line.name,), replace(line.shown[0], value=value), cell)


def _course(section: str, chart: Survival, course: Course) -> Iterator[Number]:
    cells = course.cells or ("",) * len(course.ages)
    for age, share, cell in zip(course.ages, course.shares, cells, strict=True):
        label = (course.name, chart.age, Value("number", age))
        yield Number(section, label, Value("percent", share), cell)


def _attained(section: str, chart: Attained) -> Iterator[Number]:
    """The sums of both months by day, the last of each the month's own score; then what may still come."""
    for month in (chart.won, chart.before):
        *_, last = month.days
        for day, money in zip(month.days, month.sums, strict=True):
            yield Number(section, (Message("attained.won"), day), money, month.cell if day is last else "", WON)
    for name, value in (("target", chart.target), ("likely", chart.likely), ("most", chart.most)):
        yield Number(section, (Message(f"attained.{name}"),), value, kpi=WON)


def _heat(section: str, heat: Heat) -> Iterator[Number]:
    for cohort in heat.cohorts:
        yield Number(section, (heat.first, cohort.head, Message("column.cases")), cohort.n)
        for age, shade in zip(heat.ages, cohort.shades, strict=False):
            label = (heat.first, cohort.head, Message("heat.age", {"n": age}))
            status = "immature" if shade.running else _hidden(shade.status)
            yield Number(section, label, shade.value, shade.cell, heat.kpi, status)
