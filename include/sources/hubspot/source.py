"""What is pulled from HubSpot, in which order, and which tables each kind of record feeds."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from include.company import Company, SourceConfig
from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.hubspot import api, engagements, rows
from include.sources.hubspot.api import Record
from include.sources.hubspot.bridge import FirstDeals
from include.sources.hubspot.committee import Contact
from include.sources.hubspot.versions import Change
from include.sources.hubspot.words import Words, words
from include.sources.source import Days, Source
from include.sources.strict import Raw

Page = tuple[str, list[Raw]]
CONTACTS = tuple(dict.fromkeys((*rows.CONTACT_FIELDS, *rows.CONTACT_STAGE_FIELDS)))
MERGED = "hs_calculated_merged_vids"
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
"""Chinese characters and nothing else."""


class HubSpot(Source):
    """One account, read with a private app's token. Optional in its section: `internal_domains`, whose contacts and
    companies are tests, and `key_roles`, those of [hubspot.buying_role] that decide."""

    tables = ("accounts", "leads", "opportunities", "crm_stage_history", "activities", "reps")

    def __init__(self, company: Company, config: SourceConfig, root: Path) -> None:
        super().__init__(company, config, root)
        self._first_deals = FirstDeals()

    def fetch(self, session: Session | None, asked: Mapping[str, Days]) -> Iterator[Page]:
        if session is None:
            raise SourceError("HubSpot needs a connection", f"name it in sources.toml, [{self.name}]")
        days = min(asked.values(), key=lambda each: each.changed_from)
        for table, page in self._pages(session, asked, days):
            if table in asked:
                yield table, page

    def _pages(self, session: Session, asked: Mapping[str, Days], days: Days) -> Iterator[Page]:
        owners = list(api.owners(session))
        extra = self.config.model_extra or {}
        known = words(self.company, extra.get("internal_domains", ()), extra.get("key_roles", ()), _teams(owners))
        yield "reps", [_rep(owner) for owner in owners] if _is_last(days) else []
        yield from ((table, []) for table in asked)
        if {"opportunities", "crm_stage_history"} & asked.keys():
            yield from self._deals(session, days, known)
        if {"leads", "crm_stage_history"} & asked.keys():
            yield from self._contacts(session, days, known)
        if "accounts" in asked:
            yield from self._companies(session, days, known)
        if "activities" in asked:
            for kind in engagements.KINDS:
                yield from self._engagements(session, kind, days, known)

    def _deals(self, session: Session, days: Days, known: Words) -> Iterator[Page]:
        ids = [record["id"] for record in api.search(session, "deals", days, ("createdate",))]
        found = list(api.histories(session, "deals", ids, ("createdate", *rows.DEAL_FIELDS)))
        found += _archived(session, "deals", days, ("createdate", *rows.DEAL_FIELDS))
        contacts = api.links(session, "deals", "contacts", [deal["id"] for deal in found])
        companies = api.associations(session, "deals", "companies", [deal["id"] for deal in found])
        for deal in found:
            names = _committee(contacts.get(deal["id"], [])), next(iter(companies.get(deal["id"], [])), None)
            yield "opportunities", list(rows.opportunities(deal, known, *names, _deletion(deal)))
            yield "crm_stage_history", list(rows.deal_stages(deal, known))

    def _contacts(self, session: Session, days: Days, known: Words) -> Iterator[Page]:
        deals = self._first_deals.of(session, days)
        ids = [record["id"] for record in api.search(session, "contacts", days, ("createdate",))]
        if days.whole:
            ids = list(dict.fromkeys([*ids, *deals.made_since(days.changed_from)]))
        found = list(api.histories(session, "contacts", ids, ("createdate", *CONTACTS)))
        gone = _archived(session, "contacts", days, ("createdate", MERGED, *CONTACTS))
        merges = _merges(session, days, gone)
        for contact in (*found, *gone):
            also = [*deals.change(contact["id"]), *(merges.get(contact["id"]) or _deletion(contact))]
            yield "leads", list(rows.leads(contact, known, also))
            yield "crm_stage_history", list(rows.lead_stages(contact, known))

    def _companies(self, session: Session, days: Days, known: Words) -> Iterator[Page]:
        fields = ("createdate", *rows.COMPANY_FIELDS)
        ids = [record["id"] for record in api.search(session, "companies", days, ("createdate",))]
        for company in (
            *api.histories(session, "companies", ids, fields),
            *_archived(session, "companies", days, fields),
        ):
            yield "accounts", list(rows.accounts(company, known, _deletion(company)))

    def _engagements(self, session: Session, kind: str, days: Days, known: Words) -> Iterator[Page]:
        properties = (*engagements.SHARED, *engagements.PROPERTIES[kind])
        found = list(api.search(session, kind, days, properties))
        ids = [record["id"] for record in found]
        contacts, deals = (api.associations(session, kind, other, ids) for other in ("contacts", "deals"))
        for each in found:
            names = contacts.get(each["id"], []), deals.get(each["id"], [])
            yield "activities", list(engagements.activities(kind, each, *names, known))


def _committee(told: list[Record]) -> list[Contact]:
    return [Contact(str(link["toObjectId"]), _labels(link)) for link in told]


def _labels(link: Record) -> tuple[str, ...]:
    return tuple(kind["label"] for kind in link.get("associationTypes", ()) if kind.get("label"))


def _is_last(days: Days) -> bool:
    return days.created_until is None


def _archived(session: Session, kind: str, days: Days, properties: tuple[str, ...]) -> list[Record]:
    """Records archived since `days.since`; a history takes them with its last piece."""
    if not _is_last(days):
        return []
    since = days.changed_from.isoformat()
    return [each for each in api.archived(session, kind, properties) if (each.get("archivedAt") or "9") >= since]


def _deletion(record: Record) -> list[Change]:
    at = record.get("archivedAt")
    return [(at, "deleted_at", at)] if at else []


def _merges(session: Session, days: Days, gone: list[Record]) -> dict[str, list[Change]]:
    """Of each contact that was merged away: into whom, and when, as the survivors tell it."""
    if not _is_last(days):
        return {}
    has = {"propertyName": MERGED, "operator": "HAS_PROPERTY"}
    every = Days(days.first, days.last, since=days.changed_from)
    survivors = [*api.search(session, "contacts", every, (MERGED,), has), *gone]
    return {loser: changes for survivor in survivors for loser, changes in _merged_into(survivor)}


def _merged_into(survivor: Record) -> Iterator[tuple[str, list[Change]]]:
    for pair in (survivor["properties"].get(MERGED) or "").split(";"):
        loser, _, milliseconds = pair.partition(":")
        if milliseconds:
            at = _iso(int(milliseconds))
            yield loser, [(at, "merged_into", survivor["id"]), (at, "merged_at", at)]


def _teams(owners: list[Record]) -> dict[str, str]:
    return {owner["id"]: owner["teams"][0]["name"] for owner in owners if owner.get("teams")}


def _rep(owner: Record) -> Raw:
    name = _name(owner.get("firstName") or "", owner.get("lastName") or "") or owner.get("email")
    row: dict[str, Any] = {
        "rep_id": owner["id"],
        "name": name,
        "team": _teams([owner]).get(owner["id"]),
        "valid_from": owner.get("createdAt"),
        "valid_to": owner.get("updatedAt") if owner.get("archived") else None,
        "updated_at": owner.get("updatedAt"),
    }
    return Raw(row, owner, f"owner {owner['id']}")


def _name(given: str, family: str) -> str:
    """As people write it: a Chinese name begins with the family's and has no space."""
    if HAN.fullmatch(given) and HAN.fullmatch(family):
        return family + given
    return f"{given} {family}".strip()


def _iso(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
