"""All of billing: customers by firm and their subscriptions, drawn up to a horizon, kept for the next question."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from sandbox.company.billing.catalogue import WELCOME, seat
from sandbox.company.billing.invoicing import write
from sandbox.company.billing.life import Course, live
from sandbox.company.billing.papers import State, Subscription
from sandbox.company.billing.periods import DAY, later
from sandbox.company.billing.sales import SUBJECT, Terms, begin, currency_of, granted, subscribe
from sandbox.company.calendar import FIRST, midnight
from sandbox.company.chance import Draw
from sandbox.company.firms import Firm, Firms
from sandbox.company.markets import LEADS_PER_YEAR, TEAMS
from sandbox.company.people import births

SELF_SERVICE, COMING_BACK = SUBJECT + 1, SUBJECT + 2
SIGN_UPS = 80
"""Customers by the year who subscribe on the web site, without a deal, in a company of full size."""
RETURNING = 0.09
TRIAL = 14 * DAY


@dataclass(frozen=True, eq=False)
class Customer:
    """A firm as the billing system knows it, from its first subscription on. `created` in seconds."""

    firm: Firm
    currency: str
    created: int
    subscriptions: tuple[Subscription, ...]

    @property
    def id(self) -> str:
        return f"cus_{self.firm.id}"


@cache
def book(firms: Firms, last_day: int) -> tuple[Customer, ...]:
    """All customers and subscriptions that begin up to the end of `last_day`, with their periods until then."""
    horizon = midnight("UTC", last_day + 1) // 1000
    by_firm: dict[int, list[Subscription]] = {}
    for one in _drawn(firms, last_day, horizon):
        by_firm.setdefault(one.firm.id, []).append(one)
    return tuple(_customer(some) for _, some in sorted(by_firm.items()))


def _customer(subscriptions: list[Subscription]) -> Customer:
    ordered = sorted(subscriptions, key=lambda one: one.created)
    first = ordered[0]
    return Customer(first.firm, first.currency, first.created - 120, tuple(ordered))


def _drawn(firms: Firms, last_day: int, horizon: int) -> Iterator[Subscription]:
    for day in range(FIRST, last_day + 1):
        for one in (*_sold(firms, day, horizon), *_signed_up(firms, day, horizon)):
            yield one
            if again := _back(firms, one, horizon):
                yield again


def _sold(firms: Firms, day: int, horizon: int) -> Iterator[Subscription]:
    for _, some in groupby(births(firms, day).deals, key=lambda deal: deal.id // 10):
        first, *following = some
        for deal in (first, *(one for one in following if one.type == "crosssell")):
            if one := subscribe(firms.seed, deal, following, horizon):
                yield one


def _signed_up(firms: Firms, day: int, horizon: int) -> Iterator[Subscription]:
    """Self-service: two weeks of trial, then paying, paused for want of a card, or gone."""
    draw = Draw(firms.seed, SELF_SERVICE, day)
    for n in range(draw.count(SIGN_UPS / 365 * firms.leads_per_year / LEADS_PER_YEAR)):
        market = draw.pick(TEAMS)
        firm = firms.find(draw, market, day)
        at = max(midnight(market.zone, day) // 1000 + int(draw.between(8, 22) * 3600), firm.created // 1000 + 600)
        one = Subscription(f"{900_000_000_000 + day * 1_000 + n}", firm, currency_of(firms.seed, firm), at)
        if at <= horizon:
            _try(Draw(firms.seed, SELF_SERVICE, int(one.key)), one, horizon)
            yield one


def _try(draw: Draw, one: Subscription, horizon: int) -> None:
    price, seats = seat("starter", "month", one.currency), 8 + int(draw.lognormal(20, 0.6))
    one.trial_end = one.created + TRIAL
    coupon = draw.pick(WELCOME) if draw.chance(0.3) else None
    trial = State(one.created, "created", "trialing", price, seats, one.created, one.trial_end)
    one.states.append(trial)
    write(one, "subscription_create", trial, trial=True).paid = one.created
    fate, wait = draw.u(), int(draw.between(4, 40) * DAY)
    if fate < 0.14:
        over = one.trial_end
        one.states.append(replace(trial, at=over, why="deleted", status="canceled", canceled_at=over, ended_at=over))
        return
    start = one.trial_end
    if fate < 0.34:
        one.states.append(replace(trial, at=start, why="paused", status="paused"))
        if fate > 0.22:
            return
        start += wait
    first = replace(
        trial, at=start, why="updated" if start == one.trial_end else "resumed", status="active", start=start,
        end=later(start, 1), discount=granted(one, coupon, start),
    )  # fmt: skip
    one.states.append(first)
    live(draw, one, first, Course(), horizon)


def _back(firms: Firms, gone: Subscription, horizon: int) -> Subscription | None:
    """Some come back months later with a new subscription."""
    last = gone.states[-1]
    if gone.ended is None or last.quantity == 0 or gone.invoices[-1].lines[0].trial:
        return None
    draw = Draw(firms.seed, COMING_BACK, int(gone.key))
    start = gone.ended + int(draw.between(35, 220) * DAY)
    if not draw.chance(RETURNING) or start > horizon:
        return None
    one = Subscription(f"{gone.key}9", gone.firm, gone.currency, start)
    seats = max(1, round(last.quantity * draw.between(0.5, 1.1)))
    begin(draw, one, Terms(seat(last.price.tier, "month", gone.currency), seats, None), Course(), horizon)
    return one
