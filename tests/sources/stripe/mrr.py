"""MRR of items at an instant, as it was known then: the definition in plain Python, apart from the KPIs' SQL."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

MONTHS = {
    "day": Decimal(12) / 365,
    "week": Decimal(12) / 52,
    "month": Decimal(1),
    "quarter": Decimal(3),
    "year": Decimal(12),
}
ZONES = ("Asia/Kuala_Lumpur", "Europe/Madrid", "America/Mexico_City")
Row = dict[str, Any]


def midnights(first: date, last: date) -> list[datetime]:
    """Each local midnight that begins a day, in the zones of the sample's nights."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) for zone in ZONES for day in days]


def known(rows: Iterable[Row], instant: datetime) -> dict[str, Row]:
    """The version of each item in force."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row["valid_from"], row["updated_at"])):
        if row["valid_from"] <= instant and row["updated_at"] < instant:
            found[row["item_id"]] = row
    return found


def mrr(row: Row, instant: datetime) -> Decimal:
    if row["status"] not in ("active", "past_due") or row["is_metered"]:
        return Decimal(0)
    amount: Decimal = row["quantity"] * row["unit_amount"]
    if row["discount_ends_at"] is None or instant < row["discount_ends_at"]:
        amount = amount * (100 - (row["discount_pct"] or 0)) / 100 - (row["discount_amount"] or 0)
    return max(amount, Decimal(0)) / (MONTHS[row["billing_interval"]] * row["interval_count"])


def total(rows: list[Row], instant: datetime) -> dict[str, Decimal]:
    """By item, without those that have none."""
    found = {item: mrr(row, instant) for item, row in known(rows, instant).items()}
    return {item: value for item, value in found.items() if value}
