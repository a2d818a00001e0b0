"""What the sales reps are called, as known at a cutoff."""

from collections import Counter
from datetime import datetime

import pyarrow.compute as pc

from include.lake import Lake


def names(lake: Lake, cutoff: datetime) -> dict[str, str]:
    """Each rep's name by id: of the last version before the cutoff, of the first one where there is none before."""
    rows = lake.scan("reps").select(["rep_id", "name", "updated_at"])
    late = rows.sort_by([("updated_at", "descending")])
    known = late.filter(pc.field("updated_at") >= cutoff).to_pylist()
    known += reversed(late.filter(pc.field("updated_at") < cutoff).to_pylist())
    return told_apart({row["rep_id"]: row["name"] for row in known if row["name"]})


def told_apart(found: dict[str, str]) -> dict[str, str]:
    """Two of one name are told apart by their ids."""
    times = Counter(found.values())
    return {id_: name if times[name] == 1 else f"{name} ({id_})" for id_, name in found.items()}
