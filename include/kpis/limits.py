"""How far a proportion may be chance: the Wilson interval of a cell's own, and the limits within which it would lie if
the cell were like the one above (a rep like its region, a region like the company)."""

from collections.abc import Iterable, Iterator, Mapping
from math import sqrt
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from include.kpis.arithmetic import leaves
from include.kpis.kpi import Kpi, Unit
from include.kpis.measure import Measure
from include.kpis.schema import sorted_scores

GRAINS = ("month", "quarter")
Z95, Z998 = 1.959963984540054, 3.090232306167813
"""How many standard errors hold 95 and 99.8 of a hundred."""
STATISTICS = ("limit95_high", "limit95_low", "limit998_high", "limit998_low", "wilson_high", "wilson_low")
_OF_THE_SAME = ("cohort", "settled_cohort", "close_cohort", "opening_cohort", "due_cohort", "exit_cohort")
"""The rules by which the numerator counts some of those whom the denominator counts."""
Row = Mapping[str, Any]


def applies(kpi: Kpi) -> bool:
    """Whether it is a proportion: some of the things that are counted, over all of them."""
    measures = [*leaves(kpi.numerator), *leaves(kpi.denominator or 0)]
    counts = all(isinstance(each, Measure) and each.kind == "count" and not each.column for each in measures)
    same = kpi.rule.name in _OF_THE_SAME or _is_subset(kpi.numerator, kpi.denominator)
    return kpi.unit is Unit.RATIO and kpi.denominator is not None and counts and same


def _is_subset(some: Any, those: Any) -> bool:
    """Whether one measure is the other, filtered."""
    if not (isinstance(some, Measure) and isinstance(those, Measure)):
        return False
    filtered = those.where == "true" or some.where.startswith(f"({those.where}) and ")
    return (some.fact, some.on) == (those.fact, those.on) and filtered


def intervals(kpi: Kpi, values: pa.Table) -> dict[str, pa.Table]:
    """By statistic, the intervals and limits in the latest month and quarter of `values`, all scores of `kpi` (SCORES);
    a region's where the company has a row."""
    rows = _plain(values).to_pylist() if applies(kpi) else []
    known = {_cell(row): row for row in rows}
    found = [each for cell, row in known.items() for each in _of(row, known.get(_above(cell)))]
    by_name = {name: [row for row in found if row["statistic"] == name] for name in STATISTICS}
    return {name: sorted_scores(each) for name, each in by_name.items() if each}


def _plain(values: pa.Table) -> pa.Table:
    """The latest month's and quarter's rows of reps, regions and the company."""
    known = pa.concat_tables([_latest(values.filter(pc.equal(values["grain"], grain))) for grain in GRAINS])
    rolled = [pc.is_null(known[name]) for name in ("channel", "country", "breakdown")]
    return known.filter(pc.and_(pc.and_(rolled[0], rolled[1]), rolled[2]))


def _latest(rows: pa.Table) -> pa.Table:
    return rows.filter(pc.equal(rows["period_start"], pc.max(rows["period_start"]))) if rows.num_rows else rows


def _cell(row: Row) -> tuple[Any, ...]:
    return row["grain"], row["stage"], row["region"], row["rep"]


def _above(cell: tuple[Any, ...]) -> tuple[Any, ...]:
    """A rep's region, a region's company; above the company is nothing, and no row has its key."""
    grain, stage, region, rep = cell
    return () if region is None else (grain, stage, None if rep is None else region, None)


def _of(row: Row, above: Row | None) -> Iterator[dict[str, Any]]:
    if above is None or not (_is_proportion(row) and _is_proportion(above)):
        return
    size, some = float(row["denominator"]), float(row["numerator"])
    ends = {
        **_named("wilson", wilson(some, size)),
        **_named("limit95", limits(above["value"], size, Z95)),
        **_named("limit998", limits(above["value"], size, Z998)),
    }
    for name, value in ends.items():
        yield {**row, "statistic": name, "numerator": None, "denominator": None, "value": value}


def _named(name: str, ends: Iterable[float]) -> dict[str, float]:
    return dict(zip((f"{name}_low", f"{name}_high"), ends, strict=True))


def _is_proportion(row: Row) -> bool:
    return row["value"] is not None and 0 <= row["numerator"] <= row["denominator"]


def wilson(some: float, size: float) -> tuple[float, float]:
    """The 95 % interval of a proportion of `size` cases; it never leaves 0 to 1, nor is it a point at either."""
    share, square = some / size, Z95**2 / size
    middle = share + square / 2
    reach = Z95 * sqrt(share * (1 - share) / size + square / (4 * size))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def limits(rate: float, size: float, errors: float) -> tuple[float, float]:
    """Within so many standard errors of `rate`, for a cell of `size` cases; cut at 0 and 1."""
    reach = errors * sqrt(rate * (1 - rate) / size)
    return max(0.0, rate - reach), min(1.0, rate + reach)
