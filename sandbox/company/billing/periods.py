"""Billing periods: months and years from an anchor, in UTC and whole seconds, as billing systems count them."""

from calendar import monthrange
from datetime import UTC, datetime

DAY = 86_400
HOUR = 3_600


def later(anchor: int, months: int) -> int:
    """The anchor so many months later; a 31st becomes the last day of a shorter month, and a 31st again after it."""
    then = datetime.fromtimestamp(anchor, UTC)
    count = then.year * 12 + then.month - 1 + months
    year, month = count // 12, count % 12 + 1
    day = min(then.day, monthrange(year, month)[1])
    return int(then.replace(year=year, month=month, day=day).timestamp())
