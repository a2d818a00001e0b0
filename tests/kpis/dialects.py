"""The texts of each dialect that were read and found right: `python -m tests.kpis.dialects` writes them anew.

A difference in golden/ is to be read, not only accepted: both engines answer either way.
"""

from datetime import date
from pathlib import Path

from include.kpis.catalogue import KPIS
from include.kpis.cubes import plan
from include.kpis.grouping import cube_sql
from include.kpis.kpi import Kpi
from include.kpis.relations import relations
from include.kpis.score import _queries
from include.kpis.spark.dialect import translated

GOLDEN = Path(__file__).with_name("golden")
DAY = date(2026, 10, 31)
FACTS = ("known_activities", "steps", "retained", "lifetimes")
"""Time zones; hours between moments; months between days; and both."""
CHOSEN = ("lead_to_mql_rate", "time_in_stage", "survival_conversion_curve")
"""A ratio of two sums, quantiles, and an estimate with windows, logarithms and listed values."""


def queries() -> dict[str, str]:
    """What is held in each dialect, by name, in the room's own SQL."""
    found = {f"fact_{name}": relations()[name].sql for name in FACTS}
    made = plan([KPIS[name] for name in CHOSEN])
    for source, cube in made.cubes.items():
        found[source.table] = cube_sql(cube, cube.dimensions, None)
    return found | scores_of(*(KPIS[name] for name in CHOSEN))


def scores_of(*kpis: Kpi) -> dict[str, str]:
    """The query of each statistic of `kpis`."""
    return {f"{kpi.id}_{statistic}": sql for kpi, statistic, sql in _queries(plan(kpis), DAY, None)}


def texts(name: str, sql: str) -> dict[str, str]:
    """By dialect; a fact's own is its file."""
    theirs = translated(sql, name).sql("spark", pretty=True, comments=False)
    return {"spark": f"{theirs}\n"} | ({} if name.startswith("fact_") else {"duckdb": f"{sql.strip()}\n"})


if __name__ == "__main__":
    for name, sql in queries().items():
        for dialect, text in texts(name, sql).items():
            file = GOLDEN / dialect / f"{name}.sql"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
