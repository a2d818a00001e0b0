"""The beginning of a billing period from its end, by the calendar that Stripe counts in (UTC)."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}


def earlier(end: int, interval: str, count: int) -> int:
    """`end` (epoch) less `count` intervals; a day that the month lacks becomes its last."""
    moment = datetime.fromtimestamp(end, UTC)
    if interval in DAYS:
        return int((moment - timedelta(days=DAYS[interval] * count)).timestamp())
    months = moment.year * 12 + moment.month - 1 - MONTHS.get(interval, 1) * count
    year, month = divmod(months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return int(moment.replace(year=year, month=month + 1, day=day).timestamp())
