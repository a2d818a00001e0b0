"""Everybody who becomes a lead on a day, with the whole of their future: the drawn events of that day."""

from dataclasses import dataclass
from functools import cache

from sandbox.company.calendar import FIRST, growth, season, weekday
from sandbox.company.chance import Draw
from sandbox.company.committee import SUBJECT as COMMITTEE
from sandbox.company.committee import gather
from sandbox.company.deals import Deal
from sandbox.company.duplicates import duplicated
from sandbox.company.firms import Firms
from sandbox.company.journey import edit, travel
from sandbox.company.leads import Lead, born
from sandbox.company.markets import MARKETS, Market
from sandbox.company.renewals import follow_ups

SUBJECT = 3
WEEK = (1.18, 1.25, 1.22, 1.18, 1.02, 0.58, 0.57)


@dataclass(frozen=True)
class Births:
    """The leads and deals that begin with the leads born on one day, in every market."""

    leads: tuple[Lead, ...]
    deals: tuple[Deal, ...]


def expected(market: Market, day: int, leads_per_year: int) -> float:
    """Leads to be expected on a day."""
    busy = WEEK[weekday(day)] * growth(day) * season(day, market.low_day, market.depth)
    return leads_per_year / 365.25 * market.share * busy


@cache
def births(firms: Firms, day: int) -> Births:
    """All leads born on the local date `day`, and their deals, whenever those come."""
    leads: list[Lead] = []
    deals: list[Deal] = []
    draw = Draw(firms.seed, SUBJECT, day)
    for row, market in enumerate(MARKETS):
        for n in range(draw.count(expected(market, day, firms.leads_per_year))):
            lead_id = 10_000_000_000 + (day - FIRST) * 1_000_000 + row * 100_000 + n
            some_leads, some_deals = _life(draw, firms, market, day, lead_id)
            leads += some_leads
            deals += some_deals
    gather(Draw(firms.seed, COMMITTEE, day), deals, leads)
    return Births(tuple(leads), tuple(deals))


def _life(draw: Draw, firms: Firms, market: Market, day: int, lead_id: int) -> tuple[list[Lead], list[Deal]]:
    lead = born(draw, firms, market, day, lead_id)
    deal = travel(draw, firms, lead, day)
    edit(draw, firms.seed, lead)
    leads = duplicated(draw, lead, deal)
    if deal is None:
        return leads, []
    holder = next(one for one in leads if one.id == deal.lead)
    deals = [deal, *follow_ups(draw, firms.seed, holder, deal)]
    for n, one in enumerate(deals):
        one.id = lead_id * 10 + n
    if draw.chance(0.02):
        deal.lead = None
    return leads, deals
