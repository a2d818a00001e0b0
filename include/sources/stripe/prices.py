"""What a price says: how much a unit costs, how often, and whether it is for what was used."""

from decimal import ROUND_DOWN, ROUND_UP, Decimal, InvalidOperation
from typing import Any

from include.lake.reasons import Reason, UnreadableError
from include.sources.stripe.api import Record
from include.sources.stripe.money import major


def is_metered(price: Record) -> bool:
    """Billed afterwards, by use. Plans, which came before prices, say it at their top."""
    return bool((price.get("recurring") or price).get("usage_type") == "metered")


def priced(price: Record, pieces: Any, code: Any) -> dict[str, Any]:
    """What a unit costs and how often. Raises UnreadableError where the price does not tell it."""
    told = unit_amount(price)
    name = price.get("id")
    if told is None and not is_metered(price):
        raise UnreadableError(Reason.UNPRICED, cell=repr(name), scheme=repr(price.get("billing_scheme")))
    if code and price.get("currency") and price["currency"] != code:
        raise UnreadableError(Reason.FOREIGN, price=repr(name), cell=repr(price["currency"]), currency=repr(code))
    recurring = price.get("recurring") or price
    try:
        unit = major(Decimal(str(told or 0)), code or price.get("currency"))
        quantity = _packages(Decimal(str(pieces or 0)), price.get("transform_quantity"))
    except InvalidOperation:
        raise UnreadableError(Reason.TIMES, cell=repr(told), pieces=repr(pieces)) from None
    if quantity < 0:
        raise UnreadableError(Reason.NEGATIVE, column="quantity", cell=repr(pieces))
    return {
        "unit_amount": unit,
        "quantity": quantity,
        "billing_interval": recurring.get("interval"),
        "interval_count": recurring.get("interval_count", 1),
    }


def unit_amount(price: Record) -> Any:
    """Minor units, with decimals where the price has them; a plan calls it `amount`."""
    for name in ("unit_amount_decimal", "unit_amount", "amount_decimal", "amount"):
        if price.get(name) is not None:
            return price[name]
    return None


def _packages(quantity: Decimal, transform: Record | None) -> Decimal:
    """Prices for packages: so many pieces cost one unit."""
    if not transform:
        return quantity
    rounding = ROUND_UP if transform.get("round") == "up" else ROUND_DOWN
    return (quantity / Decimal(transform["divide_by"])).quantize(Decimal(1), rounding)
