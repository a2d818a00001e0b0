"""Reject share: of the rows that came lately, how many could not be read.

Counted by source and table from what the lake holds, not from what was ever landed: a row that came back mended is no
reject any more, and a day pulled ten times counts once. A rejected row seldom has a readable place, so a share concerns
every region that reads the source. The days: of a dated table those that a night pulls (its restatement window), of a
log the last seven days as filed. Rejects without a readable key or stamp lie under the day of the pull whatever day
they are of (a file is read whole), so they are measured against all rows of the table. A share of few rows says nothing
(`least`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from include.kpis.gate.finding import Finding, Level
from include.lake import REJECTS_FOLDER, TABLES, Lake
from include.thresholds import Rejects

LOG_DAYS = 7


def rejects(lake: Lake, day: date, limits: Rejects) -> Iterator[Finding]:
    """Which sources brought too many rows that could not be read, up to `day`."""
    for source, name in sorted({(each.source, each.table) for each in lake.health()}):
        first, last = _window(name, day)
        rejected = _rejected(_files(lake.root / REJECTS_FOLDER, name, source, first, last))
        has_key = pc.is_valid(rejected["key"])
        asked = [
            (rejected.filter(has_key), _files(lake.root, name, source, first, last)),
            (rejected.filter(pc.invert(has_key)), (lake.root / name).glob(f"day=*/{source}.parquet")),
        ]
        shares = [_share(rows, among, limits) for rows, among in asked]
        for share, total, level, reason in sorted(each for each in shares if each)[-1:]:
            yield Finding("rejects", level, name, None, source, reason, first, day, share, total)


def _share(rows: pa.Table, among: Iterable[Path], limits: Rejects) -> tuple[float, int, Level, str] | None:
    """The share of `rows` among them and the rows of the files, of how many, how grave, and the commonest reason."""
    if rows.num_rows < limits.least:
        return None
    total = rows.num_rows + sum(pq.read_metadata(file).num_rows for file in among if file.exists())
    share = rows.num_rows / total
    level = _level(share, limits)
    reasons = Counter(reason for told in rows["reasons"].to_pylist() for reason in told)
    return (share, total, level, reasons.most_common(1)[0][0]) if level else None


def _window(name: str, day: date) -> tuple[date, date]:
    """Logs are filed by UTC date, which may be the one after the local day."""
    table = TABLES[name]
    if table.kind == "dated":
        return day - timedelta(days=table.restated_days), day
    return day - timedelta(days=LOG_DAYS - 1), day + timedelta(days=1)


def _files(root: Path, name: str, source: str, first: date, last: date) -> Iterator[Path]:
    for number in range((last - first).days + 1):
        yield root / name / f"day={first + timedelta(days=number)}" / f"{source}.parquet"


def _rejected(files: Iterable[Path]) -> pa.Table:
    schema = pa.schema([("key", pa.string()), ("reasons", pa.list_(pa.string()))])
    read = [pq.read_table(file, columns=schema.names, partitioning=None) for file in files if file.exists()]
    return pa.concat_tables([schema.empty_table(), *(each.cast(schema) for each in read)])


def _level(share: float, limits: Rejects) -> Level | None:
    return "hold" if share > limits.hold_above else "warn" if share > limits.warn_above else None
