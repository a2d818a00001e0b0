"""How a subscription ends: at the end of its period, at once, or because the sale was undone."""

from sandbox.company.billing.papers import Invoice, State, Subscription
from sandbox.company.billing.payments import credit


def undo(one: Subscription, state: State, invoice: Invoice, at: int) -> State:
    """The deal was re-opened and lost: everything is given back."""
    if invoice.paid is None or invoice.paid > at:
        invoice.paid, invoice.voided, invoice.credits, invoice.refunds = None, at, [], []
    else:
        invoice.credits, invoice.refunds = [], []
        credit(invoice, invoice.lines[0], at, 1.0, "order_change", refunded=True)
    return one.begin(state, at=at, why="deleted", status="canceled", canceled_at=at, ended_at=at)


def cancel(one: Subscription, state: State, at: int) -> State:
    """At the end of the period."""
    state = one.begin(state, at=at, why="updated", cancel_at=state.end, canceled_at=at)
    return one.begin(state, at=state.end, why="deleted", status="canceled", ended_at=state.end)


def leave_at_once(one: Subscription, state: State, invoice: Invoice, at: int, *, with_credit: bool) -> State:
    """At once; half of them get the rest of the period back."""
    if with_credit and invoice.paid is not None and invoice.paid < at:
        unused = (state.end - at) / (state.end - state.start)
        credit(invoice, invoice.lines[0], at + 60, unused, "order_change", refunded=True)
    return one.begin(state, at=at, why="deleted", status="canceled", canceled_at=at, ended_at=at)


def waver(one: Subscription, state: State, at: int) -> State:
    """A cancellation that is taken back."""
    one.begin(state, at=at, why="updated", cancel_at=state.end, canceled_at=at)
    return one.begin(state, at=at + (state.end - at) // 2, why="updated")
