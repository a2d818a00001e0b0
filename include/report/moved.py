"""What moved: the step, the channel, the leads and the cost that changed furthest from chance."""

from include.report.cells import Cell
from include.report.channels import NOBODY, RATE, rate_z
from include.report.figures import Message, Value
from include.report.funnel import Step, steps
from include.report.material import Material
from include.report.reason import Reason, direction, ids, size
from include.report.statistics import Z95, beyond_chance, counts_differ
from include.report.status import FEW, trust

FEW_WEIGHT = 0.8
"""What a change that rests on few cases weighs: less than any that is known not to be chance."""


def step(material: Material) -> Reason | None:
    """The step of the funnel that moved furthest from chance."""
    found = [each for each in steps(material) if each.rate is not None and each.then is not None]
    if not found:
        return None
    moved = max(found, key=lambda each: abs(each.z))
    said = _said(moved) | {"then": Value("span", str(material.frame.previous))}
    if moved.status == "on":
        return Reason(Message("reason.step.steady"), Message("reason.step.steady.evidence", said), 1.0)
    stem = f"reason.step.{_way(moved.z)}"
    return Reason(Message(stem, said), Message(f"{stem}.evidence", said, cells=ids(moved.count)), abs(moved.z))


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


def channel(material: Material) -> Reason | None:
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
    cells = ids(now, then, rate, rate_then)
    return Reason(Message(claim, said, cells=cells), Message(evidence, said, cells=cells), abs(weight))


def _counts(now: Cell, then: Cell) -> float:
    return counts_differ(now.value or 0.0, then.value or 0.0)


def leads(material: Material) -> Reason | None:
    """New leads against the same days of the previous month and of last year."""
    now, then, past = (read("leads_created") for read in (material.now, material.before, material.year_ago))
    if now is None or then is None or trust(now) or trust(then):
        return None
    change, year = material.change(now, then), material.change(now, past)
    said = {
        "n": material.written(now),
        "before": material.written(then),
        "then": Value("span", str(material.frame.previous)),
        "change": size(change),
        "move": change,
        "year": year,
    }
    z = abs(_counts(now, then))
    claim = direction("reason.leads", change) if z >= Z95 else "reason.leads.steady"
    evidence = "reason.leads.evidence" if year.value is not None else "reason.leads.plain"
    return Reason(Message(claim, said, cells=ids(now, then)), Message(evidence, said, cells=ids(now, then, past)), z)


def cost(material: Material) -> Reason | None:
    """What a customer costs."""
    now, then = material.now("cac"), material.before("cac")
    change = material.change(now, then)
    if now is None or then is None or change.value is None:
        return None
    said = {
        "cac": material.written(now),
        "change": size(change),
        "n": Value("count", now.n),
        "before": material.written(then),
        "customers": Value("count", then.n),
        "then": Value("span", str(material.frame.previous)),
    }
    same = round(float(change.value), 3) == 0
    claim = Message("reason.cost.steady" if same else direction("reason.cost", change), said, cells=ids(now, then))
    evidence = Message("reason.cost.evidence", said, plural="n", cells=ids(now, then))
    return Reason(claim, evidence, abs(float(change.value)) * 5 if _enough(now, then) else FEW_WEIGHT)


def _enough(*cells: Cell) -> bool:
    """Whether no cell stands on a handful of customers, of which one more or less moves the cost of each."""
    return all((cell.n or 0) >= FEW for cell in cells)
