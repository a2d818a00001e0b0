"""Visitors, and how many of them left their address."""

from calendar import monthrange
from datetime import date

from sandbox.company.web import ALL, visits
from sandbox.ledger.known import Known
from sandbox.ledger.stages import created_on
from sandbox.ledger.tally import Tally
from sandbox.world import World

RATIOS = frozenset({"visitor_to_lead_rate"})


def count_visitors(tally: Tally, facts: Known, world: World, day: date) -> None:
    """Months that are over, in regions whose visitors somebody counts."""
    counted: set[tuple[date, str]] = set()
    for one in visits(world.seed, world.leads_per_year, world.clock.now):
        month = date.fromordinal(one.start)
        if (
            one.grain != "month"
            or one.state is not None
            or month.replace(day=monthrange(month.year, month.month)[1]) > day
        ):
            continue
        region = tally.terms.region(one.country, None)
        counted.add((month, region))
        # Channels overlap: the row `all` is the truth over channels, and is not their sum.
        channel = None if one.channel == ALL else one.channel
        for a_region in (None, region):
            tally.put("visitors", month, a_region, channel, top=one.visitors)
            tally.put("visitor_to_lead_rate", month, a_region, channel, bottom=one.visitors)
    _count_leads(tally, facts, counted)


def _count_leads(tally: Tally, facts: Known, counted: set[tuple[date, str]]) -> None:
    """Leads of web channels in the same months and regions: over visitors that nobody counted there is no rate."""
    for person in facts.persons:
        month = created_on(tally.terms, person).replace(day=1)
        if (month, person.region) in counted and tally.terms.channels.get(person.channel, {}).get("web"):
            for region in (None, person.region):
                for channel in (None, person.channel):
                    tally.put("visitor_to_lead_rate", month, region, channel, top=1)
