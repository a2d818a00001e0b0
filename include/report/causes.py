"""Why: whether rates moved or the mix of what came; and that nothing moved, if nothing did."""

from include.report.facts import Told, score
from include.report.figures import Value
from include.report.material import Material
from include.report.moved import channel, kind, said, step
from include.report.noise import beyond, headlines, moves
from include.report.reason import Reason, against, reason, way
from include.report.split import Split, first_split

CAUSE = 20.0
"""An explanation weighs more than another figure that moved."""
QUIET = 0.6
"""What it weighs that nothing moved: less than anything that did."""


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


def _by_rates(material: Material, split: Split) -> Reason:
    """Names the part whose own rate did most, where it has cases enough."""
    side = way(split.sign)
    most = max((part for part in split.parts if part.speaks), key=split.pull, default=None)
    if most is None or split.pull(most) <= 0:
        return reason(f"reason.cause.rates.{side}", "reason.cause.rates", _said(material, split), CAUSE)
    told = _said(material, split) | {"part": most.name, "effect": score(most.rate).told("points")}
    return reason(f"reason.cause.rate.{side}", "reason.cause.rate", told, CAUSE)


def _by_mix(material: Material, split: Split) -> Reason:
    """Names the part whose share moved most towards the change."""
    shares = [(part, share) for part in split.parts if part.speaks and (share := split.shares(part)) is not None]
    most = max(shares, key=lambda pair: split.drift(*pair), default=None)
    if most is None or split.drift(*most) <= 0:
        return reason("reason.cause.mixes", "reason.cause.rates", _said(material, split), CAUSE)
    part, (now, then) = most
    told = _said(material, split) | {"part": part.name, "share": now.told("percent"), "before": then.told("percent")}
    side = "more" if (now.number or 0.0) > (then.number or 0.0) else "less"
    return reason(f"reason.cause.mix.{side}", "reason.cause.mix", told, CAUSE)


def _said(material: Material, split: Split) -> dict[str, Value | Told]:
    return against(material) | {
        "kpi": Value("kpi", split.move.kpi),
        "change": split.change.told("points"),
        "rates": split.rate.told("points"),
        "mix": split.mix.told("points"),
    }
