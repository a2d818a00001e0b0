"""From the history of single fields to versions of a record: one for each moment at which a field changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from include.lake.reasons import Reason, UnreadableError

Change = tuple[str, str, Any]
"""When (ISO text), field, and its value from then on."""


def changes(record: dict[str, Any], fields: Iterable[str], created: str) -> Iterator[Change]:
    """What HubSpot tells of `fields`; a field it keeps no history of has its value since the record was made."""
    histories = record.get("propertiesWithHistory") or {}
    for field in fields:
        told = histories.get(field)
        if told:
            yield from ((entry["timestamp"], field, entry["value"]) for entry in told)
        elif (value := record["properties"].get(field)) is not None:
            yield created, field, value


def versions(told: Iterable[Change]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The state after each moment, oldest first. Raises UnreadableError if a moment cannot be read."""
    moments: dict[datetime, list[Change]] = {}
    for change in told:
        moments.setdefault(_moment(change[0]), []).append(change)
    state: dict[str, Any] = {}
    for moment in sorted(moments):
        # entries come newest first, so the oldest of one moment is the last: the newest must win
        state = state | {field: value for _, field, value in reversed(moments[moment])}
        yield moments[moment][0][0], state


def _moment(told: str) -> datetime:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise UnreadableError(Reason.STAMP, cell=repr(told)) from None
    if moment.tzinfo is None:
        raise UnreadableError(Reason.ZONE, cell=repr(told))
    return moment
