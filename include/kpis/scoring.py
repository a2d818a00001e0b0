"""From sums to scores: numerator over denominator, in each currency of the cell, with a status and the rows behind it.

The SQL here reads, beside the cubes: cell_currencies (region, currency, is_own) and availability (kpi, region,
first_day, last_day); the whole has region null in both.
"""

from datetime import date

from include.kpis import survival
from include.kpis.arithmetic import Node, leaves
from include.kpis.compiler import kpi_sql, quantile_sql, row_key
from include.kpis.cubes import Cube, Source
from include.kpis.kpi import Kpi
from include.kpis.reading import Reading, Readings

JUDGED = ("numerator", "denominator", "value", "status", "n")


def row(parts: Readings) -> tuple[str, ...]:
    """The columns of a score, without what is the same for all of its query (KPI, statistic, unit) or its period."""
    return (*row_key(parts), "currency", *JUDGED)


def scores_sql(kpi: Kpi, statistic: str, parts: Readings, cubes: dict[Source, Cube], day: date) -> str:
    """Every score of `kpi` as of `day` under one statistic, in the columns of `row`, sorted by them."""
    if kpi.lasting is not None and kpi.rule.aged:
        return survival.curve_sql(kpi, statistic, day)
    if kpi.lasting is not None and statistic == "km":
        return survival.median_sql(kpi, day)
    if statistic == "value":
        amounts = _amounts(kpi, parts, cubes)
        if kpi.lasting is not None and kpi.rule.horizon_months:
            amounts = survival.over_life(kpi, amounts)
        return _statistic("value", parts, _judged(kpi, parts, day, amounts))
    amounts = f"""
    select *, cast(null as currency_name) as currency, n as numerator, n as denominator
    from ({quantile_sql(kpi, parts, cubes)})"""
    return _statistic(statistic, parts, _judged(kpi, parts, day, amounts))


def _amounts(kpi: Kpi, parts: Readings, cubes: dict[Source, Cube]) -> str:
    return f"""
    select c.*, t.currency, {_exact(parts, parts.numerator)} as numerator,
        {_exact(parts, parts.denominator)} as denominator, {_behind(parts)} as n
    from ({kpi_sql(kpi, parts, cubes)}) as c
    {_currencies(kpi)}"""


def _judged(kpi: Kpi, parts: Readings, day: date, amounts: str) -> str:
    return f"""
select c.*, {_status(kpi, parts, day)} as status
from ({amounts}) as c
join periods as p on p.period_id = c.period_id
left join availability as a on a.kpi = '{kpi.id}' and a.region is not distinct from c.region"""


def _exact(parts: Readings, node: Node | None) -> str:
    return "null" if node is None else f"cast({_worked_out(parts, node)} as decimal(38, 9))"


def _worked_out(parts: Readings, node: Node) -> str:
    """The arithmetic in SQL: sums are exact, products and quotients are not. Null where a part is, or by nought."""
    if isinstance(node, int):
        return str(node)
    if isinstance(node, Reading):
        return _part(parts, node)
    left, right = (_worked_out(parts, side) for side in node.sides)
    if node.sign in "+-" or isinstance(node.left, int):
        return f"({left} {node.sign} {right})"
    divisor = f"nullif(cast({right} as double), 0)" if node.sign == "/" else f"cast({right} as double)"
    return f"(cast({left} as double) {node.sign} {divisor})"


def _part(parts: Readings, part: Reading) -> str:
    """No rows are zero, unless the fact should have had one."""
    index = parts.parts.index(part)
    value = f"p{index}_company"
    if part.measure.kind == "money":
        value = f"case when t.is_own then p{index}_region else p{index}_company end"
    if part.zero:
        value = f"case when p{index}_rows is null then 0 else {value} end"
    return f"cast({value} as decimal(38, 9))"


def _behind(parts: Readings) -> str:
    """n: how many a rate is of, or a sum is made of."""
    below = parts.denominator
    counted = below is not None and all(_counts(part) for part in leaves(below))
    return _rows(parts, below if counted else parts.numerator)


def _rows(parts: Readings, node: Node) -> str:
    """Of a product or quotient, those of its first factor."""
    if isinstance(node, Reading):
        column = "company" if _counts(node) else "rows"
        return f"coalesce(p{parts.parts.index(node)}_{column}, 0)"
    sides = [_rows(parts, side) for side in node.sides if not isinstance(side, int)]
    return " + ".join(sides) if node.sign in "+-" else sides[0]


def _counts(part: Reading) -> bool:
    return part.measure.kind in ("count", "distinct")


def _currencies(kpi: Kpi) -> str:
    if kpi.in_money:
        return "join cell_currencies as t on t.region is not distinct from c.region"
    return "cross join (select cast(null as currency_name) as currency, false as is_own) as t"


def _status(kpi: Kpi, parts: Readings, day: date) -> str:
    """The first that applies, as the interface orders them; a remainder used up is met, not undefined."""
    seen = f"least(last_day(p.period_start + to_months(c.age)), date '{day}')" if parts.aged else "p.period_end"
    whens = [(f"a.first_day is null or {seen} not between a.first_day and a.last_day", "missing")]
    undefined = ["numerator is null"]
    if parts.denominator is not None:
        zero = "<= 0" if parts.above_zero else "= 0"
        undefined.append("denominator is null" if kpi.remainder else f"coalesce(denominator, 0) {zero}")
    whens.append((" or ".join(undefined), "null"))
    if kpi.remainder:
        whens.append(("denominator <= 0", "target_met"))
    if parts.matures:
        whens.append((f"date_diff('day', p.period_end, date '{day}') < {parts.matures}", "immature"))
    if parts.aged:
        whens.append((f"last_day(p.period_start + to_months(c.age)) > date '{day}'", "immature"))
    whens.append(("p.period_end < p.period_closes", "partial"))
    return f"cast(case {' '.join(f'when {test} then {name!r}' for test, name in whens)} else 'ok' end as status_name)"


def _statistic(statistic: str, parts: Readings, judged: str) -> str:
    """The columns of `row` from a judged one: what is missing says nothing, what is undefined has no value. A quantile
    has no numerator and denominator."""
    ratio = "cast(numerator as double)" + ("" if parts.denominator is None else " / cast(denominator as double)")
    value = ratio if statistic == "value" else statistic
    unsaid = "'missing', 'null', 'target_met'" + (", 'immature'" if parts.settled else "")
    sums = {name: name if statistic == "value" else "null" for name in ("numerator", "denominator")}
    known = {
        **{name: f"case when status <> 'missing' then {column} end" for name, column in sums.items()},
        "value": f"case when status not in ({unsaid}) then {value} end",
        "n": "case when status = 'missing' then 0 else n end",
    }
    key = ", ".join(f"{name} nulls first" for name in (*row_key(parts), "currency"))
    columns = ", ".join(f"{known.get(name, name)} as {name}" for name in row(parts))
    return f"select {columns} from ({judged}) order by {key}"
