"""What moved: the figures, the step, the channel and the cost that changed further than chance."""

from math import sqrt

from include.report.aims import SITS, gap
from include.report.cells import Cell
from include.report.channel import RATE, rate_z
from include.report.facts import Told, score, worked
from include.report.figures import Value
from include.report.material import NOBODY, Material
from include.report.noise import Move, beyond, moves
from include.report.reason import Reason, against, reason, way
from include.report.statistics import Z95, beyond_chance, counts_differ
from include.report.status import FEW, trust
from include.report.steps import COUNTS, Step, furthest, steps


def largest(material: Material) -> Reason | None:
    """The KPI that moved furthest from chance."""
    clear = beyond(moves(material))
    return _moved(material, clear[0], "reason.moved.first") if clear else None


def second(material: Material) -> Reason | None:
    """The furthest of another stage of the business: what moves with the first says nothing new."""
    first, *rest = beyond(moves(material)) or (None,)
    other = next((each for each in rest if each and first and _stage(material, each) != _stage(material, first)), None)
    return None if other is None else _moved(material, other, "reason.moved.second")


def _stage(material: Material, move: Move) -> str:
    return material.kpis[move.kpi].stage


def _moved(material: Material, move: Move, claim: str) -> Reason:
    return reason(claim, f"reason.moved.{kind(move)}", said(material, move), abs(move.z))


def kind(move: Move) -> str:
    return "count" if move.now.denominator is None else "rate"


def said(material: Material, move: Move) -> dict[str, Value | Told]:
    """A move in numbers."""
    now, then = score(move.now), score(move.then)
    both: dict[str, Value | Told] = {
        "kpi": Value("kpi", move.kpi),
        "now": material.tell(move.kpi, now),
        "before": material.tell(move.kpi, then),
    }
    if kind(move) == "count":
        return both | against(material) | {"change": worked("change", now, then).told("change")}
    n, m = (score(cell, "denominator").told("count") for cell in (move.now, move.then))
    return both | against(material) | {"change": worked("difference", now, then).told("points"), "n": n, "m": m}


def step(material: Material) -> Reason | None:
    """The step of the funnel that moved furthest, if that is further than chance; a loss says where to look first."""
    moved = furthest(steps(material))
    if moved is None or moved.status == "on":
        return None
    stem, opens = f"reason.step.{way(moved.z)}", gap(material)
    elsewhere = opens is not None and opens.claim.id == SITS  # one sentence says where to start
    evidence = f"{stem}.first" if moved.z < 0 and not elsewhere else f"{stem}.evidence"
    return reason(stem, evidence, _stepped(material, moved), abs(moved.z))


def _stepped(material: Material, step: Step) -> dict[str, Value | Told]:
    read = (material.now, material.before)
    (now, then), (n, m) = (tuple(score(cell) for each in read if (cell := each(COUNTS[stage]))) for stage in
                           (step.stage, step.base))  # fmt: skip
    rate, before = worked("ratio", now, n), worked("ratio", then, m)
    points = worked("difference", rate, before)
    return against(material) | {
        "stage": Value("stage", step.stage),
        "now": rate.told("percent"),
        "before": before.told("percent"),
        "n": n.told("count"),
        "difference": worked("size", worked("product", points, n)).told("count"),
    }


def channel(material: Material) -> Reason | None:
    """The channel whose MQL to SQL rate moved furthest, else whose SQL did, if that is further than chance."""
    pairs = _sql(material)
    if not pairs:
        return None
    rated = max(pairs, key=lambda name: abs(rate_z(material, name)))
    counted = max(pairs, key=lambda name: abs(_counts(*pairs[name])))
    if beyond_chance(z := rate_z(material, rated), len(pairs)):
        return _by(material, rated, pairs[rated], f"reason.channel.rate.{way(z)}", z)
    if beyond_chance(z := _counts(*pairs[counted]), len(pairs)):
        return _by(material, counted, pairs[counted], f"reason.channel.{way(z)}", z)
    return None


def _sql(material: Material) -> dict[str, tuple[Cell, Cell]]:
    """Each channel's SQL, now and in the same days a month before; enough in one of the two to say anything."""
    names = [name for name in material.cells.members("channel", "sql_count") if name not in NOBODY]
    pairs = {
        name: (material.now("sql_count", channel=name), material.before("sql_count", channel=name)) for name in names
    }
    return {
        name: (now, then)
        for name, (now, then) in pairs.items()
        if now and then and not trust(now) and not trust(then) and max(now.value or 0.0, then.value or 0.0) >= FEW
    }


def _by(material: Material, name: str, pair: tuple[Cell, Cell], claim: str, z: float) -> Reason:
    now, then = (score(cell).told("count") for cell in pair)
    counts = against(material) | {"channel": Value("channel", name), "now": now, "before": then}
    rate, past = material.now(RATE, channel=name), material.before(RATE, channel=name)
    if "rate" not in claim or rate is None or past is None:
        return reason(claim, "reason.channel.evidence", counts, abs(z))
    rates = {"rate": material.tell(RATE, score(rate)), "rate_before": material.tell(RATE, score(past))}
    return reason(claim, "reason.channel.rate", counts | rates, abs(z))


def _counts(now: Cell, then: Cell) -> float:
    return counts_differ(now.value or 0.0, then.value or 0.0)


def cost(material: Material) -> Reason | None:
    """What a customer costs; of a handful of them, one more or less would move the cost of each."""
    now, then = material.now("cac"), material.before("cac")
    if now is None or then is None or trust(now) or trust(then) or min(now.n or 0, then.n or 0) < FEW:
        return None
    change = worked("change", score(now), score(then))
    # Customers come by chance, what is spent on them does not.
    z = (change.number or 0.0) / sqrt(1 / (now.n or 1) + 1 / (then.n or 1))
    if abs(z) < Z95:
        return None
    told = against(material) | {
        "cac": material.tell("cac", score(now)),
        "change": worked("size", change).told("percent"),
        "n": score(now, "n").told("count"),
        "before": material.tell("cac", score(then)),
        "customers": score(then, "n").told("count"),
    }
    return reason(f"reason.cost.{way(change.number)}", "reason.cost.evidence", told, abs(z), plural="n")
