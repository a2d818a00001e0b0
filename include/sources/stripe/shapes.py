"""What Stripe's objects say, whichever version of its interface wrote them.

In March 2025 (version "basil") prices, subscriptions and prorations of a line moved into `pricing` and `parent`, taxes
into `taxes`, and the periods of a subscription to its items. Fields may hold an id or, expanded, the object.
"""

from datetime import UTC, datetime
from typing import Any

from include.lake.reasons import Reason, Said
from include.sources.stripe.api import Record


def ident(cell: Any) -> str | None:
    """The id of what may be an id or the object itself."""
    told = cell.get("id") if isinstance(cell, dict) else cell
    return str(told) if told else None


def stamp(epoch: Any) -> Any:
    """Seconds since 1970 as ISO text; what is no number stays as it is, to be rejected under its own face."""
    if isinstance(epoch, bool) or not isinstance(epoch, int | float):
        return epoch
    try:
        return datetime.fromtimestamp(epoch, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return epoch


def day(epoch: Any) -> Any:
    told = stamp(epoch)
    return told[:10] if isinstance(told, str) else told


def price_of(line: Record) -> Any:
    """The price of a line or item: an id or an object; before prices there were plans."""
    details = ((line.get("pricing") or {}).get("price_details")) or {}
    return details.get("price") or line.get("price") or line.get("plan")


def product_of(line: Record) -> str | None:
    details = ((line.get("pricing") or {}).get("price_details")) or {}
    price = price_of(line)
    return ident(details.get("product")) or (ident(price.get("product")) if isinstance(price, dict) else None)


def subscription_of(told: Record) -> str | None:
    """The subscription that an invoice or a line is of."""
    return ident(_parent(told).get("subscription") or told.get("subscription"))


def item_of(line: Record) -> str | None:
    return ident(_parent(line).get("subscription_item") or line.get("subscription_item"))


def is_proration(line: Record) -> bool:
    return bool(_parent(line).get("proration", line.get("proration", False)))


def credited_of(line: Record) -> str | None:
    """The invoice whose unused time a proration gives back."""
    details = _parent(line).get("proration_details") or line.get("proration_details") or {}
    return ident((details.get("credited_items") or {}).get("invoice"))


def metadata_of(told: Record) -> Record:
    """The metadata of an invoice's subscription as they were then; Stripe copies them to its lines too."""
    older = told.get("subscription_details") or {}
    return _parent(told).get("metadata") or older.get("metadata") or told.get("metadata") or {}


def _parent(told: Record) -> Record:
    parent = told.get("parent") or {}
    return parent.get(parent.get("type")) or {}


def unreadable(line: Record) -> Said | None:
    """Why a line tells nothing of an item: its period or its amount is no number."""
    period = line.get("period") or {}
    cells = (("valid_from", period.get("start")), ("term_end", period.get("end")), ("amount", line.get("amount")))
    for name, cell in cells:
        if isinstance(cell, bool) or not isinstance(cell, int):
            return Reason.WHOLE.told(column=name, cell=repr(cell))
    return None
