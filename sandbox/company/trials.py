"""Proofs of concept, trials, demonstrations and the product's own events: what they and first weeks leave behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sandbox.company.calendar import DAY
from sandbox.company.chance import Draw
from sandbox.company.deals import EVALUATION, LOST, NEGOTIATION, POC, WON, Deal
from sandbox.company.firms import Firm, Firms
from sandbox.company.leads import Lead
from sandbox.company.people import births

SUBJECT, TRYING = 10, 17
STEPS = 5
TRIAL_DAYS, DEMO_DAYS, POC_DAYS = 30, 7, 21
SELF_SERVED, SHOWN = 0.35, 0.15
"""Leads qualified by the product who had a trial before; deals for which an environment is set up to show."""


@dataclass(frozen=True)
class Poc:
    """A proof of concept, a trial or a demonstration (`type`); stamps that lie ahead are not known yet."""

    id: str
    type: str
    lead: int | None
    deal: Deal | None
    firm: Firm
    zone: str
    started: int
    planned_days: int
    goals: int | None
    reached: int
    accomplished: bool
    ended: int | None
    evaluated: int | None
    result: str | None
    intent_days: int
    wrong: str | None = None


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
    others, used = _tried(Draw(firms.seed, TRYING, day), births(firms, day).leads, births(firms, day).deals, pocs)
    return (*pocs, *others), (*events, *used)


def _tried(
    draw: Draw, leads: tuple[Lead, ...], deals: tuple[Deal, ...], pocs: list[Poc]
) -> tuple[list[Poc], list[Event]]:
    """Trials, demonstrations, and how POCs were used besides their goals."""
    trying = [
        _trial(lead, lead.firm, satisfied=draw.chance(0.4))
        for lead in leads
        if lead.firm and _may_try(lead) and draw.chance(SELF_SERVED)
    ]
    sound = (deal for deal in deals if deal.type == "newbusiness" and deal.defect is None)
    shown = [_demo(draw, deal) for deal in sound if draw.chance(SHOWN)]
    used = [Event(f"{one.id}-start", one.firm.id, "trial_start", one.started, one.id) for one in trying]
    return [*trying, *shown], [*used, *(event for poc in pocs for event in _used(draw, poc))]


def _may_try(lead: Lead) -> bool:
    sound = not (lead.test or lead.defect or lead.merged or lead.absorbed or lead.deleted)
    return sound and lead.qualification == "pql" and lead.firm_since <= lead.created


def _trial(lead: Lead, firm: Firm, *, satisfied: bool) -> Poc:
    ended = lead.created + TRIAL_DAYS * DAY
    return Poc(
        f"trial-{lead.id}", "trial", lead.id, None, firm, lead.market.zone, lead.created, TRIAL_DAYS, None, 0,
        satisfied, ended, None, None, 0,
    )  # fmt: skip


def _demo(draw: Draw, deal: Deal) -> Poc:
    started = deal.created + int(draw.between(0.2, 4) * DAY)
    ended = started + int(draw.between(1, DEMO_DAYS) * DAY)
    return Poc(
        f"demo-{deal.id}", "demo", deal.lead, deal, deal.firm, deal.market.zone, started, DEMO_DAYS, None, 0,
        draw.chance(0.6), ended, None, None, 0,
    )  # fmt: skip


def _used(draw: Draw, poc: Poc) -> Iterator[Event]:
    span = (poc.ended or poc.started + POC_DAYS * DAY) - poc.started
    for n in range(int(4 * draw.u())):
        at = poc.started + int(span * draw.between(0.02, 1.0))
        yield Event(f"{poc.id}-u{n}", poc.firm.id, "poc_event", at, poc.id)


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
        f"poc-{deal.id}",
        "poc",
        deal.lead,
        deal,
        deal.firm,
        deal.market.zone,
        entered[POC],
        POC_DAYS,
        goals,
        reached,
        reached == goals,
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
        yield Event(f"{poc.id}-g{n}", poc.firm.id, "poc_goal_accomplished", at, poc.id, f"goal-{n + 1}", wrong=wrong)


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
