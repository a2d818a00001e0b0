"""What changed, and why: three to five sentences by rule, the weightiest first, each traceable to its cells."""

from include.report import moved
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.pace import pace
from include.report.quality import missing
from include.report.reason import Reason, direction, ids, size
from include.report.status import trust
from include.report.verdict import KPI

LEAST, MOST = 3, 5


def reasons(material: Material) -> tuple[tuple[Message, Message], ...]:
    """Claim and evidence of the weightiest reasons; the bookings come first."""
    first = _bookings(material)
    rules = (moved.step, moved.channel, moved.leads, moved.cost, _coverage, _missing)
    found = [reason for rule in rules if (reason := rule(material)) is not None]
    found.sort(key=lambda reason: -reason.weight)
    chosen = [*([first] if first else []), *found][:MOST]
    return tuple((reason.claim, reason.evidence) for reason in chosen)


def _bookings(material: Material) -> Reason | None:
    now, goal = material.now(KPI), material.targets.get(KPI)
    if now is None or trust(now) or now.value is None:
        return None
    before = material.before(KPI)
    said = {
        "n": Value("count", now.n),
        "won": material.written(now),
        "before": material.written(before),
        "then": Value("span", str(material.frame.previous)),
    }
    cells = ids(now, before)
    if goal is None:
        change = material.change(now, before)
        claim = Message(direction("reason.bookings", change), {"change": size(change)}, cells=cells)
        return Reason(claim, Message("reason.bookings.plain", said, plural="n", cells=cells), 99)
    due = goal * pace(material.cells, KPI, material.frame).due
    said |= {"due": material.write(KPI, due), "day": Value("date", material.day.isoformat())}
    gap = {"gap": material.write(KPI, abs(now.value - due))}
    ended = "running" if material.frame.running else "ended"
    side = "ahead" if now.value >= due else "behind"
    claim = Message(f"reason.pace.{ended}.{side}", gap, cells=cells)
    return Reason(claim, Message(f"reason.pace.{ended}.evidence", said, plural="n", cells=cells), 99)


def _coverage(material: Material) -> Reason | None:
    """Whether the open pipeline covers what is left of the target."""
    now, pipeline = material.now("pipeline_coverage"), material.now("pipeline_value")
    if now is None or not material.frame.running:
        return None  # after the last day nothing more can be won in the month
    if now.status == "target_met" and not _short(material):
        said = {"open": material.written(pipeline)}
        return Reason(Message("reason.met"), Message("reason.met.evidence", said, cells=ids(now, pipeline)), 1.5)
    if trust(now) or now.value is None:
        return None
    said = {
        "coverage": material.written(now),
        "open": material.write("pipeline_value", now.numerator),
        "rest": material.write("pipeline_value", now.denominator),
    }
    weight = 3.0 if now.value < 1 else 1.2
    return Reason(
        Message("reason.coverage", said, cells=ids(now)),
        Message("reason.coverage.evidence", said, cells=ids(now)),
        weight,
    )


def _short(material: Material) -> bool:
    """Whether the bookings shown are below the target shown: then no sentence says that it is met."""
    now, goal = material.now(KPI), material.targets.get(KPI)
    return now is not None and goal is not None and (now.value or 0.0) < goal


def _missing(material: Material) -> Reason | None:
    """The KPIs a source had no data for today; what no source of the region ever brings is no change."""
    gone = missing(material)
    if not gone or all(source.status == "ok" for source in material.quality.sources):
        return None
    said = {"n": Value("count", len(gone)), "kpi": Value("kpi", gone[0])}
    cells = tuple(cell.id for kpi in gone if (cell := material.now(kpi)))
    return Reason(
        Message("reason.missing", said, plural="n", cells=cells),
        Message("reason.missing.evidence", said, plural="n"),
        1.1,
    )
