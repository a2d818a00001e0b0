"""Who pays how much each month: accounts with their subscriptions, and monthly recurring revenue at an instant."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sandbox.company.billing.catalogue import MONTHS, ZERO_DECIMAL
from sandbox.company.billing.papers import State, Subscription
from sandbox.company.firms import Firm
from sandbox.ledger.known import Known
from sandbox.ledger.terms import Terms
from sandbox.world import World

PAYING = ("active", "past_due")
Money = dict[str, Decimal]


@dataclass
class Account:
    """An ultimate parent, and what it and its subsidiaries subscribe to; `cutoff` in epoch milliseconds."""

    firm: int
    region: str
    channel: str
    cutoff: int
    subscriptions: list[Subscription] = field(default_factory=list)

    def mrr(self, stamp: int) -> Money:
        """By currency, as it stood just before `stamp`; nothing in it if nothing is paid."""
        found: Money = {}
        for one in self.subscriptions:
            state = last_before(one, stamp)
            if state is not None and (monthly := recurring(state)) > 0:
                found[one.currency] = found.get(one.currency, Decimal()) + monthly
        return found

    def first_paying(self) -> int | None:
        """The first moment with any recurring revenue, before the cutoff."""
        begun = (
            state.at * 1000
            for one in self.subscriptions
            for state in one.states
            if recurring(state) > 0 and state.at * 1000 < self.cutoff
        )
        return min(begun, default=None)


def last_before(one: Subscription, stamp: int) -> State | None:
    """A subscription's last state before an instant."""
    return next((state for state in reversed(one.states) if state.at * 1000 < stamp), None)


def major(amount: int | Decimal, currency: str) -> Decimal:
    """Money as people write it: yen have no cents."""
    return Decimal(amount) / (1 if currency in ZERO_DECIMAL else 100)


def recurring(state: State) -> Decimal:
    """A state's seats by the month, less the coupon in force; metered calls are not among them."""
    if state.status not in PAYING:
        return Decimal()
    net = Decimal(state.gross)
    if state.discount and state.discount.coupon.percent is not None:
        net *= 1 - Decimal(state.discount.coupon.percent) / 100
    elif state.discount:
        net -= state.discount.coupon.amount or 0
    return major(max(net, Decimal()), state.price.currency) / MONTHS[state.price.interval]


def accounts(world: World, terms: Terms, facts: Known, day: date) -> list[Account]:
    """Every account that has subscribed to anything before its cutoff of `day`; test accounts are out."""
    found: dict[int, Account] = {}
    for customer in world.customers:
        if customer.firm.domain in terms.internal:
            continue
        firm = ultimate_parent(facts, customer.firm, terms.cutoff(region_of(terms, customer.firm), day))
        region = region_of(terms, firm)
        cutoff = terms.cutoff(region, day)
        begun = [one for one in customer.subscriptions if one.created * 1000 < cutoff]
        if begun:
            channel = terms.channel("hubspot", firm.channel)
            found.setdefault(firm.id, Account(firm.id, region, channel, cutoff)).subscriptions += begun
    return list(found.values())


def region_of(terms: Terms, firm: Firm) -> str:
    return terms.region(firm.place.country, firm.place.state)


def ultimate_parent(facts: Known, firm: Firm, cutoff: int) -> Firm:
    while parents := [parent for at, parent in firm.parents if at < cutoff]:
        firm = facts.firms[parents[-1]]
    return firm


@dataclass(frozen=True)
class Month:
    """A month, or the running one up to a day, and the days whose rates value its two ends."""

    first: date
    last: date

    @property
    def before(self) -> date:
        return self.first - timedelta(days=1)

    def ends(self, terms: Terms, region: str) -> tuple[int, int]:
        """The local midnights that begin and end it."""
        return terms.cutoff(region, self.before), terms.cutoff(region, self.last)


def months(first: date, day: date) -> list[Month]:
    """All months up to `day`."""
    found = []
    while first <= day:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        found.append(Month(first, min(last, day)))
        first = last + timedelta(days=1)
    return found
