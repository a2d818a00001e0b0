"""What the gate found: a rule, how grave it is, where, and the two numbers that were compared."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Literal

import pyarrow as pa

from include.thresholds import Rule

Level = Literal["warn", "hold"]

GATE = pa.schema(
    [
        pa.field("rule", pa.string(), nullable=False),
        pa.field("level", pa.string(), nullable=False),
        pa.field("table", pa.string(), nullable=False),
        pa.field("region", pa.string()),
        pa.field("source", pa.string(), nullable=False),
        pa.field("what", pa.string(), nullable=False),
        pa.field("first", pa.date32(), nullable=False),
        pa.field("last", pa.date32(), nullable=False),
        pa.field("found", pa.float64(), nullable=False),
        pa.field("usual", pa.float64(), nullable=False),
    ]
)


@dataclass(frozen=True)
class Finding:
    """`found` of the days `first`..`last` against what is `usual` (rejects and reconciliation: the share, and the rows
    or deals behind it). `region` None: every region that reads `source`. `what`: day or week (volume), the most
    frequent reason (rejects), `typical <kind>` or `largest <kind>` (amounts)."""

    rule: Rule
    level: Level
    table: str
    region: str | None
    source: str
    what: str
    first: date
    last: date
    found: float
    usual: float


def table(findings: Iterable[Finding]) -> pa.Table:
    """Findings as rows, the gravest first, always in the same order."""
    rows = [asdict(each) for each in findings]
    keys = [field.name for field in fields(Finding) if field.name not in ("found", "usual")]
    rows.sort(key=lambda row: [str(row[key]) for key in keys])
    return pa.Table.from_pylist(rows, GATE)
