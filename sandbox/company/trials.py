"""Proofs of concept and the product's own events: what a deal's POC and a customer's first weeks leave behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sandbox.company.calendar import DAY
from sandbox.company.chance import Draw
from sandbox.company.deals import EVALUATION, LOST, NEGOTIATION, POC, WON, Deal
from sandbox.company.firms import Firms
from sandbox.company.people import births

SUBJECT = 10
STEPS = 5


@dataclass(frozen=True)
class Poc:
    """A proof of concept of a deal; stamps that lie ahead are not known yet."""

    deal: Deal
    started: int
    goals: int
    reached: int
    ended: int | None
    evaluated: int | None
    result: str | None
    intent_days: int
    wrong: str | None = None

    @property
    def id(self) -> str:
        return f"poc-{self.deal.id}"


@dataclass(frozen=True)
class Event:
    """Something a customer, or a prospect in a POC, did in the product."""

    id: str
    firm: int
    type: str
    at: int
    poc: str | None = None
    goal: str | None = None
    step: int | None = None
    wrong: str | None = None


@cache
def trials(firms: Firms, day: int) -> tuple[tuple[Poc, ...], tuple[Event, ...]]:
    """The POCs and product events of the deals that begin with the leads of `day`."""
    draw = Draw(firms.seed, SUBJECT, day)
    pocs: list[Poc] = []
    events: list[Event] = []
    for deal in births(firms, day).deals:
        if deal.type == "newbusiness" and deal.defect is None:
            if poc := _poc(draw, deal):
                pocs.append(poc)
                events += _goals(draw, poc)
            if deal.end[1] == WON:
                events += _onboarding(draw, deal)
    return tuple(pocs), tuple(events)


def _poc(draw: Draw, deal: Deal) -> Poc | None:
    entered = {stage: at for at, stage in reversed(deal.stages)}
    if POC not in entered:
        return None
    ended, evaluated = entered.get(EVALUATION), None
    goals = 3 + int(draw.u() * 3)
    result = "withdrawn" if ended is None else None
    if ended is not None:
        evaluated = entered.get(NEGOTIATION, entered.get(LOST))
        result = "success" if NEGOTIATION in entered else "fail"
    reached = (
        goals
        if result == "success" and draw.chance(0.6)
        else int(draw.u() * (goals + (0 if result == "withdrawn" else 1)))
    )
    wrong = draw.pick(("type", "started", "country")) if draw.chance(0.01) else None
    return Poc(
        deal,
        entered[POC],
        goals,
        reached,
        ended or entered.get(LOST),
        evaluated,
        result,
        int(draw.between(15, 95)),
        wrong,
    )


def _goals(draw: Draw, poc: Poc) -> Iterator[Event]:
    span = (poc.ended or poc.started + 20 * DAY) - poc.started
    for n in range(poc.reached):
        at = poc.started + int(span * draw.between(0.1, 1.0))
        wrong = draw.pick(("type", "at", "cells")) if draw.chance(0.01) else None
        yield Event(
            f"{poc.id}-g{n}", poc.deal.firm.id, "poc_goal_accomplished", at, poc.id, f"goal-{n + 1}", wrong=wrong
        )


def _onboarding(draw: Draw, deal: Deal) -> Iterator[Event]:
    """Sign-up, then the steps in order; one customer in six stops halfway."""
    at = deal.end[0] + int(draw.between(0.1, 3) * DAY)
    done = STEPS if draw.chance(0.84) else int(draw.u() * STEPS)
    kinds = ["signup", "onboarding_start", *["onboarding_step"] * done]
    kinds += ["onboarding_completed", "activation"] if done == STEPS else []
    for n, kind in enumerate(kinds):
        at += int(draw.lognormal(2.0, 0.7) * DAY)
        step = n - 1 if kind == "onboarding_step" else None
        wrong = draw.pick(("type", "at", "cells")) if draw.chance(0.01) else None
        yield Event(f"ev-{deal.id}-{n}", deal.firm.id, kind, at, step=step, wrong=wrong)
