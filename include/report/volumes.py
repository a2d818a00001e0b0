"""The table of the funnel: a row for each stage, with bars on one scale."""

from include.report.cells import number
from include.report.figures import NOTHING, Message, Value
from include.report.material import Material
from include.report.selection import WAITS
from include.report.status import FEW, trust
from include.report.steps import COUNTS, Step, steps
from include.report.tables import Bar, Column, Entry, Row, Table

PEOPLE = ("lead", "mql", "sql", "sal")
"""The stages that people are counted in; deals in the later ones."""
WEEK = 7
"""The first age of the conversion curve, in days."""
DWARFED = 8
"""The bars start at the first stage that is not this many times the one after the next."""


def volumes(material: Material) -> Table:
    """How many reached each stage, and the rate of each step, now and in the same days a month before."""
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


def _scale(found: tuple[Step, ...]) -> float:
    """The largest count that does not dwarf the rest, so that the bars of the later stages are seen."""
    counts = [count for step in found if (count := number(step.count))]
    after = [*counts[1:], 0.0][: len(counts)]
    fit = (count for count, then in zip(counts, after, strict=True) if count <= DWARFED * max(then, 1))
    return next(fit, counts[-1] if counts else 0.0)


def _row(material: Material, step: Step, scale: float) -> Row:
    first = step.stage == next(iter(COUNTS))
    return Row(
        Value("stage", step.stage),
        (
            _reached(material, step, scale),
            _unseen(material, step.stage),
            Entry() if first else Entry(Value("percent", step.rate), _rate_bar(step)),
            *((Entry(),) * 3 if first else _compared(step)),
            Entry(status=trust(step.count) if first else step.status),
        ),
    )


def _reached(material: Material, step: Step, scale: float) -> Entry:
    cell = step.count
    bar = None
    if scale and 0 < number(cell) <= scale:
        length = number(cell) / scale
        bar = Bar(length, "count", inferred=min((inferred(material, step.stage) or 0.0) / scale, length))
    return Entry(material.written(cell), bar, cell="" if cell is None else cell.id)


def inferred(material: Material, stage: str) -> float | None:
    """How many of those who reached the stage were not seen to: all less those whom the conversion curve follows from
    it. None where it follows nobody from there, as of deals."""
    count, seen = material.now(COUNTS[stage]), material.cells.get(WAITS, material.frame.now.last, stage=stage, age=WEEK)
    if stage not in PEOPLE or trust(count) or seen is None or seen.status == "missing":
        return None  # a curve that still runs is read: it counts who is followed
    return max(number(count) - (seen.n or 0), 0.0)


def _unseen(material: Material, stage: str) -> Entry:
    found = inferred(material, stage)
    return Entry(NOTHING if found is None else Value("count", found))


def _compared(step: Step) -> tuple[Entry, ...]:
    """The rate before, the change, and the cases; a rate before of too few cases says so."""
    change = None if step.rate is None or step.then is None else step.rate - step.then
    few = step.then is None and 0 < step.n_then < FEW
    return (
        Entry(Value("percent", step.then), status="few" if few else None),
        Entry(Value("points", change)),
        Entry(Value("count", step.n) if step.n else NOTHING),
    )


def _rate_bar(step: Step) -> Bar | None:
    if step.rate is None:
        return None
    tone = "bad" if step.status == "behind" else "rate"
    return Bar(min(step.rate, 1.0), tone, None if step.then is None else min(step.then, 1.0))
