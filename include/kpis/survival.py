"""Kaplan–Meier: how long things last, those that go on included, estimated in SQL from the rows of a fact.

The fact says how long each lasted or has lasted, and whether it goes on (`is_open`); all that began in a period are
followed to the cutoff. Whoever left the stage another way than the one asked for is the fact's to say.
"""

from collections.abc import Sequence
from datetime import date

from include.kpis.cells import CELL, columns_of, kind
from include.kpis.cuts import Cut, cuts, plain_cuts
from include.kpis.kpi import Kpi
from include.kpis.measure import Measure
from include.kpis.reading import natural

_CELL = ", ".join(CELL)
_MEDIAN = 0.5


def statistics(kpi: Kpi) -> tuple[str, ...]:
    """What is estimated of `kpi`, beside its own value."""
    if kpi.lasting is None or kpi.rule.horizon_months:
        return ()
    return ("at_risk",) if kpi.rule.aged else ("km",)


def table(kpi: Kpi) -> str:
    """The name of what is estimated for `kpi`."""
    return f"lasting_{kpi.id}"


def lasting_sql(kpi: Kpi, measure: Measure, own: Sequence[str] | None) -> str:
    """What `table` holds, by period and CELL: the median, points of the curve, or months lived through."""
    if kpi.rule.aged:
        return _curve(kpi, measure, own)
    if kpi.rule.horizon_months:
        return _life(kpi, measure, own)
    return _median(kpi, measure, own)


def _median(kpi: Kpi, measure: Measure, own: Sequence[str] | None) -> str:
    sets = tuple(cut for cut in plain_cuts(kpi) if "city" not in cut)
    return f"""
    select period_id, {_CELL}, sum(seen) as n, min(case when survival <= {_MEDIAN} then lasted end) as value
    from ({estimate_sql(kpi, measure, sets, own)}) as e
    group by period_id, {_CELL}"""


def _curve(kpi: Kpi, measure: Measure, own: Sequence[str] | None) -> str:
    """Where nobody began in a region's period it has one row, at the first age; ages nobody has reached have none."""
    ages = ", ".join(f"({age})" for age in kpi.rule.ages)
    return f"""
    select * from (
        select e.period_id, a.age, {", ".join(f"e.{name}" for name in CELL)}, sum(e.seen) as n,
            min(case when e.lasted <= a.age then e.survival else 1 end) as survival,
            sum(case when e.lasted >= a.age then e.seen else 0 end) as at_risk
        from ({estimate_sql(kpi, measure, plain_cuts(kpi), own)}) as e
        cross join (values {ages}) as a(age)
        group by e.period_id, a.age, {", ".join(f"e.{name}" for name in CELL)}
    ) as k
    where at_risk > 0 or survival = 0
    union all {_nobody(kpi, measure)}"""


def _life(kpi: Kpi, measure: Measure, own: Sequence[str] | None) -> str:
    """How many months of the horizon are lived through on average; what is not yet seen goes on as it stood last. The
    shares are added exactly, or the sum would depend on their order."""
    months = ", ".join(f"({month})" for month in range(1, kpi.rule.horizon_months + 1))
    return f"""
    select period_id, {_CELL}, sum(cast(survival as decimal(18, 12))) as months
    from (
        select e.period_id, {", ".join(f"e.{name}" for name in CELL)}, a.month,
            min(case when e.lasted <= a.month then e.survival else 1 end) as survival
        from ({estimate_sql(kpi, measure, cuts(kpi), own)}) as e
        cross join (values {months}) as a(month)
        group by e.period_id, a.month, {", ".join(f"e.{name}" for name in CELL)}
    ) as s
    group by period_id, {_CELL}"""


def median_sql(kpi: Kpi, day: date) -> str:
    """Statistic `km`, the time by which half are over: null while more than half go on, immature until all that began
    in the period have been followed for as long."""
    status = ["when c.value is null then 'null'", f"when date_diff('day', p.period_end, {_sql(day)}) < c.value"]
    status[-1] += " then 'immature' when p.period_end < p.period_closes then 'partial'"
    columns = "cast(null as decimal(38, 9)) as numerator, cast(null as decimal(38, 9)) as denominator, c.value"
    return _judged(kpi, columns, " ".join(status))


def curve_sql(kpi: Kpi, statistic: str, day: date) -> str:
    """The share that is over by each age of the rule (`value`), or known to last so long (`at_risk`)."""
    if statistic == "at_risk":
        columns = "c.at_risk as numerator, c.n as denominator, c.at_risk / cast(c.n as double) as value"
    else:
        share = "round(1 - c.survival, 12)"
        columns = f"{share} as numerator, cast(null as decimal(38, 9)) as denominator, {share} as value"
    status = f"when c.n = 0 then 'null' when date_diff('day', p.period_end, {_sql(day)}) < c.age then 'immature'"
    return _judged(kpi, f"c.age, {columns}", status)


def over_life(kpi: Kpi, amounts: str) -> str:
    """`amounts` of a month (by period_id and cell_id: region, currency, numerator, denominator, n) times the months of
    the horizon that are lived through."""
    return f"""
    select c.period_id, c.cell_id, c.region, c.currency, c.numerator * cast(m.months as double) as numerator, c.denominator, c.n
    from ({amounts}) as c
    left join {table(kpi)} as m on m.period_id = c.period_id and m.cell_id = c.cell_id"""


def estimate_sql(kpi: Kpi, measure: Measure, sets: Sequence[Cut], own: Sequence[str] | None) -> str:
    """One row a period, cell and time at which any was over or last seen: period_id, the cell, lasted, seen (how many
    then) and survival, the share that lasts longer. Shares are rounded at the twelfth place, where logarithms err."""
    return f"""
    with observed as ({_observed_sql(kpi, measure, sets, own)}),
    tally as (
        select period_id, {', '.join(columns_of(name for cut in sets for name in cut))}, lasted, count(*) as seen, sum(case when is_open then 0 else 1 end) as over_now
        from observed
        group by grouping sets ({", ".join(f"({', '.join(('period_id', 'lasted', *cut))})" for cut in _own(sets, own))})
    ),
    risked as (
        select *, sum(seen) over (partition by period_id, {_CELL} order by lasted desc) as at_risk from tally
    ),
    followed as (
        select
            period_id, {_CELL}, lasted, seen, min(at_risk - over_now) over (
                partition by period_id, {_CELL} order by lasted
            ) as least_left,
            sum(ln(case when at_risk > over_now then 1 - over_now / cast(at_risk as double) else 1 end)) over (
                partition by period_id, {_CELL} order by lasted
            ) as logarithm
        from risked
    )
    select
        period_id, {_CELL}, lasted, seen,
        case when least_left = 0 then 0 else round(exp(logarithm), 12) end as survival
    from followed"""


def _observed_sql(kpi: Kpi, measure: Measure, sets: Sequence[Cut], own: Sequence[str] | None) -> str:
    named = dict.fromkeys(name for cut in sets for name in cut)
    here = "" if own is None else f" and f.region in ({', '.join(repr(name) for name in own)})"
    cut_short = " and not p.is_cut" if kpi.rule.aged else ""
    grains = ", ".join(f"'{grain}'" for grain in kpi.grains)
    return f"""
        select p.period_id, {", ".join(f"cast(f.{name} as {kind(name)}) as {name}" for name in named)}, f.is_open,
            cast(f.{measure.column} as double) as lasted
        from {measure.fact} as f
        join periods as p on {natural(measure)}
        where ({measure.where}) and p.period_grain in ({grains}){cut_short}{here}"""


def _own(sets: Sequence[Cut], own: Sequence[str] | None) -> list[Cut]:
    return [cut for cut in sets if own is None or "region" in cut]


def _nobody(kpi: Kpi, measure: Measure) -> str:
    """Every period of the whole and of each own region in which none began."""
    cell = ", ".join("s.region" if name == "region" else "null" for name in CELL)
    grains = ", ".join(f"'{grain}'" for grain in kpi.grains)
    began = f"select 1 from {measure.fact} as f where {natural(measure)} and ({measure.where})"
    return f"""
    select p.period_id, {kpi.rule.ages[0]}, {cell}, 0, 1, 0
    from periods as p cross join always as s
    where p.period_grain in ({grains}) and not p.is_cut
        and not exists ({began} and (s.region is null or f.region = cast(s.region as varchar)))"""


def _judged(kpi: Kpi, columns: str, whens: str) -> str:
    """The columns of a score, but for what is the same in all of a query; sorted by key."""
    undefined = "not in ('missing', 'null')"
    key = ", ".join(("period_id", *(["age"] if kpi.rule.aged else []), "cell_id"))
    return f"""
select {key}, cast(null as currency_name) as currency, case when status {undefined} then numerator end as numerator,
    case when status {undefined} then denominator end as denominator,
    case when status {undefined} then value end as value, status, case when status <> 'missing' then n else 0 end as n
from (
    select c.period_id, c.cell_id, {columns}, c.n,
        cast(case when a.first_day is null or p.period_end not between a.first_day and a.last_day then 'missing'
            {whens} else 'ok' end as status_name) as status
    from {table(kpi)} as c
    join periods as p on p.period_id = c.period_id
    left join availability as a on a.kpi = '{kpi.id}' and a.region is not distinct from c.region
) as judged
order by {key}"""


def _sql(day: date) -> str:
    return f"date '{day}'"
