"""What declarations of KPIs name that is not there: `python -m bin.declarations`; part of `make check`."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bin.environment import ROOT
from include.company import load
from include.kpis import KPIS, Kpi, calendar
from include.kpis.arithmetic import leaves
from include.kpis.kpi import BREAKDOWNS, DIMENSIONS, Unit
from include.kpis.materialise import materialise
from include.kpis.measure import Measure
from include.kpis.relations import facts
from include.kpis.rules import RULES
from include.kpis.schema import GRAINS
from include.lake import Lake

ANY_DAY = date(2026, 10, 31)


def faults(kpis: Iterable[Kpi], connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A line for each fault: file, id, and what is wrong. `connection` has every fact, with or without rows."""
    for kpi in kpis:
        found = [_circle(kpi)] if _circle(kpi) else [*_unknown(kpi), *_unread(kpi, connection)]
        yield from (f"include/kpis/{kpi.family}.py, {kpi.id}: {fault}" for fault in found)


def _unknown(kpi: Kpi) -> Iterator[str]:
    """What is none of a short list."""
    if not isinstance(kpi.unit, Unit):
        yield f"the unit {kpi.unit!r} is none of {', '.join(Unit)}"
    if kpi.rule.name not in RULES:
        yield f"the rule {kpi.rule.name!r} is none of {', '.join(RULES)}"
    for names, known in ((kpi.grains, GRAINS), (kpi.by, (*DIMENSIONS, *BREAKDOWNS))):
        yield from (f"{name!r} is none of {', '.join(known)}" for name in names if name not in known)


def _unread(kpi: Kpi, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The measures that cannot be read: no such fact, or a column that it does not have."""
    others = [measure for measure, _ in kpi.quantiles.values()] + ([kpi.lasting] if kpi.lasting else [])
    for measure in dict.fromkeys((*kpi.measures, *others)):
        if measure.fact not in facts():
            yield f"there is no fact {measure.fact!r} in include/kpis/facts/"
            continue
        try:
            connection.execute(f"explain {_sql(measure)}")
        except duckdb.Error as fault:
            yield f"{measure.fact}.sql cannot be read so: {str(fault).splitlines()[0]}"


def _sql(measure: Measure) -> str:
    named = [f"{measure.column}_region", f"{measure.column}_company"] if measure.kind == "money" else [measure.column]
    columns = ", ".join([*filter(None, named), f"f.{measure.on}"])
    return f"select {columns} from {measure.fact} as f join periods as p on true where {measure.where}"


def _circle(kpi: Kpi, above: tuple[Kpi, ...] = ()) -> str:
    """How a KPI is derived from itself; empty if it is not."""
    if any(kpi is each for each in above):
        return f"it is derived from itself: {' from '.join(each.id for each in (*above, kpi))}"
    below = [part for term in (kpi.numerator, kpi.denominator) for part in leaves(term or 0) if isinstance(part, Kpi)]
    return next(filter(None, (_circle(part, (*above, kpi)) for part in below)), "")


def main() -> int:
    """1 if there is a fault."""
    with TemporaryDirectory() as folder, closing(Lake(Path(folder)).connect()) as connection:
        calendar.prepare(connection, load(ROOT / "config"), ANY_DAY)
        materialise(connection, facts())
        found = list(faults(KPIS.values(), connection))
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
