"""The funnel: how many reached each stage, what share of the one before, and how long they stayed."""

from dataclasses import dataclass

from include.report.cells import WAITS, Cell
from include.report.cohorts import cohorts
from include.report.dwell import times
from include.report.figures import NOTHING, Message, Status, Value
from include.report.material import Material
from include.report.section import Section
from include.report.statistics import beyond_chance, rates_differ
from include.report.status import FEW, trust
from include.report.tables import Bar, Column, Entry, Row, Table
from include.report.waiting import waits

COUNTS = {
    "visitor": "visitors", "lead": "leads_created", "mql": "mql_count", "sql": "sql_count", "sal": "sal_count",
    "opportunity": "opportunities_created", "poc": "pocs_executed", "negotiation": "negotiations_initiated",
    "won": "deals_won",
}  # fmt: skip
"""The KPI that counts first entries into each stage, where the company has it."""
PEOPLE = ("lead", "mql", "sql", "sal")
"""The stages that people are counted in; deals in the later ones."""
WEEK = 7
"""The first age of the conversion curve, in days."""
STEPS = 5
"""So many steps are compared: the furthest of them must lie so much further to be no chance."""
DWARFED = 8
"""The bars start at the first stage that is not this many times the one after the next."""


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
    for number, stage in enumerate(stages[1:], 1):
        *_, before = (each for each in stages[:number] if each not in funnel.optional)
        found += (_step(material, before, stage),)
    return found


def _is_counted(material: Material, stage: str) -> bool:
    if not material.has(COUNTS.get(stage, "")):
        return False
    counts = (material.now(COUNTS[stage]), material.before(COUNTS[stage]))
    return stage not in material.company.funnel.optional or any(map(_value, counts))


def _step(material: Material, before: str, stage: str) -> Step:
    upper, lower = COUNTS[before], COUNTS[stage]
    now, n = material.now(lower), material.now(upper)
    then, n_then = material.before(lower), material.before(upper)
    rate, past = _rate(now, n), _rate(then, n_then)
    step = Step(stage, now, rate, past, _value(n), _value(n_then))
    return Step(stage, now, rate, past, step.n, step.n_then, _status(step, now, n), before)


def _rate(reached: Cell | None, base: Cell | None) -> float | None:
    if reached is None or base is None or trust(reached) or trust(base) or _value(base) < FEW:
        return None
    return _value(reached) / _value(base)


def _value(cell: Cell | None) -> float:
    return 0.0 if cell is None or cell.value is None else cell.value


def _status(step: Step, now: Cell | None, base: Cell | None) -> Status:
    if "missing" in (trust(now), trust(base)):
        return "missing"
    if step.rate is None:
        return "few" if base is not None and base.value is not None else "none"
    if not beyond_chance(step.z, STEPS):
        return "on"
    return "ahead" if step.z > 0 else "behind"


def funnel(material: Material) -> Section:
    """Counts and step rates of the month so far, cohorts that are closed, and times in stage."""
    curves = waits(material)
    return Section(
        id="funnel",
        lead=lead(steps(material)),
        rows=((_volumes(material),), (cohorts(material), times(material)), *((curves,) if curves else ())),
        page=True,
    )


def lead(found: tuple[Step, ...]) -> Message:
    """The finding: the step that moved furthest from chance, or that none did."""
    compared = [step for step in found if step.rate is not None and step.then is not None]
    moved = max(compared, key=lambda step: abs(step.z), default=None)
    if moved is None or moved.status == "on":
        if moved is None and any(step.status == "missing" for step in found):
            return Message("lead.missing")
        known = moved is not None
        return Message("funnel.lead.steady" if known else "funnel.lead.few")
    return Message(f"funnel.lead.{'up' if moved.z > 0 else 'down'}", _moved(moved))


def _moved(step: Step) -> dict[str, Value]:
    return {
        "base": Value("stage", step.base),
        "stage": Value("stage", step.stage),
        "now": Value("percent", step.rate),
        "then": Value("percent", step.then),
    }


def _volumes(material: Material) -> Table:
    found = steps(material)
    scale = _scale(found)
    return Table(
        title=Message("funnel.volumes.title", {"month": Value("month", material.day.isoformat())}),
        about=Message(
            "funnel.volumes.about" if material.frame.running else "funnel.volumes.about.whole",
            {"now": Value("span", str(material.frame.now)), "then": Value("span", str(material.frame.previous))},
        ),
        first=Message("column.stage"),
        columns=(
            Column(Message("column.reached"), left=True),
            Column(Message("column.inferred")),
            Column(Message("column.step_rate"), left=True),
            Column(Message("value", {"it": Value("span", str(material.frame.previous))})),
            Column(Message("column.change_points")),
            Column(Message("column.cases")),
            Column(Message("column.status"), left=True),
        ),
        rows=tuple(_row(material, step, scale) for step in found),
    )


def inferred(material: Material, stage: str) -> float | None:
    """How many of those who reached the stage were not seen to: all less those whom the conversion curve follows from
    it. None where it follows nobody from there, as of deals."""
    count, seen = material.now(COUNTS[stage]), material.cells.get(WAITS, material.frame.now.last, stage=stage, age=WEEK)
    if stage not in PEOPLE or trust(count) or trust_of_curve(seen) or count is None or seen is None:
        return None
    return max(_value(count) - (seen.n or 0), 0.0)


def trust_of_curve(cell: Cell | None) -> bool:
    """Whether a cell of the conversion curve says nothing: also one that still runs counts who is followed."""
    return cell is None or cell.status == "missing"


def _unseen(material: Material, stage: str) -> Entry:
    found = inferred(material, stage)
    return Entry(NOTHING if found is None else Value("count", found))


def _row(material: Material, step: Step, scale: float) -> Row:
    cell = step.count
    length = _value(cell) / scale if scale and 0 < _value(cell) <= scale else None
    unseen = (inferred(material, step.stage) or 0.0) / scale if length else 0.0
    first = step.stage == next(iter(COUNTS))
    return Row(
        Value("stage", step.stage),
        (
            Entry(
                material.written(cell),
                None if length is None else Bar(length, "count", inferred=min(unseen, length)),
                cell="" if cell is None else cell.id,
            ),
            _unseen(material, step.stage),
            Entry() if first else Entry(Value("percent", step.rate), _bar(step)),
            *((Entry(),) * 3 if first else _compared(step)),
            Entry(status=trust(cell) if first else step.status),
        ),
    )


def _compared(step: Step) -> tuple[Entry, ...]:
    """The rate before, the change, and the cases; a rate before of too few cases says so."""
    change = None if step.rate is None or step.then is None else step.rate - step.then
    few = step.then is None and 0 < step.n_then < FEW
    return (
        Entry(Value("percent", step.then), status="few" if few else None),
        Entry(Value("points", change)),
        Entry(Value("count", step.n) if step.n else NOTHING),
    )


def _bar(step: Step) -> Bar | None:
    if step.rate is None:
        return None
    tone = "bad" if step.status == "behind" else "rate"
    return Bar(min(step.rate, 1.0), tone, None if step.then is None else min(step.then, 1.0))


def _scale(found: tuple[Step, ...]) -> float:
    """The largest count that does not dwarf the rest, so that the bars of the later stages are seen."""
    counts = [count for step in found if (count := _value(step.count))]
    after = [*counts[1:], 0.0][: len(counts)]
    fit = (count for count, then in zip(counts, after, strict=True) if count <= DWARFED * max(then, 1))
    return next(fit, counts[-1] if counts else 0.0)
