"""What was restated: months whose figures are known otherwise today than they were a day ago."""

from datetime import date, timedelta

from include.kpis.restated import Change
from include.report.figures import NOTHING, Message, Value
from include.report.material import Material
from include.report.report import Column, Entry, Row, Section, Table

MOST = 12
"""Figures with a row of their own, the most changed first."""


def restated(material: Material) -> Section:
    """Each figure that changed, as known at the end of D - 1 and of D, both of the days up to D - 1."""
    found = sorted(material.restated or (), key=_weight)
    more = len(found) - MOST
    rest = (Message("restated.note.more", {"n": Value("count", more)}, plural="n"),) if more > 0 else ()
    return Section(
        id="restated",
        lead=_lead(material, found),
        rows=((_table(material, found[:MOST]),),) if found else (),
        notes=(*rest, Message("restated.note")),
    )


def _weight(change: Change) -> tuple[float, date, str]:
    part = abs(change.after - change.before) / max(abs(change.before), 1.0)
    return (-part, change.month, change.kpi)


def _lead(material: Material, found: list[Change]) -> Message:
    then = {"day": Value("date", (material.day - timedelta(days=1)).isoformat())}
    if material.restated is None:
        return Message("restated.lead.unknown", then)
    if not found:
        return Message("restated.lead.none", then)
    return Message("restated.lead", then | {"n": Value("count", len(found))}, plural="n")


def _table(material: Material, found: list[Change]) -> Table:
    heads = ("column.month", "column.known_then", "column.known_now", "column.change")
    then = (material.day - timedelta(days=1)).isoformat()
    return Table(
        title=Message("restated.title"),
        about=Message("restated.about", {"day": Value("date_short", then)}),
        first=Message("column.kpi"),
        columns=tuple(Column(Message(head)) for head in heads),
        rows=tuple(_row(material, change) for change in found),
    )


def _row(material: Material, change: Change) -> Row:
    moved = Value("change", change.after / change.before - 1) if change.before > 0 else NOTHING
    return Row(
        Value("kpi", change.kpi),
        (
            Entry(Value("year_month", change.month.isoformat())),
            Entry(material.write(change.kpi, change.before)),
            Entry(material.write(change.kpi, change.after)),
            Entry(moved),
        ),
    )
