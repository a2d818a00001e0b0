"""What marketing automation does by itself: mailings to leads, with what became of each, and forms people filled in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sandbox.company.calendar import DAY, FIRST, HOUR, local_day, office
from sandbox.company.chance import Draw, Weighted
from sandbox.company.firms import Firms
from sandbox.company.leads import Lead
from sandbox.company.people import births

SUBJECT = 16
MINUTE = HOUR // 60
NURTURE, NEWSLETTER, WEBINAR = "nurture", "newsletter", "webinar"
NURTURED, TOLD, FILLED = 0.1, 0.3, 0.4
"""Leads that are put on the nurture track; that get the quarter's newsletter; MQLs that came by a form."""
TRACK = (3, 12, 27, 48)
"""The nurture track's mails, in days after the lead came."""
WAYS = ("type", "sent", "cells")
_FATE = Weighted({"none": 0.58, "machine": 0.13, "person": 0.21, "both": 0.05, "bounced": 0.03})
_CLICKS = {"person": 0.2, "both": 0.2}


@dataclass(frozen=True, slots=True)
class Mailing:
    """A send or a form as it stood from `updated` on; `wrong` says how its lines are spoiled."""

    id: str
    lead: int
    type: str
    updated: int
    at: int
    program: str | None = None
    campaign: str | None = None
    delivered: int | None = None
    bounced: int | None = None
    opened: int | None = None
    clicked: int | None = None
    by_machine: bool | None = None
    wrong: str | None = None


@cache
def mailings(firms: Firms, day: int) -> tuple[Mailing, ...]:
    """Every version of what the leads born on `day` are sent and send, whenever that is."""
    draw = Draw(firms.seed, SUBJECT, day)
    return tuple(one for lead in births(firms, day).leads for one in _of(draw, lead))


def _of(draw: Draw, lead: Lead) -> Iterator[Mailing]:
    """Nothing after the lead is gone. Webinar guests are invited again."""
    sends: list[tuple[int, str]] = []
    if draw.chance(NURTURED) or lead.program == NURTURE:
        sends += [(lead.created + days * DAY, NURTURE) for days in TRACK]
    if draw.chance(TOLD):
        sends.append((lead.created + int(draw.between(5, 80) * DAY), NEWSLETTER))
    if lead.program == WEBINAR:
        sends.append((lead.created + int(draw.between(20, 60) * DAY), WEBINAR))
    for n, (then, program) in enumerate(sends):
        zone = lead.market.zone
        at = office(zone, local_day(zone, then), draw.u())
        if lead.archived is None or at < lead.archived - 14 * DAY:
            yield from _course(draw, _sent(draw, f"mail-{lead.id}-{n}", lead, at, program))
    qualified = [at for at, stage in lead.stages[1:2] if stage == "marketingqualifiedlead"]
    if qualified and draw.chance(FILLED):
        at = qualified[0] - 5 * MINUTE
        yield Mailing(f"form-{lead.id}", lead.id, "form", at, at, campaign=lead.campaign, wrong=_wrong(draw))


def _sent(draw: Draw, mail_id: str, lead: Lead, at: int, program: str) -> Mailing:
    quarter = 1 + max(0, local_day(lead.market.zone, at) - FIRST) // 91
    name = f"{'mail' if program == NEWSLETTER else program}-{quarter:02d}"
    return Mailing(mail_id, lead.id, "marketing_email", at, at, program, name, wrong=_wrong(draw))


def _wrong(draw: Draw) -> str | None:
    return draw.pick(WAYS) if draw.chance(0.01) else None


def _course(draw: Draw, sent: Mailing) -> Iterator[Mailing]:
    """Delivered or bounced; opened by a mail filter, by a person, or by both one after the other; clicked."""
    fate = draw.weighted(_FATE)
    arrived = sent.at + int(draw.between(0.05, 2) * MINUTE)
    if fate == "bounced":
        yield replace(sent, updated=arrived, bounced=arrived)
        return
    now = replace(sent, updated=arrived, delivered=arrived)
    yield now
    if fate in ("machine", "both"):
        at = arrived + int(draw.between(0.1, 20) * MINUTE)
        now = replace(now, updated=at, opened=at, by_machine=True)
        yield now
    if fate in ("person", "both"):
        at = now.updated + int(draw.lognormal(9.0, 1.4) * HOUR)
        now = replace(now, updated=at, opened=now.opened or at, by_machine=False)
        yield now
        if draw.chance(_CLICKS[fate]):
            at = now.updated + int(draw.between(0.3, 8) * MINUTE)
            yield replace(now, updated=at, clicked=at)
