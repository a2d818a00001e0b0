"""The steps of the funnel: how many reached each stage, and what share that is of the stage before, now and then."""

from dataclasses import dataclass, replace

from include.report.cells import Cell, number
from include.report.figures import Status
from include.report.material import Material
from include.report.statistics import beyond_chance, rates_differ
from include.report.status import FEW, trust

COUNTS = {
    "visitor": "visitors", "lead": "leads_created", "mql": "mql_count", "sql": "sql_count", "sal": "sal_count",
    "opportunity": "opportunities_created", "poc": "pocs_executed", "negotiation": "negotiations_initiated",
    "won": "deals_won",
}  # fmt: skip
"""The KPI that counts first entries into each stage, where the company has it."""
STEPS = 5
"""So many steps are compared: the furthest of them must lie so much further to be no chance."""


@dataclass(frozen=True)
class Step:
    """A stage: who reached it, and the share of the stage before, now and in the same days a month before.

    Rates are None where a count is missing or the cases are too few; n counts the cases of the stage before.
    """

    stage: str
    count: Cell | None
    rate: float | None = None
    then: float | None = None
    n: float = 0
    n_then: float = 0
    status: Status = "none"
    base: str = ""
    """The stage that it is compared with."""

    @property
    def z(self) -> float:
        """How far from chance the change is; 0 where there is nothing to compare."""
        if self.rate is None or self.then is None or max(self.rate, self.then) > 1:
            return 0.0
        return rates_differ(self.rate, self.n, self.then, self.n_then)


def steps(material: Material) -> tuple[Step, ...]:
    """The stages that a declared KPI counts, in the company's order; an optional one where anybody passed it. Each is
    compared with the last one that nobody may leave out: fewer than all take an optional one."""
    funnel = material.company.funnel
    stages = [stage for stage in funnel.order if _is_counted(material, stage)]
    found = tuple(Step(stage, material.now(COUNTS[stage])) for stage in stages[:1])
    for at, stage in enumerate(stages[1:], 1):
        *_, before = (each for each in stages[:at] if each not in funnel.optional)
        found += (_step(material, before, stage),)
    return found


def _is_counted(material: Material, stage: str) -> bool:
    if not material.has(COUNTS.get(stage, "")):
        return False
    counts = (material.now(COUNTS[stage]), material.before(COUNTS[stage]))
    return stage not in material.company.funnel.optional or any(map(number, counts))


def _step(material: Material, before: str, stage: str) -> Step:
    upper, lower = COUNTS[before], COUNTS[stage]
    now, n = material.now(lower), material.now(upper)
    then, n_then = material.before(lower), material.before(upper)
    rate, past = _rate(now, n), _rate(then, n_then)
    step = Step(stage, now, rate, past, number(n), number(n_then), base=before)
    return replace(step, status=_status(step, now, n))


def _rate(reached: Cell | None, base: Cell | None) -> float | None:
    if reached is None or base is None or trust(reached) or trust(base) or number(base) < FEW:
        return None
    return number(reached) / number(base)


def _status(step: Step, now: Cell | None, base: Cell | None) -> Status:
    if "missing" in (trust(now), trust(base)):
        return "missing"
    if step.rate is None:
        return "few" if base is not None and base.value is not None else "none"
    if not beyond_chance(step.z, STEPS):
        return "on"
    return "ahead" if step.z > 0 else "behind"


def furthest(found: tuple[Step, ...]) -> Step | None:
    """The step whose rate moved furthest from chance; None where none can be compared."""
    compared = [step for step in found if step.rate is not None and step.then is not None]
    return max(compared, key=lambda step: abs(step.z), default=None)
