"""A HubSpot small enough to read: records given by a test, answered by the rules of its interface."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .vendor import Answer, Asked

Record = dict[str, Any]
CHANGED = {"contacts": "lastmodifieddate"}
CREATED = dict.fromkeys(("calls", "meetings", "emails", "communications"), "hs_createdate")


def record(number: int, created: str, changed: str, archived: str = "", **histories: Any) -> Record:
    """`histories`: a value since the record was made, or a list of (moment, value), oldest first."""
    told = {
        name: [{"timestamp": at, "value": value} for at, value in reversed(each)]
        if isinstance(each, list)
        else [{"timestamp": created, "value": each}]
        for name, each in histories.items()
    }
    return {
        "id": str(number),
        "created": created,
        "changed": changed,
        "archivedAt": archived,
        "histories": told,
        "properties": {name: each[0]["value"] for name, each in told.items()} | {"createdate": created},
    }


@dataclass
class Crm:
    records: dict[str, list[Record]] = field(default_factory=dict)
    links: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """What the links to a record are called, by its id."""
    owners: list[Record] = field(default_factory=list)
    page: int = 200
    order: Callable[[list[Record]], list[Record]] = lambda records: records
    """How a batch read orders its results: it promises nothing."""

    def __call__(self, asked: Asked) -> Answer:
        match asked.path.strip("/").split("/"):
            case ["crm", "v3", "objects", kind, "search"]:
                return self.search(kind, asked.body)
            case ["crm", "v3", "objects", kind, "batch", "read"]:
                return self.batch(kind, asked.body)
            case ["crm", "v3", "objects", kind]:
                gone = [each for each in self.records.get(kind, []) if each["archivedAt"]]
                return Answer({"results": [_told(kind, each) for each in gone]})
            case ["crm", "v3", "owners"]:
                wanted = asked.query["archived"] == "true"
                return Answer({"results": [each for each in self.owners if each.get("archived", False) == wanted]})
            case ["crm", "v4", "associations", kind, other, "batch", "read"]:
                return self.associations(kind, other, asked.body)
        return Answer({"message": f"no such path {asked.path}"}, 404)

    def search(self, kind: str, body: Record) -> Answer:
        filters = body["filterGroups"][0]["filters"]
        found = [each for each in self.live(kind) if all(_matches(kind, each, one) for one in filters)]
        page = sorted(found, key=lambda each: int(each["id"]))[: body["limit"]]
        return Answer({"total": len(found), "results": [_told(kind, each) for each in page]})

    def batch(self, kind: str, body: Record) -> Answer:
        if len(body["inputs"]) > (50 if "propertiesWithHistory" in body else 100):
            return Answer({"message": "too many inputs"}, 400)
        ids = {each["id"] for each in body["inputs"]}
        return Answer({"results": self.order([_told(kind, each) for each in self.live(kind) if each["id"] in ids])})

    def associations(self, kind: str, other: str, body: Record) -> Answer:
        links = self.links.get((kind, other), {})
        found = [(each["id"], links[each["id"]]) for each in body["inputs"] if each["id"] in links]
        return Answer({"results": [{"from": {"id": a}, "to": [self.link(b) for b in to]} for a, to in found]})

    def link(self, to: str) -> Record:
        plain = {"category": "HUBSPOT_DEFINED", "typeId": 3, "label": None}
        own = [{"category": "USER_DEFINED", "typeId": 28, "label": self.labels[to]}] if to in self.labels else []
        return {"toObjectId": int(to), "associationTypes": [plain, *own]}

    def live(self, kind: str) -> list[Record]:
        return [each for each in self.records.get(kind, []) if not each["archivedAt"]]


def _told(kind: str, each: Record) -> Record:
    stamps = {
        CHANGED.get(kind, "hs_lastmodifieddate"): each["changed"],
        CREATED.get(kind, "createdate"): each["created"],
    }
    told = {"id": each["id"], "properties": stamps | each["properties"], "propertiesWithHistory": each["histories"]}
    return told | ({"archivedAt": each["archivedAt"]} if each["archivedAt"] else {})


def _matches(kind: str, each: Record, one: Record) -> bool:
    name, value = one["propertyName"], one.get("value")
    if name == "hs_object_id":
        return int(each["id"]) > int(value)
    if one["operator"] == "HAS_PROPERTY":
        return name in each["properties"]
    moment = each["changed"] if name == CHANGED.get(kind, "hs_lastmodifieddate") else each["created"]
    milliseconds = datetime.fromisoformat(moment).timestamp() * 1000
    return milliseconds >= int(value) if one["operator"] == "GTE" else milliseconds < int(value)
