"""HubSpot's records as rows of the landed tables. Cells stay as the vendor wrote them; typing them is strict.py's."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from include.lake.reasons import Reason, Said, UnreadableError
from include.sources.hubspot.api import Record
from include.sources.hubspot.committee import COUNT, Contact, joined, members
from include.sources.hubspot.versions import Change, changes, versions
from include.sources.hubspot.words import Words
from include.sources.strict import Raw

CONTACT_FIELDS = (
    "email", "hs_lead_status", "disqualify_reason", "hs_analytics_source", "utm_campaign", "hs_country_region_code",
    "hs_state_code", "city", "associatedcompanyid", "hubspot_owner_id", "segment", "qualification_type", "lead_origin",
    "program_type",
)  # fmt: skip
CONTACT_STAGE_FIELDS = ("lifecyclestage", "hs_lead_status", "hubspot_owner_id")
COMPANY_FIELDS = (
    "name", "domain", "hs_country_region_code", "hs_state_code", "city", "hs_parent_company_id", "hubspot_owner_id",
    "industry", "segment", "hs_timezone", "hs_analytics_source",
)  # fmt: skip
DEAL_FIELDS = (
    "dealstage", "amount", "deal_currency_code", "closedate", "hs_deal_stage_probability", "dealtype",
    "hubspot_owner_id", "closed_lost_reason", "product_line", "hs_manual_forecast_category", "contract_term_months",
    "hs_tcv", "hs_acv", COUNT,
)  # fmt: skip
DEAL_STAGE_FIELDS = (
    "dealstage", "amount", "deal_currency_code", "closedate", "hs_deal_stage_probability", "hubspot_owner_id",
)  # fmt: skip
DEAL_TYPES = {"newbusiness": "new", "renewal": "renewal", "upsell": "upsell", "crosssell": "cross_sell"}
"""A deal without a type is new business: HubSpot leaves the field empty by default."""
STATUS = {"won": "won", "lost": "lost"}
DISQUALIFIED = "UNQUALIFIED"


def leads(contact: Record, known: Words, also: Iterable[Change]) -> Iterator[Raw]:
    """A version for each change of a field; `also` are changes that other records tell (deal, merge, deletion)."""
    disqualified: str | None = None
    for moment, state in _versions(contact, CONTACT_FIELDS, [_made(contact), *also]):
        if isinstance(state, Raw):
            yield state
            continue
        disqualified = (disqualified or moment) if state.get("hs_lead_status") == DISQUALIFIED else None
        row = {
            "lead_id": contact["id"],
            "merged_into_lead_id": state.get("merged_into"),
            "merged_at": state.get("merged_at"),
            "account_id": state.get("associatedcompanyid"),
            "opportunity_id": state.get("deal"),
            "created_at": contact["properties"].get("createdate"),
            "channel": known.channel(state.get("hs_analytics_source")),
            "campaign_id": state.get("utm_campaign"),
            "origin": state.get("lead_origin"),
            "qualification_type": state.get("qualification_type"),
            "program_type": state.get("program_type"),
            **_place(state),
            "segment": state.get("segment"),
            "owner_rep_id": state.get("hubspot_owner_id"),
            "team": known.teams.get(state.get("hubspot_owner_id") or ""),
            "disqualified_at": disqualified,
            "disqualify_reason": state.get("disqualify_reason") if disqualified else None,
            "is_test": known.is_internal(state.get("email")),
            "deleted_at": state.get("deleted_at"),
            "updated_at": moment,
        }
        yield Raw(row, state, f"contact {contact['id']}")


def accounts(company: Record, known: Words, also: Iterable[Change]) -> Iterator[Raw]:
    for moment, state in _versions(company, COMPANY_FIELDS, [_made(company), *also]):
        if isinstance(state, Raw):
            yield state
            continue
        source = state.get("hs_analytics_source")
        row = {
            "account_id": company["id"],
            "parent_account_id": state.get("hs_parent_company_id"),
            "name": state.get("name"),
            **_place(state),
            "timezone": state.get("hs_timezone"),
            "segment": state.get("segment"),
            "industry": state.get("industry"),
            "channel": known.channel(source) if source else None,
            "account_owner": state.get("hubspot_owner_id"),
            "created_at": company["properties"].get("createdate"),
            "is_test": known.is_internal(state.get("domain")),
            "deleted_at": state.get("deleted_at"),
            "updated_at": moment,
        }
        yield Raw(row, state, f"company {company['id']}")


def opportunities(
    deal: Record, known: Words, contacts: list[Contact], company: str | None, also: Iterable[Change]
) -> Iterator[Raw]:
    """A version for each change. Its place and channel are its lead's, so they are empty here. `closed_at` is when it
    entered the closed stage it is in: a deal that is open again has none."""
    closed: tuple[str, str] | None = None
    since = joined(deal, created(deal))
    for moment, state in _versions(deal, DEAL_FIELDS, [_made(deal), *also]):
        if isinstance(state, Raw):
            yield state
            continue
        word = state.get("dealstage") or ""
        status = STATUS.get(known.deal_stages.get(word, ""), "open")
        if status == "open":
            closed = None
        elif closed is None or closed[0] != word:
            closed = word, moment
        row = {
            "opportunity_id": deal["id"],
            "primary_lead_id": contacts[0].id if contacts else None,
            "account_id": company,
            "type": DEAL_TYPES.get(state.get("dealtype") or "newbusiness", state.get("dealtype")),
            "created_at": deal["properties"].get("createdate"),
            "expected_close_date": _date(state.get("closedate")),
            "closed_at": closed and closed[1],
            "status": status,
            "lost_reason": state.get("closed_lost_reason") if status == "lost" else None,
            "amount": state.get("amount"),
            "tcv": state.get("hs_tcv"),
            "acv": state.get("hs_acv"),
            "contract_term_months": state.get("contract_term_months"),
            "currency": state.get("deal_currency_code"),
            "probability": state.get("hs_deal_stage_probability"),
            "forecast_category": state.get("hs_manual_forecast_category"),
            "product": state.get("product_line"),
            "owner_rep_id": state.get("hubspot_owner_id"),
            "team": known.teams.get(state.get("hubspot_owner_id") or ""),
            "contacts": members(contacts, since, state, known),
            "is_test": False,
            "deleted_at": state.get("deleted_at"),
            "updated_at": moment,
        }
        yield Raw(row, state, f"deal {deal['id']}", _unmapped(word, known.deal_stages, "dealstage"))


def lead_stages(contact: Record, known: Words) -> Iterator[Raw]:
    """A row for each change of stage or owner; the exit `disqualified` is a lead status at HubSpot."""
    return _stages("lead", contact, CONTACT_STAGE_FIELDS, _lead_stage, known.lead_stages, "lifecyclestage")


def deal_stages(deal: Record, known: Words) -> Iterator[Raw]:
    """A row for each change of stage, amount, close date, probability or owner."""
    return _stages("opportunity", deal, DEAL_STAGE_FIELDS, _deal_stage, known.deal_stages, "dealstage")


def _stages(
    entity: str, record: Record, fields: tuple[str, ...], word_of: Any, stages: Mapping[str, str], table: str
) -> Iterator[Raw]:
    before, entered, told = None, None, None
    for moment, state in _versions(record, fields):
        if isinstance(state, Raw):
            yield state
            continue
        word = word_of(state)
        content = (word, *(state.get(name) for name in fields[1:] if name != "hs_lead_status"))
        if not word or content == told:
            continue
        told, changed = content, word != before
        before, entered = word, moment if changed else entered
        row = {
            "entity_type": entity,
            "entity_id": record["id"],
            "stage": "disqualified" if word == DISQUALIFIED else stages.get(word),
            "source_stage": word,
            "is_stage_change": changed,
            "entered_at": entered,
            "valid_from": moment,
            "amount": state.get("amount"),
            "currency": state.get("deal_currency_code"),
            "probability": state.get("hs_deal_stage_probability"),
            "expected_close_date": _date(state.get("closedate")),
            "owner_rep_id": state.get("hubspot_owner_id"),
            "recorded_at": moment,
        }
        yield Raw(row, state, f"{entity} {record['id']}", _unmapped(word, stages, table))


def _lead_stage(state: Mapping[str, Any]) -> str | None:
    return DISQUALIFIED if state.get("hs_lead_status") == DISQUALIFIED else state.get("lifecyclestage")


def _deal_stage(state: Mapping[str, Any]) -> str | None:
    return state.get("dealstage")


def _unmapped(word: str, stages: Mapping[str, str], table: str) -> tuple[Said, ...]:
    if word in stages or word == DISQUALIFIED:
        return ()
    return (Reason.SETTING.told(column="stage", cell=repr(word), setting=f"[hubspot.{table}]", file="funnel.toml"),)


def _versions(
    record: Record, fields: Iterable[str], also: Iterable[Change] = ()
) -> Iterator[tuple[str, dict[str, Any] | Raw]]:
    """A record whose moments cannot be read is one defective row."""
    try:
        yield from list(versions([*changes(record, fields, created(record)), *also]))
    except UnreadableError as fault:
        yield "", Raw({}, record, f"record {record['id']}", (fault.told(column="stamp"),))


def created(record: Record) -> str:
    return record["properties"].get("createdate") or record.get("createdAt") or ""


def _made(record: Record) -> Change:
    """A record has a version from its making on, whatever its fields say."""
    return created(record), "", None


def _place(state: Mapping[str, Any]) -> dict[str, str | None]:
    country, half = state.get("hs_country_region_code"), state.get("hs_state_code")
    return {
        "country": country,
        "subdivision": f"{country}-{half}" if country and half else None,
        "city": state.get("city"),
    }


def _date(moment: str | None) -> str | None:
    return moment[:10] if moment else None
