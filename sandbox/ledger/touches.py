"""What reps do, and what mailings come to: touches and sends in their lead's region, each counted once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sandbox.company.activities import CONNECTED, VOICEMAIL, Activity, touches
from sandbox.company.mailings import Mailing, mailings
from sandbox.ledger.known import Known
from sandbox.ledger.tally import Tally
from sandbox.ledger.terms import UNASSIGNED, Terms
from sandbox.world import World

RATIOS = frozenset({"connect_rate", "email_open_rate", "email_open_rate_adjusted", "email_click_rate"})
KINDS = {"calls": "call", "communications": "social", "emails": "email", "meetings": "meeting"}
APPOINTMENTS = ("meeting", "presentation", "demo")
QUALIFICATION = "qualification"
MINUTE, WINDOW = 60_000, 7


@dataclass(frozen=True)
class Place:
    """Where a lead's touches count, and until when they are known (epoch milliseconds)."""

    region: str
    cutoff: int


def count_touches(tally: Tally, facts: Known, world: World, day: date) -> None:
    """A second entry of the same call, by rep, kind, minute and prospect, is no second call."""
    seen: set[tuple[object, ...]] = set()
    for one in (touch for born in world.days for touch in touches(world.firms, born)):
        place = _place(tally.terms, facts, one.lead, one.deal.id if one.deal else None, day)
        if one.defect is not None or place is None or one.booked >= place.cutoff:
            continue
        kind = tally.terms.touch_kinds.get(one.word or "", KINDS[one.kind])
        key = one.rep, kind, one.at // MINUTE, id(facts.by_lead.get(one.lead, one.lead)), one.inbound
        if key not in seen:
            seen.add(key)
            _touch(tally, one, kind, place)


def _touch(tally: Tally, one: Activity, kind: str, place: Place) -> None:
    if kind in APPOINTMENTS:
        _add(tally, "appointments_booked", one.booked, place)
    if one.at >= place.cutoff:
        return
    if kind in APPOINTMENTS and one.outcome == "COMPLETED":
        _add(tally, "meetings_held", one.at, place)
    if kind == "call":
        _call(tally, one, place)
    if kind == "email" and not one.inbound:
        _add(tally, "emails_sent", one.at, place)
    if kind in ("call", "email", "social") and not one.inbound:
        _attempt(tally, one, place)


def _call(tally: Tally, one: Activity, place: Place) -> None:
    _add(tally, "calls_made", one.at, place)
    if one.outcome == VOICEMAIL:
        _add(tally, "voicemails_left", one.at, place)
    if one.outcome == CONNECTED:
        month = tally.terms.local(place.region, one.at).replace(day=1)
        tally.top("phone_minutes", month, place.region, None, one.talked)
    if tally.terms.touch_purposes.get(one.word or "") == QUALIFICATION:
        _add(tally, "qualification_activities", one.at, place)


def _attempt(tally: Tally, one: Activity, place: Place) -> None:
    _add(tally, "contact_attempts", one.at, place)
    month = tally.terms.local(place.region, one.at).replace(day=1)
    tally.bottom("connect_rate", month, place.region, None)
    if one.outcome == CONNECTED or (one.replied is not None and one.replied < place.cutoff):
        _add(tally, "contacts_reached", one.at, place)
        tally.top("connect_rate", month, place.region, None)


def count_mailings(tally: Tally, facts: Known, world: World, day: date) -> None:
    """Sends by their date, as they stood at the cutoff; forms among the qualifications."""
    for one, place in _standing(tally.terms, facts, world, day):
        if one.type == "form":
            _add(tally, "qualification_activities", one.at, place)
        elif one.delivered is not None:
            _mailing(tally, one, place)


def _standing(terms: Terms, facts: Known, world: World, day: date) -> Iterator[tuple[Mailing, Place]]:
    """The last version of each before its cutoff."""
    latest: dict[str, tuple[Mailing, Place]] = {}
    for one in (version for born in world.days for version in mailings(world.firms, born)):
        place = _place(terms, facts, one.lead, None, day)
        if one.wrong is None and place is not None and one.updated < place.cutoff:
            latest[one.id] = one, place
    yield from latest.values()


def _mailing(tally: Tally, one: Mailing, place: Place) -> None:
    sent = tally.terms.local(place.region, one.at)
    where = sent.replace(day=1), place.region, None

    def in_time(stamp: int | None) -> bool:
        return stamp is not None and (tally.terms.local(place.region, stamp) - sent).days <= WINDOW

    for kpi, met in (("email_open_rate", in_time(one.opened)), ("email_click_rate", in_time(one.clicked))):
        tally.bottom(kpi, *where)
        tally.top(kpi, *where, int(met))
    if not one.by_machine:
        tally.bottom("email_open_rate_adjusted", *where)
        tally.top("email_open_rate_adjusted", *where, int(in_time(one.opened)))


def _place(terms: Terms, facts: Known, lead: int, deal: int | None, day: date) -> Place | None:
    """The lead's region, else its deal's; None for tests, and for leads that nobody knows yet."""
    person, sale = facts.by_lead.get(lead), facts.by_deal.get(deal or 0)
    if person is not None:
        return None if person.test else Place(person.region, person.cutoff)
    if sale is not None:
        return Place(sale.region, sale.cutoff)
    return Place(UNASSIGNED, terms.cutoff(UNASSIGNED, day)) if lead in facts.rejected else None


def _add(tally: Tally, kpi: str, stamp: int, place: Place) -> None:
    tally.top(kpi, tally.terms.local(place.region, stamp).replace(day=1), place.region, None)
