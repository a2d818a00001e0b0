"""States of subscription items as rows: what is sold, for how much, with what taken off, from when on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from include.lake.reasons import Said, UnreadableError
from include.sources.strict import Raw
from include.sources.stripe.api import Record
from include.sources.stripe.discounts import in_force, off
from include.sources.stripe.money import currency
from include.sources.stripe.prices import is_metered, priced, unit_amount
from include.sources.stripe.shapes import day, ident, price_of, product_of, stamp

STATUS = {
    "trialing": "trialing",
    "active": "active",
    "past_due": "past_due",
    "paused": "paused",
    "unpaid": "paused",  # Stripe has given up collecting and only keeps the subscription
    "canceled": "canceled",
}
NEVER_BEGUN = ("incomplete", "incomplete_expired")
"""The first payment is due or was never made: there is no subscription yet."""


@dataclass(frozen=True)
class State:
    """An item from a moment on (epoch): `line` tells its price, quantity and own discounts."""

    item: str
    line: Record
    price: Record
    quantity: Any
    term: tuple[Any, Any]

    @property
    def is_metered(self) -> bool:
        return is_metered(self.price)

    @property
    def amount(self) -> Decimal:
        """In minor units, before discounts; nothing where it cannot be told."""
        try:
            told = Decimal(str(unit_amount(self.price) or 0)) * Decimal(str(self.quantity or 0))
        except InvalidOperation:
            return Decimal(0)
        return Decimal(0) if self.is_metered else told


def status_of(subscription: Record) -> Any:
    """Our word for its status; collection that is paused counts as a pause of the subscription."""
    told = subscription.get("status")
    return "paused" if subscription.get("pause_collection") and told == "active" else STATUS.get(told or "", told)


def states_of(subscription: Record) -> list[State]:
    """Its items as they are in this object."""
    told = (subscription.get("items") or {}).get("data") or ()
    return [state_of_item(item, subscription) for item in told]


def state_of_item(item: Record, subscription: Record) -> State:
    """Before 2025 the period was the subscription's."""
    price = price_of(item)
    term = [item.get(name) or subscription.get(name) for name in ("current_period_start", "current_period_end")]
    return State(
        item["id"], item, price if isinstance(price, dict) else {"id": price}, item.get("quantity"), (term[0], term[1])
    )


def rows(
    subscription: Record,
    account: tuple[str | None, tuple[Said, ...]],
    states: Sequence[State],
    discounts: Sequence[Record],
    at: tuple[int, int],
    status: Any,
) -> Iterator[Raw]:
    """A version of each item. `account` comes with the reasons where it is not known; `at` is when the states began and
    when Stripe knew."""
    whole = sum((state.amount for state in states), Decimal(0))
    for state in states:
        share = state.amount / whole if whole else Decimal(0)
        yield _row(subscription, account, state, discounts, share, at, status)


def _row(
    subscription: Record,
    account: tuple[str | None, tuple[Said, ...]],
    state: State,
    discounts: Sequence[Record],
    share: Decimal,
    at: tuple[int, int],
    status: Any,
) -> Raw:
    defects = list(account[1])
    row = _known(subscription, state, at, status) | {"account_id": account[0]}
    try:
        row |= priced(state.price, state.quantity, subscription.get("currency")) | _off(
            state, discounts, share, at[0], row["currency"]
        )
    except UnreadableError as fault:
        defects.append(fault.told())
    record = {"subscription": subscription, "item": state.line, "price": state.price}
    return Raw(row, record, f"subscription {subscription.get('id')}, item {state.item}", tuple(defects))


def _known(subscription: Record, state: State, at: tuple[int, int], status: Any) -> dict[str, Any]:
    requested = subscription.get("canceled_at")
    canceled = requested if requested and requested <= at[0] else None
    ends = subscription.get("ended_at") or subscription.get("cancel_at")
    return {
        "item_id": state.item,
        "subscription_id": subscription.get("id"),
        "product": product_of(state.line) or ident(state.price.get("product")),
        "plan": state.price.get("lookup_key") or state.price.get("id"),
        "status": status,
        "valid_from": stamp(at[0]),
        "currency": currency(subscription.get("currency") or state.price.get("currency")),
        "is_metered": state.is_metered,
        "term_start": day(state.term[0]),
        "term_end": day(state.term[1]),
        "auto_renew": not canceled and not subscription.get("cancel_at_period_end"),
        "trial_start": stamp(subscription.get("trial_start")),
        "trial_end": stamp(subscription.get("trial_end")),
        "canceled_at": stamp(canceled),
        "cancel_effective_at": stamp(ends) if canceled else None,
        "updated_at": stamp(at[1]),
    }


def _off(state: State, discounts: Sequence[Record], share: Decimal, moment: int, code: Any) -> dict[str, Any]:
    """An item's own discounts come first, then its share of the subscription's; a line may name both kinds."""
    shared = {each.get("id") for each in discounts}
    own = [each for each in state.line.get("discounts") or () if each.get("id") not in shared]
    both = off(in_force(own, moment), code).and_then(off(in_force(discounts, moment), code, share))
    return {"discount_pct": both.pct, "discount_amount": both.amount, "discount_ends_at": stamp(both.ends)}
