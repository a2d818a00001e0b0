"""One cell: what a column wants to read, and what is said of a cell that it cannot."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

import pyarrow as pa

from include.lake.reasons import Reason, UnreadableError
from include.lake.schemas import Table
from include.sources.places import COUNTRIES, CURRENCIES

Cell = Any
"""A value as the vendor wrote it: text, a JSON number or boolean, None, or an already typed value of a Parquet file."""

CURRENCY_COLUMNS = {"currency", "base_currency", "quote_currency"}
NEVER_NEGATIVE = {"spend", "amount", "tcv", "acv", "hours", "impressions", "clicks", "visitors", "sessions"}


def reader(shape: Table, field: pa.Field) -> Callable[[Cell], Any]:
    """What turns a cell of this column into its value, or raises UnreadableError that says what it is not."""
    if known := shape.enums.get(field.name):
        return partial(_word, frozenset(known), partial(UnreadableError, Reason.WORD, known=", ".join(known)))
    if field.name in CURRENCY_COLUMNS:
        return partial(_word, CURRENCIES, partial(UnreadableError, Reason.CURRENCY))
    if field.name == "country":
        return partial(_word, COUNTRIES, partial(UnreadableError, Reason.COUNTRY))
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
        raise UnreadableError(Reason.TEXT)
    return str(cell)


def _encodable(cell: str) -> str:
    """JSON may carry half a surrogate pair, which no file can hold."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise UnreadableError(Reason.UNICODE) from None
    return cell


def whole(cell: Cell) -> int:
    number = _number(cell)
    if number != number.to_integral_value() or abs(number) >= 2**63:
        raise UnreadableError(Reason.WHOLE)
    return int(number)


def decimal(step: Decimal, limit: Decimal, cell: Cell) -> Decimal:
    """Rounded half-even to the column's scale: vendors write binary fractions such as 0.30000000000000004."""
    number = _number(cell)
    if abs(number) >= limit:
        raise UnreadableError(Reason.DIGITS)
    return number.quantize(step)


def _number(cell: Cell) -> Decimal:
    try:
        number = Decimal(cell if isinstance(cell, Decimal) else str(cell))
    except InvalidOperation:
        number = Decimal("nan")
    if isinstance(cell, bool) or not number.is_finite():
        raise UnreadableError(Reason.NUMBER)
    return number


def day(cell: Cell) -> date:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        raise UnreadableError(Reason.DATE) from None


def stamp(cell: Cell) -> datetime:
    """UTC. A stamp without a zone could mean several instants and is refused."""
    try:
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(str(cell))
    except ValueError:
        raise UnreadableError(Reason.STAMP) from None
    if moment.tzinfo is None:
        raise UnreadableError(Reason.ZONE)
    return moment.astimezone(UTC)


def yes(cell: Cell) -> bool:
    known = {"true": True, "false": False}.get(str(cell).lower())
    if known is None:
        raise UnreadableError(Reason.TRUTH)
    return known


def _listed(cell: Cell) -> list[Any]:
    if not isinstance(cell, list):
        raise UnreadableError(Reason.LIST)
    return cell


def _word(known: frozenset[str], otherwise: Callable[[], UnreadableError], cell: Cell) -> str:
    if not isinstance(cell, str) or cell not in known:
        raise otherwise()
    return cell


def _at_least(plain: Callable[[Cell], Any], least: int, cell: Cell) -> Any:
    value = plain(cell)
    if value < least:
        raise UnreadableError(Reason.NEGATIVE)
    return value


def _above(plain: Callable[[Cell], Any], bound: Decimal, cell: Cell) -> Any:
    value = plain(cell)
    if value <= bound:
        raise UnreadableError(Reason.ZERO)
    return value


_READERS: dict[str, Callable[[Cell], Any]] = {
    "string": text,
    "int64": whole,
    "date32[day]": day,
    "timestamp[us, tz=UTC]": stamp,
    "bool": yes,
}
