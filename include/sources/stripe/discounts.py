"""Which discounts count at a moment, and what they take off the recurring amount of an item.

A coupon with duration `once` is a gift on one invoice and changes no recurring amount, so it is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from include.lake.reasons import Reason, UnreadableError
from include.sources.stripe.api import Record
from include.sources.stripe.money import major


@dataclass(frozen=True)
class Off:
    """What is taken off: a share in per cent, an amount a billing interval, and when the first of them ends (epoch)."""

    pct: Decimal | None = None
    amount: Decimal | None = None
    ends: int | None = None

    def and_then(self, other: "Off") -> "Off":
        """Both, one after the other, as Stripe applies per cents."""
        left = (100 - (self.pct or Decimal(0))) * (100 - (other.pct or Decimal(0))) / 100
        amount = (self.amount or Decimal(0)) + (other.amount or Decimal(0))
        ends = [each for each in (self.ends, other.ends) if each]
        return Off(100 - left if left != 100 else None, amount or None, min(ends, default=None))


def coupon_of(discount: Record) -> Record:
    """The coupon, which moved into `source` in 2025."""
    coupon = (discount.get("source") or {}).get("coupon") or discount.get("coupon")
    if not isinstance(coupon, dict):
        raise UnreadableError(Reason.COUPON, cell=repr(coupon), discount=discount.get("id"))
    return coupon


def in_force(discounts: Iterable[Record], moment: int) -> list[Record]:
    """Those that have begun by `moment`, have not ended, and recur."""
    return [
        each
        for each in discounts
        if (each.get("start") or 0) <= moment < (each.get("end") or float("inf"))
        and coupon_of(each).get("duration") != "once"
    ]


def off(discounts: Sequence[Record], currency: Any, share: Decimal = Decimal(1)) -> Off:
    """All of `discounts` together; of an amount off the whole subscription an item has its `share`."""
    whole = Off()
    for discount in discounts:
        coupon = coupon_of(discount)
        pct = Decimal(str(coupon["percent_off"])) if coupon.get("percent_off") else None
        amount = major(coupon["amount_off"], currency) * share if coupon.get("amount_off") else None
        whole = whole.and_then(Off(pct, amount, discount.get("end")))
    return whole
