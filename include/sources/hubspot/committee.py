"""Who takes part in a deal: its contacts in the vendor's order, what their labels call them, and since when.

An association has no date. The deal's own count of contacts has a history, so the n-th contact came when that count
first reached n; where nobody tells the count, all of them have been there from the beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from include.sources.hubspot.words import Words

COUNT = "num_associated_contacts"


@dataclass(frozen=True)
class Contact:
    """A contact of a deal; `labels` as the company named them."""

    id: str
    labels: tuple[str, ...] = ()


def members(contacts: list[Contact], joined: Mapping[int, str], state: Mapping[str, Any], known: Words) -> Any:
    """The cell of a version: those who had joined by then. `joined` says when the count reached which number (ISO)."""
    told = str(state.get(COUNT) or "")
    there = contacts[: int(told)] if told.isdecimal() else contacts
    return [_member(one, joined.get(n), known) for n, one in enumerate(there, start=1)] or None


def _member(one: Contact, since: str | None, known: Words) -> dict[str, Any]:
    role = next((known.roles[label] for label in one.labels if label in known.roles), None)
    return {
        "lead_id": one.id,
        "role": role,
        "is_key_role": role in known.key_roles if role else None,
        "first_engaged_at": datetime.fromisoformat(since) if since else None,
    }


def joined(deal: Mapping[str, Any], made: str) -> dict[int, str]:
    """When the deal's count of contacts first reached each number."""
    found: dict[int, str] = {}
    history = (deal.get("propertiesWithHistory") or {}).get(COUNT) or [{"timestamp": made, "value": "1"}]
    for entry in reversed(history):
        count = str(entry["value"])
        for number in range(1, int(count) + 1 if count.isdecimal() else 1):
            found.setdefault(number, entry["timestamp"])
    return found
