"""The file drop: CSV tables as other systems export them, as of the clock."""

import csv
import os
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

from sandbox.drop import budget, costs, mailings, plan, pocs, product, spend, web
from sandbox.world import World

Row = tuple[object, ...]
TABLES: dict[str, Callable[[World], Iterable[Row]]] = {
    "activities": mailings.rows,
    "ad_spend_daily": spend.rows,
    "fx_rates": budget.rows,
    "pocs": pocs.rows,
    "product_events": product.rows,
    "sales_costs": costs.rows,
    "targets": plan.rows,
    "web_sessions_daily": web.rows,
}


def write(world: World, folder: Path) -> None:
    """Replace every file whole; its time is the clock's."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in TABLES.items():
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows(world))
        _replace(folder / f"{table}.csv", text.getvalue(), world.clock.now.timestamp())


def _replace(file: Path, text: str, stamp: float) -> None:
    partial = file.with_suffix(".csv.partial")
    partial.write_text(text, encoding="utf-8", newline="")
    os.utime(partial, (stamp, stamp))
    partial.replace(file)
