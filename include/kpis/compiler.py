"""From declarations to cells: a KPI is arithmetic over columns of cubes, cell by cell. No KPI is known here by name.

The SQL here reads, beside the cubes: periods, and cells and spine (cells.py).
"""

from collections.abc import Iterable, Sequence

from include.kpis.cubes import Cube, Source, quantile_source, source
from include.kpis.cuts import bits, cuts, fits
from include.kpis.kpi import Kpi
from include.kpis.measure import Measure
from include.kpis.reading import Reading, Readings


def row_key(parts: Readings) -> tuple[str, ...]:
    """What a row is of: a period, the age of its cohort where the rule has ages, and a cell."""
    return ("period_id", *(["age"] if parts.aged else []), "cell_id")


def kpi_sql(kpi: Kpi, parts: Readings, cubes: dict[Source, Cube]) -> str:
    """One row a period and cell of `kpi`: its key and region, and for each part its sum in either money and its rows
    (null: none). A KPI of several cubes adds them up cell by cell; a cell of one is a cell of all."""
    names = [column for index in range(len(parts.parts)) for column in _part_columns(index)]
    sources = dict.fromkeys(source(part) for part in parts.parts)
    rows = "\nunion all ".join(_rows_sql(kpi, parts, cubes[each]) for each in sources)
    key = ", ".join((*row_key(parts), "region"))
    if len(sources) > 1:
        rows = f"select {key}, {', '.join(f'sum({name}) as {name}' for name in names)}\nfrom ({rows})\ngroup by {key}"
    return f"""
    with counted as materialized ({rows})
    {_with_above(parts)}
    union all {spine_sql(kpi, parts, names)}"""


def quantile_sql(kpi: Kpi, parts: Readings, cubes: dict[Source, Cube]) -> str:
    """One row a period and cell that has any: its key and region, n, and each quantile under its statistic."""
    cube = cubes[quantile_source(parts)]
    levels = ", ".join(f"{cube.quantile(*each)} as {name}" for name, each in kpi.quantiles.items())
    (rows,) = {f"{cube.column(measure)}_rows" for measure, _ in kpi.quantiles.values()}
    return f"""select c.period_id, c.cell_id, c.region, {rows} as n, {levels}
    from {cube.source.table} as c join periods as p on p.period_id = c.period_id
    where {rows} > 0 and ({_listed(kpi, cube)})"""


def _part_columns(index: int) -> tuple[str, str, str]:
    return f"p{index}_region", f"p{index}_company", f"p{index}_rows"


def _rows_sql(kpi: Kpi, parts: Readings, cube: Cube) -> str:
    """The rows of one cube that count for the KPI, in its cuts and grains; parts of other cubes are null."""
    columns, rows = [], []
    for index, part in enumerate(parts.parts):
        here = source(part) == cube.source
        values = _value_columns(cube, part.measure) if here else ("null",) * 3
        columns += [f"{value} as {name}" for name, value in zip(_part_columns(index), values, strict=True)]
        rows += [f"{cube.column(part.measure)}_rows > 0"] if here else []
    key = ", ".join(f"c.{name}" for name in (*row_key(parts), "region"))
    return f"""select {key}, {", ".join(columns)}
    from {cube.source.table} as c join periods as p on p.period_id = c.period_id
    where ({" or ".join(rows)}) and ({_listed(kpi, cube)})"""


def _value_columns(cube: Cube, measure: Measure) -> tuple[str, str, str]:
    name = cube.column(measure)
    if measure.kind == "money":
        return f"{name}_region", f"{name}_company", f"nullif({name}_rows, 0)"
    value = f"{name}_value" if measure.column else f"nullif({name}_rows, 0)"
    return value, value, f"nullif({name}_rows, 0)"


def _listed(kpi: Kpi, cube: Cube) -> str:
    """The grains of the KPI, and at each the cuts the interface lists."""
    sets = [cut for cut in cuts(kpi) if cut in cube.cuts]
    grains: dict[tuple[int, ...], list[str]] = {}
    for grain in kpi.grains:
        grains.setdefault(tuple(bits(cut) for cut in sets if fits(cut, grain, is_recent=False)), []).append(grain)
    tests = [f"period_grain in ({_texts(names)}) and cut in ({_list(cut)})" for cut, names in grains.items()]
    recent = [bits(cut) for cut in sets if "month" in kpi.grains and not fits(cut, "month", is_recent=False)]
    return " or ".join([*tests, *([f"is_recent and cut in ({_list(recent)})"] if recent else [])])


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _texts(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _with_above(parts: Readings) -> str:
    """The rows; what is read over all channels, or over the place above, is that cell's."""
    over = {part.over for part in parts.parts} - {""}
    if not over:
        return "select * from counted"
    (of,) = over
    values = [value for index, part in enumerate(parts.parts) for value in _own_or_above(index, part.over)]
    return f"""select {", ".join(f"c.{name}" for name in (*row_key(parts), "region"))}, {", ".join(values)}
    from counted as c join cells as k on k.cell_id = c.cell_id
    left join counted as a on a.period_id = c.period_id and a.cell_id = k.{_ABOVE[of]}"""


_ABOVE = {"channel": "all_channels", "place": "place_above"}


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


def spine_sql(kpi: Kpi, parts: Readings, names: Sequence[str]) -> str:
    """Every period of the whole and of each own region that `counted` has no row of, so that nothing is a row too; a
    cohort of nobody has one, at age 0."""
    age = ["0"] if parts.aged else []
    whole = " and not p.is_cut" if parts.aged else ""
    return f"""select {", ".join(["p.period_id", *age, "s.cell_id", "s.region"])}, {", ".join(["null"] * len(names))}
    from periods as p cross join spine as s
    where p.period_grain in ({_texts(kpi.grains)}){whole} and not exists (
        select 1 from counted as c where c.period_id = p.period_id and c.cell_id = s.cell_id)"""
