"""Who buys: the contacts of a deal besides the first, and what each of them is in it."""

from sandbox.company.calendar import DAY, HOUR
from sandbox.company.chance import Draw, Weighted
from sandbox.company.deals import Deal
from sandbox.company.leads import Lead

SUBJECT = 15
FIRST = Weighted({"Champion": 0.45, "Decision maker": 0.35, "Influencer": 0.12, "End user": 0.08})
LATER = Weighted({"Decision maker": 0.3, "Budget holder": 0.3, "Champion": 0.15, "Influencer": 0.15, "End user": 0.1})
_MORE = Weighted({0: 0.38, 1: 0.22, 2: 0.24, 3: 0.16})
GROUPS = ("newbusiness", "upsell")
"""Types of deals that more than one person decides."""


def gather(draw: Draw, deals: list[Deal], leads: list[Lead]) -> None:
    """Fill in the contacts of the deals that begin with the leads of a day, from those very leads."""
    free = [lead for lead in leads if _is_sound(lead)]
    for deal in deals:
        if deal.lead is None:
            continue
        deal.contacts = [(deal.created, deal.lead, draw.weighted(FIRST))]
        if deal.type in GROUPS and not deal.firm.test:
            same = [lead for lead in free if lead.market is deal.market]
            _join(draw, deal, [lead for lead in same if lead.id != deal.lead], draw.weighted(_MORE))


def _is_sound(lead: Lead) -> bool:
    gone = lead.test or lead.defect or lead.merged or lead.absorbed or lead.deleted
    return not gone and all(stage != "opportunity" for _, stage in lead.stages)


def _join(draw: Draw, deal: Deal, others: list[Lead], most: int) -> None:
    """One after the other, a week or two apart, while the deal is open."""
    at = deal.created + HOUR
    for _ in range(min(most, len(others))):
        at += int(draw.lognormal(7.0, 0.8) * DAY)
        if at >= deal.end[0]:
            return
        lead = others.pop(int(draw.u() * len(others)))
        deal.contacts.append((max(at, lead.created + HOUR), lead.id, draw.weighted(LATER)))
