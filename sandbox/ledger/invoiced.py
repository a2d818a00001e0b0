"""What was invoiced, and how far that is from what sales booked."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sandbox.company.billing.catalogue import MONTHS
from sandbox.company.billing.papers import Invoice, Subscription
from sandbox.ledger.accounts import Account, major
from sandbox.ledger.known import Known, Sale
from sandbox.ledger.sales import amount_at
from sandbox.ledger.stages import WON, decided
from sandbox.ledger.tally import Tally

RATIOS = frozenset({"crm_billing_variance"})
Booked = tuple[date, str, str]


def count_invoiced(tally: Tally, accounts: list[Account]) -> None:
    """Lines of finalised invoices that are not void, without tax, less credit notes, each in its own month."""
    for account in accounts:
        for one in account.subscriptions:
            for invoice in one.invoices:
                rated = tally.terms.local(account.region, invoice.finalized * 1000)
                if _stands(invoice, account.cutoff):
                    _invoiced(tally, account, invoice.finalized, major(invoice.net, one.currency), one.currency, rated)
                for note in invoice.credits:
                    if note.at * 1000 < account.cutoff:
                        _invoiced(tally, account, note.at, -major(note.net, one.currency), one.currency, rated)


def _invoiced(tally: Tally, account: Account, stamp: int, amount: Decimal, currency: str, rated: date) -> None:
    """At the rate of the invoice's day, also what a credit note takes back from it."""
    issued = tally.terms.local(account.region, stamp * 1000)
    where = issued.replace(day=1), account.region, account.channel
    tally.money_top("invoiced_revenue", *where, amount, currency, rated)


def _stands(invoice: Invoice, cutoff: int) -> bool:
    void = invoice.voided is not None and invoice.voided * 1000 < cutoff
    return invoice.finalized * 1000 < cutoff and not void


def count_variance(tally: Tally, facts: Known, accounts: list[Account]) -> None:
    """Deals won in a month whose first invoice is out, by account: a year of its recurring lines against the deal."""
    billed = {one.deal.id: (account, one) for account in accounts for one in account.subscriptions if one.deal}
    sums: dict[tuple[Booked, int], list[tuple[Sale, date, Subscription]]] = defaultdict(list)
    for sale in facts.sales:
        outcome = decided(tally.terms, sale.deal, sale.cutoff)
        if sale.deal.type == "renewal" or outcome is None or outcome[0] != WON or sale.deal.id not in billed:
            continue
        account, one = billed[sale.deal.id]
        if one.invoices and _stands(one.invoices[0], account.cutoff):
            closed = tally.terms.local(sale.region, outcome[1])
            sums[(closed.replace(day=1), account.region, account.channel), account.firm].append((sale, closed, one))
    for (where, _), some in sums.items():
        _compare(tally, where, some)


def _compare(tally: Tally, where: Booked, some: list[tuple[Sale, date, Subscription]]) -> None:
    month, region, channel = where
    for currency in {*tally.terms.currencies(None), *tally.terms.currencies(region)}:
        booked, invoiced = Decimal(), Decimal()
        for sale, closed, one in some:
            amount = amount_at(sale.deal, sale.cutoff) or Decimal()
            told = tally.exchange.convert(amount, sale.deal.currency, currency, closed)
            if told is not None:
                booked, invoiced = booked + told, invoiced + _first_year(tally, region, one, currency)
        for a_region in (None, region):
            if currency in tally.terms.currencies(a_region):
                for a_channel in (None, channel):
                    cell = "crm_billing_variance", month, a_region, a_channel, currency
                    tally.put(*cell, top=abs(booked - invoiced), bottom=booked)


def _first_year(tally: Tally, region: str, one: Subscription, currency: str) -> Decimal:
    """A year of the first invoice's recurring lines, at the rate of its date."""
    first = one.invoices[0]
    net = sum(line.net for line in first.lines if line.proration is None and not line.price.metered)
    issued = tally.terms.local(region, first.finalized * 1000)
    yearly = major(net, one.currency) * 12 / MONTHS[first.state.price.interval]
    return tally.exchange.convert(yearly, one.currency, currency, issued) or Decimal()
