"""Why: whether rates moved or the mix of what came, and whether deals became fewer or smaller."""

from collections.abc import Iterator
from dataclasses import dataclass

from include.report.cells import Cell, Cut
from include.report.facts import Fact, Told, score, worked
from include.report.figures import Kind, Value
from include.report.material import NOBODY, Material
from include.report.moved import channel, kind, said, step
from include.report.noise import Move, beyond, headlines, moves
from include.report.reason import Reason, against, reason, way
from include.report.status import FEW, trust
from include.report.verdict import KPI

CAUSE = 20.0
"""An explanation weighs more than another figure that moved."""
FEW_DEALS, DEALS = 4.0, 12.0
QUIET = 0.6
"""What it weighs that nothing moved: less than anything that did."""
NOTABLE = 0.02
"""The change of the bookings from which on it is explained."""
EXACT = 1e-6


@dataclass(frozen=True)
class Part:
    """A channel or region, what its share and its rate brought to the change of all, and its cells then and now."""

    name: Value
    mix: Cell
    rate: Cell
    now: Cell | None
    then: Cell | None


@dataclass(frozen=True)
class Split:
    """A change in two: what its parts' rates did, and what their mix did."""

    move: Move
    parts: tuple[Part, ...]

    @property
    def change(self) -> Fact:
        return worked("difference", score(self.move.now), score(self.move.then))

    @property
    def mix(self) -> Fact:
        return worked("sum", *(score(part.mix) for part in self.parts))

    @property
    def rate(self) -> Fact:
        return worked("sum", *(score(part.rate) for part in self.parts))

    @property
    def sign(self) -> float:
        return 1.0 if (self.change.number or 0.0) > 0 else -1.0

    @property
    def whole(self) -> bool:
        """Whether the parts add up to the change."""
        parts = (self.mix.number or 0.0) + (self.rate.number or 0.0)
        return bool(self.parts) and abs(parts - (self.change.number or 0.0)) < EXACT

    def pull(self, part: Part) -> float:
        """What the part's own rate did towards the change."""
        return self.sign * (part.rate.value or 0.0)

    @property
    def of_rates(self) -> bool:
        return self.sign * ((self.rate.number or 0.0) - (self.mix.number or 0.0)) >= 0


def mix_or_rate(material: Material) -> Reason | None:
    """Of the share that moved furthest from chance: did rates change, or did more come from elsewhere?"""
    found = first_split(material, beyond(moves(material)))
    if found is None:
        return None
    return _by_rates(material, found) if found.of_rates else _by_mix(material, found)


def nothing(material: Material) -> Reason | None:
    """That nothing moved by more than chance; and what came nearest to it, with its rates and its mix."""
    found = moves(material)
    if not found or beyond(found) or step(material) or channel(material):
        return None
    nearest = first_split(material, headlines(found))
    if nearest is None:
        move = found[0]
        return reason("reason.steady", f"reason.steady.{kind(move)}", said(material, move), QUIET)
    told = said(material, nearest.move) | _said(material, nearest)
    return reason("reason.steady", "reason.steady.split", told, QUIET)


def first_split(material: Material, found: tuple[Move, ...]) -> Split | None:
    """The first share among moves whose change is known in parts."""
    rates = (move for move in found if move.now.denominator is not None)
    splits = (_split(material, move, name) for move in rates for name in _cuts(material))
    return next((split for split in splits if split.whole), None)


def _cuts(material: Material) -> tuple[Kind, ...]:
    return ("region", "channel") if material.region.is_company else ("channel",)


def _split(material: Material, move: Move, dimension: Kind) -> Split:
    names = material.cells.members(dimension, move.kpi)
    return Split(move, tuple(part for name in names for part in _part(material, move.kpi, dimension, name)))


def _part(material: Material, kpi: str, dimension: Kind, name: str) -> Iterator[Part]:
    cut: Cut = {"region": name} if dimension == "region" else {"channel": name}
    end = material.frame.now.last
    mix, rate = (material.cells.get(kpi, end, statistic=each, **cut) for each in ("mix_effect", "rate_effect"))
    if mix is not None and rate is not None and mix.value is not None and rate.value is not None:
        yield Part(Value(dimension, name), mix, rate, material.now(kpi, **cut), material.before(kpi, **cut))


def _by_rates(material: Material, split: Split) -> Reason:
    """Names the part whose own rate did most, where it has cases enough."""
    side = way(split.sign)
    most = max((part for part in split.parts if _speaks(part)), key=split.pull, default=None)
    if most is None or split.pull(most) <= 0:
        return reason(f"reason.cause.rates.{side}", "reason.cause.rates", _said(material, split), CAUSE)
    told = _said(material, split) | {"part": most.name, "effect": score(most.rate).told("points")}
    return reason(f"reason.cause.rate.{side}", "reason.cause.rate", told, CAUSE)


def _speaks(part: Part) -> bool:
    """Whether it is a channel or region that somebody answers for, with cases enough in both months."""
    cells = (part.now, part.then)
    return part.name.value not in NOBODY and all(cell and (cell.denominator or 0.0) >= FEW for cell in cells)


def _by_mix(material: Material, split: Split) -> Reason:
    """Names the part whose share moved most towards the change."""
    shares = [(part, share) for part in split.parts if _speaks(part) and (share := _shares(split, part)) is not None]
    most = max(shares, key=lambda pair: split.sign * _drift(split, *pair), default=None)
    if most is None or split.sign * _drift(split, *most) <= 0:
        return reason("reason.cause.mixes", "reason.cause.rates", _said(material, split), CAUSE)
    part, (now, then) = most
    told = _said(material, split) | {"part": part.name, "share": now.told("percent"), "before": then.told("percent")}
    side = "more" if (now.number or 0.0) > (then.number or 0.0) else "less"
    return reason(f"reason.cause.mix.{side}", "reason.cause.mix", told, CAUSE)


def _shares(split: Split, part: Part) -> tuple[Fact, Fact] | None:
    """The part's share of all cases, now and then."""
    if part.now is None or part.then is None:
        return None
    pairs = ((part.now, split.move.now), (part.then, split.move.then))
    now, then = (worked("ratio", *(score(cell, "denominator") for cell in pair)) for pair in pairs)
    return now, then


def _drift(split: Split, part: Part, shares: tuple[Fact, Fact]) -> float:
    """What the move of its share brought, beside a part with the rate of all."""
    now, then = (share.number or 0.0 for share in shares)
    rates = [(cell.value or 0.0) for cell in (part.now, part.then) if cell is not None]
    all_ = [split.move.now.value or 0.0, split.move.then.value or 0.0]
    return (now - then) * (sum(rates) - sum(all_)) / 2


def _said(material: Material, split: Split) -> dict[str, Value | Told]:
    return against(material) | {
        "kpi": Value("kpi", split.move.kpi),
        "change": split.change.told("points"),
        "rates": split.rate.told("points"),
        "mix": split.mix.told("points"),
    }


def deals_or_size(material: Material) -> Reason | None:
    """Whether the bookings changed by the number of deals or by their size; of few deals, only that they are few."""
    now, then = material.now(KPI), material.before(KPI)
    if now is None or then is None or trust(now) or trust(then) or not now.n or not then.n:
        return None
    change = worked("change", score(now), score(then)).number
    if change is None or abs(change) < NOTABLE:
        return None
    told = _deals(material, now, then)
    if min(now.n, then.n) < FEW:
        return reason("reason.deals.few", "reason.deals.evidence", told, FEW_DEALS, plural="n")
    return reason(f"reason.deals.{_why(now, then)}", "reason.deals.evidence", told, DEALS, plural="n")


def _why(now: Cell, then: Cell) -> str:
    """Which of the two brought more of the change, each at the mean of the other."""
    n, m = float(now.n or 0), float(then.n or 0)
    size, past = (now.value or 0.0) / n, (then.value or 0.0) / m
    number, worth = (n - m) * (size + past) / 2, (size - past) * (n + m) / 2
    sign = 1 if number + worth > 0 else -1
    if sign * number >= sign * worth:
        return "more" if sign > 0 else "fewer"
    return "larger" if sign > 0 else "smaller"


def _deals(material: Material, now: Cell, then: Cell) -> dict[str, Value | Told]:
    (n, size), (m, past) = ((score(cell, "n"), worked("ratio", score(cell), score(cell, "n"))) for cell in (now, then))
    return against(material) | {
        "n": n.told("count"),
        "m": m.told("count"),
        "size": material.tell(KPI, size),
        "size_before": material.tell(KPI, past),
    }
