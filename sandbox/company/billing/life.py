"""The life of a subscription, period by period, drawn in order: a longer horizon only adds to its end."""

from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.company.billing.catalogue import MONTHS, Discount, seat
from sandbox.company.billing.invoicing import prorate, write
from sandbox.company.billing.papers import Invoice, State, Subscription
from sandbox.company.billing.payments import GRACE, credit, settle
from sandbox.company.billing.periods import DAY, HOUR, later
from sandbox.company.chance import Draw

LEAVING = {"US": 0.010, "MX": 0.026, "ES": 0.016, "CN": 0.013, "MY": 0.034}
"""Customers by the month who cancel, by country, besides those whose contract is not renewed."""
ELSEWHERE = 0.018
GROWING, SHRINKING, CLIMBING, BUSY, ASLEEP, WAVERING = 0.026, 0.008, 0.005, 0.003, 0.002, 0.004
NEXT_TIER = {"starter": "growth", "growth": "scale"}


@dataclass(frozen=True)
class Course:
    """What sales knows of a customer's future: contract ends with the change in amount (None = not renewed, and when
    that is decided), extensions, and the moment the whole sale was undone. Stamps in seconds, ends in months."""

    ends: dict[int, tuple[int, float | None]] = field(default_factory=dict)
    grows: list[tuple[int, float]] = field(default_factory=list)
    undone: int | None = None


def live(draw: Draw, one: Subscription, first: State, course: Course, horizon: int) -> None:
    """Fill in states and invoices of periods that begin up to the horizon, or to the end."""
    anchor, step = first.start, MONTHS[first.price.interval]
    state, months, asleep = first, 0, 0
    while state.start <= horizon:
        invoice = _open(draw, one, state, months)
        lapse = settle(draw, invoice)
        if lapse is not None:
            state = _lapsed(one, state, invoice, lapse)
        if state.ended_at is None:
            state = _within(draw, one, state, invoice, course, months + step)
        if state.ended_at is not None:
            return
        months += step
        asleep = _sleep(draw, state, asleep)
        state = _next(one, state, later(anchor, months + step), course.ends.get(months), asleep)


def _open(draw: Draw, one: Subscription, state: State, months: int) -> Invoice:
    """The invoice of a new period, with the calls of the one before."""
    reason = "subscription_create" if state.at == one.created else "subscription_cycle"
    number = int(draw.lognormal(4_000, 0.5))
    before = [past for past in one.states if past.end == state.start]
    calls = (number, before[-1].start, before[-1].end) if one.metered and months and before else None
    return write(one, reason, state, calls=calls)


def _begin(one: Subscription, state: State, **changes: Any) -> State:
    """The next state of a subscription."""
    changed = replace(state, **changes)
    one.states.append(changed)
    return changed


def _lapsed(one: Subscription, state: State, invoice: Invoice, failed: int) -> State:
    """Past due from the first failure until the money comes; after the last reminder it is over."""
    state = _begin(one, state, at=failed, why="updated", status="past_due")
    if invoice.paid is not None:
        return _begin(one, state, at=invoice.paid, why="updated", status="active")
    over = failed + GRACE
    return _begin(one, state, at=over, why="deleted", status="canceled", canceled_at=over, ended_at=over)


def _within(draw: Draw, one: Subscription, state: State, invoice: Invoice, course: Course, due: int) -> State:
    """What the customer does in the middle of a period."""
    if course.undone is not None and course.undone < state.end:
        return _undo(one, state, invoice, max(course.undone, state.at + HOUR))
    country = one.firm.place.country or ""
    monthly = state.price.interval == "month"
    leaving = LEAVING.get(country, ELSEWHERE) * (1 if monthly else 9 if due not in course.ends else 1)
    decided, change = course.ends.get(due, (0, 1.0))
    leaves, at, kind, quits = draw.chance(leaving), draw.between(0.6, 0.95), draw.u(), draw.chance(0.12)
    moment = max(state.start + int((state.end - state.start) * at), state.at + HOUR)
    if change is None:
        return _cancel(one, state, min(max(decided, state.at + HOUR), max(state.end - DAY, state.at + HOUR)))
    if leaves and quits:
        return _quit(one, state, invoice, moment, with_credit=kind < 0.5)
    if leaves:
        return _cancel(one, state, moment)
    if kind < WAVERING:
        _begin(one, state, at=moment, why="updated", cancel_at=state.end, canceled_at=moment)
        return _begin(one, state, at=moment + (state.end - moment) // 2, why="updated")
    return _grow(draw, one, state, course, kind)


def _undo(one: Subscription, state: State, invoice: Invoice, at: int) -> State:
    """The deal was re-opened and lost: everything is given back."""
    if invoice.paid is None or invoice.paid > at:
        invoice.paid, invoice.voided, invoice.credits, invoice.refunds = None, at, [], []
    else:
        invoice.credits, invoice.refunds = [], []
        credit(invoice, invoice.lines[0], at, 1.0, "order_change", refunded=True)
    return _begin(one, state, at=at, why="deleted", status="canceled", canceled_at=at, ended_at=at)


def _cancel(one: Subscription, state: State, at: int) -> State:
    """At the end of the period."""
    state = _begin(one, state, at=at, why="updated", cancel_at=state.end, canceled_at=at)
    return _begin(one, state, at=state.end, why="deleted", status="canceled", ended_at=state.end)


def _quit(one: Subscription, state: State, invoice: Invoice, at: int, *, with_credit: bool) -> State:
    """At once; half of them get the rest of the period back."""
    if with_credit and invoice.paid is not None and invoice.paid < at:
        unused = (state.end - at) / (state.end - state.start)
        credit(invoice, invoice.lines[0], at + 60, unused, "order_change", refunded=True)
    return _begin(one, state, at=at, why="deleted", status="canceled", canceled_at=at, ended_at=at)


def _grow(draw: Draw, one: Subscription, state: State, course: Course, kind: float) -> State:
    """Seats added or given up, a larger plan; changes are settled on the next invoice, in yearly plans at once."""
    span, monthly = state.end - state.start, state.price.interval == "month"
    many = 1 if monthly else 9
    factors = [factor for at, factor in course.grows if state.start <= at < state.end - 2 * DAY]
    moments = [at for at, _ in course.grows if state.start <= at < state.end - 2 * DAY]
    if monthly and kind > 1 - BUSY:
        factors += [1.1, 0.9, 1.2, 0.95, 1.1, 1.05]
    elif monthly and kind > 1 - BUSY - SHRINKING:
        factors.append(draw.between(0.6, 0.9))
    elif kind < WAVERING + GROWING * many:
        factors.append(draw.between(1.08, 1.5))
    moments += [state.start + int(span * draw.between(0.05, 0.55)) for _ in factors[len(moments) :]]
    for at, factor in sorted(zip(moments, factors, strict=True)):
        climbs = draw.chance(CLIMBING / GROWING) and factor > 1
        state = _change(one, state, max(at, state.at + 2 * HOUR), factor, climbs=climbs)
    return state


def _change(one: Subscription, state: State, at: int, factor: float, *, climbs: bool) -> State:
    """The same plan with other seats, or the next plan; nothing if that changes nothing."""
    tier = NEXT_TIER.get(state.price.tier, state.price.tier) if climbs else state.price.tier
    price = seat(tier, state.price.interval, state.price.currency)
    quantity = max(1, round(state.gross * factor / price.unit))
    if (price, quantity) == (state.price, state.quantity) or state.quantity == 0 or at >= state.end - DAY:
        return state
    changed = _begin(one, state, at=at, why="updated", price=price, quantity=quantity)
    prorate(one, state, changed)
    if price.interval == "year":
        invoice = write(one, "subscription_update", changed)
        invoice.paid = at + 5 if invoice.due is None else min(at + 12 * DAY, invoice.due)
    return changed


def _sleep(draw: Draw, state: State, asleep: int) -> int:
    """A few monthly customers keep their subscription without any seat for some months."""
    falls, periods = draw.chance(ASLEEP), 1 + int(draw.u() * 3)
    if asleep:
        return asleep - 1
    return periods if falls and state.price.interval == "month" else 0


def _next(one: Subscription, state: State, end: int, renewal: tuple[int, float | None] | None, asleep: int) -> State:
    """The next period: a renewed contract has its own amount, coupons run out, seats come back."""
    factor = (renewal[1] if renewal else None) or 1.0
    awake = state.quantity or next(past.quantity for past in reversed(one.states) if past.quantity)
    quantity = 0 if asleep else max(1, round(awake * factor))
    expired = state.discount and state.discount.end is not None and state.discount.end <= state.end
    discount: Discount | None = None if expired else state.discount
    return _begin(
        one, state, at=state.end, why="updated", quantity=quantity, start=state.end, end=end, discount=discount
    )
