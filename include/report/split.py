"""A change in two: what the rates of its parts did, and what their mix did."""

from collections.abc import Iterator
from dataclasses import dataclass

from include.report.cells import Cell, Cut
from include.report.facts import Fact, score, worked
from include.report.figures import Kind, Value
from include.report.material import NOBODY, Material
from include.report.noise import Move
from include.report.status import FEW

EXACT = 1e-6


@dataclass(frozen=True)
class Part:
    """A channel or region, what its share and its rate brought to the change of all, and its cells then and now."""

    name: Value
    mix: Cell
    rate: Cell
    now: Cell | None
    then: Cell | None

    @property
    def speaks(self) -> bool:
        """Whether it is a channel or region that somebody answers for, with cases enough in both months."""
        cells = (self.now, self.then)
        return self.name.value not in NOBODY and all(cell and (cell.denominator or 0.0) >= FEW for cell in cells)


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

    @property
    def of_rates(self) -> bool:
        """Whether rates did more of the change than the mix."""
        return self.sign * ((self.rate.number or 0.0) - (self.mix.number or 0.0)) >= 0

    def pull(self, part: Part) -> float:
        """What the part's own rate did towards the change."""
        return self.sign * (part.rate.value or 0.0)

    def shares(self, part: Part) -> tuple[Fact, Fact] | None:
        """The part's share of all cases, now and then."""
        if part.now is None or part.then is None:
            return None
        pairs = ((part.now, self.move.now), (part.then, self.move.then))
        now, then = (worked("ratio", *(score(cell, "denominator") for cell in pair)) for pair in pairs)
        return now, then

    def drift(self, part: Part, shares: tuple[Fact, Fact]) -> float:
        """What the move of the part's share did towards the change, beside a part with the rate of all."""
        now, then = (share.number or 0.0 for share in shares)
        rates = [(cell.value or 0.0) for cell in (part.now, part.then) if cell is not None]
        all_ = [self.move.now.value or 0.0, self.move.then.value or 0.0]
        return self.sign * (now - then) * (sum(rates) - sum(all_)) / 2


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
