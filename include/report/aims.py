"""On target: the bookings against what is due, where the gap opens, and whether the pipeline covers the rest."""

from include.report.cards import reached
from include.report.facts import score, worked
from include.report.figures import Value
from include.report.material import Material
from include.report.reason import Reason, Said, against, differs, reason, way
from include.report.status import FEW, judge, trust
from include.report.verdict import KPI

FIRST = 99.0
GAP, WARNING = 30.0, 8.0
SITS = "reason.gap.sits"
"""The claim that says where to start."""
STAGES = ("leads_created", "mql_count", "sql_count", "opportunities_created", "deals_won")
"""The counts that a target may be set for, in the order in which deals pass them."""


def bookings(material: Material) -> Reason | None:
    """The gap to the target in money, or without a target the change."""
    now = material.now(KPI)
    if now is None or trust(now) or now.value is None:
        return None
    before = material.before(KPI)
    said = against(material) | {
        "n": score(now, "n").told("count"),
        "won": material.tell(KPI, score(now)),
        "before": Value("number", None) if before is None or trust(before) else material.tell(KPI, score(before)),
    }
    due = material.due(KPI)
    if due is None:
        return _changed(material, said)
    gap = worked("difference", score(now), due)
    said |= {"due": material.tell(KPI, due), "day": Value("date", material.day.isoformat())}
    said |= {"gap": material.tell(KPI, worked("size", gap))}
    ended = "running" if material.frame.running else "ended"
    side = "at" if round(gap.number or 0.0) == 0 else "ahead" if (gap.number or 0.0) > 0 else "behind"
    return reason(f"reason.pace.{ended}.{side}", f"reason.pace.{ended}.evidence", said, FIRST, plural="n")


def _changed(material: Material, said: Said) -> Reason:
    now, before = material.now(KPI), material.before(KPI)
    assert now is not None  # asked of known bookings only
    if before is None or trust(before) or not before.value or before.value < 0:
        return reason("reason.bookings.steady", "reason.bookings.plain", said, FIRST, plural="n")
    change = worked("change", score(now), score(before))
    said = {**said, "change": worked("size", change).told("percent")}
    claim = f"reason.bookings.{way(change.number)}" if differs(change) else "reason.bookings.same"
    return reason(claim, "reason.bookings.plain", said, FIRST, plural="n")


def gap(material: Material) -> Reason | None:
    """The count on the way to a deal that falls furthest behind the one before it, each against its target."""
    known = [kpi for kpi in STAGES if material.has(kpi) and _is_counted(material, kpi)]
    share = {kpi: found.number or 0.0 for kpi in known if (found := reached(material, kpi)) is not None}
    lost = {kpi: share[kpi] / max(before, 0.01) for before, kpi in zip((1.0, *share.values()), share, strict=False)}
    short = min((kpi for kpi in share if judge(share[kpi]) in ("risk", "behind")), key=lost.__getitem__, default=None)
    return None if short is None else _gap(material, short)


def _is_counted(material: Material, kpi: str) -> bool:
    """Whether its target, as due by now, is no handful."""
    due = material.due(kpi)
    return due is not None and (due.number or 0.0) >= FEW


def _gap(material: Material, kpi: str) -> Reason | None:
    now, due, share, whole = material.now(kpi), material.due(kpi), reached(material, kpi), reached(material, KPI)
    if now is None or due is None or share is None:
        return None
    said: Said = {
        "kpi": Value("kpi", kpi),
        "now": score(now).told("count"),
        "due": due.told("count"),
        "share": share.told("share"),
        "lack": worked("difference", due, score(now)).told("count"),
    }
    behind = whole is not None and judge(whole.number) in ("risk", "behind")
    ended = "running" if material.frame.running else "ended"
    claim = SITS if behind else "reason.gap.warning"
    return reason(claim, f"{claim}.{ended}", said, GAP if behind else WARNING)


def coverage(material: Material) -> Reason | None:
    """Whether the open pipeline covers what is left of the target; nothing is left when the month is over."""
    now, pipeline = material.now("pipeline_coverage"), material.now("pipeline_value")
    if now is None or not material.frame.running:
        return None
    if now.status == "target_met" and not _short(material) and pipeline is not None and not trust(pipeline):
        said = {"open": material.tell("pipeline_value", score(pipeline))}
        return reason("reason.met", "reason.met.evidence", said, 1.5)
    if trust(now) or now.value is None:
        return None
    said = {
        "coverage": material.tell("pipeline_coverage", score(now)),
        "open": material.tell("pipeline_value", score(now, "numerator")),
        "rest": material.tell("pipeline_value", score(now, "denominator")),
    }
    return reason("reason.coverage", "reason.coverage.evidence", said, 15.0 if now.value < 1 else 1.2)


def _short(material: Material) -> bool:
    """Whether the bookings shown are below the target shown: then no sentence says that it is met."""
    now, goal = material.now(KPI), material.targets.get(KPI)
    return now is not None and goal is not None and (now.value or 0.0) < goal
