"""Deals won and lost, bookings, the pipeline, new customers, and the time things take."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from sandbox.company.deals import Deal
from sandbox.ledger.funnel import later
from sandbox.ledger.known import Known, Sale
from sandbox.ledger.stages import OF_DEALS, OF_LEADS, WON, deal_entries, decided, lead_entries, visits, with_exit
from sandbox.ledger.tally import Tally

RATIOS = frozenset({"win_rate", "win_rate_value", "average_deal_size", "time_in_stage", "upsell_success_rate"})
MORE = ("upsell", "crosssell")
MS_PER_DAY = 86_400_000


def amount_at(deal: Deal, stamp: int) -> Decimal | None:
    """The amount as it stood just before `stamp`."""
    amounts = [amount for at, amount in deal.amounts if at < stamp]
    return None if not amounts or amounts[-1] is None else Decimal(amounts[-1])


def count_sales(tally: Tally, facts: Known) -> None:
    for sale in facts.sales:
        if sale.deal.type != "renewal":
            created = tally.terms.local(sale.region, sale.deal.created)
            tally.top("opportunities_created", created.replace(day=1), sale.region, sale.channel)
        outcome = decided(tally.terms, sale.deal, sale.cutoff)
        if outcome is None:
            continue
        closed = tally.terms.local(sale.region, outcome[1])
        where = closed.replace(day=1), sale.region, sale.channel
        if sale.deal.type != "renewal":
            _decided(tally, sale, closed, where)
        if outcome[0] == WON:
            _won(tally, sale, closed, where)
        elif sale.deal.type != "renewal":
            tally.top("deals_lost", *where)


def _decided(tally: Tally, sale: Sale, closed: date, where: tuple[date, str, str]) -> None:
    amount = amount_at(sale.deal, sale.cutoff)
    tally.bottom("win_rate", *where)
    if amount is not None:
        tally.money_bottom("win_rate_value", *where, amount, sale.deal.currency, closed)
    if sale.deal.type in MORE:
        tally.bottom("upsell_success_rate", *where)


def _won(tally: Tally, sale: Sale, closed: date, where: tuple[date, str, str]) -> None:
    amount = amount_at(sale.deal, sale.cutoff)
    if amount is not None:
        tally.money_top("bookings", *where, amount, sale.deal.currency, closed)
        whole = (amount * sale.deal.term / 12).quantize(Decimal("0.01"))
        tally.money_top("contract_value", *where, whole, sale.deal.currency, closed)
    if sale.deal.type == "renewal":
        return
    tally.top("deals_won", *where)
    tally.top("win_rate", *where)
    tally.per("average_deal_size", *where)
    if sale.deal.type in MORE:
        tally.top("upsell_success_rate", *where)
    if amount is not None:
        for kpi in ("win_rate_value", "average_deal_size"):
            tally.money_top(kpi, *where, amount, sale.deal.currency, closed)
    if amount is not None and tally.terms.channels.get(sale.channel, {}).get("paid"):
        tally.money_top("roas", *where, amount, sale.deal.currency, closed)


def count_new_customers(tally: Tally, facts: Known) -> None:
    """Ultimate parents by the first new deal they ever won, placed as that deal."""
    firsts: dict[int, tuple[int, Sale]] = {}
    for sale in facts.sales:
        outcome = decided(tally.terms, sale.deal, sale.cutoff)
        if sale.deal.type == "newbusiness" and outcome and outcome[0] == WON:
            parent = _parent(facts, sale)
            firsts[parent] = min(firsts.get(parent, (outcome[1], sale)), (outcome[1], sale), key=lambda won: won[0])
    for stamp, sale in firsts.values():
        month = tally.terms.local(sale.region, stamp).replace(day=1)
        tally.top("new_customers", month, sale.region, sale.channel)
        for kpi in ("cac", "sales_cac", "media_cac"):
            tally.per(kpi, month, sale.region, sale.channel)


def _parent(facts: Known, sale: Sale) -> int:
    firm = sale.deal.firm
    while parents := [parent for at, parent in firm.parents if at < sale.cutoff]:
        firm = facts.firms[parents[-1]]
    return firm.id


def count_pipeline(tally: Tally, facts: Known, day: date, first_month: date) -> None:
    """Amounts open at the end of each month, and at `day`, at that day's rates."""
    month = first_month
    while month <= day:
        end = min(day, month.replace(day=monthrange(month.year, month.month)[1]))
        for sale in facts.sales:
            then = tally.terms.cutoff(sale.region, end)
            if sale.deal.created < then and decided(tally.terms, sale.deal, then) is None:
                amount = amount_at(sale.deal, then)
                if amount is not None:
                    tally.money_top("pipeline_value", month, sale.region, None, amount, sale.deal.currency, end)
        month = later(month, 1)


def count_dwell(tally: Tally, facts: Known) -> None:
    """Visits by the month they ended in: a lead's own up to sal, a deal's own from opportunity."""
    for person in facts.persons:
        for lead in person.members:
            ended = visits(with_exit(lead, lead_entries(tally.terms, lead, person.cutoff), person.cutoff), OF_LEADS)
            _dwell(tally, person.region, person.channel, ended)
    for sale in facts.sales:
        ended = visits(deal_entries(tally.terms, sale.deal, sale.cutoff), OF_DEALS)
        _dwell(tally, sale.region, sale.channel, ended)


def _dwell(tally: Tally, region: str, channel: str, ended: list[tuple[str, int, int]]) -> None:
    for stage, entered, left in ended:
        month = tally.terms.local(region, left).replace(day=1)
        tally.top("time_in_stage", month, region, channel, Decimal(left - entered) / MS_PER_DAY, stage)
        tally.bottom("time_in_stage", month, region, channel, 1, stage)
