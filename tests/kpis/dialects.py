"""The texts of each dialect that were read and found right: `python -m tests.kpis.dialects` writes them anew.

A difference in golden/ is to be read, not only accepted: both engines answer either way.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from include.kpis import survival
from include.kpis.catalogue import KPIS
from include.kpis.cubes import plan
from include.kpis.grouping import cube_sql
from include.kpis.kpi import Kpi
from include.kpis.relations import relations
from include.kpis.scoring import scores_sql
from include.kpis.spark.dialect import translated

GOLDEN = Path(__file__).with_name("golden")
DAY = date(2026, 10, 31)
FACTS = ("known_activities", "steps", "retained", "lifetimes")
"""Time zones; days between; months between; and both."""
CHOSEN = ("lead_to_mql_rate", "time_in_stage", "survival_conversion_curve")
"""A ratio of two sums, quantiles, and an estimate with windows, logarithms and listed values."""


@cache
def held() -> dict[str, str]:
    """What is held in each dialect, by name, in the room's own SQL."""
    facts = {f"fact_{name}": relations()[name].sql for name in FACTS}
    return facts | queries(*(KPIS[name] for name in CHOSEN))


def queries(*kpis: Kpi) -> dict[str, str]:
    """All that a night asks for the sake of `kpis`: cubes, lasting things, and scores by statistic."""
    made = plan(kpis)
    found = {source.table: cube_sql(cube, cube.dimensions, None) for source, cube in made.cubes.items()}
    for kpi, parts in made.kpis:
        if kpi.lasting is not None:
            found[survival.table(kpi)] = survival.lasting_sql(kpi, kpi.lasting, None)
        for each in ("value", *kpi.quantiles, *survival.statistics(kpi)):
            found[f"{kpi.id}_{each}"] = scores_sql(kpi, each, parts, made.cubes, DAY)
    return found


def texts(name: str, sql: str) -> dict[str, str]:
    """By dialect; a fact's own is its file."""
    theirs = translated(sql, name).sql("spark", pretty=True, comments=False)
    return {"spark": f"{theirs}\n"} | ({} if name.startswith("fact_") else {"duckdb": f"{sql.strip()}\n"})


def write(found: Iterable[tuple[str, str]]) -> None:
    """Put the texts of `found` in golden/, and nothing else."""
    for old in GOLDEN.glob("*/*.sql"):
        old.unlink()
    for name, sql in found:
        for dialect, text in texts(name, sql).items():
            file = GOLDEN / dialect / f"{name}.sql"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(held().items())
