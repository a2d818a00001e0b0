"""The first sentence, and the bar below it: are we on target?"""

from include.report.cards import reach
from include.report.figures import Message, Status, Value
from include.report.material import Material
from include.report.pace import pace
from include.report.report import Bullet
from include.report.status import judge, trust

KPI = "bookings"


def verdict(material: Material) -> tuple[Status, Message]:
    """The status of the month's bookings and the sentence that says so."""
    now, goal = material.now(KPI), material.targets.get(KPI)
    month = Value("month", material.day.isoformat())
    cells = () if now is None else (now.id,)
    standing = trust(now)
    if now is None or standing is not None:
        known = "verdict.missing" if standing == "missing" else "verdict.none"
        return standing or "none", Message(known, {"month": month}, cells=cells)
    said = {"month": month, "won": material.written(now), "day": Value("date", material.day.isoformat())}
    if goal is None:
        return "none", Message("verdict.no_target", said, cells=cells)
    reached = reach(material, KPI)
    said |= {"target": material.write(KPI, goal), "share": Value("share", reached)}
    ended = "verdict.running" if material.frame.running else "verdict.ended"
    return judge(reached), Message(ended, said, cells=cells)


def bullet(material: Material) -> Bullet | None:
    """The bar of the month; none without a target or without bookings that can be trusted."""
    now, goal = material.now(KPI), material.targets.get(KPI)
    if now is None or trust(now) or now.value is None or not goal:
        return None
    due = goal * pace(material.cells, KPI, material.frame).due
    return Bullet(
        won=material.write(KPI, now.value),
        due=material.write(KPI, due),
        target=material.write(KPI, goal),
        scale=max(goal, now.value) * 1.03,
        day=Value("count", material.day.day),
    )
