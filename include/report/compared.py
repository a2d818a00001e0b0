"""Figures below each other: each now, how many cases it is of, what it was before, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from include.report.cards import reach
from include.report.cells import Cell
from include.report.cohorts import closed
from include.report.figures import Message, Status, Value
from include.report.material import Material
from include.report.periods import months_back
from include.report.section import Block
from include.report.status import judge, trust
from include.report.tables import Column, Entry, Row, Table

HEADS = ("now", "cases", "change", "year_change", "target", "status")
SPARSE = ("target", "status")


@dataclass(frozen=True)
class Compared:
    """A KPI's cell and what it is compared with."""

    now: Cell | None
    before: Cell | None
    year_ago: Cell | None


def table(material: Material, section: str, kpis: Iterable[str], heads: tuple[str, ...] = HEADS) -> Table:
    """The declared ones of `kpis` that anything is known of, now or before; title and subtitle are the phrases
    `<section>.title` and `<section>.about`. A column of targets or statuses that would be empty is left out."""
    found = [(kpi, compared(material, kpi)) for kpi in kpis if material.has(kpi)]
    rows = [(kpi, row) for kpi, row in found if row.now is not None or row.before is not None]
    heads = tuple(head for head in heads if head not in SPARSE or any(_is_said(material, head, *row) for row in rows))
    return Table(
        title=Message(f"{section}.title"),
        about=Message(f"{section}.about", spans(material)),
        first=Message("column.kpi"),
        columns=tuple(Column(Message(f"column.{head}"), left=head == "status") for head in heads),
        rows=tuple(_row(material, kpi, found, heads) for kpi, found in rows),
    )


def spans(material: Material) -> dict[str, Value]:
    """The days that a table of changes compares, as the line below its title names them."""
    return {
        "now": Value("span", str(material.frame.now)),
        "then": Value("span", str(material.frame.previous)),
        "year": Value("period", str(material.frame.year_ago)),
    }


def arranged(charts: tuple[Block, ...], figures: Table) -> tuple[tuple[Block, ...], ...]:
    """Rows of a section: two charts above their table, which may then go over a page's end; one beside it."""
    return (charts, (figures,)) if len(charts) > 1 else ((figures, *charts),)


def _is_said(material: Material, head: str, kpi: str, found: Compared) -> bool:
    if head == "target":
        return kpi in material.targets
    return _standing(material, kpi, found.now) is not None


def compared(material: Material, kpi: str) -> Compared:
    """The month so far; of a KPI that waits for its cases, the last month whose window has closed."""
    if not material.kpis[kpi].rule.window_days:
        return Compared(material.now(kpi), material.before(kpi), material.year_ago(kpi))
    return last_closed(material, kpi)


def last_closed(material: Material, kpi: str) -> Compared:
    """The last month whose window has closed; nothing to compare where there is none."""
    now = closed(material, kpi)
    if now is None:
        return Compared(material.now(kpi), None, None)
    before, past = (material.cells.get(kpi, months_back(now.key[3], back) - timedelta(days=1)) for back in (0, 11))
    return Compared(now, before, past)


def known(material: Material, kpis: Iterable[str]) -> bool:
    """Whether any of the KPIs has a number."""
    found = (compared(material, kpi).now for kpi in kpis if material.has(kpi))
    return any(cell is not None and cell.value is not None and (cell.n or cell.value) for cell in found)


def _row(material: Material, kpi: str, found: Compared, heads: tuple[str, ...]) -> Row:
    now = found.now
    entries = {
        "now": Entry(material.written(now), cell="" if now is None else now.id),
        "cases": Entry(Value("count", now.n) if now is not None and _is_of_cases(now) else None),
        "change": Entry(material.change(now, found.before)),
        "year_change": Entry(material.change(now, found.year_ago)),
        "target": Entry(material.write(kpi, material.targets.get(kpi))),
        "status": Entry(status=_standing(material, kpi, now)),
    }
    return Row(_head(material, kpi, now), tuple(entries[head] for head in heads))


def _is_of_cases(cell: Cell) -> bool:
    """Whether n says more than the value: that of a count is the count."""
    return trust(cell) != "missing" and (cell.denominator is not None or cell.unit != "count")


def _head(material: Material, kpi: str, now: Cell | None) -> Value | Message:
    """The KPI's name, with its month where that is not the month of the report."""
    if now is None or now.key[3] == material.frame.now.first:
        return Value("kpi", kpi)
    return Message("retained.due", {"kpi": Value("kpi", kpi), "month": Value("year_month", now.key[3].isoformat())})


def _standing(material: Material, kpi: str, now: Cell | None) -> Status | None:
    reached = reach(material, kpi)
    return trust(now) or (None if reached is None else judge(reached))
