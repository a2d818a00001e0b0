"""The five tables through the catalogue: facts, compiler and scoring as they are every night."""

from contextlib import closing
from pathlib import Path

from benchmarks.kpis.company import DAY, NIGHT, company
from benchmarks.kpis.landed import limit
from benchmarks.kpis.tables import wanted
from include.kpis import stored
from include.kpis.cubes import plan
from include.kpis.score import scored
from include.lake import Lake, partition


def run(folder: Path, out: Path) -> None:
    """Write <out>/scores.parquet, as a night does."""
    lake = Lake(folder / "lake")
    with closing(lake.connect()) as connection:
        limit(connection, out)
        parts = scored(connection, lake, company(), NIGHT, DAY, plan(wanted()))
        partition.write(out / "scores.parquet", stored.encode(parts))
