"""How a month's bookings add up by day: beside the month before, the pace to the target, and what may still come."""

from include.report.blocks import Attained, Summed
from include.report.cells import Cell
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.periods import Span, last_days, month
from include.report.scales import ticks
from include.report.selection import WON
from include.report.status import trust

COVERAGE, EXPECTED = "pipeline_coverage", "pipeline_effectiveness_vs_goal"


def attained(material: Material) -> Attained | None:
    """None where the month's bookings are not known or nothing, or fall below nothing, as where more is taken back than
    is won."""
    frame, goal = material.frame, material.targets.get(WON) or 0.0
    last_month = month(frame.previous.first)
    won = _summed(material, frame.now, material.now(WON))
    before = _summed(material, last_month, material.cells.get(WON, last_month.last))
    now, known = won.sums[-1].value, [float(each.value) for each in (*won.sums, *before.sums) if each.value is not None]
    if now is None or min(known) < 0 or not max(goal, *known):
        return None
    likely, most = _expected(material, float(now)) if goal and frame.running else (None, None)
    return Attained(
        title=_title(material, float(now), goal),
        about=Message(f"attained.about{'.alone' if not goal else '.range' if most else ''}"),
        won=won,
        before=before,
        length=frame.whole.days,
        pace=_pace(material, goal) if goal else (),
        target=material.write(WON, goal or None),
        likely=material.write(WON, likely),
        most=material.write(WON, most),
        ticks=tuple(material.write(WON, tick) for tick in ticks(max(*known, goal, most or 0.0))),
    )


def _summed(material: Material, span: Span, whole: Cell | None) -> Summed:
    """Backwards from what the whole span is scored at, as far as its days are scored: five weeks back from D."""
    days = last_days(span.last, span.days)
    left = None if whole is None or trust(whole) else whole.value
    sums = [left]
    for day in days[:0:-1]:
        cell = material.cells.get(WON, day, "day")
        left = None if left is None or cell is None or cell.value is None else left - cell.value
        sums.append(None if left is None else round(left, 2))
    return Summed(
        days=tuple(Value("date", day.isoformat()) for day in days),
        sums=tuple(material.write(WON, number) for number in reversed(sums)),
        cell="" if whole is None or sums[0] is None else whole.id,
    )


def _expected(material: Material, won: float) -> tuple[float | None, float | None]:
    """What the month comes to by probability, and with all that is due in it; None where nothing is due."""
    likely, due = material.now(EXPECTED), material.now(COVERAGE)
    if likely is None or likely.numerator is None or due is None or not due.numerator or due.numerator < 0:
        return None, None
    return likely.numerator, won + due.numerator


def _pace(material: Material, goal: float) -> tuple[tuple[int, float], ...]:
    """From nothing over what is due by D, as page 1 has it, to the target."""
    end, due = (material.frame.whole.days, goal), material.due(WON)
    if not material.frame.running or due is None or due.number is None:
        return ((0, 0.0), end)
    return ((0, 0.0), (material.day.day, due.number), end)


def _title(material: Material, won: float, goal: float) -> Message:
    now = Value("month", material.day.isoformat())
    if not goal:
        return Message("attained.title.alone", {"month": now})
    return Message("attained.title", {"month": now, "share": Value("share", won / goal)})
