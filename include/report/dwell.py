"""Time in stage: how long those stayed who left a stage in the month so far."""

from dataclasses import replace

from include.report.cells import Cell
from include.report.figures import NOTHING, Message, Value
from include.report.material import Material
from include.report.status import too_few, trust
from include.report.tables import Column, Entry, Row, Table

KPI = "time_in_stage"


def times(material: Material) -> Table:
    """Median and 90th percentile of the days in each stage, with the median of the same days a month before."""
    stages = [stage for stage in material.company.funnel.order if _cell(material, stage, "value") is not None]
    return Table(
        title=Message("times.title"),
        about=Message("times.about", {"now": Value("span", str(material.frame.now))}),
        first=Message("column.stage"),
        columns=(
            Column(Message("column.median")),
            Column(Message("value", {"it": Value("span", str(material.frame.previous))})),
            Column(Message("column.p90")),
            Column(Message("column.visits")),
        ),
        rows=tuple(_row(material, stage) for stage in stages),
    )


def _row(material: Material, stage: str) -> Row:
    visits = _cell(material, stage, "value")
    if visits is None or too_few(visits):
        few = Entry(status="missing" if trust(visits) == "missing" else "few")
        return Row(Value("stage", stage), (few, Entry(NOTHING), Entry(NOTHING), Entry(_cases(material, stage))))
    median, tail = _cell(material, stage, "median"), _cell(material, stage, "p90")
    before = material.cells.get(KPI, material.frame.previous.last, statistic="median", stage=stage)
    return Row(
        Value("stage", stage),
        (
            Entry(_days(material, median), cell="" if median is None else median.id),
            Entry(_days(material, before), cell="" if before is None else before.id),
            Entry(_days(material, tail), cell="" if tail is None else tail.id),
            Entry(_cases(material, stage)),
        ),
    )


def _days(material: Material, cell: Cell | None) -> Value:
    """The table's title names the unit."""
    return replace(material.written(cell), kind="age")


def _cell(material: Material, stage: str, statistic: str) -> Cell | None:
    return material.cells.get(KPI, material.frame.now.last, statistic=statistic, stage=stage)


def _cases(material: Material, stage: str) -> Value:
    cell = _cell(material, stage, "value")
    return Value("count", None if cell is None else cell.n)
