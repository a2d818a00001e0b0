"""The five tables through the catalogue: facts, compiler and scoring as they are every night."""

from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.kpis.company import DAY, NIGHT, company
from benchmarks.kpis.landed import limit
from benchmarks.kpis.tables import wanted
from include.kpis import calendar, settled, stored
from include.kpis.cubes import plan
from include.kpis.materialise import Make, materialise
from include.kpis.score import scored
from include.lake import Lake, partition


def run(folder: Path, out: Path) -> None:
    """Write <out>/scores.parquet, all of it made of what is landed."""
    _score(folder, out, materialise)


def keep(folder: Path, out: Path) -> None:
    """Keep the facts that had settled by the day before, as its night does."""
    lake, day, made = Lake(folder / "lake"), DAY - timedelta(days=1), plan(wanted())
    with closing(lake.connect()) as connection:
        limit(connection, out)
        calendar.prepare(connection, company(), day, made.grains, made.breakdowns)
        settled.materialise(lake, company(), day, connection, made.facts, made.asked)


def night(folder: Path, out: Path) -> None:
    """Write <out>/scores.parquet as a night does that finds what the one before has kept."""
    _score(folder, out, partial(settled.materialise, Lake(folder / "lake"), company(), DAY))


def _score(folder: Path, out: Path, make: Make) -> None:
    lake = Lake(folder / "lake")
    with closing(lake.connect()) as connection:
        limit(connection, out)
        parts = scored(connection, lake, company(), NIGHT, DAY, plan(wanted()), make)
        partition.write(out / "scores.parquet", stored.encode(parts))
