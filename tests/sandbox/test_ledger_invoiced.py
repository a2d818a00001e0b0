"""Invoiced revenue and its distance from what sales booked, on papers made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sandbox.company.billing.catalogue import Coupon, Discount, Price
from sandbox.company.billing.papers import Credit, Invoice, Line, Proration, State, Subscription
from sandbox.company.calendar import FIRST
from sandbox.company.chance import Draw
from sandbox.company.deals import start
from sandbox.company.firms import Firms, internal_firm
from sandbox.company.leads import born
from sandbox.company.markets import US
from sandbox.ledger import RATIOS, Row, read_terms
from sandbox.ledger.accounts import Account
from sandbox.ledger.exchange import Exchange
from sandbox.ledger.invoiced import count_invoiced, count_variance
from sandbox.ledger.known import Known, Sale
from sandbox.ledger.tally import Tally

TERMS = read_terms()
DAY = date(2026, 6, 30)
CUTOFF = TERMS.cutoff("united_states", DAY)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
SEAT, CALL = Price("starter", "month", "USD", 400), Price("api-calls", "month", "USD", 2, metered=True)


def _at(month: int, day: int, hour: int = 17) -> int:
    return int(datetime(2026, month, day, hour, tzinfo=UTC).timestamp())


def _subscription(price: Price = SEAT) -> Subscription:
    at = _at(5, 4)
    state = State(at, "created", "active", price, 10, at, at + 1)
    return Subscription("1", internal_firm(), price.currency, at, states=[state])


def _invoice(owner: Subscription, finalized: int, *lines: Line) -> Invoice:
    bill = Invoice(f"in_{finalized}", owner, finalized, finalized, "subscription_cycle", owner.states[0], list(lines))
    owner.invoices.append(bill)
    return bill


def _line(amount: int, price: Price = SEAT, off: int = 0, tax: int = 0) -> Line:
    discount = Discount("di_1", Coupon("A", amount=off), 0, None) if off else None
    return Line("il_1", price, 1, amount, 0, 1, off, discount, tax)


def _account(one: Subscription) -> Account:
    return Account(1, "united_states", "direct", CUTOFF, [one])


def _told(tally: Tally) -> dict[tuple[str, date], Row]:
    return {(row.kpi, row.month): row for row in tally.rows() if (row.region, row.channel) == (None, None)}


def test_invoices_count_when_issued_and_credit_notes_when_written() -> None:
    one = _subscription()
    first = _invoice(one, _at(5, 4), _line(4_000, off=500, tax=700), _line(900, CALL))
    first.credits.append(Credit("cn_1", _at(6, 2), first.lines[0], 1_000, 160, "order_change", refunded=True))
    _invoice(one, _at(6, 1, 3), _line(2_000))  # still 31 May in New York
    _invoice(one, _at(6, 20), _line(800)).uncollectible = _at(6, 25)
    _invoice(one, _at(6, 10), _line(7_700)).voided = _at(6, 12)
    _invoice(one, _at(6, 11), _line(5_500)).voided = _at(7, 3)
    _invoice(one, _at(7, 1), _line(9_900))
    tally = Tally(TERMS, Exchange(7), RATIOS)
    count_invoiced(tally, [_account(one)])
    told = _told(tally)
    assert told["invoiced_revenue", MAY].numerator == Decimal("64")
    assert told["invoiced_revenue", JUNE].numerator == Decimal("53")
    assert len(told) == 2


@pytest.mark.parametrize(
    ("price", "net", "invoiced"), [(SEAT, 4_100, 492), (replace(SEAT, interval="year"), 46_800, 468)]
)
def test_a_deal_is_held_against_a_year_of_its_first_invoice(price: Price, net: int, invoiced: int) -> None:
    lead = born(Draw(1, 2, 3), Firms(1, 1_000), US, FIRST + 10, 1)
    deal = start(Draw(1, 2, 4), 1, lead, internal_firm(), _at(4, 2) * 1000, "newbusiness")
    deal = replace(deal, id=77, amounts=[(deal.created, 480)], currency="USD")
    deal.stages.append((_at(5, 2) * 1000, "closedwon"))
    one = _subscription(price)
    one.deal = deal
    moved = replace(_line(333, price), proration=Proration("ii_1", 0, 1, price, 1, 333))
    _invoice(one, _at(5, 4), _line(net + 100, price, off=100), _line(900, CALL), moved)
    unbilled = replace(deal, id=78)
    sales = [Sale(each, "united_states", "direct", CUTOFF) for each in (deal, unbilled)]
    tally = Tally(TERMS, Exchange(7), RATIOS)
    count_variance(tally, Known([], sales, {}), [_account(one)])
    told = _told(tally)["crm_billing_variance", MAY]
    assert (told.numerator, told.denominator) == (abs(Decimal(invoiced) - 480), 480)
