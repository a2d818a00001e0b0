"""What a billed line costs the company itself: so much a unit, as its price's metadata say in whole units of money."""

from decimal import Decimal, InvalidOperation
from typing import Any

from include.sources.stripe.api import Record
from include.sources.stripe.money import major
from include.sources.stripe.prices import unit_amount
from include.sources.stripe.shapes import is_proration

UNIT_COST = "unit_cost"


def variable_cost(line: Record, price: Record, code: Any) -> Any:
    """In `code`'s whole units; None where the price does not tell. Of a proration the part of a unit that its amount is
    of the list price, negative for time that is given back. What is no number stays as it is, to be rejected so."""
    told = (price.get("metadata") or {}).get(UNIT_COST)
    if told is None:
        return None
    try:
        units = _prorated(line, price, code) if is_proration(line) else Decimal(str(line.get("quantity") or 0))
        return None if units is None else Decimal(str(told)) * units
    except InvalidOperation:
        return told


def credited(price: Record) -> Any:
    """A credit note takes back money, not what was spent: its cost is zero where costs are known at all."""
    return None if (price.get("metadata") or {}).get(UNIT_COST) is None else 0


def _prorated(line: Record, price: Record, code: Any) -> Decimal | None:
    list_price = major(Decimal(str(unit_amount(price) or 0)), code)
    return major(Decimal(str(line.get("amount") or 0)), code) / list_price if list_price else None
