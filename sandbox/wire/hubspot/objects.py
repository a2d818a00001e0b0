"""The company's entities as HubSpot records: every property as its history, oldest first."""

from collections.abc import Callable, Sequence
from typing import Any

from sandbox.company.activities import Activity
from sandbox.company.calendar import iso
from sandbox.company.deals import Deal
from sandbox.company.firms import Firm
from sandbox.company.leads import Lead
from sandbox.wire.hubspot.stages import PROBABILITY, forecast

History = Sequence[tuple[int, str | None]]
Timelines = dict[str, History]


def contact(lead: Lead) -> Timelines:
    c = lead.created
    firm: History = [(lead.firm_since, str(lead.firm.id))] if lead.firm else []
    merged = [
        (at, ";".join(f"{loser}:{when}" for when, loser in lead.absorbed[: n + 1]))
        for n, (at, _) in enumerate(lead.absorbed)
    ]
    dropped = [at for at, status in lead.statuses if status == "UNQUALIFIED"]
    return {
        "createdate": [(c, iso(c))],
        "email": [(c, lead.email)],
        "lifecyclestage": lead.stages,
        "hs_lead_status": lead.statuses,
        "disqualify_reason": [(at, lead.disqualify_reason) for at in dropped[-1:]],
        "hs_analytics_source": lead.channels,
        "utm_campaign": [(c, lead.campaign)],
        "hs_country_region_code": [(at, place.country) for at, place in lead.places],
        "hs_state_code": [(at, place.state) for at, place in lead.places],
        "city": [(at, place.city) for at, place in lead.places],
        "associatedcompanyid": firm,
        "hubspot_owner_id": [(at, str(owner)) for at, owner in lead.owners],
        "segment": [(c, lead.segment)],
        "qualification_type": [(_qualified(lead), lead.qualification)] if lead.qualification else [],
        "lead_origin": [(c, lead.origin)],
        "program_type": [(c, lead.program)],
        "hs_calculated_merged_vids": merged,
    }


def _qualified(lead: Lead) -> int:
    """When the type of qualification was set: with the first stage after lead."""
    return lead.stages[1][0] if len(lead.stages) > 1 else lead.created


def company(firm: Firm) -> Timelines:
    c = firm.created
    return {
        "createdate": [(c, iso(c))],
        "name": [(c, firm.name)],
        "domain": [(c, firm.domain)],
        "hs_country_region_code": [(c, firm.place.country)],
        "hs_state_code": [(c, firm.place.state)],
        "city": [(c, firm.place.city)],
        "hs_parent_company_id": [(at, str(parent)) for at, parent in firm.parents],
        "hubspot_owner_id": [(at, str(owner)) for at, owner in firm.owners],
        "industry": [(c, firm.industry)],
        "segment": [(c, firm.segment)],
        "hs_timezone": [(c, firm.zone)],
        "hs_analytics_source": [(c, firm.channel)],
    }


def deal(one: Deal) -> Timelines:
    c = one.created
    return {
        "createdate": [(c, iso(c))],
        "dealname": [(c, one.name)],
        "pipeline": [(c, "default")],
        "dealstage": one.stages,
        "amount": [(at, None if amount is None else str(amount)) for at, amount in one.amounts],
        "deal_currency_code": [(c, one.currency)],
        "closedate": [(at, iso(closes)) for at, closes in one.closes],
        "hs_deal_stage_probability": [(at, PROBABILITY.get(stage, "0.1")) for at, stage in one.stages],
        "dealtype": [(c, one.type)],
        "hubspot_owner_id": [(at, str(owner)) for at, owner in one.owners],
        "closed_lost_reason": one.lost_reasons,
        "product_line": [(c, one.product)],
        "hs_manual_forecast_category": [(at, forecast(stage)) for at, stage in one.stages],
        "contract_term_months": [(c, str(one.term))],
        "hs_acv": [(at, None if amount is None else str(amount)) for at, amount in one.amounts],
        "hs_tcv": [(at, None if amount is None else f"{amount * one.term / 12:.2f}") for at, amount in one.amounts],
        "num_associated_contacts": [(at, str(n)) for n, (at, *_) in enumerate(_in_time(one), start=1)] or [(c, "0")],
    }


def _in_time(one: Deal) -> list[tuple[int, int, str]]:
    return sorted(one.contacts)


def call(one: Activity) -> Timelines:
    return _engagement(one) | {
        "hs_call_duration": [(one.booked, str(int(one.talked * 60_000)))],
        "hs_call_disposition": [(one.booked, one.outcome)],
        "hs_call_direction": [(one.booked, "OUTBOUND")],
        "hs_activity_type": [(one.booked, one.word)],
        "attempt_number": _number(one.booked, one.attempt),
    }


def meeting(one: Activity) -> Timelines:
    history = [(one.booked, "SCHEDULED"), (one.at, one.outcome)] if one.booked < one.at else [(one.booked, one.outcome)]
    return _engagement(one) | {
        "hs_meeting_outcome": history,
        "hs_activity_type": [(one.booked, one.word)],
        "meeting_number": _number(one.booked, one.meeting),
    }


def email(one: Activity) -> Timelines:
    return _engagement(one) | {
        "hs_email_direction": [(one.booked, "INCOMING_EMAIL" if one.inbound else "EMAIL")],
        "hs_email_status": [(one.booked, one.outcome)],
        "hs_email_reply_count": [(one.booked, "0"), *([(one.replied, "1")] if one.replied else [])],
        "touch_purpose": [(one.booked, one.word)],
        "attempt_number": _number(one.booked, one.attempt),
    }


def communication(one: Activity) -> Timelines:
    return _engagement(one) | {
        "hs_communication_channel_type": [(one.booked, one.outcome)],
        "touch_purpose": [(one.booked, one.word)],
        "attempt_number": _number(one.booked, one.attempt),
    }


def _number(at: int, number: int | None) -> History:
    return [] if number is None else [(at, str(number))]


def _engagement(one: Activity) -> Timelines:
    return {
        "hs_timestamp": [(one.booked, iso(one.at))],
        "hs_createdate": [(one.booked, iso(one.booked))],
        "hubspot_owner_id": [(one.booked, str(one.rep))],
    }


TIMELINES: dict[str, Callable[[Any], Timelines]] = {
    "contacts": contact, "companies": company, "deals": deal, "calls": call, "meetings": meeting, "emails": email,
    "communications": communication,
}  # fmt: skip
CREATED = dict.fromkeys(("contacts", "companies", "deals"), "createdate") | dict.fromkeys(
    ("calls", "meetings", "emails", "communications"), "hs_createdate"
)
MODIFIED = dict.fromkeys(TIMELINES, "hs_lastmodifieddate") | {"contacts": "lastmodifieddate"}


def timelines(kind: str, entity: Any) -> Timelines:
    """All properties of an entity, a wrong entry in place of the right value."""
    lines = TIMELINES[kind](entity)
    if entity.defect:
        wrong, value = entity.defect
        lines[wrong] = [(entity.created, value)]
    return lines
