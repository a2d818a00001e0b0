"""The benchmark compares like with like: what it is measured against says the same in every cell."""

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from benchmarks.kpis import agree, catalogue, dbt, frames, tuned
from benchmarks.kpis.cells import ALL, CELL
from benchmarks.kpis.generate import generate

EVENTS, MONTHS = 3000, 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small lake, and in <folder>/catalogue what the catalogue makes of it."""
    made = tmp_path_factory.mktemp("bench")
    generate(made, EVENTS, MONTHS)
    (made / "catalogue").mkdir()
    catalogue.run(made, made / "catalogue")
    return made


def _differences(folder: Path, out: Path) -> list[str]:
    return agree.differences(agree.scores(folder / "catalogue"), agree.cells(out))


def test_every_table_has_cells_to_compare(folder: Path) -> None:
    with closing(duckdb.connect()) as connection:
        counted = connection.sql(f"select kpi, count(*) from ({agree.scores(folder / 'catalogue')}) group by kpi")
        found = dict(counted.fetchall())
    assert len(found) == 16
    assert min(found.values()) > 100


def test_hand_tuned_sql_says_the_same(folder: Path, tmp_path: Path) -> None:
    tuned.run(folder, tmp_path)
    assert _differences(folder, tmp_path) == []


def test_pandas_says_the_same(folder: Path, tmp_path: Path) -> None:
    frames.run(folder, tmp_path)
    assert _differences(folder, tmp_path) == []


def test_the_models_of_dbt_say_the_same(folder: Path, tmp_path: Path) -> None:
    """Their SQL alone; dbt itself is not part of the environment."""
    with closing(duckdb.connect()) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, where in dbt.locations(folder):
            connection.execute(f"create view {name} as from {where}")
        for name, sql in dbt.models().items():
            connection.execute(f"create table {name} as {sql}")
        for name in ALL:
            connection.execute(f"copy (select {', '.join(CELL)} from {name}) to '{tmp_path / name}.parquet'")
    assert _differences(folder, tmp_path) == []


def test_a_cell_that_differs_is_told(folder: Path, tmp_path: Path) -> None:
    tuned.run(folder, tmp_path)
    other = agree.cells(tmp_path)
    raised = f"select * replace (case when kpi = 'nrr' then value + 1e-6 else value end as value) from ({other})"
    assert [line.split(" ")[0] for line in _differences_of(folder, raised)] == ["nrr"]
    fewer = f"select * from ({other}) where kpi <> 'cac'"
    assert [line.split(":")[1].split(" ")[1:4] for line in _differences_of(folder, fewer)] == [["only", "the", "first"]]


def _differences_of(folder: Path, other: str) -> list[str]:
    return agree.differences(agree.scores(folder / "catalogue"), other)


def test_a_night_that_finds_what_the_one_before_kept_makes_the_same_cells(folder: Path, tmp_path: Path) -> None:
    catalogue.keep(folder, tmp_path)
    catalogue.night(folder, tmp_path)

    assert agree.differences(agree.scores(folder / "catalogue"), agree.scores(tmp_path)) == []
