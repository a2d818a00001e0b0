"""From declarations to scores: readings become columns of one grouping-sets query a fact, date and span (a cube), and a
KPI is arithmetic over columns of cubes, cell by cell. No KPI is known here by name.

A cube has one row a period and cell: period_id, the cell columns (null = rolled up), breakdown, member, cut (which
grouping set), and for each measure what it adds up to and the rows behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from include.kpis.cuts import Cut, breakdown, cuts, fits
from include.kpis.kpi import DIMENSIONS, Kpi
from include.kpis.measure import Measure
from include.kpis.relations import facts
from include.kpis.rules import Reading, Readings, Span, readings

CELL = (*DIMENSIONS, "breakdown", "member")


@dataclass(frozen=True)
class Source:
    """What one cube reads: a fact by one of its dates, over one span."""

    fact: str
    on: str
    span: Span

    @property
    def table(self) -> str:
        return f"cube_{self.fact}_{self.on}_{self.span.name}_{self.span.lag_months}"


def source(reading: Reading) -> Source:
    return Source(reading.measure.fact, reading.measure.on, reading.span)


@dataclass(frozen=True)
class Cube:
    """One grouping-sets query: the measures and cuts that all KPIs of a source ask for, in a stable order."""

    source: Source
    measures: tuple[Measure, ...]
    quantiles: tuple[tuple[Measure, float], ...]
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
    wanted: dict[Source, tuple[dict[Measure, None], dict[tuple[Measure, float], None], dict[Cut, None]]] = {}
    for kpi, parts in read:
        for part in (*parts.numerator, *(parts.denominator or ())):
            measures, quantiles, sets = wanted.setdefault(source(part), ({}, {}, {}))
            measures[part.measure] = None
            sets |= dict.fromkeys(cuts(kpi))
            quantiles |= {each: None for each in kpi.quantiles.values() if each[0] == part.measure}
    return Plan(read, {key: Cube(key, tuple(m), tuple(q), tuple(c)) for key, (m, q, c) in wanted.items()})


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
    dims = [name if name in columns else f"'unallocated' as {name}" for name in cube.dimensions]
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
    sums = [f"sum({column}) as {column}" for measure in cube.measures for column in _columns(cube, measure)]
    levels = [
        f"percentile_cont({level}) within group (order by {cube.column(measure)}_value) as {cube.quantile(measure, level)}"
        for measure, level in cube.quantiles
    ]
    return ", ".join((*sums, *levels))


def _columns(cube: Cube, measure: Measure) -> list[str]:
    name = cube.column(measure)
    sides = {"money": ["_region", "_company"]}.get(measure.kind, ["_value"] if measure.column else [])
    return [name + side for side in (*sides, "_rows")]


def _having(totals: Sequence[str], dims: Sequence[str]) -> str:
    """Distinct things: a set reads the totals of what it rolls up, and the members of what it keeps."""
    tests = [f"all_{name} = (grouping({name}) = 1)" if name in dims else f"all_{name}" for name in totals]
    return f"having {' and '.join(tests)}" if tests else ""


def kpi_sql(kpi: Kpi, parts: Readings, cubes: dict[Source, Cube], own: Sequence[str] | None) -> str:
    """One row a period and cell of `kpi`: period_id, the cell, for each part its sum and rows (null: none), and the
    quantiles. The parts may come from several cubes; a cell of one is a cell of all."""
    read = (*parts.numerator, *(parts.denominator or ()))
    names = _columns_of(kpi, read)
    union = "\nunion all ".join(
        [*(_part_sql(kpi, read, index, cubes, own) for index in range(len(read))), _spine(kpi, names)]
    )
    sums = ", ".join(f"sum({name}) as {name}" for name in names)
    return f"select period_id, {', '.join(CELL)}, {sums}\nfrom ({union})\ngroup by all"


def _columns_of(kpi: Kpi, read: Sequence[Reading]) -> list[str]:
    return [column for index in range(len(read)) for column in _part_columns(index)] + list(kpi.quantiles)


def _part_columns(index: int) -> tuple[str, str, str]:
    return f"p{index}_region", f"p{index}_company", f"p{index}_rows"


def _part_sql(
    kpi: Kpi, read: Sequence[Reading], index: int, cubes: dict[Source, Cube], own: Sequence[str] | None
) -> str:
    """The rows of one part, out of its cube, in the cuts and grains of the KPI."""
    cube = cubes[source(read[index])]
    measure = read[index].measure
    values = dict(zip(_part_columns(index), _value_columns(cube, measure), strict=True))
    first = next(part for part in read if part.measure == measure)
    if first is read[index]:
        values |= {name: cube.quantile(*each) for name, each in kpi.quantiles.items() if each[0] == measure}
    columns = ", ".join(f"{values.get(name, 'null')} as {name}" for name in _columns_of(kpi, read))
    return f"""select c.period_id, {", ".join(_cell(kpi, cube))}, {columns}
    from {cube.source.table} as c join periods as p on p.period_id = c.period_id
    where {cube.column(measure)}_rows > 0 and ({_where(kpi, cube, own)})"""


def _value_columns(cube: Cube, measure: Measure) -> tuple[str, str, str]:
    name = cube.column(measure)
    if measure.kind == "money":
        return f"{name}_region", f"{name}_company", f"{name}_rows"
    value = f"{name}_{'value' if measure.column else 'rows'}"
    return value, value, f"{name}_rows"


def _cell(kpi: Kpi, cube: Cube) -> list[str]:
    have = [name if name in cube.dimensions and name in kpi.dimensions else f"null as {name}" for name in DIMENSIONS]
    asked = {cut: name for cut in cuts(kpi) if (name := breakdown(cut))}
    if not asked:
        return [*have, "null as breakdown", "null as member"]
    named = " ".join(f"when cut = {cube.bits(cut)} then '{name}'" for cut, name in asked.items())
    member = " ".join(f"when cut = {cube.bits(cut)} then {name}" for cut, name in asked.items())
    return [*have, f"case {named} end as breakdown", f"case {member} end as member"]


def _where(kpi: Kpi, cube: Cube, own: Sequence[str] | None) -> str:
    """The grains of the KPI, and at each the cuts the interface lists."""
    sets = [cut for cut in cuts(kpi) if own is None or "region" in cut]
    tests = []
    for grain in kpi.grains:
        always = [cube.bits(cut) for cut in sets if fits(cut, grain, is_recent=False)]
        recent = [cube.bits(cut) for cut in sets if grain == "month" and not fits(cut, grain, is_recent=False)]
        also = f" or (is_recent and cut in ({_list(recent)}))" if recent else ""
        tests.append(f"(period_grain = '{grain}' and (cut in ({_list(always)}){also}))")
    return " or ".join(tests)


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _spine(kpi: Kpi, names: Sequence[str]) -> str:
    """Every period of the whole and of each own region, so that nothing is a row too."""
    cell = ["s.region" if name == "region" else f"null as {name}" for name in DIMENSIONS]
    nothing = ", ".join(f"null as {name}" for name in names)
    grains = ", ".join(f"'{grain}'" for grain in kpi.grains)
    return f"""select p.period_id, {", ".join(cell)}, null as breakdown, null as member, {nothing}
    from periods as p cross join spine as s where p.period_grain in ({grains})"""
