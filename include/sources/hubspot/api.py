"""HubSpot's CRM interface, version 3 (associations: 4): search, batch read with history, archived lists, owners.

A search stops at 10,000 records, so every search walks by id: sorted by `hs_object_id`, each page asks for ids greater
than the last one (HubSpot changelog on the 10,000 limit; ids compare as numbers).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.source import Days

Record = dict[str, Any]
PAGE, BATCH, BATCH_WITH_HISTORY, ASSOCIATIONS, OWNERS = 200, 100, 50, 1000, 500
CHANGED = {"contacts": "lastmodifieddate"}
CREATED = dict.fromkeys(("calls", "meetings", "emails", "communications"), "hs_createdate")


def search(session: Session, kind: str, days: Days, properties: Sequence[str], *filters: Record) -> Iterator[Record]:
    """The records of `kind` changed since `days.since`, of a piece of history only those created in it, by id."""
    last = 0
    while True:
        page = _page(session, kind, [*_filters(kind, days), *filters], properties, last)
        yield from page
        if len(page) < PAGE:
            return
        last = _further(kind, page, last)


def _page(session: Session, kind: str, filters: list[Record], properties: Sequence[str], last: int) -> list[Record]:
    beyond = {"propertyName": "hs_object_id", "operator": "GT", "value": str(last)}
    body = {
        "filterGroups": [{"filters": [*filters, beyond]}],
        "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
        "properties": list(properties),
        "limit": PAGE,
    }
    results: list[Record] = session.ask("POST", f"/crm/v3/objects/{kind}/search", json=body)["results"]
    return results


def _further(kind: str, page: list[Record], last: int) -> int:
    """The id to go on from. Raises SourceError if the vendor does not get any further."""
    largest = max(int(record["id"]) for record in page)
    if largest <= last:
        raise SourceError(f"the search for {kind} never ends: after id {last} it starts again", _ASK_VENDOR)
    return largest


def _filters(kind: str, days: Days) -> list[Record]:
    created = CREATED.get(kind, "createdate")
    changed = CHANGED.get(kind, "hs_lastmodifieddate")
    bounds = [
        (changed, "GTE", days.changed_from),
        (created, "GTE", _midnight(days.created_from)),
        (created, "LT", _midnight(days.created_until)),
    ]
    return [
        {"propertyName": name, "operator": operator, "value": str(int(moment.timestamp() * 1000))}
        for name, operator, moment in bounds
        if moment
    ]


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def histories(session: Session, kind: str, ids: Iterable[str], properties: Sequence[str]) -> Iterator[Record]:
    """The records `ids`, with their properties and the history of each."""
    for chunk in _chunks(ids, BATCH_WITH_HISTORY):
        body = {
            "inputs": [{"id": each} for each in chunk],
            "properties": list(properties),
            "propertiesWithHistory": list(properties),
        }
        yield from session.ask("POST", f"/crm/v3/objects/{kind}/batch/read", json=body)["results"]


def records(session: Session, kind: str, ids: Iterable[str], properties: Sequence[str]) -> Iterator[Record]:
    """The records `ids` as they are now."""
    for chunk in _chunks(ids, BATCH):
        body = {"inputs": [{"id": each} for each in chunk], "properties": list(properties)}
        yield from session.ask("POST", f"/crm/v3/objects/{kind}/batch/read", json=body)["results"]


def archived(session: Session, kind: str, properties: Sequence[str]) -> Iterator[Record]:
    """Deleted and merged-away records, which no search finds, with their history."""
    names = ",".join(properties)
    params = {"archived": "true", "limit": "50", "properties": names, "propertiesWithHistory": names}
    yield from _listed(session, f"/crm/v3/objects/{kind}", params)


def owners(session: Session) -> Iterator[Record]:
    """Everyone who owns or owned a record."""
    for gone in ("false", "true"):
        yield from _listed(session, "/crm/v3/owners", {"limit": str(OWNERS), "archived": gone})


def _listed(session: Session, path: str, params: dict[str, str]) -> Iterator[Record]:
    seen: set[str] = set()
    while True:
        page = session.ask("GET", path, params=params)
        yield from page["results"]
        after = page.get("paging", {}).get("next", {}).get("after")
        if after is None:
            return
        if after in seen:
            raise SourceError(f"the list {path} never ends: cursor {after} comes again", _ASK_VENDOR)
        seen.add(after)
        params = params | {"after": after}


def associations(session: Session, kind: str, other: str, ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids of `other` that each record of `kind` is associated with, in the vendor's order."""
    found = links(session, kind, other, ids)
    return {one: [str(link["toObjectId"]) for link in told] for one, told in found.items()}


def links(session: Session, kind: str, other: str, ids: Iterable[str]) -> dict[str, list[Record]]:
    """The associations themselves, with their labels."""
    found: dict[str, list[Record]] = {}
    for chunk in _chunks(ids, ASSOCIATIONS):
        body = {"inputs": [{"id": each} for each in chunk]}
        for pair in session.ask("POST", f"/crm/v4/associations/{kind}/{other}/batch/read", json=body)["results"]:
            found[str(pair["from"]["id"])] = list(pair["to"])
    return found


def _chunks(ids: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(ids)
    while chunk := list(islice(left, size)):
        yield chunk


_ASK_VENDOR = "ask the vendor; nothing was landed"
