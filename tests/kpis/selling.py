"""What a CRM and a cost sheet say, in few words: leads, deals and their history, spend, costs of selling."""

from datetime import date
from typing import Any

from tests.kpis.factory import Row, at


def lead(name: str, day: str, **given: Any) -> Row:
    return {"lead_id": name, "created_at": at(day), **given}


def deal(name: str, day: str, amount: float | None = 100, **given: Any) -> Row:
    """An open deal of its own account and lead, created on `day`."""
    known = {"opportunity_id": name, "account_id": name, "primary_lead_id": name, "created_at": at(day)}
    return {**known, "amount": amount, **given}


def won(name: str, day: str, amount: float | None = 100, created: str = "2026-07-01", **given: Any) -> Row:
    """A deal won at noon of `day`."""
    return deal(name, created, amount, **{"status": "won", "closed_at": at(day), "updated_at": at(day), **given})


def state(name: str, day: str, amount: float | None = None, stage: str = "opportunity", **given: Any) -> Row:
    """What a deal's history says from noon of `day` on."""
    return {"entity_type": "opportunity", "entity_id": name, "stage": stage, "entered_at": at(day), "amount": amount,
            "currency": "USD", **given}  # fmt: skip


def spend(day: str, amount: float, **given: Any) -> Row:
    return {"date": date.fromisoformat(day), "spend": amount, **given}


def cost(name: str, day: str, amount: float, **given: Any) -> Row:
    """An entry of the cost sheet, in the United States."""
    return {"cost_id": name, "cost_date": date.fromisoformat(day), "amount": amount, "country": "US", **given}
