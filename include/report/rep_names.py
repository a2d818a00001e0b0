"""What the sales reps are called, as known at a cutoff."""

from collections import Counter
from datetime import datetime

import pyarrow as pa

from include.lake import Lake


def names(lake: Lake, cutoff: datetime) -> dict[str, str]:
    """Each rep's name by id: of the last version before the cutoff, of the first one where there is none before."""
    rows = lake.scan("reps").select(["updated_at", "rep_id", "name"])
    stamps = rows["updated_at"].cast(pa.int64()).to_pylist()  # microseconds: for moments Arrow would import pandas
    versions = sorted(zip(stamps, rows["rep_id"].to_pylist(), rows["name"].to_pylist(), strict=True), key=_stamp)
    late = [version for version in versions if version[0] >= cutoff.timestamp() * 1e6]
    known = [*reversed(late), *versions[: len(versions) - len(late)]]
    return told_apart({id_: name for _, id_, name in known if name})


def _stamp(version: tuple[int, str, str | None]) -> int:
    return version[0]


def told_apart(found: dict[str, str]) -> dict[str, str]:
    """Two of one name are told apart by their ids."""
    times = Counter(found.values())
    return {id_: name if times[name] == 1 else f"{name} ({id_})" for id_, name in found.items()}
