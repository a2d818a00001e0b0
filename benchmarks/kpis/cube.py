"""The additive cube of the funnel alone, over facts that are there as Parquet: the catalogue's, and a scan of the same.

`facts` writes them, outside any measurement.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from benchmarks.kpis.company import DAY, company
from benchmarks.kpis.landed import limit
from benchmarks.kpis.tables import TABLES
from include.kpis import calendar, preparation, workspace
from include.kpis.cubes import Plan, plan
from include.kpis.grouping import cube_sql
from include.kpis.materialise import materialise
from include.kpis.relations import columns
from include.lake import Lake


def facts(folder: Path, out: Path) -> None:
    """Write the facts of the funnel to <folder>/facts."""
    (folder / "facts").mkdir(exist_ok=True)
    made = plan(TABLES["funnel"])
    with closing(Lake(folder / "lake").connect()) as connection:
        limit(connection, out)
        calendar.prepare(connection, company(), DAY, made.grains, made.breakdowns)
        materialise(connection, made.facts, made.asked)
        for name in made.facts:
            connection.execute(f"copy {name} to '{folder / 'facts' / name}.parquet'")


def run(folder: Path, out: Path) -> None:
    """Add up every measure in every cell and period, and write the cubes."""
    made = plan(TABLES["funnel"])
    with closing(_over_facts(folder, made)) as connection:
        preparation.prepare_cubes(connection, made)
        queries = {
            cube.source.table: cube_sql(cube, columns(connection, cube.source.fact), None)
            for cube in made.cubes.values()
        }
        workspace.run(connection, (f"copy ({sql}) to '{out / name}.parquet'" for name, sql in queries.items()))


def scan(folder: Path, out: Path) -> None:  # noqa: ARG001
    """Read the columns that the cubes touch."""
    made = plan(TABLES["funnel"])
    with closing(_over_facts(folder, made)) as connection:
        connection.execute("set threads = 2")
        for fact, touched in _touched(connection, made):
            connection.execute(f"select {', '.join(f'max({name})' for name in touched)} from {fact}").fetchall()


def _over_facts(folder: Path, made: Plan) -> duckdb.DuckDBPyConnection:
    connection = Lake(folder / "lake").connect()
    calendar.prepare(connection, company(), DAY, made.grains, made.breakdowns)
    for name in made.facts:
        connection.execute(f"create view {name} as from '{folder / 'facts' / name}.parquet'")
    return connection


def _touched(connection: duckdb.DuckDBPyConnection, made: Plan) -> Iterator[tuple[str, list[str]]]:
    """Of each fact, its columns that occur in a cube."""
    for cube in made.cubes.values():
        text = " ".join((cube.source.on, *cube.dimensions, *(each.where for each in cube.measures)))
        yield cube.source.fact, [name for name in columns(connection, cube.source.fact) if name in text]
