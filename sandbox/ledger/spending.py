"""What was spent: ads, and the other costs of selling; and what a lead, a customer, a won dollar cost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sandbox.company.ads import Spend, by_country, totals
from sandbox.company.baidu import baidu_rows
from sandbox.company.calendar import FIRST
from sandbox.company.campaigns import BAIDU, GOOGLE
from sandbox.company.costs import costs
from sandbox.ledger.known import Known
from sandbox.ledger.stages import created_on
from sandbox.ledger.tally import Tally
from sandbox.ledger.terms import UNALLOCATED, Terms
from sandbox.world import World

RATIOS = frozenset({"cost_per_lead", "cac", "sales_cac", "media_cac", "roas", "ctr", "cpc", "cpm"})
SELLING = ("rep_pay", "commission", "entertainment", "travel", "tools", "poc_time", "poc_material")
UP_TO_LEAD = ("visitor", "lead")


@dataclass(frozen=True)
class Expense:
    """Money spent on `day`: for ads, which were shown and clicked so often, or for a `kind` of selling; whether it was
    spent on acquiring, and whether it counts against leads."""

    day: date
    region: str
    channel: str
    amount: Decimal
    currency: str
    for_leads: bool
    kind: str | None = None
    new: bool = True
    shown: int = 0
    clicked: int = 0


def count_spending(tally: Tally, world: World, day: date) -> None:
    for one in (
        *_google(tally.terms, world, day),
        *_baidu(tally.terms, world, day),
        *_selling(tally.terms, world, day),
    ):
        spent = one.day.replace(day=1), one.region, one.channel, one.amount, one.currency, one.day
        if one.new:
            tally.money_top("cac", *spent)
        if one.new and one.for_leads:
            tally.money_top("cost_per_lead", *spent)
        if one.kind is None:
            _ads(tally, one)
        elif one.kind in SELLING:
            tally.money_top("selling_cost", *spent)
            if one.new:
                tally.money_top("sales_cac", *spent)


def _ads(tally: Tally, one: Expense) -> None:
    where, paid = (one.day.replace(day=1), one.region, one.channel), (one.currency, one.day)
    for kpi in ("ad_spend", "media_cac", "cpc"):
        tally.money_top(kpi, *where, one.amount, *paid)
    tally.money_bottom("roas", *where, one.amount, *paid)
    tally.money_top("cpm", *where, 1000 * one.amount, *paid)
    tally.per("cpc", *where, one.clicked)
    tally.per("cpm", *where, one.shown)
    for kpi in ("ad_clicks", "ctr"):
        tally.top(kpi, *where, one.clicked)
    tally.top("ad_impressions", *where, one.shown)
    tally.bottom("ctr", *where, one.shown)


def _google(terms: Terms, world: World, day: date) -> Iterator[Expense]:
    """Each campaign's day by country of presence; the rest of the campaign's total is in no country."""
    for account in GOOGLE:
        for ordinal in range(FIRST, day.toordinal() + 1):
            for total in totals(world.seed, world.leads_per_year, account, ordinal, world.clock.now):
                channel = terms.channel("google_ads", total.campaign.type)
                parts = by_country(account, total)
                for region, part in (*((terms.region(one.country, None), one) for one in parts), _rest(total, parts)):
                    yield Expense(
                        date.fromordinal(ordinal), region, channel, Decimal(part.cost) / 1_000_000,
                        account.market.currency, for_leads=True, shown=part.impressions, clicked=part.clicks,
                    )  # fmt: skip


def _rest(total: Spend, parts: list[Spend]) -> tuple[str, Spend]:
    """What a campaign's day has more than its places."""
    left = {
        name: getattr(total, name) - sum(getattr(part, name) for part in parts)
        for name in ("cost", "impressions", "clicks")
    }
    return UNALLOCATED, replace(total, **left)


def _baidu(terms: Terms, world: World, day: date) -> Iterator[Expense]:
    region = terms.region("CN", None)
    for row in baidu_rows(world.seed, world.leads_per_year, world.clock.now):
        spent_on = date.fromordinal(row.day)
        if row.counts and spent_on <= day:
            yield Expense(
                spent_on, region, row.campaign.channel, row.spend, BAIDU.market.currency, for_leads=True,
                shown=row.impressions, clicked=row.clicks,
            )  # fmt: skip


def _selling(terms: Terms, world: World, day: date) -> Iterator[Expense]:
    for cost in costs(world.firms, world.clock.now):
        spent_on = date.fromordinal(cost.day)
        if cost.wrong is None and spent_on <= day:
            region = terms.region(cost.country, None) if cost.country else UNALLOCATED
            for_leads = cost.stage in UP_TO_LEAD
            yield Expense(
                spent_on, region, cost.channel or UNALLOCATED, cost.amount, cost.currency, for_leads, cost.type,
                new=cost.scope == "new",
            )  # fmt: skip


def count_leads_against_cost(tally: Tally, facts: Known) -> None:
    for person in facts.persons:
        tally.per("cost_per_lead", created_on(tally.terms, person).replace(day=1), person.region, person.channel)
