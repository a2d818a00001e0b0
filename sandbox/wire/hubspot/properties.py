"""The properties each object has, and their types."""

from datetime import UTC, datetime
from typing import Any

from sandbox.wire.hubspot.faults import BadRequest
from sandbox.wire.hubspot.objects import CREATED, MODIFIED

_ACTIVITY = ("hs_timestamp", "hs_createdate", "hs_lastmodifieddate", "hubspot_owner_id")
PROPERTIES: dict[str, frozenset[str]] = {
    "contacts": frozenset((
        "createdate", "lastmodifieddate", "email", "lifecyclestage", "hs_lead_status", "disqualify_reason",
        "hs_analytics_source", "utm_campaign", "hs_country_region_code", "hs_state_code", "city", "associatedcompanyid",
        "hubspot_owner_id", "segment", "qualification_type", "lead_origin", "program_type", "hs_calculated_merged_vids",
        "hs_object_id",
    )),
    "companies": frozenset((
        "createdate", "hs_lastmodifieddate", "name", "domain", "hs_country_region_code", "hs_state_code", "city",
        "hs_parent_company_id", "hubspot_owner_id", "industry", "segment", "hs_timezone", "hs_analytics_source",
        "hs_object_id",
    )),
    "deals": frozenset((
        "createdate", "hs_lastmodifieddate", "dealname", "pipeline", "dealstage", "amount", "deal_currency_code",
        "closedate", "hs_deal_stage_probability", "dealtype", "hubspot_owner_id", "closed_lost_reason", "product_line",
        "hs_manual_forecast_category", "contract_term_months", "hs_acv", "hs_tcv", "num_associated_contacts",
        "hs_object_id",
    )),
    "calls": frozenset((
        *_ACTIVITY, "hs_call_duration", "hs_call_disposition", "hs_call_direction", "hs_activity_type",
        "attempt_number", "hs_object_id",
    )),
    "meetings": frozenset((
        *_ACTIVITY, "hs_meeting_outcome", "hs_activity_type", "meeting_number", "hs_object_id",
    )),
    "emails": frozenset((
        *_ACTIVITY, "hs_email_direction", "hs_email_status", "hs_email_reply_count", "touch_purpose",
        "attempt_number", "hs_object_id",
    )),
    "communications": frozenset((
        *_ACTIVITY, "hs_communication_channel_type", "touch_purpose", "attempt_number", "hs_object_id",
    )),
}  # fmt: skip
_DATES = {*CREATED.values(), *MODIFIED.values(), "closedate", "hs_timestamp"}
_NUMBERS = {
    "amount", "hs_deal_stage_probability", "contract_term_months", "hs_call_duration", "hs_object_id",
    "hs_acv", "hs_tcv", "num_associated_contacts", "hs_email_reply_count", "attempt_number", "meeting_number",
}  # fmt: skip


def checked(kind: str, names: Any) -> list[str]:
    """The names, if the object has them all. Raises BadRequest naming the first it has not."""
    if not isinstance(names, list):
        raise BadRequest("properties must be a list of names")
    for name in names:
        if name not in PROPERTIES[kind]:
            raise BadRequest(f"Property {name!r} does not exist on {kind}")
    return names


def is_date(name: str) -> bool:
    return name in _DATES


def is_number(name: str) -> bool:
    return name in _NUMBERS


def read_date(text: str) -> int:
    """Epoch milliseconds of a filter's value: HubSpot takes those, or ISO 8601. Raises ValueError."""
    if text.lstrip("-").isdigit():
        return int(text)
    moment = datetime.fromisoformat(text)
    return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1000)
