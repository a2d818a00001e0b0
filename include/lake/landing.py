"""What one pull of one table brought: the rows that hold, the rows that do not, and a count of both."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from include.lake.schemas import DAY, TABLES, TEXT, Table

REJECTS = pa.schema(
    [
        pa.field("day", DAY, nullable=False),
        pa.field("key", TEXT),
        pa.field("reasons", pa.list_(TEXT), nullable=False),
        pa.field("record", TEXT, nullable=False),
        pa.field("origin", TEXT, nullable=False),
        pa.field("_source", TEXT, nullable=False),
    ]
)
"""Rejected rows. `key` is the row's own key and stamp as JSON where both are readable; `record` is the raw row as JSON;
`origin` says where it came from (file and row, or object and id); `day` names the partition and is not written."""


class LakeError(Exception):
    """The lake was asked to break its own rules; the message names source, table and rule."""


@dataclass(frozen=True)
class Landing:
    """One table of one pull. `first`..`last` are the days it answers in full (dated tables: and only those).

    `since` is the earliest change a pull of a log table asked for; `pulled_at` is the vendor's clock when it began.
    `mark` tells the table's state at the source from any other, where the source can say.
    """

    source: str
    table: str
    first: date
    last: date
    pulled_at: datetime
    rows: pa.Table
    landed: int
    rejects: pa.Table = field(default_factory=REJECTS.empty_table)
    superseded: int = 0
    requests: int = 0
    since: datetime | None = None
    mark: str | None = None

    def __post_init__(self) -> None:
        if not self.rows.schema.equals(self.schema.schema):
            raise LakeError(f"{self.source}: rows of {self.table} do not have the columns of include/lake/schemas.py")
        if empty := [field.name for field in self.rows.schema if self._has_forbidden_nulls(field)]:
            raise LakeError(f"{self.source}: rows of {self.table} without {empty}, which its schema requires")
        if self.landed != self.rows.num_rows + self.rejects.num_rows + self.superseded:
            raise LakeError(
                f"{self.source}: {self.table} landed {self.landed} rows, but {self.rows.num_rows} accepted + "
                f"{self.rejects.num_rows} rejected + {self.superseded} superseded; a row was lost or made up"
            )

    @property
    def schema(self) -> Table:
        return TABLES[self.table]

    @property
    def known_from(self) -> datetime:
        """Log tables: the stamp from which on every change is in this landing."""
        return self.since or start_of(self.first)

    def _has_forbidden_nulls(self, field: pa.Field) -> bool:
        return not field.nullable and self.rows[field.name].null_count > 0

    def reasons(self) -> dict[str, int]:
        """How often each reason occurs among the rejects, the most frequent first."""
        counted = pc.value_counts(pc.list_flatten(self.rejects["reasons"]).combine_chunks()).to_pylist()
        return {each["values"]: each["counts"] for each in sorted(counted, key=lambda c: (-c["counts"], c["values"]))}


def days_of(table: Table, rows: pa.Table) -> pa.ChunkedArray:
    """The partition day of each row: its own date, or the UTC date of its stamp (targets without one: the period's)."""
    column = rows[table.filed_by]
    if table.name == "targets":
        return pc.coalesce(column.cast(DAY), rows["period_start"])
    return column.cast(DAY)


def start_of(day: date) -> datetime:
    """When `day` begins anywhere on earth (UTC+14), in UTC."""
    return datetime.combine(day, datetime.min.time(), UTC) - timedelta(hours=14)


def end_of(day: date) -> datetime:
    """When `day` has ended everywhere on earth (UTC-12), in UTC."""
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=36)
