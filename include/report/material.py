"""All that one report is made from, and the questions every section asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Unpack

from include.company import UNASSIGNED, Company, Region
from include.kpis import Kpi
from include.kpis.gate import Finding
from include.kpis.quality import Quality
from include.kpis.restated import Change
from include.report.cells import Cell, Cells, Cut, number
from include.report.facts import Fact, Told, target
from include.report.figures import NOTHING, Figure, Value
from include.report.pace import due
from include.report.periods import Frame
from include.report.status import trust

NOBODY = ("unknown", "unallocated", UNASSIGNED)
"""Members that stand for no one."""


@dataclass(frozen=True)
class Material:
    """One region's cells, targets (by KPI, of the month of D) and frame."""

    company: Company
    region: Region
    day: date
    frame: Frame
    cells: Cells
    kpis: Mapping[str, Kpi]
    targets: Mapping[str, float]
    quality: Quality
    bills: bool = False
    """Whether a source of the company, of whatever region, has brought subscriptions."""
    gate: tuple[Finding, ...] = ()
    plans: Mapping[date, float] = field(default_factory=dict)
    """Targets of bookings by the first day of their month."""
    reps: Mapping[str, str] = field(default_factory=dict)
    """Names of sales reps by id."""
    restated: tuple[Change, ...] | None = None
    """What is known otherwise than a day ago; None where nobody compared."""
    spent: Mapping[date, float] | None = None
    """Ad spend by day as the report of the day before has it; None where there is none."""

    def now(self, kpi: str, **cut: Unpack[Cut]) -> Cell | None:
        """The KPI's cell of the month so far."""
        return self.cells.get(kpi, self.frame.now.last, **cut)

    def before(self, kpi: str, **cut: Unpack[Cut]) -> Cell | None:
        """The KPI's cell of the same days a month before."""
        return self.cells.get(kpi, self.frame.previous.last, **cut)

    def year_ago(self, kpi: str, **cut: Unpack[Cut]) -> Cell | None:
        """The KPI's cell of the same days a year before."""
        return self.cells.get(kpi, self.frame.year_ago.last, **cut)

    def number(self, kpi: str, **cut: Unpack[Cut]) -> float:
        """The KPI's value of the month so far; 0 where there is none."""
        return number(self.now(kpi, **cut))

    def has(self, kpi: str) -> bool:
        return kpi in self.kpis

    def gone(self, kpi: str) -> bool:
        """Whether a source had no data for the KPI this month, so that nothing is known of it."""
        return trust(self.now(kpi)) == "missing"

    def rep(self, id_: str) -> Value:
        """A rep's name; the id of one whom nobody names."""
        return Value("code", id_) if id_ in NOBODY else Value("data", self.reps.get(id_, id_))

    def better(self, kpi: str) -> str:
        """`higher`, `lower`, or `neither` where more is not better or worse by itself."""
        return str(self.kpis[kpi].better)

    def write(self, kpi: str, number: float | None) -> Value:
        """A number as the KPI's values are written: a target, say."""
        return NOTHING if number is None else Value(self.kpis[kpi].shown, number)

    def written(self, cell: Cell | None) -> Value:
        """A cell's value; a dash where it cannot be trusted as a number."""
        return NOTHING if cell is None or trust(cell) else self.write(cell.kpi, cell.value)

    def column(self, cell: Cell | None) -> Value:
        """A cell's value in a column whose head names the currency; a cost of nothing is no cost that is known."""
        value = self.written(cell)
        if cell is not None and cell.denominator is not None and not cell.numerator and cell.unit == "money":
            return NOTHING
        return Value("amount", value.value) if value.kind == "money" else value

    def volume(self, kpi: str, cell: Cell | None) -> Value:
        """A count or sum in a column: a cell that is not there is nought, if the KPI is known at all."""
        if cell is None and trust(self.now(kpi)) is None:
            return Value("amount" if self.kpis[kpi].shown == "money" else "count", 0)
        return self.column(cell)

    def figure(self, kpi: str, cell: Cell | None) -> Figure:
        """A cell as a figure."""
        if cell is None:
            return Figure(kpi, NOTHING, "none")
        return Figure(kpi, self.written(cell), cell.status, cell.n, cell.id)

    def change(self, now: Cell | None, then: Cell | None) -> Value:
        """From then to now: points for percentages, else percent; a dash where one of the two is not comparable."""
        if now is None or then is None or trust(now) or trust(then) or now.value is None or then.value is None:
            return NOTHING
        if self.kpis[now.kpi].shown == "percent":
            return Value("points", now.value - then.value)
        return Value("change", now.value / then.value - 1) if then.value > 0 else NOTHING

    def goal(self, kpi: str) -> Fact | None:
        """The KPI's target of the month; None where none is set."""
        found = self.targets.get(kpi)
        return None if found is None else target(kpi, found, self.day, self.region.id)

    def due(self, kpi: str) -> Fact | None:
        """What of the KPI's target is due by D; None where none is set."""
        goal = self.goal(kpi)
        return None if goal is None else due(goal, self.cells, kpi, self.frame)

    def tell(self, kpi: str, fact: Fact) -> Told:
        """A number as the KPI's values are written."""
        return fact.told(self.kpis[kpi].shown)
