"""The part of GAQL that reports need: SELECT, FROM, WHERE with AND, ORDER BY, LIMIT; an unknown field is an error."""

import re
from dataclasses import dataclass
from datetime import date

FIELDS = {
    "segments.date", "customer.id", "customer.currency_code", "customer.time_zone", "customer.descriptive_name",
    "campaign.id", "campaign.name", "campaign.status", "campaign.advertising_channel_type", "metrics.cost_micros",
    "metrics.impressions", "metrics.clicks", "metrics.conversions", "metrics.conversions_value",
}  # fmt: skip
GEO_FIELDS = {
    "geographic_view.country_criterion_id", "geographic_view.location_type", "geographic_view.resource_name",
}  # fmt: skip
OF_RESOURCE = {"campaign": FIELDS, "geographic_view": FIELDS | GEO_FIELDS}
LOCATION_TYPES = ("LOCATION_OF_PRESENCE", "AREA_OF_INTEREST")
_SHAPE = re.compile(
    r"\s*SELECT\s+(?P<fields>.+?)\s+FROM\s+(?P<resource>\w+)(?:\s+WHERE\s+(?P<where>.+?))?"
    r"(?:\s+ORDER\s+BY\s+(?P<order>.+?))?(?:\s+LIMIT\s+(?P<limit>\d+))?\s*",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*segments\.date\s+BETWEEN\s+['\"](\S+)['\"]\s+AND\s+['\"](\S+)['\"]\s*", re.IGNORECASE)
_COMPARED = re.compile(r"\s*([\w.]+)\s*(>=|<=|!=|=|>|<)\s*['\"]?([^'\"]+?)['\"]?\s*")
_PROTECT = re.compile(r"(BETWEEN\s+['\"]\S+['\"]\s+)AND(\s+['\"])", re.IGNORECASE)


class QueryError(ValueError):
    """A query Google would refuse; `code` is the queryError."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Query:
    """A checked query over the days first..last (ordinals, inclusive)."""

    fields: tuple[str, ...]
    resource: str
    first: int
    last: int
    location_type: str | None = None
    campaign: str | None = None
    limit: int | None = None


def parse(text: str) -> Query:
    """Raises QueryError with Google's code for what is wrong."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise QueryError("UNEXPECTED_INPUT", "Error in query: unexpected input.")
    resource = shape["resource"]
    if resource not in OF_RESOURCE:
        raise QueryError("BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", f"Unknown resource in the FROM clause: '{resource}'.")
    fields = tuple(_field(name.strip(), resource) for name in shape["fields"].split(","))
    for name in (shape["order"] or "").split(","):
        if name.strip():
            _field(name.split()[0], resource)
    first, last, location_type, campaign = _conditions(shape["where"] or "", resource)
    limit = int(shape["limit"]) if shape["limit"] else None
    return Query(fields, resource, first, last, location_type, campaign, limit)


def _field(name: str, resource: str) -> str:
    if name not in FIELDS | GEO_FIELDS:
        raise QueryError("UNRECOGNIZED_FIELD", f"Unrecognized field in the query: '{name}'.")
    if name not in OF_RESOURCE[resource]:
        raise QueryError("PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE", f"'{name}' cannot be selected from '{resource}'.")
    return name


def _conditions(where: str, resource: str) -> tuple[int, int, str | None, str | None]:
    """The WHERE clause: first and last day, location type, campaign. Every report here needs its dates."""
    first, last = date.min.toordinal(), date.max.toordinal()
    found: dict[str, str] = {}
    for part in re.split(r"\s+AND\s+", _PROTECT.sub(r"\1&&\2", where), flags=re.IGNORECASE) if where else ():
        condition = part.replace("&&", "AND")
        if between := _BETWEEN.fullmatch(condition):
            first, last = max(first, _day(between[1])), min(last, _day(between[2]))
            continue
        compared = _COMPARED.fullmatch(condition)
        if compared is None:
            raise QueryError("UNEXPECTED_INPUT", f"Error in query: unexpected input '{condition.strip()}'.")
        name, operator, value = _field(compared[1], resource), compared[2], compared[3]
        if name == "segments.date":
            first, last = _narrowed(first, last, operator, _day(value))
        else:
            found |= _equal(name, operator, value)
    if first == date.min.toordinal() or last == date.max.toordinal():
        raise QueryError("EXPECTED_FILTERS_ON_DATE", "segments.date needs a lower and an upper bound.")
    return first, last, found.get("geographic_view.location_type"), found.get("campaign.id")


def _narrowed(first: int, last: int, operator: str, day: int) -> tuple[int, int]:
    low = {"=": day, ">=": day, ">": day + 1}.get(operator, first)
    high = {"=": day, "<=": day, "<": day - 1}.get(operator, last)
    if operator == "!=":
        raise QueryError("BAD_OPERATOR", "'segments.date' does not support '!='.")
    return max(first, low), min(last, high)


def _equal(name: str, operator: str, value: str) -> dict[str, str]:
    if operator != "=" or name not in ("geographic_view.location_type", "campaign.id"):
        raise QueryError("BAD_OPERATOR", f"the condition on '{name}' is not supported.")
    if name == "geographic_view.location_type" and value not in LOCATION_TYPES:
        raise QueryError("BAD_ENUM_CONSTANT", f"Invalid enum value cannot be included in WHERE clause: '{value}'.")
    return {name: value}


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError as fault:
        raise QueryError("INVALID_VALUE_WITH_BETWEEN_OPERATOR", f"Invalid date '{text}'.") from fault
