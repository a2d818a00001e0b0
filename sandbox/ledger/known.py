"""What is known at a region's cutoff: leads with their duplicates resolved, deals with their state and place."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sandbox.company.deals import Deal
from sandbox.company.firms import Firm
from sandbox.company.leads import Lead
from sandbox.company.people import births
from sandbox.ledger.terms import Terms
from sandbox.world import World


@dataclass
class Person:
    """A surviving lead with everything merged into it; place and channel of the earliest created member."""

    region: str
    channel: str
    cutoff: int
    members: list[Lead] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    out: bool = False
    """Deleted or a test: in no number."""
    test: bool = False


@dataclass(frozen=True)
class Sale:
    """A deal as known: in which region and channel it counts."""

    deal: Deal
    region: str
    channel: str
    cutoff: int


@dataclass(frozen=True)
class Known:
    """All persons and sales that count, and the firms by id; `by_lead` has also who is out, `rejected` the ids of
    leads of which no version can be used."""

    persons: list[Person]
    sales: list[Sale]
    firms: dict[int, Firm]
    by_lead: dict[int, Person] = field(default_factory=dict)
    rejected: frozenset[int] = frozenset()

    @cached_property
    def by_deal(self) -> dict[int, Sale]:
        return {sale.deal.id: sale for sale in self.sales}


def known(world: World, terms: Terms, day: date) -> Known:
    """The company as each region knows it at its own cutoff of `day`. Raises ValueError if that lies ahead."""
    if max(terms.cutoff(region, day) for region in (*terms.regions, "")) > world.clock.ms:
        raise ValueError(
            f"{day} is not over in every region at {world.clock.now:%Y-%m-%dT%H:%M:%SZ}; move the clock first"
        )
    drawn = [births(world.firms, one) for one in world.days]
    leads = {lead.id: lead for birth in drawn for lead in birth.leads if _exists(terms, lead, day)}
    persons = _persons(terms, leads, day)
    sales = [sale for birth in drawn for deal in birth.deals if (sale := _sale(terms, persons, deal, day))]
    for sale in sales:
        if sale.deal.lead in persons:
            persons[sale.deal.lead].deals.append(sale.deal)
    counting = {id(one): one for one in persons.values() if not one.out}
    firms = {firm.id: firm for one in world.days for firm in world.firms.born(one)}
    rejected = frozenset(lead.id for birth in drawn for lead in birth.leads if lead.defect is not None)
    return Known(list(counting.values()), sales, firms, persons, rejected)


def _exists(terms: Terms, lead: Lead, day: date) -> bool:
    """Created before the cutoff, and not rejected in every version."""
    return lead.defect is None and lead.created < terms.cutoff(_lead_region(terms, lead), day)


def _lead_region(terms: Terms, lead: Lead) -> str:
    place = lead.places[0][1]
    return terms.region(place.country, place.state)


def _persons(terms: Terms, leads: dict[int, Lead], day: date) -> dict[int, Person]:
    """Each lead's person, by the lead's id; merged leads share one."""
    members: dict[int, list[Lead]] = {}
    for lead in leads.values():
        members.setdefault(_survivor(terms, leads, lead, day), []).append(lead)
    found: dict[int, Person] = {}
    for group in members.values():
        person = _person(terms, group, day)
        found |= {lead.id: person for lead in group}
    return found


def _survivor(terms: Terms, leads: dict[int, Lead], lead: Lead, day: date) -> int:
    """Follow the merges known at the cutoff to their end."""
    while lead.merged and lead.merged[0] < terms.cutoff(_lead_region(terms, lead), day):
        lead = leads[lead.merged[1]]
    return lead.id


def _person(terms: Terms, group: list[Lead], day: date) -> Person:
    first = min(group, key=lambda lead: lead.created)
    region = _lead_region(terms, first)
    cutoff = terms.cutoff(region, day)
    test = any(_is_test(terms, lead, cutoff) for lead in group)
    out = test or any((lead.deleted or cutoff) < cutoff for lead in group)
    return Person(region, terms.channel("hubspot", first.channels[0][1]), cutoff, group, out=out, test=test)


def _is_test(terms: Terms, lead: Lead, cutoff: int) -> bool:
    in_test_firm = lead.firm is not None and lead.firm_since < cutoff and lead.firm.domain in terms.internal
    return in_test_firm or lead.email.rpartition("@")[2] in terms.internal


def _sale(terms: Terms, persons: dict[int, Person], deal: Deal, day: date) -> Sale | None:
    """The deal in its person's place and channel, else its account's; None if it is in no number."""
    person = persons.get(deal.lead) if deal.lead is not None else None
    place = deal.firm.place
    region = person.region if person else terms.region(place.country, place.state)
    channel = person.channel if person else terms.channel("hubspot", deal.firm.channel)
    cutoff = terms.cutoff(region, day)
    test = deal.firm.domain in terms.internal or (person is not None and person.out)
    if test or deal.defect or deal.created >= cutoff or (deal.deleted or cutoff) < cutoff:
        return None
    return Sale(deal, region, channel, cutoff)
