"""What a billing system says, in few words: accounts, versions of subscription items, lines of invoices, rates."""

from datetime import date
from typing import Any

from tests.kpis.factory import Row, at


def account(name: str, **given: Any) -> Row:
    return {"account_id": name, "created_at": at("2024-01-02"), **given}


def item(name: str, day: str, amount: float, **given: Any) -> Row:
    """An item's state from noon (UTC) of `day` on: `amount` a month, of the account and subscription of its name."""
    stamp = at(day)
    return {
        "item_id": name,
        "subscription_id": name,
        "account_id": name,
        "valid_from": stamp,
        "updated_at": stamp,
        "unit_amount": amount,
        **given,
    }


def ended(name: str, day: str, **given: Any) -> Row:
    """Nothing is paid from `day` on."""
    stamp = at(day)
    return item(name, day, given.pop("amount", 100), status="canceled", canceled_at=stamp, **given)


def line(name: str, day: str, amount: float, **given: Any) -> Row:
    """A line of an invoice issued at noon of `day` for a month."""
    start = date.fromisoformat(day)
    period = {
        "service_period_start": start,
        "service_period_end": date(start.year + start.month // 12, start.month % 12 + 1, 1),
    }
    return {"doc_id": name, "account_id": "A", "issued_at": at(day), "amount_net": amount, **period, **given}


def rates(day: str, **quotes: float) -> list[Row]:
    """Units of each currency per euro, published on `day`."""
    return [{"rate_date": date.fromisoformat(day), "quote_currency": name, "rate": quotes[name]} for name in quotes]
