"""Reading a query string as Stripe does: names with brackets, and a refusal for whatever a route does not know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from sandbox.wire.stripe.faults import Refused, unknown

PAGING = frozenset({"limit", "starting_after", "ending_before", "expand"})
BOUNDS = ("gt", "gte", "lt", "lte")
LISTS = frozenset({"expand", "types", "ids", "lookup_keys"})
MOST, USUAL = 100, 10
_NAME = re.compile(r"(\w+)(?:\[(\w*)\])?")


@dataclass
class Query:
    """A checked query. `first`..`last` are the seconds of `created` asked for, inclusive."""

    limit: int = USUAL
    starting_after: str | None = None
    ending_before: str | None = None
    expand: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 1 << 62
    filters: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)


def read(text: str, allowed: Iterable[str]) -> Query:
    """`allowed` names filters; "created" among them allows its bounds, a name with [part] only that part.

    Raises Refused for anything else.
    """
    query, known = Query(), frozenset(allowed)
    for name, value in parse_qsl(text, keep_blank_values=True):
        shape = _NAME.fullmatch(name)
        if shape is None:
            raise unknown(name)
        _put(query, known, name, shape[1], shape[2], value)
    if query.starting_after and query.ending_before:
        raise Refused("You may only specify one of these parameters: starting_after, ending_before.")
    return query


def _put(query: Query, known: frozenset[str], name: str, base: str, part: str | None, value: str) -> None:
    if base == "created" and "created" in known:
        _bound(query, name, part, value)
    elif base in LISTS and (base in known or base == "expand"):
        if part is None or (part and not part.isdigit()):
            raise Refused(f"Invalid array: {base} must be sent as {base}[]", "parameter_invalid_array", base)
        (query.expand if base == "expand" else query.lists.setdefault(base, [])).append(value)
    elif base == "limit" and part is None and "limit" in known:
        query.limit = _whole(name, value)
        if not 1 <= query.limit <= MOST:
            raise Refused(f"This value must be between 1 and {MOST}.", "parameter_invalid_integer", "limit")
    elif base in ("starting_after", "ending_before") and part is None and base in known:
        setattr(query, base, value)
    elif name in known and base not in PAGING:
        query.filters[name] = value
    else:
        raise unknown(name)


def _bound(query: Query, name: str, part: str | None, value: str) -> None:
    moment = _whole(name, value)
    if part is None:
        query.first = query.last = moment
    elif part in ("gt", "gte"):
        query.first = max(query.first, moment + (part == "gt"))
    elif part in ("lt", "lte"):
        query.last = min(query.last, moment - (part == "lt"))
    else:
        raise unknown(name)


def _whole(name: str, value: str) -> int:
    if not re.fullmatch(r"-?\d{1,15}", value):
        raise Refused(f"Invalid integer: {value}", "parameter_invalid_integer", name)
    return int(value)
