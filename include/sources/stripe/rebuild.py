"""Versions of subscription items from what was billed, since Stripe keeps events for 30 days only.

A line of a period tells what an item was from the beginning of that period. A change in the middle of a period is told
by the next invoice, as two prorations that begin when it happened: the unused rest of what was (negative), the rest of
what is from then on. Until that invoice is written the same two wait as pending invoice items. So every invoice, and
every subscription with its pending items, tells its own versions; all of them together are the history.

What no document tells is not known here: changes without proration (until the next period), pauses that are over, and
that a payment was late (past due counts as active in all that is reported).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from include.sources.strict import Raw
from include.sources.stripe.api import Record
from include.sources.stripe.books import Books
from include.sources.stripe.calendar import earlier
from include.sources.stripe.items import NEVER_BEGUN, State, rows, states_of, status_of
from include.sources.stripe.shapes import credited_of, is_proration, item_of, price_of, subscription_of, unreadable


@dataclass
class Told:
    """What one document tells of an item: what it was before the first change, and what it became when (epoch).

    `since` is when the period began in which these changes happened.
    """

    since: int
    before: State | None = None
    steps: dict[int, State] = field(default_factory=dict)

    def at(self, moment: int) -> State | None:
        known = [begun for begun in self.steps if begun <= moment]
        return self.steps[max(known)] if known else self.before


def from_invoice(invoice: Record, lines: Iterable[Record], books: Books) -> Iterator[Raw]:
    """The versions that an invoice tells, of each subscription it bills."""
    billed: dict[str, list[Record]] = {}
    for line in lines:
        of = subscription_of(line) or subscription_of(invoice)
        if of in books.subscriptions and (reason := unreadable(line)):
            yield Raw({"item_id": item_of(line)}, line, f"invoice {invoice.get('id')}", (reason,))
        elif of in books.subscriptions:
            billed.setdefault(of, []).append(line)
    for of, its in billed.items():
        subscription = books.subscriptions[of]
        told = _told(its, subscription, books)
        last = max((moment for known in told.values() for moment in known.steps), default=0)
        begun = [each for each in _discounts(invoice, its, subscription, books) if (each.get("start") or 0) <= last]
        yield from _versions(subscription, told, begun, books)


def _discounts(invoice: Record, lines: list[Record], subscription: Record, books: Books) -> list[Record]:
    """All that may have been in force: the invoice's, the subscription's of now, and, since what changed in a period
    may come on an invoice after the discount has ended, those of the invoice whose unused time is given back."""
    earlier_ones = {credited for line in lines if (credited := credited_of(line))}
    found = [*books.given(invoice), *books.discounts(subscription.get("discounts"))]
    found += [each for name in sorted(earlier_ones) for each in books.given(name)]
    return list({each.get("id"): each for each in found}.values())


def from_subscription(subscription: Record, pending: Sequence[Record], books: Books) -> Iterator[Raw]:
    """What no invoice tells yet: changes since the last one, trials, what was never billed, pauses, the end."""
    if subscription.get("status") in NEVER_BEGUN:
        return
    states = [replace(state, line=books.told(state.line)) for state in states_of(subscription)]
    discounts = books.discounts(subscription.get("discounts") or [subscription.get("discount")])
    told = _told([each for each in pending if not unreadable(each)], subscription, books)
    for state in states:
        told.setdefault(state.item, Told(state.term[0] or _start(subscription), before=state))
    for each in pending:
        if reason := unreadable(each):
            yield Raw({"item_id": item_of(each)}, each, f"invoice item {each.get('id')}", (reason,))
    yield from _versions(subscription, told, discounts, books)
    account = books.account(subscription)
    for moment, status, which in _turns(subscription, states):
        yield from rows(subscription, account, which, discounts, (moment, moment), status)


def _turns(subscription: Record, states: list[State]) -> Iterator[tuple[int, str, list[State]]]:
    """Moments that the subscription itself tells. What is metered is billed afterwards, so its beginning is here."""
    trial, ended = subscription.get("trial_start"), subscription.get("ended_at")
    if trial is not None:
        yield trial, "trialing", states
    else:
        billed = bool(subscription.get("latest_invoice"))
        yield _start(subscription), "active", [each for each in states if each.is_metered or not billed]
    if status_of(subscription) == "paused":
        yield _paused_from(subscription, states), "paused", states
    if ended is not None:
        yield ended, "canceled", states


def _paused_from(subscription: Record, states: list[State]) -> int:
    """Stripe pauses when a trial ends without a way to pay; of a paused collection it does not say since when."""
    if subscription.get("status") == "paused" and subscription.get("trial_end"):
        return int(subscription["trial_end"])
    return max((state.term[0] for state in states if state.term[0]), default=_start(subscription))


def _told(lines: Iterable[Record], subscription: Record, books: Books) -> dict[str, Told]:
    """What `lines` tell of each item, in order of time; of prorations that begin together the negative ones first."""
    found: dict[str, Told] = {}
    for line in sorted(lines, key=lambda each: (each["period"]["start"], each["amount"])):
        price = books.price(price_of(line))
        item = item_of(line) or _only_item(subscription)
        if item and price["id"] and price.get("type") != "one_time":
            state = State(item, books.told(line), price, line.get("quantity"), _term(line, price))
            if not state.is_metered:
                _take(found, state)
    return found


def _take(found: dict[str, Told], state: State) -> None:
    line, begun = state.line, state.line["period"]["start"]
    since = state.term[0] if is_proration(line) else _before(begun, state.price)
    known = found.setdefault(state.item, Told(since))
    known.since = min(known.since, since)
    ends = is_proration(line) and line["amount"] < 0
    if not known.steps and (ends or not is_proration(line)):
        known.before = state
    known.steps[begun] = replace(state, quantity=0) if ends else state


def _term(line: Record, price: Record) -> tuple[int, int]:
    """The period that a line is of; a proration tells only the rest of it."""
    start, end = line["period"]["start"], line["period"]["end"]
    return (_before(end, price), end) if is_proration(line) else (start, end)


def _before(moment: int, price: Record) -> int:
    recurring = price.get("recurring") or price
    return earlier(moment, str(recurring.get("interval")), int(recurring.get("interval_count") or 1))


def _versions(subscription: Record, told: dict[str, Told], discounts: Sequence[Record], books: Books) -> Iterator[Raw]:
    """A version of every item at each moment at which one of them, or a discount, changed. A discount of before the
    period is told by the documents of its own time."""
    since = min((known.since for known in told.values()), default=0)
    changed = {moment for known in told.values() for moment in known.steps}
    changed |= {each["start"] for each in discounts if told and (each.get("start") or 0) > since}
    account, ended = books.account(subscription), subscription.get("ended_at") or float("inf")
    for moment in sorted(moment for moment in changed if _start(subscription) <= moment < ended):
        states = [state for known in told.values() if (state := known.at(moment))]
        yield from rows(subscription, account, states, discounts, (moment, moment), _status(subscription, moment))


def _status(subscription: Record, moment: int) -> str:
    trial = subscription.get("trial_end")
    return "trialing" if trial is not None and moment < trial else "active"


def _start(subscription: Record) -> int:
    return int(subscription.get("start_date") or subscription["created"])


def _only_item(subscription: Record) -> str | None:
    """Prorations of before 2025 name the subscription, not always the item."""
    states = states_of(subscription)
    return states[0].item if len(states) == 1 else None
