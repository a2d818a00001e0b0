"""Nights that are not like others: hundreds of channels and places, one of each, nothing at all, only nulls, months in
which revenue falls below nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from include.report.material import Material
from include.report.periods import frame
from include.report.selection import OVER_A_YEAR
from tests.report import synthetic

Row = dict[str, Any]
END = date(2026, 10, 31)
ENDS = {span.last for span in (frame(END).now, frame(END).previous, frame(END).year_ago)}
NULL = {"value": None, "numerator": None, "denominator": None}


def material(region: str, change: Callable[[Row], Iterable[Row]]) -> Material:
    """A region's material with each of its scores changed, dropped or multiplied."""
    table = synthetic.scores(END, (region,))
    rows = [fresh for row in table.to_pylist() for fresh in change(row)]
    return synthetic.material(END, region, pa.Table.from_pylist(rows, schema=table.schema))


def many_channels(row: Row, count: int = 500) -> Iterable[Row]:
    """Each case of paid search in 500 channels, the first the largest; the others are as they were."""
    if row["channel"] != "paid_search" or not _is_read(row):
        return [row]
    return [
        row,
        *(_part(row, at) | {"channel": f"campaign_with_a_rather_long_name_{at:03d}"} for at in range(count - 9)),
    ]


def _is_read(row: Row) -> bool:
    """Whether a report reads this row of a part: of its month and those it is compared with, but for a few KPIs."""
    return row["period_end"] in ENDS or row["kpi"] in OVER_A_YEAR


def _part(row: Row, at: int) -> Row:
    """A smaller part of the same ratio."""
    shrink = Decimal(1) / (at + 2)
    parts = {name: None if row[name] is None else round(row[name] * shrink, 2) for name in ("numerator", "denominator")}
    value = row["value"] if row["denominator"] is not None or row["value"] is None else row["value"] * float(shrink)
    return row | parts | {"value": value, "n": None if row["n"] is None else int(row["n"] * float(shrink))}


def many_places(row: Row, count: int = 300) -> Iterable[Row]:
    if row["subdivision"] != "MY-10" or not _is_read(row):
        return [row]
    return [row, *(_part(row, at) | {"subdivision": f"MY-X{at:03d}"} for at in range(count))]


def one_of_each(row: Row) -> Iterable[Row]:
    """One channel, one place."""
    return [row] if row["channel"] in (None, "email") and row["subdivision"] in (None, "MY-10") else []


def nothing(_: Row) -> Iterable[Row]:
    return []


def all_null(row: Row) -> Iterable[Row]:
    return [row | NULL | {"status": "null", "n": 0}]


def all_missing(row: Row) -> Iterable[Row]:
    return [row | NULL | {"status": "missing", "n": 0}]


def below_nothing(row: Row) -> Iterable[Row]:
    """Recurring revenue that churns away in the month, and more than all of it."""
    if row["kpi"] == "mrr":
        return [row | {"numerator": Decimal(-90_000), "value": -90_000.0}]
    return [row | {"numerator": Decimal(400_000), "value": 400_000.0}] if row["kpi"] == "churned_mrr" else [row]


def without_targets(found: Material) -> Material:
    return replace(found, targets={})


NIGHTS: dict[str, Callable[[Row], Iterable[Row]]] = {
    "500 channels": many_channels,
    "300 places": many_places,
    "one of each": one_of_each,
    "nothing": nothing,
    "all null": all_null,
    "all missing": all_missing,
    "below nothing": below_nothing,
}
