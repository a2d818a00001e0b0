"""What the report of an earlier day said of ad spend, read from where it was published.

Ad platforms restate past days and keep no history, and the lake has their days as last landed: only a report that was
filed still knows what they said then.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from include.company import Region
from include.report.cells import Cells
from include.report.report import Spent
from include.report.selection import SPENT

WINDOW = 35
"""Days that a report keeps: more than the 30 that ad platforms restate."""


def spent(reports: Path, region: Region, day: date) -> dict[date, float] | None:
    """Ad spend by day, in the region's currency, as the region's own report of `day` has it.

    None where there is none, or one in another currency. Its editions hold the same figures: any of them will do.
    """
    for file in sorted((reports / day.isoformat() / region.id).glob("*/report.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        if _is_of(said, region, day):
            return {date.fromisoformat(each["day"]): float(each["amount"]) for each in said.get("spent", ())}
    return None


def _is_of(said: Mapping[str, Any], region: Region, day: date) -> bool:
    named = (said.get("region"), said.get("day"), said.get("currency"))
    return "spent" in said and named == (region.id, day.isoformat(), region.currency)


def kept(cells: Cells, days: tuple[date, ...]) -> tuple[Spent, ...]:
    """What a report keeps for those after it: the ad spend of each of `days` that is known."""
    found = ((day, cells.get(SPENT, day, "day")) for day in days)
    return tuple(
        Spent(day.isoformat(), cell.value) for day, cell in found if cell is not None and cell.value is not None
    )
