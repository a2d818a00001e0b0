"""What follows a won deal: renewals at the end of each term, and extensions during the first."""

from sandbox.company.calendar import DAY
from sandbox.company.chance import Draw
from sandbox.company.deals import LOST, NEGOTIATION, WON, Deal, _close, _enter, start
from sandbox.company.leads import Lead
from sandbox.company.steps import Steps

MONTH_DAYS = 30.44
LONGEST_CHAIN = 8


def follow_ups(draw: Draw, seed: int, lead: Lead, won: Deal) -> list[Deal]:
    """Deals that continue a won one, on the same contact; none if it was not won in the end."""
    if won.end[1] != WON or won.defect is not None:
        return []
    return [*_extension(draw, seed, lead, won), *_renewals(draw, seed, lead, won)]


def _extension(draw: Draw, seed: int, lead: Lead, won: Deal) -> list[Deal]:
    if not draw.chance(0.4):
        return []
    created = won.end[0] + int(draw.between(60, 300) * DAY)
    deal = start(draw, seed, lead, won.firm, created, "upsell" if draw.chance(0.6) else "crosssell")
    deal.amounts = [(created, max(10, round((won.amounts[-1][1] or 0) * draw.between(0.15, 0.45) / 10) * 10))]
    steps = Steps(draw, lead.market, created)
    _enter(draw, deal, steps.after(10, 0.6), NEGOTIATION)
    _close(draw, deal, steps.after(9, 0.6), WON if draw.chance(0.42) else LOST)
    return [deal]


def _renewals(draw: Draw, seed: int, lead: Lead, won: Deal) -> list[Deal]:
    chain: list[Deal] = []
    last = won
    while last.end[1] == WON and len(chain) < LONGEST_CHAIN:
        term_end = last.end[0] + int(last.term * MONTH_DAYS * DAY)
        deal = start(draw, seed, lead, won.firm, term_end - 60 * DAY, "renewal")
        deal.term = last.term
        deal.amounts = [(deal.created, max(10, round((last.amounts[-1][1] or 0) * draw.between(0.95, 1.18) / 10) * 10))]
        steps = Steps(draw, lead.market, deal.created)
        _enter(draw, deal, steps.after(20, 0.3), NEGOTIATION)
        _close(draw, deal, steps.after(30, 0.3), WON if draw.chance(0.86) else LOST)
        chain.append(deal)
        last = deal
    return chain
