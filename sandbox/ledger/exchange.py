"""Money in other currencies: each amount at the rate of its own date, or at the controller's rate of the year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sandbox.company import fx

PATIENCE = 7
"""Days that an older rate may stand in for a missing one."""


@dataclass(frozen=True)
class Exchange:
    """Rates of the company with this seed."""

    seed: int

    def convert(self, amount: Decimal, source: str, target: str, day: date) -> Decimal | None:
        """`amount` at the rates of `day`; None if one of the currencies has none."""
        if source == target:
            return amount
        here, there = self._rate(source, day), self._rate(target, day)
        return None if here is None or there is None else amount / here * there

    def budgeted(self, amount: Decimal, source: str, target: str, year: int) -> Decimal:
        """`amount` at the rates the controller set for a fiscal year."""
        if source == target:
            return amount
        bottom, top = (Decimal(1) if one == "EUR" else fx.budget(self.seed, one, year) for one in (source, target))
        return amount / bottom * top

    def _rate(self, currency: str, day: date) -> Decimal | None:
        return Decimal(1) if currency == "EUR" else _last_published(self.seed, currency, day.toordinal())


@cache
def _last_published(seed: int, currency: str, day: int) -> Decimal | None:
    if currency not in fx.LEVEL:
        return None
    published = (one for one in range(day, day - PATIENCE - 1, -1) if fx.is_published(one))
    return next((fx.rate(seed, currency, one) for one in published), None)
