"""When whom to touch, and how: attempts at a new lead, a word at each of its stages, the course of a deal."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.company.calendar import DAY
from sandbox.company.chance import Draw, Weighted
from sandbox.company.deals import CLOSED, NEGOTIATION, Deal
from sandbox.company.leads import Lead

SCHEDULED = ("meetings",)
APPROACH, DEMO, PRESENTATION = "First visit", "Product demo", "Presentation"
PROSPECTING, QUALIFYING, FOLLOW_UP, CLOSING = "Prospecting", "Qualification", "Follow-up", "Closing"
CARE = "Customer care"
_FIRST = Weighted({"calls": 0.46, "emails": 0.42, "communications": 0.12})
_AGAIN = Weighted({"calls": 0.55, "emails": 0.45})
PATIENCE = 4
"""Attempts after the first."""


@dataclass(frozen=True)
class Touch:
    """What is meant to happen at `at`. `sent`: by the rep, never a message that came in."""

    at: int
    kind: str
    word: str | None
    deal: Deal | None = None
    outcome: str | None = None
    sent: bool = False


def of_lead(draw: Draw, lead: Lead) -> Iterator[Touch]:
    """Attempts until somebody gives up; qualification and the like around the stages."""
    if "OFFLINE" in lead.channels[0][1] and draw.chance(0.35):
        yield Touch(lead.created + int(draw.between(0.1, 9) * DAY), "meetings", APPROACH)
    elif draw.chance(0.58):
        at = lead.created + int(draw.lognormal(0.6, 1.0) * DAY)
        yield Touch(at, draw.weighted(_FIRST), PROSPECTING, sent=True)
        for _ in range(PATIENCE):
            if not draw.chance(0.42):
                break
            at += int(draw.lognormal(3.0, 0.6) * DAY)
            yield Touch(at, draw.weighted(_AGAIN), FOLLOW_UP, sent=True)
    for entered, stage in lead.stages[1:]:
        at = entered + int(draw.between(0.02, 6) * DAY)
        yield Touch(at, *_at_stage(draw, stage))


def _at_stage(draw: Draw, stage: str) -> tuple[str, str | None]:
    if draw.chance(0.3):
        return "meetings", None
    kind = "calls" if draw.chance(0.6) else "emails"
    if kind == "calls" and stage in ("marketingqualifiedlead", "salesqualifiedlead"):
        return kind, QUALIFYING
    return kind, FOLLOW_UP if draw.chance(0.5) else None


def of_deal(draw: Draw, deal: Deal) -> Iterator[Touch]:
    """A demonstration, a presentation, somebody who asks again, a talk about the contract; all before the decision."""
    if deal.type == "renewal":
        yield from _between(draw, deal, deal.created, (("calls", CARE, 0.5), ("meetings", CARE, 0.2)))
        return
    planned = (
        ("meetings", DEMO, 0.55),
        ("meetings", PRESENTATION, 0.45),
        ("emails", FOLLOW_UP, 0.6),
        ("calls", FOLLOW_UP, 0.5),
    )
    yield from _between(draw, deal, deal.created, planned)
    for entered, stage in deal.stages:
        if stage == NEGOTIATION:
            yield from _between(draw, deal, entered, (("calls", CLOSING, 0.7), ("meetings", CLOSING, 0.4)))


def _between(draw: Draw, deal: Deal, start: int, planned: tuple[tuple[str, str, float], ...]) -> Iterator[Touch]:
    """Those of the planned that come about, between `start` and the next decision."""
    end = min((at for at, stage in deal.stages if stage in CLOSED and at > start), default=start + 30 * DAY)
    for kind, word, probability in planned:
        if draw.chance(probability):
            yield Touch(start + int((end - start) * draw.between(0.02, 0.95)), kind, word, deal, sent=True)
