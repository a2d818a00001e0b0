"""What a month kept: revenue and customers retained, against target and past."""

from datetime import timedelta

from include.report.cells import Cell
from include.report.compared import Compared, last_closed, spans
from include.report.figures import Message, Status, Value
from include.report.material import Material
from include.report.periods import months_back
from include.report.selection import ROLLED
from include.report.status import judge, share, trust
from include.report.tables import Column, Entry, Row, Table

SHOWN = ("mrr", "nrr", "grr", "arpa", "quick_ratio", "logo_churn_rate", "gross_mrr_churn_rate", "net_mrr_churn_rate",
         "expansion_rate", "renewal_rate", "renewal_rate_value", "upsell_success_rate", "ltv")  # fmt: skip
DUE = ("renewal_rate", "renewal_rate_value")
"""Known only when the grace of the month's contracts is over: the last month of which that is so is shown."""
BUILDING = ("logo_churn_rate", "gross_mrr_churn_rate", "net_mrr_churn_rate", "expansion_rate", "quick_ratio")
"""Add up over the days of their month: before the month is over they are held against no target."""


def table(material: Material) -> Table:
    """Each KPI now, its changes, its target and how it stands."""
    heads = ("column.now", "column.change", "column.year_change", "column.target", "column.cases", "column.status")
    return Table(
        title=Message("retained.title"),
        about=Message("retained.about", spans(material)),
        first=Message("column.kpi"),
        columns=tuple(Column(Message(head), left=head == "column.status") for head in heads),
        rows=tuple(_row(material, kpi) for kpi in SHOWN if _is_counted(material, kpi)),
    )


def _is_counted(material: Material, kpi: str) -> bool:
    found = _compared(material, kpi) if material.has(kpi) else None
    return found is not None and (found.now is not None or found.before is not None)


def _row(material: Material, kpi: str) -> Row:
    found = _compared(material, kpi)
    now = found.now
    cell = "" if now is None else now.id
    return Row(
        _head(kpi, now),
        (
            Entry(material.written(now), cell=cell),
            Entry(material.change(now, found.before)),
            Entry(material.change(now, found.year_ago)),
            Entry(material.write(kpi, material.targets.get(kpi))),
            Entry(Value("count", None if now is None else now.n)),
            Entry(status=_standing(material, kpi, now)),
        ),
    )


def _head(kpi: str, now: Cell | None) -> Value | Message:
    """The KPI's name, with its period where that is not the month of the report."""
    if kpi in ROLLED:
        return Message("retained.rolled", {"kpi": Value("kpi", kpi)})
    if kpi in DUE and now is not None:
        return Message("retained.due", {"kpi": Value("kpi", kpi), "month": Value("year_month", now.key[3].isoformat())})
    return Value("kpi", kpi)


def _standing(material: Material, kpi: str, now: Cell | None) -> Status | None:
    """Against the whole of the target, since what is kept does not grow with the month."""
    if kpi in BUILDING and material.frame.running:
        return trust(now) or "partial"
    reached = None if now is None else share(now.value, material.targets.get(kpi), material.better(kpi))
    return trust(now) or (None if reached is None else judge(reached))


def _compared(material: Material, kpi: str) -> Compared:
    """Twelve months, the last month whose window has closed, or the month so far."""
    if kpi in ROLLED:
        past = None if material.frame.running else _rolled(material, kpi, 11)
        return Compared(material.cells.get(kpi, material.day, "rolling_12m"), _rolled(material, kpi, 0), past)
    if kpi in DUE:
        return last_closed(material, kpi)
    return Compared(material.now(kpi), material.before(kpi), material.year_ago(kpi))


def _rolled(material: Material, kpi: str, back: int) -> Cell | None:
    """The twelve months up to the end of the month before the one `back` months ago."""
    end = months_back(material.frame.now.first, back) - timedelta(days=1)
    return material.cells.get(kpi, end, "rolling_12m")
