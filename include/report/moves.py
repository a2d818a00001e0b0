"""The month's recurring revenue, from its opening through what raised and lowered it to its closing."""

from typing import Literal

from include.report.blocks import Move, Waterfall
from include.report.figures import Message, Value
from include.report.material import Material

KPI = "mrr"
GAINS = ("new_mrr", "expansion_mrr", "reactivation_mrr")
LOSSES = ("contraction_mrr", "churned_mrr")
RATES = "fx_mrr"


def waterfall(material: Material) -> Waterfall:
    """Opening, gains, losses, exchange rates, closing, each as long as it is among the others."""
    frame = material.frame
    start, end = frame.now.first.isoformat(), frame.now.last.isoformat()
    about = {"now": Value("span", str(frame.now)), "currency": Value("data", material.region.currency)}
    return Waterfall(
        title=Message(f"moves.title.{_balance(material)}"),
        about=Message("moves.about", about),
        moves=(
            _level(start, opening(material)),
            *(_move(material, kpi, 1) for kpi in GAINS),
            *(_move(material, kpi, -1) for kpi in LOSSES),
            _move(material, RATES, 1),
            _level(end, material.number(KPI), _cell(material, KPI)),
        ),
    )


def opening(material: Material) -> float:
    """MRR when the month began: its closing less all that moved it, as the movements are defined."""
    return material.number(KPI) - _gains(material) + _losses(material) - material.number(RATES)


def _balance(material: Material) -> str:
    gains, losses = _gains(material), _losses(material)
    if not gains and not losses:
        return "none"
    return "up" if gains > losses else "down" if losses > gains else "same"


def _gains(material: Material) -> float:
    return sum(material.number(kpi) for kpi in GAINS)


def _losses(material: Material) -> float:
    return sum(material.number(kpi) for kpi in LOSSES)


def _level(day: str, number: float, cell: str = "") -> Move:
    return Move(
        Message("moves.level", {"day": Value("date_short", day)}), "level", number, Value("short", number), cell
    )


def _move(material: Material, kpi: str, sign: int) -> Move:
    number = sign * material.number(kpi)
    kind: Literal["gain", "loss"] = "loss" if number < 0 or (number == 0 and sign < 0) else "gain"
    return Move(Message(f"moves.{kpi}"), kind, number, Value("move", number), _cell(material, kpi))


def _cell(material: Material, kpi: str) -> str:
    cell = material.now(kpi)
    return "" if cell is None else cell.id
