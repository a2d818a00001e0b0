"""First entries into stages, observed or implied, and the visits between two changes."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from sandbox.company.deals import Deal
from sandbox.company.leads import Lead
from sandbox.ledger.known import Person
from sandbox.ledger.terms import Terms

Entry = tuple[int, str]
WON, LOST, DISQUALIFIED = "won", "lost", "disqualified"
OF_LEADS = ("lead", "mql", "sql", "sal")
OF_DEALS = ("opportunity", "poc", "poc_evaluation", "negotiation", WON)


def lead_entries(terms: Terms, lead: Lead, cutoff: int) -> list[Entry]:
    """(stamp, stage) of a lead's own changes before the cutoff; words nobody defined are rejected rows."""
    return [(at, terms.lead_stages[word]) for at, word in lead.stages if at < cutoff and word in terms.lead_stages]


def deal_entries(terms: Terms, deal: Deal, cutoff: int) -> list[Entry]:
    return [(at, terms.deal_stages[word]) for at, word in deal.stages if at < cutoff and word in terms.deal_stages]


def first_entries(terms: Terms, person: Person) -> dict[str, int]:
    """The first entry into each stage reached: the earliest observed, else that of the next later stage observed."""
    observed: dict[str, int] = {}
    own = (lead_entries(terms, lead, person.cutoff) for lead in person.members)
    sold = ([(deal.created, "opportunity"), *deal_entries(terms, deal, person.cutoff)] for deal in person.deals)
    for at, stage in (entry for entries in (*own, *sold) for entry in entries):
        observed[stage] = min(at, observed.get(stage, at))
    reached: dict[str, int] = {}
    following: int | None = None
    for stage in reversed(terms.order):
        following = observed.get(stage, following)
        if following is not None:
            reached[stage] = following
    return reached


def created_on(terms: Terms, person: Person) -> date:
    """The local date of the person's first entry into lead."""
    return terms.local(person.region, min(lead.created for lead in person.members))


def decided(terms: Terms, deal: Deal, cutoff: int) -> tuple[str, int] | None:
    """(won or lost, when) if the deal is closed at the cutoff."""
    entries = deal_entries(terms, deal, cutoff)
    if not entries or entries[-1][1] not in (WON, LOST):
        return None
    return entries[-1][1], entries[-1][0]


def with_exit(lead: Lead, entries: list[Entry], cutoff: int) -> list[Entry]:
    """The entries and, among them, the exit to disqualified, which ends the visit it falls into."""
    exits = [(at, DISQUALIFIED) for at, status in lead.statuses if status == "UNQUALIFIED" and at < cutoff]
    return sorted(entries + exits)


def visits(entries: list[Entry], among: Iterable[str]) -> list[tuple[str, int, int]]:
    """(stage, entered, left) of every visit that has ended."""
    return [(stage, at, left) for (at, stage), (left, _) in pairwise(entries) if stage in among]
