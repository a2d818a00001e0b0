"""What changed, and why: three to five sentences by rule, the weightiest first, each traceable to its cells."""

from dataclasses import dataclass

from include.report.cells import Cell
from include.report.channels import NOBODY, RATE, rate_z
from include.report.figures import Message, Value
from include.report.funnel import Step, steps
from include.report.material import Material
from include.report.pace import pace
from include.report.quality import missing
from include.report.statistics import Z95, beyond_chance, counts_differ
from include.report.status import trust
from include.report.verdict import KPI

LEAST, MOST = 3, 5


@dataclass(frozen=True)
class Reason:
    """A claim, its evidence, and how much it weighs (z of the change, or so)."""

    claim: Message
    evidence: Message
    weight: float


def reasons(material: Material) -> tuple[tuple[Message, Message], ...]:
    """Claim and evidence of the weightiest reasons; the bookings come first."""
    first = _bookings(material)
    rules = (_step, _channel, _leads, _cost, _coverage, _missing)
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
    cells = _ids(now, before)
    if goal is None:
        change = material.change(now, before)
        claim = Message(_direction("reason.bookings", change), {"change": _size(change)}, cells=cells)
        return Reason(claim, Message("reason.bookings.plain", said, plural="n", cells=cells), 99)
    due = goal * pace(material.cells, KPI, material.frame).due
    said |= {"due": material.write(KPI, due), "day": Value("date", material.day.isoformat())}
    gap = {"gap": material.write(KPI, abs(now.value - due))}
    ended = "running" if material.frame.running else "ended"
    side = "ahead" if now.value >= due else "behind"
    claim = Message(f"reason.pace.{ended}.{side}", gap, cells=cells)
    return Reason(claim, Message(f"reason.pace.{ended}.evidence", said, plural="n", cells=cells), 99)


def _step(material: Material) -> Reason | None:
    """The step of the funnel that moved furthest from chance."""
    found = [step for step in steps(material) if step.rate is not None and step.then is not None]
    if not found:
        return None
    moved = max(found, key=lambda step: abs(step.z))
    said = _said(moved)
    if moved.status == "on":
        return Reason(Message("reason.step.steady"), Message("reason.step.steady.evidence", said), 1.0)
    claim = Message("reason.step.up" if moved.z > 0 else "reason.step.down", said)
    return Reason(claim, Message("reason.step.evidence", said, cells=_ids(moved.count)), abs(moved.z))


def _said(step: Step) -> dict[str, Value]:
    assert step.rate is not None  # asked of steps with both rates only
    assert step.then is not None
    return {
        "stage": Value("stage", step.stage),
        "now": Value("percent", step.rate),
        "before": Value("percent", step.then),
        "points": Value("points", step.rate - step.then),
        "n": Value("count", step.n),
        "difference": Value("count", abs(round((step.rate - step.then) * step.n))),
    }


def _channel(material: Material) -> Reason | None:
    """The channel whose MQL to SQL rate moved furthest from chance, else the one whose SQL did."""
    pairs = _sql(material)
    if not pairs:
        return None
    rated = max(pairs, key=lambda name: abs(rate_z(material, name)))
    counted = max(pairs, key=lambda name: abs(_counts(*pairs[name])))
    if beyond_chance(z := rate_z(material, rated), len(pairs)):
        return _moved(material, rated, pairs[rated], f"reason.channel.rate.{_way(z)}", "reason.channel.rate", z)
    if beyond_chance(z := _counts(*pairs[counted]), len(pairs)):
        return _moved(material, counted, pairs[counted], f"reason.channel.{_way(z)}", "reason.channel.evidence", z)
    return _moved(material, counted, pairs[counted], "reason.channel.steady", "reason.channel.evidence", 0.9)


def _sql(material: Material) -> dict[str, tuple[Cell, Cell]]:
    """Each channel's SQL, now and in the same days a month before."""
    names = [name for name in material.cells.members("channel", "sql_count") if name not in NOBODY]
    pairs = {
        name: (material.now("sql_count", channel=name), material.before("sql_count", channel=name)) for name in names
    }
    return {
        name: (now, then) for name, (now, then) in pairs.items() if now and then and not trust(now) and not trust(then)
    }


def _way(z: float) -> str:
    return "up" if z > 0 else "down"


def _moved(material: Material, name: str, pair: tuple[Cell, Cell], claim: str, evidence: str, weight: float) -> Reason:
    now, then = pair
    rate, rate_then = material.now(RATE, channel=name), material.before(RATE, channel=name)
    said = {
        "channel": Value("channel", name),
        "now": material.written(now),
        "before": material.written(then),
        "then": Value("span", str(material.frame.previous)),
        "rate": material.written(rate),
        "rate_before": material.written(rate_then),
    }
    cells = _ids(now, then, rate, rate_then)
    return Reason(Message(claim, said, cells=cells), Message(evidence, said, cells=cells), abs(weight))


def _counts(now: Cell, then: Cell) -> float:
    return counts_differ(now.value or 0.0, then.value or 0.0)


def _leads(material: Material) -> Reason | None:
    """New leads against the same days of the previous month and of last year."""
    now, then, past = (read("leads_created") for read in (material.now, material.before, material.year_ago))
    if now is None or then is None or trust(now) or trust(then):
        return None
    change, year = material.change(now, then), material.change(now, past)
    said = {
        "n": material.written(now),
        "before": material.written(then),
        "then": Value("span", str(material.frame.previous)),
        "change": _size(change),
        "year": year,
    }
    z = abs(_counts(now, then))
    claim = _direction("reason.leads", change) if z >= Z95 else "reason.leads.steady"
    evidence = "reason.leads.evidence" if year.value is not None else "reason.leads.plain"
    return Reason(Message(claim, said, cells=_ids(now, then)), Message(evidence, said, cells=_ids(now, then, past)), z)


def _cost(material: Material) -> Reason | None:
    """What a customer costs."""
    now, then = material.now("cac"), material.before("cac")
    change = material.change(now, then)
    if now is None or change.value is None:
        return None
    said = {
        "cac": material.written(now),
        "change": _size(change),
        "spend": material.written(material.now("ad_spend")),
        "n": Value("count", now.n),
        "then": Value("span", str(material.frame.previous)),
    }
    claim = Message(_direction("reason.cost", change), said, cells=_ids(now, then))
    evidence = Message("reason.cost.evidence", said, plural="n", cells=_ids(now, material.now("ad_spend")))
    return Reason(claim, evidence, abs(float(change.value)) * 5)


def _coverage(material: Material) -> Reason | None:
    """Whether the open pipeline covers what is left of the target."""
    now, pipeline = material.now("pipeline_coverage"), material.now("pipeline_value")
    if now is None:
        return None
    if now.status == "target_met" and not _short(material):
        said = {"open": material.written(pipeline)}
        return Reason(Message("reason.met"), Message("reason.met.evidence", said, cells=_ids(now, pipeline)), 1.5)
    if trust(now) or now.value is None or not material.frame.running:
        return None  # after the last day nothing more can be won in the month
    said = {
        "coverage": material.written(now),
        "open": material.write("pipeline_value", now.numerator),
        "rest": material.write("pipeline_value", now.denominator),
    }
    weight = 3.0 if now.value < 1 else 1.2
    return Reason(
        Message("reason.coverage", said, cells=_ids(now)),
        Message("reason.coverage.evidence", said, cells=_ids(now)),
        weight,
    )


def _short(material: Material) -> bool:
    """Whether the bookings shown are below the target shown: then no sentence says that it is met."""
    now, goal = material.now(KPI), material.targets.get(KPI)
    return now is not None and goal is not None and (now.value or 0.0) < goal


def _missing(material: Material) -> Reason | None:
    """The KPIs a source had no data for."""
    gone = missing(material)
    if not gone:
        return None
    said = {"n": Value("count", len(gone)), "kpi": Value("kpi", gone[0])}
    cells = tuple(cell.id for kpi in gone if (cell := material.now(kpi)))
    return Reason(
        Message("reason.missing", said, plural="n", cells=cells),
        Message("reason.missing.evidence", said, plural="n"),
        1.1,
    )


def _direction(stem: str, change: Value) -> str:
    if change.value is None:
        return f"{stem}.steady"
    return f"{stem}.up" if float(change.value) > 0 else f"{stem}.down"


def _size(change: Value) -> Value:
    """A change without its sign, for sentences that say up or down."""
    return Value("percent", None if change.value is None else abs(float(change.value)))


def _ids(*cells: Cell | None) -> tuple[str, ...]:
    return tuple(cell.id for cell in cells if cell is not None)
