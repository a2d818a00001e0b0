"""The first sentence, and the bar below it: are we on target?"""

from include.report.cards import reached
from include.report.facts import Told, score, sentence
from include.report.figures import Message, Status, Value
from include.report.first_page import Bullet
from include.report.material import Material
from include.report.status import judge, trust

KPI = "bookings"


def verdict(material: Material) -> tuple[Status, Message]:
    """The status of the month's bookings and the sentence that says so."""
    now, goal = material.now(KPI), material.goal(KPI)
    month = Value("month", material.day.isoformat())
    cells = () if now is None else (now.id,)
    standing = trust(now)
    if now is None or standing is not None:
        known = "verdict.missing" if standing == "missing" else "verdict.none"
        return standing or "none", Message(known, {"month": month}, cells=cells)
    said: dict[str, Value | Told] = {"month": month, "won": material.tell(KPI, score(now))}
    if goal is None:
        return "none", sentence("verdict.no_target", said | {"day": Value("date", material.day.isoformat())})
    share = reached(material, KPI)
    said |= {"target": material.tell(KPI, goal)}
    if share is None:
        return "none", sentence("verdict.no_share", said)
    ended = "verdict.running" if material.frame.running else "verdict.ended"
    return judge(share.number), sentence(ended, said | {"share": share.told("share")})


def bullet(material: Material) -> Bullet | None:
    """The bar of the month; none without a target or without bookings that can be trusted."""
    now, goal = material.now(KPI), material.targets.get(KPI)
    if now is None or trust(now) or now.value is None or not goal:
        return None
    due = material.due(KPI)
    return Bullet(
        won=material.write(KPI, now.value),
        due=material.write(KPI, None if due is None else due.number),
        target=material.write(KPI, goal),
        scale=max(goal, now.value) * 1.03,
        day=Value("count", material.day.day),
    )
