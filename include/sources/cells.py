"""One cell: what a column wants to read, and what is said of a cell that it cannot."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

import pyarrow as pa

from include.lake.schemas import Table
from include.sources.places import COUNTRIES, CURRENCIES

Cell = Any
"""A value as the vendor wrote it: text, a JSON number or boolean, None, or an already typed value of a Parquet file."""

CURRENCY_COLUMNS = {"currency", "base_currency", "quote_currency"}
NEVER_NEGATIVE = {"spend", "amount", "tcv", "acv", "hours", "impressions", "clicks", "visitors", "sessions"}


def reader(shape: Table, field: pa.Field) -> Callable[[Cell], Any]:
    """What turns a cell of this column into its value, or raises ValueError that says what it is not."""
    if field.name in shape.enums:
        return partial(_word, frozenset(shape.enums[field.name]), f"is none of {', '.join(shape.enums[field.name])}")
    if field.name in CURRENCY_COLUMNS:
        return partial(_word, CURRENCIES, "is no ISO 4217 code")
    if field.name == "country":
        return partial(_word, COUNTRIES, "is no ISO 3166-1 code")
    plain = _reader(field.type)
    if field.name == "rate":
        return partial(_above, plain, Decimal(0))
    return partial(_at_least, plain, 0) if field.name in NEVER_NEGATIVE else plain


def _reader(kind: pa.DataType) -> Callable[[Cell], Any]:
    if pa.types.is_decimal(kind):
        return partial(decimal, Decimal(1).scaleb(-kind.scale), Decimal(10) ** (kind.precision - kind.scale))
    return _READERS.get(str(kind), _listed)


def text(cell: Cell) -> str:
    if isinstance(cell, str):
        return _encodable(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | date):
        raise ValueError("is no text")
    return str(cell)


def _encodable(cell: str) -> str:
    """JSON may carry half a surrogate pair, which no file can hold."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise ValueError("is no Unicode text") from None
    return cell


def whole(cell: Cell) -> int:
    number = _number(cell)
    if number != number.to_integral_value() or abs(number) >= 2**63:
        raise ValueError("is no whole number")
    return int(number)


def decimal(step: Decimal, limit: Decimal, cell: Cell) -> Decimal:
    """Rounded half-even to the column's scale: vendors write binary fractions such as 0.30000000000000004."""
    number = _number(cell)
    if abs(number) >= limit:
        raise ValueError("has too many digits")
    return number.quantize(step)


def _number(cell: Cell) -> Decimal:
    try:
        number = Decimal(cell if isinstance(cell, Decimal) else str(cell))
    except InvalidOperation:
        number = Decimal("nan")
    if isinstance(cell, bool) or not number.is_finite():
        raise ValueError("is no number")
    return number


def day(cell: Cell) -> date:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        raise ValueError("is no date (YYYY-MM-DD)") from None


def stamp(cell: Cell) -> datetime:
    """UTC. A stamp without a zone could mean several instants and is refused."""
    try:
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(str(cell))
    except ValueError:
        raise ValueError("is no date and time") from None
    if moment.tzinfo is None:
        raise ValueError("is a date and time without a zone (write …Z)")
    return moment.astimezone(UTC)


def yes(cell: Cell) -> bool:
    known = {"true": True, "false": False}.get(str(cell).lower())
    if known is None:
        raise ValueError("is neither true nor false")
    return known


def _listed(cell: Cell) -> list[Any]:
    if not isinstance(cell, list):
        raise ValueError("is no list")
    return cell


def _word(known: frozenset[str], otherwise: str, cell: Cell) -> str:
    if not isinstance(cell, str) or cell not in known:
        raise ValueError(otherwise)
    return cell


def _at_least(plain: Callable[[Cell], Any], least: int, cell: Cell) -> Any:
    value = plain(cell)
    if value < least:
        raise ValueError("is negative")
    return value


def _above(plain: Callable[[Cell], Any], bound: Decimal, cell: Cell) -> Any:
    value = plain(cell)
    if value <= bound:
        raise ValueError("is not above zero")
    return value


_READERS: dict[str, Callable[[Cell], Any]] = {
    "string": text,
    "int64": whole,
    "date32[day]": day,
    "timestamp[us, tz=UTC]": stamp,
    "bool": yes,
}
