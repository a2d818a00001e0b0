"""What the manifest says of a table of a source: what was pulled of it, when, and how it counted."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from include.lake.landing import Landing, end_of, start_of
from include.lake.pulls import Pull, days, fewest
from include.lake.schemas import TABLES

REASONS_KEPT = 30


@dataclass(frozen=True)
class Entry:
    """A table's part of a chunk. Without `pulls` it completes nothing yet (a month of history that is still to be
    filed). `marks`: the states of the table at the source in the latest pulls."""

    source: str
    table: str
    landed: int = 0
    accepted: int = 0
    rejected: int = 0
    superseded: int = 0
    requests: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    pulls: tuple[Pull, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def latest_pull(self) -> datetime | None:
        return max((pull.at for pull in self.pulls), default=None)

    @property
    def complete_since(self) -> datetime | None:
        """Log tables: the stamp from which on every change up to the latest pull is known, without a gap."""
        return max(self.pulls, key=lambda pull: pull.at).since if self.pulls else None

    def answered_at(self, day: date) -> datetime | None:
        """When `day` was last pulled: dated tables, its own rows; log tables, every change since it began."""
        if TABLES[self.table].kind == "dated":
            return max((pull.at for pull in self.pulls if pull.first <= day <= pull.last), default=None)
        known = self.complete_since
        return self.latest_pull if known and known <= start_of(day) else None

    def missing_days(self, first: date, last: date) -> list[date]:
        """The days of `first`..`last` that no pull answered after they had ended everywhere."""
        answers = ((day, self.answered_at(day)) for day in days(first, last))
        return [day for day, at in answers if at is None or at < end_of(day)]


def total(entries: list[Entry]) -> Entry:
    """The sum of a table's entries: counts add up, pulls are told in as few as say the same."""
    reasons: Counter[str] = Counter()
    for entry in entries:
        reasons.update(entry.reasons)
    return Entry(
        entries[0].source,
        entries[0].table,
        sum(entry.landed for entry in entries),
        sum(entry.accepted for entry in entries),
        sum(entry.rejected for entry in entries),
        sum(entry.superseded for entry in entries),
        sum(entry.requests for entry in entries),
        dict(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))[:REASONS_KEPT]),
        fewest([pull for entry in entries for pull in entry.pulls]),
        _marks(entries),
    )


def _marks(entries: list[Entry]) -> tuple[str, ...]:
    """Those of the latest pulls; several if pulls at one time of the vendor's clock saw different states."""
    latest = max((at for entry in entries if (at := entry.latest_pull)), default=None)
    return tuple(sorted({mark for entry in entries if entry.latest_pull == latest for mark in entry.marks}))


def entry_of(landing: Landing) -> Entry:
    """A landing as the manifest tells it, complete."""
    since = landing.known_from if landing.schema.kind == "log" else None
    return Entry(
        landing.source,
        landing.table,
        landing.landed,
        landing.rows.num_rows,
        landing.rejects.num_rows,
        landing.superseded,
        landing.requests,
        landing.reasons(),
        (Pull(landing.first, landing.last, landing.pulled_at, since),),
        (landing.mark,) if landing.mark else (),
    )
