"""Writing invoices: a period in advance, seats changed in between, calls afterwards."""

from sandbox.company.billing.papers import Invoice, Line, Proration, State, Subscription
from sandbox.company.billing.periods import DAY, HOUR

NET_DAYS = 30


def write(
    owner: Subscription, reason: str, state: State, *, calls: tuple[int, int, int] | None = None, trial: bool = False
) -> Invoice:
    """The invoice that opens a state's period, or (subscription_update) takes up changes at once.

    `calls` = (number, start, end) of a metered period that is over. Renewals are drafts for an hour.
    """
    key = f"{owner.key}{len(owner.invoices):04d}"
    waits = HOUR if reason == "subscription_cycle" else 0
    lines = [] if reason == "subscription_update" else [_seats(owner, f"il_{key}00", state, trial=trial)]
    taken = {line.proration for invoice in owner.invoices for line in invoice.lines}
    changed = [] if trial else [one for one in owner.prorations if one not in taken]
    lines += [_changed(owner, f"il_{key}{len(lines) + n:02d}", one) for n, one in enumerate(changed)]
    if calls and owner.metered:
        lines.append(_calls(owner, f"il_{key}{len(lines):02d}", state, *calls))
    due = state.at + waits + NET_DAYS * DAY if owner.by_invoice else None
    invoice = Invoice(f"in_{key}", owner, state.at, state.at + waits, reason, state, lines, due)
    owner.invoices.append(invoice)
    return invoice


def _seats(owner: Subscription, line_id: str, state: State, *, trial: bool) -> Line:
    amount = 0 if trial else state.gross
    off = state.discount.off(amount) if state.discount else 0
    discount = state.discount if off else None
    tax = round((amount - off) * owner.tax_rate)
    return Line(line_id, state.price, state.quantity, amount, state.start, state.end, off, discount, tax, trial=trial)


def _changed(owner: Subscription, line_id: str, one: Proration) -> Line:
    tax = round(one.amount * owner.tax_rate)
    return Line(line_id, one.price, one.quantity, one.amount, one.at, one.end, tax=tax, proration=one)


def _calls(owner: Subscription, line_id: str, state: State, number: int, start: int, end: int) -> Line:
    assert owner.metered
    amount = number * owner.metered.unit
    off = state.discount.off(amount) if state.discount else 0
    tax = round((amount - off) * owner.tax_rate)
    return Line(line_id, owner.metered, number, amount, start, end, off, state.discount if off else None, tax)


def prorate(owner: Subscription, old: State, new: State) -> None:
    """Note what a change in the middle of a period gives back and takes: two invoice items, discounts included."""
    part = (old.end - new.at) / (old.end - old.start)
    halves = ((old.price, old.quantity, -round(old.net * part)), (new.price, new.quantity, round(new.net * part)))
    for price, quantity, amount in halves:
        item = Proration(f"ii_{owner.key}{len(owner.prorations):04d}", new.at, old.end, price, quantity, amount)
        owner.prorations.append(item)
