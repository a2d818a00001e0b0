"""What became of each month's new customers: the share of them that still pays, month by month.

Where most months bring fewer customers than a rate needs, the months of a quarter stand together.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from include.report.blocks import Cohort, Heat, Shade
from include.report.cells import Cell
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.periods import month, months_back
from include.report.selection import CURVE
from include.report.status import FEW

MONTHS, QUARTERS = 12, 8
STEPS = (0.80, 0.90, 0.95, 1.0)
"""Where the next darker step begins."""
HALF = 6
"""The age that the title speaks of, if it is known."""
Months = dict[date, list[Cell]]
"""The cells by age of each month's cohort."""


def cohort_map(material: Material) -> Heat | None:
    """The latest cohorts by age, and all of them together; None if no customer began in them."""
    found = _months(material)
    if not found:
        return None
    monthly = _enough(found)
    rows = _monthly(found) if monthly else _quarterly(found)
    together = _together(found.values())
    return Heat(
        kpi=CURVE,
        title=_title(together),
        about=Message("heat.about" if monthly else "heat.about.quarters"),
        first=Message("column.first_payment"),
        ages=tuple(Value("count", age) for age in range(MONTHS)),
        cohorts=(*rows, together) if together.shades else rows,
        keys=tuple(Message(f"heat.step.{step}") for step in range(len(STEPS) + 1)),
    )


def _months(material: Material) -> Months:
    """The cohorts of eight quarters, or of twelve months where those have customers enough."""
    now = material.frame.now.first
    first = months_back(now, (now.month - 1) % 3 + 3 * (QUARTERS - 1))
    firsts = [months_back(now, back) for back in range(3 * QUARTERS - 1, -1, -1)]
    found = {each: cells for each in firsts if each >= first and (cells := _cells(material, each))}
    year = {each: cells for each, cells in found.items() if each >= months_back(now, MONTHS - 1)}
    return year if _enough(year) else found


def _enough(months: Months) -> bool:
    """Whether at least every second month has customers enough for a rate."""
    return 2 * sum((cells[0].n or 0) >= FEW for cells in months.values()) >= len(months)


def _cells(material: Material, first: date) -> list[Cell]:
    """The cohort's cells by age, as far as they go."""
    ends = (month(first).last, material.day)
    found: list[Cell] = []
    for age in range(MONTHS if material.has(CURVE) else 0):
        cell = next((cell for end in ends if (cell := material.cells.get(CURVE, end, age=age))), None)
        if cell is None or cell.value is None or cell.key[3] != first:
            break
        found.append(cell)
    return found


def _monthly(months: Months) -> tuple[Cohort, ...]:
    return tuple(_cohort(Value("year_month", first.isoformat()), [cells]) for first, cells in months.items())


def _quarterly(months: Months) -> tuple[Cohort, ...]:
    quarters = groupby(months.items(), key=lambda pair: date(pair[0].year, (pair[0].month - 1) // 3 * 3 + 1, 1))
    return tuple(
        _cohort(Value("year_quarter", first.isoformat()), [cells for _, cells in pairs]) for first, pairs in quarters
    )


def _cohort(head: Value, months: list[list[Cell]]) -> Cohort:
    """A row, up to the age that all of its months have reached."""
    n = sum(cells[0].n or 0 for cells in months)
    shades = (_shade([cells[age] for cells in months], n < FEW) for age in range(min(map(len, months))))
    return Cohort(head, Value("count", n), tuple(shades))


def _shade(cells: list[Cell], few: bool) -> Shade:
    one = cells[0].id if len(cells) == 1 else ""
    if few:
        return Shade(Value("count", None), status="few", cell=one)
    share = _share(cells)
    return Shade(Value("hundredths", share), _step(share), any(cell.status != "ok" for cell in cells), cell=one)


def _share(cells: list[Cell]) -> float:
    """Of all the cells' customers, those who still pay: each cohort with its own weight."""
    return sum(cell.numerator or 0.0 for cell in cells) / (sum(cell.denominator or 0.0 for cell in cells) or 1.0)


def _step(share: float) -> int:
    """The step of a share as it is shown."""
    return sum(round(share, 2) >= limit for limit in STEPS)


def _together(cohorts: Iterable[list[Cell]]) -> Cohort:
    """All cohorts at each age that enough of them have reached; running months left out."""
    known = [[cell for cell in cells if cell.status == "ok"] for cells in cohorts]
    shades = []
    for age in range(MONTHS):
        cells = [cells[age] for cells in known if len(cells) > age]
        if sum(cell.denominator or 0.0 for cell in cells) < FEW:
            break
        share = _share(cells)
        shades.append(Shade(Value("hundredths", share), _step(share)))
    n = sum(int(cells[0].denominator or 0) for cells in known if cells)
    return Cohort(Message("heat.all"), Value("count", n), tuple(shades), "total")


def _title(together: Cohort) -> Message:
    age = min(HALF, len(together.shades) - 1)
    if age < 1:
        return Message("heat.title.plain")
    said = {"share": Value("share", together.shades[age].value.value), "n": Value("count", age)}
    return Message("heat.title", said, plural="n")
