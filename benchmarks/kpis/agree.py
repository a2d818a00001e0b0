"""Whether two contestants say the same: every cell of one in the other, and every figure to nine digits."""

from contextlib import closing
from pathlib import Path

import duckdb

from benchmarks.kpis.cells import CELL, KEY, names

_FIGURES = ("numerator", "denominator", "value")
_TOLERANCE = 1e-9


def scores(out: Path) -> str:
    """The catalogue's scores as cells: what no other makes (limits, effects, rows that say nothing) is left out."""
    names = {"month": "period_start as month"}
    columns = ", ".join(names.get(name, name) for name in CELL)
    statistics = "statistic in ('value', 'median', 'p90')"
    return f"""
        select {columns} from '{out}/scores.parquet'
        where {statistics} and (n > 0 or numerator <> 0 or denominator <> 0)"""


def cells(out: Path) -> str:
    """What a rival wrote; dimensions as text, and no row that says nothing."""
    columns = ", ".join(f"cast({name} as varchar) as {name}" if name in KEY[4:] else name for name in CELL)
    parts = (f"select {columns} from '{out}/{name}.parquet'" for name in names())
    return f"select * from ({' union all '.join(parts)}) where numerator <> 0 or denominator <> 0 or value is not null"


def differences(one: str, other: str) -> list[str]:
    """What differs between two queries of CELL, by KPI: cells that only one has, and figures apart."""
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in KEY)
    apart = " or ".join(_apart(name) for name in _FIGURES)
    with closing(duckdb.connect()) as connection:
        connection.execute(f"create table one as {one}")
        connection.execute(f"create table other as {other}")
        found = connection.execute(f"""
            select coalesce(a.kpi, b.kpi), coalesce(a.statistic, b.statistic),
                case when b.kpi is null then 'only the first has' when a.kpi is null then 'only the second has'
                    else 'figures apart' end as what,
                count(*), any_value(concat_ws(' ', {", ".join(f"coalesce(a.{name}, b.{name})" for name in KEY[2:])},
                    a.numerator, b.numerator, a.denominator, b.denominator, a.value, b.value))
            from one as a full join other as b on {same}
            where a.kpi is null or b.kpi is null or {apart}
            group by all order by all""").fetchall()
    return [f"{kpi} {statistic}: {what} {count}, such as {example}" for kpi, statistic, what, count, example in found]


def _apart(name: str) -> str:
    left, right = f"cast(a.{name} as double)", f"cast(b.{name} as double)"
    both = f"abs({left} - {right}) > {_TOLERANCE} * greatest(abs({left}), abs({right}), 1)"
    return f"({left} is null) <> ({right} is null) or coalesce({both}, false)"
