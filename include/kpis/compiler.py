"""From declarations to cells: a KPI is arithmetic over columns of cubes, cell by cell. No KPI is known here by name."""

from collections.abc import Iterable, Sequence

from include.kpis.cubes import Cube, Source, quantile_source, source
from include.kpis.cuts import breakdown, cuts, fits
from include.kpis.kpi import DIMENSIONS, Kpi
from include.kpis.measure import Measure
from include.kpis.reading import Reading, Readings

CELL = (*DIMENSIONS, "breakdown", "member")
"""The columns of the scores that say which cell; null = rolled up."""


def row_key(parts: Readings) -> tuple[str, ...]:
    """What a row is of: a period, the age of its cohort where the rule has ages, and a cell."""
    return ("period_id", *(["age"] if parts.aged else []), *CELL)


def kpi_sql(kpi: Kpi, parts: Readings, cubes: dict[Source, Cube], own: Sequence[str] | None) -> str:
    """One row a period and cell of `kpi`: period_id, the cell, for each part its sum and rows (null: none), and the
    quantiles. A KPI of several cubes adds them up cell by cell; a cell of one is a cell of all."""
    read = parts.parts
    names = [column for index in range(len(read)) for column in _part_columns(index)]
    sources = dict.fromkeys(source(part) for part in read)
    cells = "\nunion all ".join(_cells_sql(kpi, read, cubes[each], own) for each in sources)
    if len(sources) > 1:
        sums = ", ".join(f"sum({name}) as {name}" for name in names)
        cells = f"select {', '.join(row_key(parts))}, {sums}\nfrom ({cells})\ngroup by all"
    return f"""
    with cells as materialized ({cells})
    {_with_above(parts)}
    union all {_spine(kpi, parts, names)}"""


def _with_above(parts: Readings) -> str:
    """The cells; what is read over all channels, or over the place above, is that cell's."""
    over = {part.over for part in parts.parts} - {""}
    if not over:
        return "select * from cells"
    (of,) = over
    key = row_key(parts)
    above = {**{name: f"c.{name}" for name in key}, **_ABOVE[of]}
    values = [value for index, part in enumerate(parts.parts) for value in _own_or_above(index, part.over)]
    same = " and ".join(f"a.{name} is not distinct from {value}" for name, value in above.items())
    return f"""select {", ".join(f"c.{name}" for name in key)}, {", ".join(values)}
    from cells as c left join cells as a on {same}"""


def _own_or_above(index: int, over: str) -> list[str]:
    """The company is above its regions in its own money only: theirs are several."""
    region, company, rows = _part_columns(index)
    if not over:
        return [f"c.{name}" for name in (region, company, rows)]
    return [
        f"case when a.region is not null or c.region is null then a.{region} end as {region}",
        f"a.{company}",
        f"a.{rows}",
    ]


_ABOVE = {
    "channel": {"channel": "null"},
    "place": {
        "region": "case when c.country is not null or c.rep is not null then c.region end",
        "country": "case when c.subdivision is not null then c.country end",
        "subdivision": "case when c.city is not null then c.subdivision end",
        "city": "null",
        "rep": "null",
    },
}
"""The key of the cell above: all channels of the same place, or the place that the finest one of the cell lies in."""


def quantile_sql(kpi: Kpi, parts: Readings, cubes: dict[Source, Cube], own: Sequence[str] | None) -> str:
    """One row a period and cell that has any: period_id, the cell, n, and each quantile under its statistic."""
    cube = cubes[quantile_source(parts)]
    levels = ", ".join(f"{cube.quantile(*each)} as {name}" for name, each in kpi.quantiles.items())
    (rows,) = {f"{cube.column(measure)}_rows" for measure, _ in kpi.quantiles.values()}
    return f"""select c.period_id, {", ".join(_cell(kpi, cube))}, {rows} as n, {levels}
    from {cube.source.table} as c join periods as p on p.period_id = c.period_id
    where {rows} > 0 and ({_where(kpi, cube, own)})"""


def _part_columns(index: int) -> tuple[str, str, str]:
    return f"p{index}_region", f"p{index}_company", f"p{index}_rows"


def _cells_sql(kpi: Kpi, read: Sequence[Reading], cube: Cube, own: Sequence[str] | None) -> str:
    """The rows of one cube that count for the KPI, in its cuts and grains; parts of other cubes are null."""
    columns, rows = [], []
    for index, part in enumerate(read):
        here = source(part) == cube.source
        values = _value_columns(cube, part.measure) if here else ("null",) * 3
        columns += [f"{value} as {name}" for name, value in zip(_part_columns(index), values, strict=True)]
        rows += [f"{cube.column(part.measure)}_rows > 0"] if here else []
    of = ["c.period_id", *(["c.age"] if cube.source.aged else [])]
    return f"""select {", ".join((*of, *_cell(kpi, cube)))}, {", ".join(columns)}
    from {cube.source.table} as c join periods as p on p.period_id = c.period_id
    where ({" or ".join(rows)}) and ({_where(kpi, cube, own)})"""


def _value_columns(cube: Cube, measure: Measure) -> tuple[str, str, str]:
    name = cube.column(measure)
    if measure.kind == "money":
        return f"{name}_region", f"{name}_company", f"nullif({name}_rows, 0)"
    value = f"{name}_value" if measure.column else f"nullif({name}_rows, 0)"
    return value, value, f"nullif({name}_rows, 0)"


def _cell(kpi: Kpi, cube: Cube) -> list[str]:
    have = [
        name if name in cube.dimensions and name in kpi.dimensions else f"cast(null as {name}_member) as {name}"
        for name in DIMENSIONS
    ]
    asked = {cut: name for cut in cuts(kpi) if cut in cube.cuts and (name := breakdown(cut))}
    if not asked:
        return [*have, "cast(null as breakdown) as breakdown", "cast(null as member) as member"]
    named = " ".join(f"when cut = {cube.bits(cut)} then cast('{name}' as breakdown)" for cut, name in asked.items())
    member = " ".join(f"when cut = {cube.bits(cut)} then cast({name} as member)" for cut, name in asked.items())
    return [*have, f"case {named} end as breakdown", f"case {member} end as member"]


def _where(kpi: Kpi, cube: Cube, own: Sequence[str] | None) -> str:
    """The grains of the KPI, and at each the cuts the interface lists."""
    sets = [cut for cut in cuts(kpi) if cut in cube.cuts and (own is None or "region" in cut)]
    tests = []
    for grain in kpi.grains:
        always = [cube.bits(cut) for cut in sets if fits(cut, grain, is_recent=False)]
        recent = [cube.bits(cut) for cut in sets if grain == "month" and not fits(cut, grain, is_recent=False)]
        also = f" or (is_recent and cut in ({_list(recent)}))" if recent else ""
        tests.append(f"(period_grain = '{grain}' and (cut in ({_list(always)}){also}))")
    return " or ".join(tests)


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _spine(kpi: Kpi, parts: Readings, names: Sequence[str]) -> str:
    """Every period of the whole and of each own region that has no row, so that nothing is a row too; a cohort of
    nobody has one, at age 0."""
    known = {"period_id": "p.period_id", "age": "0", "region": "s.region"}
    cell = [known.get(name, "null") for name in row_key(parts)]
    whole = " and not p.is_cut" if parts.aged else ""
    rolled = " and ".join(f"c.{name} is null" for name in CELL if name != "region")
    grains = ", ".join(f"'{grain}'" for grain in kpi.grains)
    return f"""select {", ".join(cell)}, {", ".join(["null"] * len(names))}
    from periods as p cross join spine as s
    where p.period_grain in ({grains}){whole} and not exists (
        select 1 from cells as c
        where c.period_id = p.period_id and c.region is not distinct from s.region and {rolled})"""
