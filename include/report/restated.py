"""What was restated: figures of past days that are known otherwise today than they were a day ago.

What the CRM holds is counted twice from today's lake, as known at the end of D - 1 and of D. Ad platforms keep no
history, so what they say now is compared with what the report of D - 1 said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from include.report.figures import NOTHING, Message, Value
from include.report.material import Material
from include.report.periods import Span
from include.report.section import Section
from include.report.selection import SPENT
from include.report.tables import Column, Entry, Row, Table

MOST = 12
"""Figures with a row of their own, the most changed first."""
LEAST = 0.005
"""Less than half a cent is no change."""
HEADS = ("column.period", "column.known_then", "column.known_now", "column.change")


@dataclass(frozen=True)
class Correction:
    """A figure of a period as it was known a day ago, and as it is now."""

    kpi: str
    period: Value
    before: float
    after: float

    @property
    def order(self) -> tuple[float, str, str]:
        part = abs(self.after - self.before) / max(abs(self.before), 1.0)
        return (-part, str(self.period.value), self.kpi)


def restated(material: Material) -> Section:
    """Each figure that changed, both sides of the days up to D - 1."""
    found = sorted((*_known(material), *spending(material)), key=lambda each: each.order)
    more = len(found) - MOST
    rest = (Message("restated.note.more", {"n": Value("count", more)}, plural="n"),) if more > 0 else ()
    return Section(
        id="restated",
        lead=_lead(material, len(found)),
        rows=((_table(material, found[:MOST]),),) if found else (),
        notes=(*rest, Message("restated.note"), *_of_ads(material)),
    )


def _known(material: Material) -> Iterator[Correction]:
    """What the CRM holds, by month."""
    for change in material.restated or ():
        yield Correction(change.kpi, Value("year_month", change.month.isoformat()), change.before, change.after)


def spending(material: Material) -> Iterator[Correction]:
    """Ad spend of those days of each month that both reports have."""
    then = material.spent or {} if material.has(SPENT) else {}
    now = {day: cell.value for day in sorted(then) if (cell := material.cells.get(SPENT, day, "day")) is not None}
    known = [(day, value) for day, value in now.items() if value is not None]
    for _, each in groupby(known, key=lambda pair: (pair[0].year, pair[0].month)):
        days = list(each)
        before, after = sum(then[day] for day, _ in days), sum(value for _, value in days)
        if abs(after - before) >= LEAST:
            yield Correction(SPENT, Value("span", str(Span(days[0][0], days[-1][0]))), before, after)


def _of_ads(material: Material) -> tuple[Message, ...]:
    """What ad spend was compared with, where the company counts any."""
    if not material.has(SPENT) or material.now(SPENT) is None:
        return ()
    said = {"day": Value("date", _day_before(material))}
    if not material.spent:
        return (Message("restated.note.ads.none", said),)
    return (Message("restated.note.ads" if any(spending(material)) else "restated.note.ads.same", said),)


def _day_before(material: Material) -> str:
    return (material.day - timedelta(days=1)).isoformat()


def _lead(material: Material, found: int) -> Message:
    then = {"day": Value("date", _day_before(material))}
    if found:
        return Message("restated.lead", then | {"n": Value("count", found)}, plural="n")
    return Message("restated.lead.unknown" if material.restated is None else "restated.lead.none", then)


def _table(material: Material, found: list[Correction]) -> Table:
    return Table(
        title=Message("restated.title"),
        about=Message("restated.about", {"day": Value("date_short", _day_before(material))}),
        first=Message("column.kpi"),
        columns=tuple(Column(Message(head)) for head in HEADS),
        rows=tuple(_row(material, each) for each in found),
    )


def _row(material: Material, found: Correction) -> Row:
    moved = Value("change", found.after / found.before - 1) if found.before > 0 else NOTHING
    return Row(
        Value("kpi", found.kpi),
        (
            Entry(found.period),
            Entry(material.write(found.kpi, found.before)),
            Entry(material.write(found.kpi, found.after)),
            Entry(moved),
        ),
    )
