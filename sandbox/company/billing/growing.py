"""Changes in the middle of a period: seats added or given up, the next larger plan."""

from sandbox.company.billing.catalogue import seat
from sandbox.company.billing.invoicing import prorate, write
from sandbox.company.billing.papers import State, Subscription
from sandbox.company.billing.periods import DAY, HOUR
from sandbox.company.chance import Draw

GROWING, SHRINKING, CLIMBING, BUSY, WAVERING = 0.026, 0.008, 0.005, 0.003, 0.004
"""Of a hundred monthly customers, each month."""
NEXT_TIER = {"starter": "growth", "growth": "scale"}


def grow(draw: Draw, one: Subscription, state: State, grows: list[tuple[int, float]], kind: float) -> State:
    """Seats added or given up, a larger plan; changes are settled on the next invoice, in yearly plans at once."""
    span, monthly = state.end - state.start, state.price.interval == "month"
    many = 1 if monthly else 9
    factors = [factor for at, factor in grows if state.start <= at < state.end - 2 * DAY]
    moments = [at for at, _ in grows if state.start <= at < state.end - 2 * DAY]
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
    changed = one.begin(state, at=at, why="updated", price=price, quantity=quantity)
    prorate(one, state, changed)
    if price.interval == "year":
        invoice = write(one, "subscription_update", changed)
        invoice.paid = at + 5 if invoice.due is None else min(at + 12 * DAY, invoice.due)
    return changed
