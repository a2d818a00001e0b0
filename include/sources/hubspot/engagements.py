"""Calls, meetings and e-mails as activities: as they are now, one version a change that was pulled."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from include.sources.hubspot.api import Record
from include.sources.strict import Raw

KINDS = {"calls": "call", "meetings": "meeting", "emails": "email"}
PROPERTIES = {
    "calls": ("hs_call_duration", "hs_call_disposition", "hs_call_direction"),
    "meetings": ("hs_meeting_outcome",),
    "emails": ("hs_email_direction", "hs_email_status"),
}
SHARED = ("hs_timestamp", "hs_createdate", "hs_lastmodifieddate", "hubspot_owner_id")
OUTCOMES = {
    # the ids of HubSpot's own call dispositions (developers.hubspot.com, engagements: calls)
    "f240bbac-87c9-4f6e-bf70-924b57d47db7": "connected",
    "9d9162e7-6cf3-4944-bf63-4dff82258764": "no_answer",  # busy
    "a4c4c377-d246-4b32-a13b-75a56a4cd0ff": "voicemail",  # left live message
    "b2cf5968-551e-4856-9783-52b3da59a7d0": "voicemail",
    "73a0d17f-1163-4015-bdd5-ec830791da20": "no_answer",
    "17b47fee-58de-441e-a44c-c6300d46f273": "no_answer",  # wrong number
    "completed": "held",
    "canceled": "cancelled",
    "scheduled": None,
    "rescheduled": None,
}
"""Other words are taken as they are, in lower case with `_`."""
DIRECTIONS = {"email": "outbound", "incoming_email": "inbound", "forwarded_email": "outbound"}


def activity(kind: str, record: Record, contacts: list[str], teams: Mapping[str, str]) -> Raw:
    """One engagement. A meeting was booked when its record was made; an e-mail was sent at its own time."""
    told = record["properties"]
    outcome: str | None = None
    minutes, defects = _minutes(told.get("hs_call_duration"))
    if kind == "calls":
        outcome = _outcome(told.get("hs_call_disposition"))
    if kind == "meetings":
        outcome = _outcome(told.get("hs_meeting_outcome"))
    owner = told.get("hubspot_owner_id")
    row = {
        "activity_id": record["id"],
        "type": KINDS[kind],
        "direction": _direction(told.get("hs_call_direction") or told.get("hs_email_direction")),
        "is_automated": False,
        "rep_id": owner,
        "team": teams.get(owner or ""),
        "lead_id": contacts[0] if contacts else None,
        "booked_at": told.get("hs_createdate") if kind == "meetings" else None,
        "started_at": told.get("hs_timestamp"),
        "duration_minutes": minutes,
        "outcome": outcome,
        **(_mail(told) if kind == "emails" else {}),
        "updated_at": told.get("hs_lastmodifieddate"),
    }
    return Raw(row, record, f"{KINDS[kind]} {record['id']}", defects)


def _mail(told: Mapping[str, Any]) -> dict[str, Any]:
    bounced = (told.get("hs_email_status") or "").upper() == "BOUNCED"
    return {"sent_at": told.get("hs_timestamp"), "bounced_at": told.get("hs_timestamp") if bounced else None}


def _outcome(word: str | None) -> str | None:
    plain = (word or "").lower().replace(" ", "_")
    return OUTCOMES.get(plain, plain or None)


def _direction(word: str | None) -> str | None:
    plain = (word or "").lower()
    return DIRECTIONS.get(plain, plain or None)


def _minutes(milliseconds: str | None) -> tuple[Decimal | None, tuple[str, ...]]:
    try:
        return (Decimal(milliseconds) / 60_000 if milliseconds else None), ()
    except InvalidOperation:
        return None, (f"duration_minutes: {milliseconds!r} is no number of milliseconds",)
