"""What was spent: ads, and the other costs of selling; and what a lead, a customer, a won dollar cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sandbox.company.ads import by_country, totals
from sandbox.company.baidu import baidu_rows
from sandbox.company.calendar import FIRST
from sandbox.company.campaigns import BAIDU, GOOGLE
from sandbox.company.costs import costs
from sandbox.ledger.known import Known
from sandbox.ledger.stages import created_on
from sandbox.ledger.tally import Tally
from sandbox.ledger.terms import UNALLOCATED, Terms
from sandbox.world import World

RATIOS = frozenset({"cost_per_lead", "cac", "roas"})
UP_TO_LEAD = ("visitor", "lead")


@dataclass(frozen=True)
class Expense:
    """Money spent on `day` for acquiring; `ads` or not, and whether it counts against leads."""

    day: date
    region: str
    channel: str
    amount: Decimal
    currency: str
    ads: bool
    for_leads: bool


def count_spending(tally: Tally, world: World, day: date) -> None:
    for one in (
        *_google(tally.terms, world, day),
        *_baidu(tally.terms, world, day),
        *_selling(tally.terms, world, day),
    ):
        spent = one.day.replace(day=1), one.region, one.channel, one.amount, one.currency, one.day
        tally.money_top("cac", *spent)
        if one.for_leads:
            tally.money_top("cost_per_lead", *spent)
        if one.ads:
            tally.money_top("ad_spend", *spent)
            tally.money_bottom("roas", *spent)


def _google(terms: Terms, world: World, day: date) -> Iterator[Expense]:
    """Each campaign's day by country of presence; the rest of the campaign's total is in no country."""
    for account in GOOGLE:
        for ordinal in range(FIRST, day.toordinal() + 1):
            for total in totals(world.seed, world.leads_per_year, account, ordinal, world.clock.now):
                channel = terms.channel("google_ads", total.campaign.type)
                parts = by_country(account, total)
                placed = [(terms.region(part.country, None), part.cost) for part in parts]
                rest = total.cost - sum(part.cost for part in parts)
                for region, micros in (*placed, (UNALLOCATED, rest)):
                    spent = Decimal(micros) / 1_000_000
                    yield Expense(
                        date.fromordinal(ordinal), region, channel, spent, account.market.currency, True, True
                    )


def _baidu(terms: Terms, world: World, day: date) -> Iterator[Expense]:
    region = terms.region("CN", None)
    for row in baidu_rows(world.seed, world.leads_per_year, world.clock.now):
        spent_on = date.fromordinal(row.day)
        if row.counts and spent_on <= day:
            yield Expense(spent_on, region, row.campaign.channel, row.spend, BAIDU.market.currency, True, True)


def _selling(terms: Terms, world: World, day: date) -> Iterator[Expense]:
    for cost in costs(world.firms, world.clock.now):
        spent_on = date.fromordinal(cost.day)
        if cost.wrong is None and cost.scope == "new" and spent_on <= day:
            region = terms.region(cost.country, None) if cost.country else UNALLOCATED
            for_leads = cost.stage in UP_TO_LEAD
            yield Expense(spent_on, region, cost.channel or UNALLOCATED, cost.amount, cost.currency, False, for_leads)


def count_leads_against_cost(tally: Tally, facts: Known) -> None:
    for person in facts.persons:
        tally.per("cost_per_lead", created_on(tally.terms, person).replace(day=1), person.region, person.channel)
