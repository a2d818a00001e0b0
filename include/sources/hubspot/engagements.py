"""Calls, meetings, e-mails and messages as activities: as they are now, one version a change that was pulled.

What becomes of a meeting or an e-mail is told later than that there is one, and HubSpot keeps no history of it here; so
where an outcome came after the record, the record's making is a version without it. A night that met it then and a
history that is loaded later land the same.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from include.lake.reasons import Reason, Said
from include.sources.hubspot.api import Record
from include.sources.hubspot.words import Words
from include.sources.strict import Raw

KINDS = {"calls": "call", "meetings": "meeting", "emails": "email", "communications": "social"}
PROPERTIES = {
    "calls": ("hs_call_duration", "hs_call_disposition", "hs_call_direction", "hs_activity_type", "attempt_number"),
    "meetings": ("hs_meeting_outcome", "hs_activity_type", "meeting_number"),
    "emails": ("hs_email_direction", "hs_email_status", "hs_email_reply_count", "touch_purpose", "attempt_number"),
    "communications": ("touch_purpose", "attempt_number"),
}
"""`touch_purpose`, `attempt_number` and `meeting_number` are the company's own; the others are HubSpot's."""
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
TOLD_LATER = ("held", "no_show", "cancelled", "replied")
DIRECTIONS = {"email": "outbound", "incoming_email": "inbound", "forwarded_email": "outbound"}


def activities(kind: str, record: Record, contacts: list[str], deals: list[str], known: Words) -> Iterator[Raw]:
    """The versions of one engagement: as it was made, where its outcome came later, and as it is."""
    now = _activity(kind, record, contacts, deals, known)
    made = record["properties"].get("hs_createdate")
    if now.row["outcome"] in TOLD_LATER and made and made != now.row["updated_at"]:
        yield Raw({**now.row, "outcome": None, "updated_at": made}, record, now.origin, now.defects)
    yield now


def _activity(kind: str, record: Record, contacts: list[str], deals: list[str], known: Words) -> Raw:
    """A meeting was booked when its record was made; an e-mail was sent at its own time."""
    told = record["properties"]
    minutes, defects = _minutes(told.get("hs_call_duration"))
    owner = told.get("hubspot_owner_id")
    word = told.get("hs_activity_type") or told.get("touch_purpose") or ""
    purpose = known.purposes.get(word)
    row = {
        "activity_id": record["id"],
        "type": known.activity_types.get(word, KINDS[kind]),
        "direction": "outbound" if kind == "communications" else _direction(told),
        "purpose": purpose,
        "is_automated": False,
        "rep_id": owner,
        "team": known.teams.get(owner or ""),
        "lead_id": contacts[0] if contacts else None,
        "opportunity_id": deals[0] if deals else None,
        "booked_at": told.get("hs_createdate") if kind == "meetings" else None,
        "started_at": told.get("hs_timestamp"),
        "duration_minutes": minutes,
        "outcome": _outcome(kind, told),
        "attempt_no": told.get("attempt_number"),
        "meeting_seq": told.get("meeting_number"),
        "is_follow_up": purpose == "follow_up",
        **(_mail(told) if kind == "emails" else {}),
        "updated_at": told.get("hs_lastmodifieddate"),
    }
    return Raw(row, record, f"{KINDS[kind]} {record['id']}", defects)


def _mail(told: Mapping[str, Any]) -> dict[str, Any]:
    bounced = (told.get("hs_email_status") or "").upper() == "BOUNCED"
    return {"sent_at": told.get("hs_timestamp"), "bounced_at": told.get("hs_timestamp") if bounced else None}


def _outcome(kind: str, told: Mapping[str, Any]) -> str | None:
    """Of an e-mail only that it was answered."""
    if kind == "emails":
        return "replied" if (told.get("hs_email_reply_count") or "0") != "0" else None
    word = told.get("hs_call_disposition") if kind == "calls" else told.get("hs_meeting_outcome")
    plain = (word or "").lower().replace(" ", "_")
    return OUTCOMES.get(plain, plain or None)


def _direction(told: Mapping[str, Any]) -> str | None:
    plain = (told.get("hs_call_direction") or told.get("hs_email_direction") or "").lower()
    return DIRECTIONS.get(plain, plain or None)


def _minutes(milliseconds: str | None) -> tuple[Decimal | None, tuple[Said, ...]]:
    try:
        return (Decimal(milliseconds) / 60_000 if milliseconds else None), ()
    except InvalidOperation:
        return None, (Reason.MILLISECONDS.told(column="duration_minutes", cell=repr(milliseconds)),)
