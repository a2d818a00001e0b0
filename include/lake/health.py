"""How a source did with a table, over all its pulls."""

from dataclasses import dataclass
from datetime import date, datetime

from include.lake.entries import Entry


@dataclass(frozen=True)
class TableHealth:
    """All that was ever pulled of a table from a source; a restated day counts each time it is pulled."""

    source: str
    table: str
    landed: int
    accepted: int
    rejected: int
    superseded: int
    requests: int
    last_pull: datetime | None
    first_day: date | None
    last_day: date | None
    reasons: dict[str, int]


def health(entry: Entry) -> TableHealth:
    pulls = entry.pulls
    return TableHealth(
        entry.source,
        entry.table,
        entry.landed,
        entry.accepted,
        entry.rejected,
        entry.superseded,
        entry.requests,
        entry.latest_pull,
        min((pull.first for pull in pulls), default=None),
        max((pull.last for pull in pulls), default=None),
        entry.reasons,
    )
