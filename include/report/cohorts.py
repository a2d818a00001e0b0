"""Cohort conversion: what became of those who entered a stage in one month, once their window has closed."""

from datetime import timedelta

from include.report.cells import Cell
from include.report.figures import NOTHING, Message, Value
from include.report.material import Material
from include.report.periods import months_back
from include.report.status import trust
from include.report.tables import Column, Entry, Row, Table

SHOWN = ("lead_to_mql_rate", "mql_to_sql_rate", "mql_to_sql_rate_lagged", "sql_to_won_rate")
MONTHS = 24


def cohorts(material: Material) -> Table:
    """Each cohort rate: of the last month whose window has closed, a year before that, and of the month of D."""
    return Table(
        title=Message("cohorts.title"),
        about=Message("cohorts.about"),
        first=Message("column.kpi"),
        columns=(
            Column(Message("column.cohort")),
            Column(Message("column.cases")),
            Column(Message("column.rate")),
            Column(Message("column.year_before")),
            Column(Message("column.this_month"), left=True),
        ),
        rows=tuple(_row(material, kpi) for kpi in SHOWN if material.has(kpi)),
    )


def closed(material: Material, kpi: str) -> Cell | None:
    """The KPI's cell of the latest month whose window has closed, however few its cases."""
    first = material.frame.now.first
    ends = [months_back(first, back) - timedelta(days=1) for back in range(-1, MONTHS)]
    found = (material.cells.get(kpi, end) for end in ends)
    return next((cell for cell in found if cell is not None and cell.status == "ok"), None)


def _row(material: Material, kpi: str) -> Row:
    cell = closed(material, kpi)
    if cell is None:
        entries = (Entry(NOTHING), Entry(NOTHING), Entry(NOTHING), Entry(NOTHING))
    else:
        month = cell.key[3]
        year = material.cells.get(kpi, months_back(month, 11) - timedelta(days=1))
        entries = (
            Entry(Value("year_month", month.isoformat())),
            Entry(Value("count", cell.n)),
            Entry(material.written(cell), status=trust(cell), cell=cell.id),
            Entry(material.change(cell, year)),
        )
    now = material.now(kpi)
    standing = trust(now)
    head = Message(f"cohort.{kpi}", {"days": Value("count", material.kpis[kpi].rule.window_days)})
    return Row(head, (*entries, Entry(material.written(now), status=standing, cell="" if now is None else now.id)))
