"""POST /crm/v3/objects/{object}/search: filters, sorts, pages, and the cap of 10,000."""

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.wire.hubspot.faults import BadRequest, only
from sandbox.wire.hubspot.objects import CREATED, MODIFIED
from sandbox.wire.hubspot.properties import checked, is_date, is_number, read_date
from sandbox.wire.hubspot.shelf import Shelf

CAP = 10_000
PAGE = 200
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {"EQ": eq, "NEQ": ne, "GT": gt, "GTE": ge, "LT": lt, "LTE": le}
OPERATORS = (*_COMPARE, "IN", "HAS_PROPERTY")
_KEYS = ("filterGroups", "sorts", "properties", "limit", "after", "query")
Mask = NDArray[np.bool_]


def search(shelf: Shelf, asked: dict[str, Any]) -> dict[str, Any]:
    """One page of the answer. Raises BadRequest for anything HubSpot would refuse."""
    only(asked, _KEYS, "the search request")
    limit, after = _paging(asked)
    wanted = checked(shelf.kind, asked.get("properties", []))
    found = _order(shelf, np.flatnonzero(_matching(shelf, asked.get("filterGroups", []))), asked.get("sorts", []))
    page = [shelf.record(shelf.live[row], wanted, []) for row in found[after : after + limit]]
    answer: dict[str, Any] = {"total": len(found), "results": page}
    if after + limit < len(found):
        answer["paging"] = {"next": {"after": str(after + limit)}}
    return answer


def _paging(asked: dict[str, Any]) -> tuple[int, int]:
    try:
        limit, after = int(asked.get("limit", 10)), int(asked.get("after") or 0)
    except (TypeError, ValueError) as fault:
        raise BadRequest("limit and after must be whole numbers") from fault
    if not 0 <= limit <= PAGE:
        raise BadRequest(f"limit must be at most {PAGE}")
    if after < 0 or after + limit > CAP:
        raise BadRequest(f"paging beyond {CAP:,} results is not supported; narrow the filters")
    return limit, after


def _matching(shelf: Shelf, groups: list[Any]) -> Mask:
    """Rows that match any group; a group matches when all of its filters do."""
    if not isinstance(groups, list) or len(groups) > 5:
        raise BadRequest("filterGroups must be a list of at most 5 groups")
    if not groups:
        return np.ones(len(shelf.live), dtype=bool)
    matched = np.zeros(len(shelf.live), dtype=bool)
    for group in groups:
        matched |= _group(shelf, group)
    return matched


def _group(shelf: Shelf, group: dict[str, Any]) -> Mask:
    only(group, ("filters",), "a filter group")
    filters = group.get("filters", [])
    if len(filters) > 6:
        raise BadRequest("a filter group takes at most 6 filters")
    matched = np.ones(len(shelf.live), dtype=bool)
    # Comparisons of arrays first, so that only the rows left are read one by one.
    for one in sorted(filters, key=lambda given: _array(shelf, given.get("propertyName", "")) is None):
        matched &= _filter(shelf, one, matched)
    return matched


def _filter(shelf: Shelf, one: dict[str, Any], among: Mask) -> Mask:
    only(one, ("propertyName", "operator", "value", "values"), "a filter")
    name = checked(shelf.kind, [one.get("propertyName")])[0]
    operator = one.get("operator")
    if operator not in OPERATORS:
        raise BadRequest(f"operator {operator!r} is not one of {', '.join(OPERATORS)}")
    given = one.get("values") if operator == "IN" else [one.get("value")]
    if operator == "HAS_PROPERTY":
        given = []
    elif not given or None in given:
        raise BadRequest(f"filter on {name} needs {'values' if operator == 'IN' else 'a value'}")
    values = [_operand(name, value) for value in given]
    column = _array(shelf, name)
    if column is None:
        return _slowly(shelf, name, operator, values, among)
    if operator == "IN":
        return np.isin(column, values)
    compared: Mask = _COMPARE[operator](column, values[0]) if values else np.ones(len(column), dtype=bool)
    return compared


def _array(shelf: Shelf, name: str) -> NDArray[np.int64] | None:
    return {"hs_object_id": shelf.ids, CREATED[shelf.kind]: shelf.created, MODIFIED[shelf.kind]: shelf.modified}.get(
        name
    )


def _operand(name: str, value: Any) -> Any:
    """A filter's value in the type of its property."""
    try:
        if is_date(name):
            return read_date(str(value))
        return int(value) if name == "hs_object_id" else float(value) if is_number(name) else str(value)
    except ValueError as fault:
        raise BadRequest(f"{value!r} is no valid value for {name}") from fault


def _slowly(shelf: Shelf, name: str, operator: str, values: list[Any], among: Mask) -> Mask:
    matched = np.zeros(len(shelf.live), dtype=bool)
    for row in np.flatnonzero(among):
        matched[row] = _holds(name, shelf.value(shelf.live[row], name), operator, values)
    return matched


def _holds(name: str, value: str | None, operator: str, values: list[Any]) -> bool:
    if value is None:
        return False
    if operator == "HAS_PROPERTY":
        return True
    try:
        own = _operand(name, value)
    except BadRequest:
        return False
    return own in values if operator == "IN" else bool(_COMPARE[operator](own, values[0]))


def _order(shelf: Shelf, rows: NDArray[np.intp], sorts: list[Any]) -> NDArray[np.intp]:
    """Rows in the order asked for; by id otherwise, and among equals."""
    if not sorts:
        return rows
    if len(sorts) > 1 or not isinstance(sorts[0], dict):
        raise BadRequest("sorts takes one sort of the form {propertyName, direction}")
    only(sorts[0], ("propertyName", "direction"), "a sort")
    name = checked(shelf.kind, [sorts[0].get("propertyName")])[0]
    if (direction := sorts[0].get("direction", "ASCENDING")) not in ("ASCENDING", "DESCENDING"):
        raise BadRequest(f"direction {direction!r} is not one of ASCENDING, DESCENDING")
    column = _array(shelf, name)
    if column is None:
        keys = [shelf.value(shelf.live[row], name) or "" for row in rows]
        ordered = rows[np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)]
    else:
        ordered = rows[np.argsort(column[rows], kind="stable")]
    return ordered[::-1] if direction == "DESCENDING" else ordered
