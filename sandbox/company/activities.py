"""Touches: calls, e-mails and meetings of a lead, drawn from its own life."""

from dataclasses import dataclass
from functools import cache

from sandbox.company.calendar import DAY
from sandbox.company.chance import Draw, Weighted
from sandbox.company.firms import Firms
from sandbox.company.leads import Lead
from sandbox.company.people import births

SUBJECT = 6
KINDS = ("calls", "emails", "meetings")
_CALL = Weighted(
    {
        "f240bbac-87c9-4f6e-bf70-924b57d47db7": 0.4,  # connected
        "73a0d17f-1163-4015-bdd5-ec830791da20": 0.38,  # no answer
        "b2cf5968-551e-4856-9783-52b3da59a7d0": 0.22,  # left voicemail
    }
)
_MEETING = Weighted({"COMPLETED": 0.78, "NO_SHOW": 0.12, "CANCELED": 0.1})
_EMAIL = Weighted({"SENT": 0.96, "BOUNCED": 0.04})


@dataclass(slots=True)
class Activity:
    """One engagement. `minutes` of a call; `booked` is when a meeting was put into the CRM; `defect` as everywhere."""

    id: int
    kind: str
    at: int
    booked: int
    rep: int
    lead: int
    outcome: str
    inbound: bool
    minutes: float
    defect: tuple[str, str] | None = None

    @property
    def created(self) -> int:
        return self.booked

    @property
    def stamps(self) -> list[int]:
        return sorted({self.booked, self.at})

    @property
    def archived(self) -> None:
        return None


@cache
def touches(firms: Firms, day: int) -> tuple[Activity, ...]:
    """All activities with the leads born on `day`, whenever they happen."""
    draw = Draw(firms.seed, SUBJECT, day)
    return tuple(a for lead in births(firms, day).leads for a in _with(draw, lead))


def _with(draw: Draw, lead: Lead) -> list[Activity]:
    """A first approach to most leads, more to those that qualify, meetings around every later stage."""
    kinds = ["calls" if draw.chance(0.5) else "emails"] if draw.chance(0.55) else []
    moments = [lead.created + int(draw.lognormal(0.6, 1.0) * DAY) for _ in kinds]
    for entered, _ in lead.stages[1:]:
        kind = "meetings" if draw.chance(0.32) else "calls" if draw.chance(0.55) else "emails"
        kinds.append(kind)
        moments.append(entered + int(draw.between(0.02, 6) * DAY))
    return [
        _activity(draw, lead, kind, moment, (lead.id - 10_000_000_000) * 10 + n)
        for n, (kind, moment) in enumerate(zip(kinds, moments, strict=True))
        if lead.archived is None or moment < lead.archived
    ]


def _activity(draw: Draw, lead: Lead, kind: str, at: int, number: int) -> Activity:
    table = {"calls": _CALL, "emails": _EMAIL, "meetings": _MEETING}[kind]
    rep = [owner for since, owner in lead.owners if since <= at][-1]
    lead_time = int(draw.between(1, 6) * DAY) if kind == "meetings" else 0
    defect = ("hs_timestamp", "yesterday") if draw.chance(0.01) else None
    return Activity(
        id=30_000_000_000 + number, kind=kind, at=at, booked=max(lead.created, at - lead_time), rep=rep, lead=lead.id,
        outcome=draw.weighted(table), inbound=kind == "emails" and draw.chance(0.25),
        minutes=round(draw.lognormal(5.0, 0.8), 2), defect=defect,
    )  # fmt: skip
