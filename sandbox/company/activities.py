"""Touches: calls, messages, e-mails and meetings with a lead, drawn from its own life and from its deals'."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sandbox.company.calendar import DAY, HOUR
from sandbox.company.chance import Draw, Weighted
from sandbox.company.deals import Deal
from sandbox.company.firms import Firms
from sandbox.company.leads import Lead
from sandbox.company.people import births
from sandbox.company.touching import SCHEDULED, Touch, of_deal, of_lead

SUBJECT = 6
KINDS = ("calls", "communications", "emails", "meetings")
MOST = 40
"""Touches that a lead's ids leave room for."""
CONNECTED = "f240bbac-87c9-4f6e-bf70-924b57d47db7"
NO_ANSWER = "73a0d17f-1163-4015-bdd5-ec830791da20"
VOICEMAIL = "b2cf5968-551e-4856-9783-52b3da59a7d0"
_OUTCOMES = {
    "calls": Weighted({CONNECTED: 0.4, NO_ANSWER: 0.38, VOICEMAIL: 0.22}),
    "meetings": Weighted({"COMPLETED": 0.78, "NO_SHOW": 0.12, "CANCELED": 0.1}),
    "emails": Weighted({"SENT": 0.96, "BOUNCED": 0.04}),
    "communications": Weighted({"LINKEDIN_MESSAGE": 0.7, "WHATS_APP": 0.3}),
}
REPLYING = {"emails": 0.16}
ENTERED_TWICE = 0.004
"""Calls that the telephone system and the rep have both entered."""


@dataclass(slots=True)
class Activity:
    """One engagement. `minutes` of a call; `booked` is when it was put into the CRM; `word` is what the company calls
    this kind of call, meeting or message; `attempt` counts the touches sent to a lead, `meeting` the meetings with it;
    `replied` is when an answer to a message came. `defect` as everywhere."""

    id: int
    kind: str
    at: int
    booked: int
    rep: int
    lead: int
    outcome: str
    inbound: bool
    minutes: float
    word: str | None = None
    deal: Deal | None = None
    attempt: int | None = None
    meeting: int | None = None
    replied: int | None = None
    defect: tuple[str, str] | None = None

    @property
    def talked(self) -> Decimal:
        """`minutes` as the CRM has them, to the hundredth."""
        return Decimal(round(self.minutes * 100)) / 100

    @property
    def created(self) -> int:
        return self.booked

    @property
    def stamps(self) -> list[int]:
        return sorted({self.booked, max(self.booked, self.at), *([self.replied] if self.replied else [])})

    @property
    def archived(self) -> None:
        return None


@cache
def touches(firms: Firms, day: int) -> tuple[Activity, ...]:
    """All activities with the leads born on `day`, whenever they happen."""
    draw = Draw(firms.seed, SUBJECT, day)
    born = births(firms, day)
    sold: dict[int | None, list[Deal]] = {}
    for deal in born.deals:
        sold.setdefault(deal.lead, []).append(deal)
    return tuple(one for lead in born.leads for one in _with(draw, lead, sold.get(lead.id, [])))


def _with(draw: Draw, lead: Lead, deals: list[Deal]) -> Iterator[Activity]:
    """In the order of time, so that attempts and meetings can be numbered; nothing after the lead is gone."""
    planned = [*of_lead(draw, lead), *(touch for deal in deals for touch in of_deal(draw, deal))]
    coming = sorted((touch for touch in planned if lead.archived is None or touch.at < lead.archived), key=_at)
    attempts = meetings = 0
    for n, touch in enumerate(coming[: MOST // 2]):
        one = _activity(draw, lead, touch, (lead.id - 10_000_000_000) * MOST + 2 * n)
        attempts, meetings = attempts + _is_attempt(one), meetings + (one.kind == "meetings")
        one.attempt = attempts if _is_attempt(one) else None
        one.meeting = meetings if one.kind == "meetings" else None
        yield one
        if one.kind == "calls" and draw.chance(ENTERED_TWICE):
            yield replace(one, id=one.id + 1)


def _at(touch: Touch) -> int:
    return touch.at


def _is_attempt(one: Activity) -> bool:
    return one.kind != "meetings" and not one.inbound


def _activity(draw: Draw, lead: Lead, touch: Touch, number: int) -> Activity:
    owners = touch.deal.owners if touch.deal else lead.owners
    since = touch.deal.created if touch.deal else lead.created
    outcome = touch.outcome or draw.weighted(_OUTCOMES[touch.kind])
    lead_time = int(draw.between(1, 6) * DAY) if touch.kind in SCHEDULED else 0
    inbound = touch.kind == "emails" and not touch.sent and draw.chance(0.25)
    answered = not inbound and outcome != "BOUNCED" and draw.chance(REPLYING.get(touch.kind, 0.0))
    return Activity(
        id=30_000_000_000 + number, kind=touch.kind, at=touch.at, booked=max(since, touch.at - lead_time),
        rep=[owner for at, owner in owners if at <= max(touch.at, since)][-1], lead=lead.id, outcome=outcome,
        inbound=inbound, minutes=round(draw.lognormal(5.0 if outcome == CONNECTED else 0.6, 0.8), 2),
        word=touch.word, deal=touch.deal,
        replied=touch.at + int(draw.between(0.3, 60) * HOUR) if answered else None,
        defect=("hs_timestamp", "yesterday") if draw.chance(0.01) else None,
    )  # fmt: skip
