"""The five tables through the catalogue: facts, compiler and scoring as they are every night."""

from contextlib import closing
from pathlib import Path

from benchmarks.kpis.company import DAY, NIGHT, company
from benchmarks.kpis.tables import KPIS_OF_ALL
from include.kpis import stored
from include.kpis.cubes import plan
from include.kpis.score import scored
from include.lake import Lake, partition


def run(folder: Path, out: Path) -> None:
    """Write <out>/scores.parquet, as a night does."""
    lake = Lake(folder / "lake")
    with closing(lake.connect()) as connection:
        parts = scored(connection, lake, company(), NIGHT, DAY, plan(KPIS_OF_ALL))
        partition.write(out / "scores.parquet", stored.encode(parts))
