"""A reason: claim, evidence and weight; and how changes are worded."""

from collections.abc import Mapping
from dataclasses import dataclass

from include.report.facts import Fact, Told, sentence
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.phrases import PHRASES

Said = Mapping[str, Value | Told]


@dataclass(frozen=True)
class Reason:
    """A claim, its evidence, and how much it weighs (z of the change, or so)."""

    claim: Message
    evidence: Message
    weight: float


def reason(claim: str, evidence: str, said: Said, weight: float, plural: str | None = None) -> Reason:
    """Claim and evidence out of the same values; `plural` names the one that the evidence counts."""
    return Reason(sentence(claim, _used(claim, said)), sentence(evidence, _used(evidence, said), plural), weight)


def _used(id_: str, said: Said) -> Said:
    """The values that a phrase has a place for."""
    return {name: each for name, each in said.items() if f"%({name})s" in PHRASES[id_][-1]}


def way(number: float | None) -> str:
    return "up" if (number or 0.0) > 0 else "down"


def against(material: Material) -> dict[str, Value | Told]:
    """The days compared with, as every sentence of a change names them."""
    return {"then": Value("span", str(material.frame.previous))}


def differs(fact: Fact) -> bool:
    """Whether a change is seen when it is written with one decimal of a percent."""
    return fact.number is not None and round(fact.number, 3) != 0
