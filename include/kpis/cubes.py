"""Cubes: one grouping-sets query for each fact, date and span, with the measures and cuts that all KPIs ask of it.

A cube has one row a period and cell: period_id, its dimensions (null = rolled up), cut (which grouping set), and for
each measure what it adds up to and the rows behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from include.kpis.calendar import UNALLOCATED
from include.kpis.cuts import Cut, cuts, plain_cuts
from include.kpis.kpi import Kpi
from include.kpis.measure import Measure
from include.kpis.relations import facts
from include.kpis.rules import Reading, Readings, Span, readings


@dataclass(frozen=True)
class Source:
    """What one cube reads: a fact by one of its dates, over one span; what can be added up, or exact quantiles."""

    fact: str
    on: str
    span: Span
    kind: Literal["sums", "quantiles"] = "sums"

    @property
    def table(self) -> str:
        return f"{self.kind}_{self.fact}_{self.on}_{self.span.name}_{self.span.lag_months}"


def source(reading: Reading) -> Source:
    return Source(reading.measure.fact, reading.measure.on, reading.span)


Quantile = tuple[Measure, float]


@dataclass(frozen=True)
class Cube:
    """One grouping-sets query: the measures and cuts that all KPIs of a source ask for, in a stable order."""

    source: Source
    measures: tuple[Measure, ...]
    quantiles: tuple[Quantile, ...]
    cuts: tuple[Cut, ...]

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for cut in self.cuts for name in cut))

    def column(self, measure: Measure) -> str:
        return f"m{self.measures.index(measure)}"

    def quantile(self, measure: Measure, level: float) -> str:
        return f"q{self.quantiles.index((measure, level))}"

    def bits(self, cut: Cut) -> int:
        """The number that names `cut` in the cube's rows."""
        return sum(1 << self.dimensions.index(name) for name in cut)


@dataclass(frozen=True)
class Plan:
    """All KPIs with their readings, and the cubes that carry them."""

    kpis: tuple[tuple[Kpi, Readings], ...]
    cubes: dict[Source, Cube]

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.fact for each in self.cubes))

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(dict.fromkeys(each.span for each in self.cubes))


def plan(kpis: Iterable[Kpi]) -> Plan:
    """Which cubes `kpis` need. Raises KeyError for a rule or fact that does not exist."""
    read = tuple((kpi, readings(kpi)) for kpi in kpis)
    cubes: dict[Source, Cube] = {}
    for kpi, parts in read:
        for part in (*parts.numerator, *(parts.denominator or ())):
            _want(cubes, source(part), part.measure, (), cuts(kpi))
        for each in kpi.quantiles.values():
            _want(cubes, quantile_source(parts), each[0], (each,), plain_cuts(kpi))
    return Plan(read, cubes)


def _want(
    cubes: dict[Source, Cube], key: Source, measure: Measure, quantiles: tuple[Quantile, ...], sets: tuple[Cut, ...]
) -> None:
    old = cubes.get(key, Cube(key, (), (), ()))
    cubes[key] = Cube(
        key,
        tuple(dict.fromkeys((*old.measures, measure))),
        tuple(dict.fromkeys((*old.quantiles, *quantiles))),
        tuple(dict.fromkeys((*old.cuts, *sets))),
    )


def quantile_source(parts: Readings) -> Source:
    """Quantiles are read over the span of the numerator, and not by breakdown: sorting costs more than adding."""
    return replace(source(parts.numerator[0]), kind="quantiles")


def cube_sql(cube: Cube, columns: Sequence[str], own: Sequence[str] | None) -> str:
    """The grouping-sets query of `cube`. `columns` are the fact's; `own` are the regions to score, None for all and the
    whole. A dimension the fact does not have is `unallocated` in it."""
    dims = cube.dimensions
    totals = [name for name in facts()[cube.source.fact].distinct if name in columns]
    mandatory = ["period_id", *(f"all_{name}" for name in totals)]
    sets = [cut for cut in cube.cuts if own is None or "region" in cut]
    grouped = ",\n    ".join(f"({', '.join((*mandatory, *cut))})" for cut in sets)
    bits = " + ".join(f"(1 - grouping({name})) * {1 << index}" for index, name in enumerate(dims))
    return f"""
select {", ".join(("period_id", *dims))}, {bits} as cut,
    {_aggregates(cube)}
from ({_rows(cube, columns, totals, own)})
group by grouping sets (
    {grouped})
{_having(totals, dims)}"""


def _rows(cube: Cube, columns: Sequence[str], totals: Sequence[str], own: Sequence[str] | None) -> str:
    """The fact's rows that count for any measure, once for each period they belong to; a measure's value or null."""
    dims = [
        f"cast({name if name in columns else repr(UNALLOCATED)} as {name}_member) as {name}" for name in cube.dimensions
    ]
    flags = [f"{name} = 'all' as all_{name}" for name in totals]
    values = [value for measure in cube.measures for value in _values(cube, measure)]
    counts = " or ".join(f"({measure.where})" for measure in cube.measures)
    here = "" if own is None else f" and region in ({', '.join(repr(name) for name in own)})"
    span = cube.source.span.table
    return f"""
    select p.period_id, {", ".join((*dims, *flags))},
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


def _aggregates(cube: Cube) -> str:
    sums = [
        f"{'count' if column.endswith('_rows') else 'sum'}({column}) as {column}"
        for measure in cube.measures
        for column in _columns(cube, measure)
    ]
    levels = [f"{_level(cube, *each)} as {cube.quantile(*each)}" for each in cube.quantiles]
    return ", ".join((*sums, *levels))


def _level(cube: Cube, measure: Measure, level: float) -> str:
    return f"percentile_cont({level}) within group (order by cast({cube.column(measure)}_value as double))"


def _columns(cube: Cube, measure: Measure) -> list[str]:
    name = cube.column(measure)
    sides = {"money": ["_region", "_company"]}.get(measure.kind, ["_value"] if measure.column else [])
    return [name + side for side in (*sides, "_rows")]


def _having(totals: Sequence[str], dims: Sequence[str]) -> str:
    """Distinct things: a set reads the totals of what it rolls up, and the members of what it keeps."""
    tests = [f"all_{name} = (grouping({name}) = 1)" if name in dims else f"all_{name}" for name in totals]
    return f"having {' and '.join(tests)}" if tests else ""
