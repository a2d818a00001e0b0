"""Reject share: of the rows that came lately, how many could not be read.

Counted by source and table from what the lake holds, not from what was ever landed: a row that came back mended is no
reject any more, and a day pulled ten times counts once. A rejected row seldom has a readable place, so a share concerns
every region that reads the source. The days: of a dated table those that a night pulls (its restatement window), of a
log the last seven days as filed. A share of few rows says nothing (`least`).
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from include.kpis.gate.finding import Finding, Level
from include.lake import REJECTS_FOLDER, TABLES, Lake
from include.thresholds import Rejects

LOG_DAYS = 7


def rejects(lake: Lake, day: date, limits: Rejects) -> Iterator[Finding]:
    """Which sources brought too many rows that could not be read, up to `day`."""
    for source, name in sorted({(each.source, each.table) for each in lake.health()}):
        first, last = _window(name, day)
        files = [file for file in _files(lake.root / REJECTS_FOLDER, name, source, first, last) if file.exists()]
        rejected = sum(_rows(file) for file in files)
        if rejected < limits.least:
            continue
        kept = sum(_rows(file) for file in _files(lake.root, name, source, first, last) if file.exists())
        share = rejected / (rejected + kept)
        if level := _level(share, limits):
            yield Finding("rejects", level, name, None, source, _commonest(files), first, day, share, rejected + kept)


def _window(name: str, day: date) -> tuple[date, date]:
    """Logs are filed by UTC date, which may be the one after the local day."""
    table = TABLES[name]
    if table.kind == "dated":
        return day - timedelta(days=table.restated_days), day
    return day - timedelta(days=LOG_DAYS - 1), day + timedelta(days=1)


def _files(root: Path, name: str, source: str, first: date, last: date) -> Iterator[Path]:
    for number in range((last - first).days + 1):
        yield root / name / f"day={first + timedelta(days=number)}" / f"{source}.parquet"


def _rows(file: Path) -> int:
    rows: int = pq.read_metadata(file).num_rows
    return rows


def _commonest(files: list[Path]) -> str:
    reasons: Counter[str] = Counter()
    for file in files:
        for told in pq.read_table(file, columns=["reasons"], partitioning=None)["reasons"].to_pylist():
            reasons.update(told)
    return reasons.most_common(1)[0][0]


def _level(share: float, limits: Rejects) -> Level | None:
    return "hold" if share > limits.hold_above else "warn" if share > limits.warn_above else None
