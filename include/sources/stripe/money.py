"""Stripe's amounts: whole numbers of a currency's smallest unit, which is not always a hundredth.

Lists from docs.stripe.com/currencies. UGX and ISK have no decimals any more but are still told with two ("special
cases" there), so they are in no list here; HUF and TWD have none in payouts only.
"""

from decimal import Decimal
from typing import Any

from include.lake.reasons import Reason, UnreadableError

ZERO_DECIMAL = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF")
)
THREE_DECIMAL = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))


def currency(cell: Any) -> Any:
    """Stripe writes codes in lower case."""
    return cell.upper() if isinstance(cell, str) else cell


def major(minor: int | Decimal, code: Any) -> Decimal:
    """`minor` units of the currency in whole ones."""
    decimals = 0 if currency(code) in ZERO_DECIMAL else 3 if currency(code) in THREE_DECIMAL else 2
    return Decimal(minor).scaleb(-decimals)


def units(cell: Any, column: str) -> int:
    """A whole number of minor units. Raises UnreadableError, saying for which column."""
    if isinstance(cell, bool) or not isinstance(cell, int):
        raise UnreadableError(Reason.MINOR, column=column, cell=repr(cell))
    return cell
