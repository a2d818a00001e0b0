"""The life of a subscription, period by period, drawn in order: a longer horizon only adds to its end."""

from dataclasses import dataclass, field

from sandbox.company.billing.catalogue import MONTHS, Discount
from sandbox.company.billing.growing import WAVERING, grow
from sandbox.company.billing.invoicing import write
from sandbox.company.billing.leaving import cancel, leave_at_once, undo, waver
from sandbox.company.billing.papers import Invoice, State, Subscription
from sandbox.company.billing.payments import GRACE, settle
from sandbox.company.billing.periods import DAY, HOUR, later
from sandbox.company.chance import Draw

LEAVING = {"US": 0.010, "MX": 0.026, "ES": 0.016, "CN": 0.013, "MY": 0.034}
"""Customers by the month who cancel, by country, besides those whose contract is not renewed."""
ELSEWHERE = 0.018
ASLEEP = 0.002


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


def _lapsed(one: Subscription, state: State, invoice: Invoice, failed: int) -> State:
    """Past due from the first failure until the money comes; after the last reminder it is over."""
    state = one.begin(state, at=failed, why="updated", status="past_due")
    if invoice.paid is not None:
        return one.begin(state, at=invoice.paid, why="updated", status="active")
    over = failed + GRACE
    return one.begin(state, at=over, why="deleted", status="canceled", canceled_at=over, ended_at=over)


def _within(draw: Draw, one: Subscription, state: State, invoice: Invoice, course: Course, due: int) -> State:
    """What the customer does in the middle of a period."""
    if course.undone is not None and course.undone < state.end:
        return undo(one, state, invoice, max(course.undone, state.at + HOUR))
    country = one.firm.place.country or ""
    monthly = state.price.interval == "month"
    leaving = LEAVING.get(country, ELSEWHERE) * (1 if monthly else 9 if due not in course.ends else 1)
    decided, change = course.ends.get(due, (0, 1.0))
    leaves, at, kind, quits = draw.chance(leaving), draw.between(0.6, 0.95), draw.u(), draw.chance(0.12)
    moment = max(state.start + int((state.end - state.start) * at), state.at + HOUR)
    if change is None:
        return cancel(one, state, min(max(decided, state.at + HOUR), max(state.end - DAY, state.at + HOUR)))
    if leaves and quits:
        return leave_at_once(one, state, invoice, moment, with_credit=kind < 0.5)
    if leaves:
        return cancel(one, state, moment)
    if kind < WAVERING:
        return waver(one, state, moment)
    return grow(draw, one, state, course.grows, kind)


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
    return one.begin(state, at=state.end, why="updated", quantity=quantity, start=state.end, end=end, discount=discount)
