"""Cubes in SQL: grouping sets over a fact's rows, by period."""

from collections.abc import Sequence, Set

from include.kpis.calendar import UNALLOCATED
from include.kpis.cells import columns_of, kind
from include.kpis.cubes import Cube
from include.kpis.cuts import Cut, fits
from include.kpis.measure import Measure
from include.kpis.relations import facts
from include.kpis.rollup import base, rolled_up, rollup_sql, sums


def cube_sql(cube: Cube, columns: Sequence[str], own: Sequence[str] | None) -> str:
    """The query of `cube` by CELL, by grouping sets for each of its layers, the coarse of which are added up from the
    fine. `columns` are the fact's; `own` are the
    regions to score, None for all and the whole. A dimension the fact does not have is `unallocated` in it."""
    totals = [name for name in facts()[cube.source.fact].distinct if name in columns]
    fine, layers = [f"counted as not materialized ({_rows(cube, columns, totals, own)})"], []
    for number, (test, sets) in enumerate(_layers(cube, own).items()):
        coarse = rolled_up(cube, totals, sets)
        fine.append(f"fine_{number} as ({_fine(cube, totals, test, [cut for cut in sets if base(cut) not in coarse])})")
        layers += [f"select * from fine_{number}", *rollup_sql(cube, f"fine_{number}", coarse)]
    return f"with {', '.join(fine)}\n" + "\nunion all ".join(layers)


def _layers(cube: Cube, own: Sequence[str] | None) -> dict[str, tuple[Cut, ...]]:
    """The grouping sets by the test of the periods that need them: a KPI asks for few grains, and days, cities and
    years for few cuts, while a year has as many cells as a day has few."""
    asked: dict[str, tuple[Cut, ...]] = {}
    for grain, cut in cube.levels:
        if own is None or "region" in cut:
            test = f"period_grain = '{grain}'" + ("" if fits(cut, grain, is_recent=False) else " and is_recent")
            asked[test] = (*asked.get(test, ()), cut)
    alike: dict[tuple[Cut, ...], list[str]] = {}
    for test, sets in asked.items():
        alike.setdefault(tuple(sorted(sets, key=cube.cuts.index)), []).append(test)
    return {" or ".join(f"({test})" for test in tests): sets for sets, tests in alike.items()}


def _fine(cube: Cube, totals: Sequence[str], test: str, sets: Sequence[Cut]) -> str:
    have = {name for cut in sets for name in cut}
    aged = ["age"] if cube.source.aged else []
    mandatory = ["period_id", *aged, *(f"all_{name}" for name in totals)]
    grouped = ",\n    ".join(f"({', '.join((*mandatory, *cut))})" for cut in sets)
    columns = ("period_id", *aged, *columns_of(have), *_aggregates(cube))
    return f"""
select {", ".join(columns)}
from counted
where {test}
group by grouping sets (
    {grouped})
{_whole_or_parts(totals, have)}"""


def _whole_or_parts(totals: Sequence[str], dims: Set[str]) -> str:
    """Distinct things: a set reads the totals of what it rolls up, and the members of what it keeps."""
    tests = (f"all_{name} = {f'(grouping({name}) = 1)' if name in dims else 'true'}" for name in totals)
    return f"having {' and '.join(tests)}" if totals else ""


def _rows(cube: Cube, columns: Sequence[str], totals: Sequence[str], own: Sequence[str] | None) -> str:
    """The fact's rows that count for any measure, once for each period they belong to; a measure's value or null."""
    dims = [
        f"cast({name if name in columns else repr(UNALLOCATED)} as {kind(name)}) as {name}" for name in cube.dimensions
    ]
    flags = [f"{name} = 'all' as all_{name}" for name in totals]
    aged = ["age"] if cube.source.aged else []
    values = [value for measure in cube.measures for value in _values(cube, measure)]
    counts = " or ".join(f"({measure.where})" for measure in cube.measures)
    here = "" if own is None else f" and region in ({', '.join(repr(name) for name in own)})"
    span = cube.source.span.table
    return f"""
    select p.period_id, p.period_grain, p.is_recent, {", ".join((*aged, *dims, *flags))},
        {", ".join(values)}
    from {cube.source.fact} as f
    join {span} as s on s.day = f.{cube.source.on}
    join periods as p on p.period_id = s.period_id
    where ({counts}){here}"""


def _values(cube: Cube, measure: Measure) -> list[str]:
    name, where = cube.column(measure), measure.where
    counted = [f"case when {where} then 1 end as {name}_rows"]
    if measure.kind == "money":
        sides = [
            f"case when {where} then {measure.column}_{side} end as {name}_{side}" for side in ("region", "company")
        ]
        return [*sides, *counted]
    if measure.column:
        return [f"case when {where} then {measure.column} end as {name}_value", *counted]
    return counted


def _aggregates(cube: Cube) -> tuple[str, ...]:
    added = [
        f"{_aggregate(measure, column)} as {column}" for measure in cube.measures for column in sums(cube, measure)
    ]
    levels = [f"{_level(cube, *each)} as {cube.quantile(*each)}" for each in cube.quantiles]
    return (*added, *levels)


def _aggregate(measure: Measure, column: str) -> str:
    if column.endswith("_rows"):
        return f"count({column})"
    return f"count(distinct {column})" if measure.kind == "distinct" else f"sum({column})"


def _level(cube: Cube, measure: Measure, level: float) -> str:
    """Between two values of nine places lies a decimal of nine and those of the level: rounded there, it is exact, and
    not the one of several neighbouring doubles that an engine's way of adding ends at."""
    places = 9 + len(str(level).partition(".")[2])
    value = f"cast({cube.column(measure)}_value as double)"
    return f"round(percentile_cont({level}) within group (order by {value}), {places})"
