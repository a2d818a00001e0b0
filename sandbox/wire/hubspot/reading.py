"""Batch read, listing of archived records, owners, and associations."""

from typing import Any

from sandbox.company.calendar import OPENING, iso
from sandbox.company.reps import Rep
from sandbox.wire.hubspot.faults import BadRequest, only
from sandbox.wire.hubspot.properties import checked
from sandbox.wire.hubspot.shelf import Shelf

READ, READ_WITH_HISTORY, LISTED, LISTED_WITH_HISTORY, ASSOCIATED, OWNERS = 100, 50, 100, 50, 1000, 500
LINKS = {
    ("deals", "contacts"): 3,
    ("deals", "companies"): 5,
    ("contacts", "companies"): 279,
    ("calls", "contacts"): 194,
    ("calls", "deals"): 206,
    ("meetings", "contacts"): 200,
    ("meetings", "deals"): 212,
    ("emails", "contacts"): 198,
    ("emails", "deals"): 210,
    ("communications", "contacts"): 81,
    ("communications", "deals"): 85,
}
"""HubSpot's own association type ids."""
FIRST_LABEL = 28
ROLES = ("Decision maker", "Budget holder", "Champion", "Influencer", "End user")
"""The labels the company has made, numbered as HubSpot does from the first of its own."""


def _ids(asked: dict[str, Any], most: int) -> list[str]:
    inputs = asked.get("inputs")
    if not isinstance(inputs, list) or not all(isinstance(one, dict) and set(one) == {"id"} for one in inputs):
        raise BadRequest('inputs must be a list of {"id": ...}')
    if len(inputs) > most:
        raise BadRequest(f"at most {most} inputs are read at once, {len(inputs)} given")
    return [str(one["id"]) for one in inputs]


def batch_read(shelf: Shelf, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Records by id, with histories if asked: (status, body); 207 when some are unknown or archived."""
    only(asked, ("inputs", "properties", "propertiesWithHistory", "idProperty"), "the batch request")
    wanted = checked(shelf.kind, asked.get("properties", []))
    historical = checked(shelf.kind, asked.get("propertiesWithHistory", []))
    ids = _ids(asked, READ_WITH_HISTORY if historical else READ)
    rows = {one: shelf.rows.get(int(one)) if one.isdigit() else None for one in ids}
    found = [shelf.record(shelf.live[row], wanted, historical) for row in rows.values() if row is not None]
    return _batch(shelf, found, [one for one, row in rows.items() if row is None])


def _batch(shelf: Shelf, found: list[dict[str, Any]], missing: list[str]) -> tuple[int, dict[str, Any]]:
    now = iso(shelf.now)
    answer: dict[str, Any] = {"status": "COMPLETE", "results": found, "startedAt": now, "completedAt": now}
    if not missing:
        return 200, answer
    fault = {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "context": {"ids": missing},
        "message": "Could not get some objects, they may be deleted or not exist. Check that ids are valid.",
    }
    return 207, answer | {"numErrors": 1, "errors": [fault]}


def listing(shelf: Shelf, params: dict[str, str]) -> dict[str, Any]:
    """Records by id, live or archived ones, in pages."""
    only(params, ("limit", "after", "archived", "properties", "propertiesWithHistory"), "the query")
    wanted = checked(shelf.kind, _names(params.get("properties")))
    historical = checked(shelf.kind, _names(params.get("propertiesWithHistory")))
    entities = shelf.archived if _flag(params) else shelf.live
    page, following = _page(entities, params, LISTED_WITH_HISTORY if historical else LISTED)
    return {"results": [shelf.record(one, wanted, historical) for one in page]} | following


def _names(text: str | None) -> list[str]:
    return [name for name in (text or "").split(",") if name]


def _flag(params: dict[str, str]) -> bool:
    if (text := params.get("archived", "false")) not in ("true", "false"):
        raise BadRequest(f"archived must be true or false, not {text!r}")
    return text == "true"


def _page(entities: list[Any], params: dict[str, str], most: int) -> tuple[list[Any], dict[str, Any]]:
    """Entities after an id, and where the next page starts."""
    try:
        limit, after = int(params.get("limit", "10")), int(params.get("after", "0"))
    except ValueError as fault:
        raise BadRequest("limit and after must be whole numbers") from fault
    if not 1 <= limit <= most:
        raise BadRequest(f"limit must be from 1 to {most}")
    rest = [one for one in entities if one.id > after]
    page = rest[:limit]
    return page, {"paging": {"next": {"after": str(page[-1].id)}}} if len(rest) > limit else {}


def owners(reps: tuple[Rep, ...], params: dict[str, str], now: int) -> dict[str, Any]:
    """The company's reps as owners; who has left is archived."""
    only(params, ("limit", "after", "archived", "email"), "the query")
    archived = _flag(params)
    known = [rep for rep in reps if rep.joined <= now and (rep.left is not None and rep.left <= now) == archived]
    mailed = [rep for rep in known if params.get("email") in (None, rep.email)]
    page, following = _page(mailed, {"limit": "100", **params}, OWNERS)
    return {"results": [_owner(rep, now) for rep in page]} | following


def _owner(rep: Rep, now: int) -> dict[str, Any]:
    gone = rep.left is not None and rep.left <= now
    return {
        "id": str(rep.id),
        "email": rep.email,
        "type": "PERSON",
        "firstName": rep.given,
        "lastName": rep.family,
        "userId": rep.id + 60_000_000,
        "createdAt": iso(rep.joined or OPENING),
        "updatedAt": iso(rep.left if gone and rep.left else rep.joined),
        "archived": gone,
        "teams": [{"id": str(rep.id // 100), "name": rep.team, "primary": True}],
    }


def associations(shelf: Shelf, to: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Who is linked to the records named: (status, body). Records without a link are left out, as HubSpot does."""
    only(asked, ("inputs",), "the association request")
    if (shelf.kind, to) not in LINKS:
        raise BadRequest(f"no association from {shelf.kind} to {to}")
    ids = _ids(asked, ASSOCIATED)
    known = {str(one.id): one for one in shelf.archived} if shelf.archived else {}
    results = []
    for one in ids:
        row = shelf.rows.get(int(one)) if one.isdigit() else None
        entity = shelf.live[row] if row is not None else known.get(one)
        targets = _targets(entity, to, shelf.now) if entity is not None else []
        if targets:
            results.append({"from": {"id": one}, "to": [_link(shelf.kind, to, *each) for each in targets]})
    return 200, {"status": "COMPLETE", "results": results, "startedAt": iso(shelf.now), "completedAt": iso(shelf.now)}


def _targets(entity: Any, to: str, now: int) -> list[tuple[int, str | None]]:
    """Ids of what a record is linked to by now, with the label the company gave the link."""
    if to == "contacts" and hasattr(entity, "contacts"):
        return [(lead, role) for at, lead, role in sorted(entity.contacts) if at <= now]
    if to == "contacts":
        return [(entity.lead, None)]
    if to == "deals":
        return [(entity.deal.id, None)] if entity.deal else []
    if entity.firm is None or getattr(entity, "firm_since", 0) > now:
        return []
    return [(entity.firm.id, None)]


def _link(kind: str, to: str, target: int, label: str | None) -> dict[str, Any]:
    types = [{"category": "HUBSPOT_DEFINED", "typeId": LINKS[kind, to], "label": None}]
    if label:
        types.append({"category": "USER_DEFINED", "typeId": FIRST_LABEL + ROLES.index(label), "label": label})
    return {"toObjectId": target, "associationTypes": types}
