"""What a source is: a name, the tables it holds, and how a range of days of them is pulled."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from include.company import Company, SourceConfig
from include.lake import TABLES, Entry
from include.lake.landing import start_of
from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.strict import Batch, Raw, read


@dataclass(frozen=True)
class Days:
    """The days asked for, both ends included.

    Log tables: every change from `since` on, without an upper bound (the start of `first` if None). A history is pulled
    in pieces: `created_from` and `created_until` (end excluded) then choose records by when they were made, which never
    changes; the piece without an end also brings what has no making date in it: deleted and merged records, owners.
    `seen` are the marks that the table had at the last complete pull.
    """

    first: date
    last: date
    since: datetime | None = None
    created_from: date | None = None
    created_until: date | None = None
    seen: tuple[str, ...] = ()

    @property
    def changed_from(self) -> datetime:
        """The earliest change that log tables are asked for."""
        return self.since or start_of(self.first)

    @property
    def whole(self) -> bool:
        """Not one piece of a history."""
        return self.created_from is None and self.created_until is None


class Source(ABC):
    """A system that data comes from. A kind is a module here whose `build(company, config, root)` makes one."""

    def __init__(self, company: Company, config: SourceConfig, root: Path) -> None:
        self.company = company
        self.config = config
        self.root = root
        self.name = config.name

    tables: tuple[str, ...] = ()

    @abstractmethod
    def fetch(self, session: Session | None, asked: Mapping[str, Days]) -> Iterator[tuple[str, list[Raw]]]:
        """Raw rows of the tables asked for, page by page; a table may come several times. Each table asked for comes at
        least once, if only with no rows: one that does not come is not at the source, and nothing is said of its days.
        Raises SourceError."""

    def pull(self, session: Session | None, table: str, days: Days) -> Iterator[Batch]:
        """The rows of one table, typed, and those rejected. Raises SourceError."""
        for name, raws in self.fetch(session, {table: days}):
            if name == table:
                yield read(self.name, table, raws, days.first)

    def clock(self, session: Session | None) -> datetime:
        """The vendor's clock when the pull on `session` began. Raises SourceError where it tells none."""
        if session is None or session.began is None:
            raise SourceError("the vendor sends no Date header", "check what answers at the host of its connection")
        return session.began

    def marks(self) -> Mapping[str, str]:
        """For tables whose state at the source is cheaper to tell than to pull: what tells it from any other."""
        return {}

    def pieces(self, days: Days) -> list[Days]:
        """How a history is cut so that it can be resumed: by month unless a source says otherwise."""
        return list(months(days))

    def restated(self, table: str) -> int:
        """How many days before a range a pull of a dated table takes again."""
        return TABLES[table].restated_days


@dataclass(frozen=True)
class Landed:
    """What a run landed of one source. `absent` are its tables that the source does not hold."""

    source: str
    entries: tuple[Entry, ...] = ()
    absent: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> int:
        return sum(entry.accepted for entry in self.entries)

    @property
    def landed(self) -> int:
        return sum(entry.landed for entry in self.entries)

    @property
    def rejected(self) -> int:
        return sum(entry.rejected for entry in self.entries)

    @property
    def superseded(self) -> int:
        return sum(entry.superseded for entry in self.entries)

    @property
    def requests(self) -> int:
        return sum(entry.requests for entry in self.entries)

    def __str__(self) -> str:
        absent = f"; not at the source: {', '.join(self.absent)}" if self.absent else ""
        counts = f"{self.rows} accepted, {self.rejected} rejected, {self.superseded} superseded"
        return f"{self.landed} rows in {self.requests} requests: {counts}{absent}"


def months(days: Days) -> Iterator[Days]:
    """`days` cut at the firsts of months. The first piece has no beginning and the last no end."""
    start = days.first
    while start <= days.last:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield replace(
            days,
            first=start,
            last=min(following - timedelta(days=1), days.last),
            created_from=None if start == days.first else start,
            created_until=None if following > days.last else following,
        )
        start = following
