"""One small lake of many: the goldens' rows and a month of a small sample company, each under names of its own."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import connections
import pyarrow as pa
import pyarrow.compute as pc

from bin import environment, services
from include.company import load as load_company
from include.lake import TABLES, Lake
from include.sources import Days, load
from tests.kpis.factory import Row, land

FILES = ("test_goldens.py", "test_retention.py")
GOLDENS = ("g1", "g2", "g3_mrr", "g4", "g5", "g6_stage", "g7", "g8_renewals_by")
"""A test of each worked example."""
MONTH = Days(date(2026, 10, 1), date(2026, 10, 31))


def goldens(folder: Path) -> dict[str, Lake]:
    """The lakes that the worked examples leave, by test, in `folder`; each was scored by DuckDB as the test says."""
    files = [str(Path(__file__).with_name(name)) for name in FILES]
    chosen = " or ".join(f"test_{name}" for name in GOLDENS)
    command = [sys.executable, "-m", "pytest", "-q", "-k", chosen, "--basetemp", str(folder), *files]
    ran = subprocess.run(command, cwd=environment.ROOT, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout
    found = [each.parent for each in sorted(folder.glob("test_g*/manifest")) if not each.parent.is_symlink()]
    assert len(found) == len(GOLDENS), found
    return {each.name: Lake(each) for each in found}


def small_month(folder: Path) -> Lake:
    """October of the sample company as its vendors give it, pulled by our sources; how large it is, the environment
    says."""
    lake, company = Lake(folder / "lake"), load_company(connections.config())
    environment.prepare(sample=True)
    with services.sandbox() as wait:
        wait()
        for name in company.sources:
            load(connections.source(name), connections.session(name), lake, MONTH, False)
    return lake


def pooled(root: Path, lakes: Mapping[str, Lake]) -> Lake:
    """All rows of `lakes` as one pull of one source, complete for all of history; what is alike by name in two of them
    stays two things."""
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    for name, lake in lakes.items():
        for table in TABLES:
            found[table] += _renamed(lake.scan(table), name)
    return land(root, found)


def _renamed(rows: pa.Table, owner: str) -> Iterator[Row]:
    for index, field in enumerate(rows.schema):
        if field.name.endswith("_id") and pa.types.is_string(field.type):
            rows = rows.set_column(index, field, pc.binary_join_element_wise(f"{owner}-", rows[field.name], ""))
    yield from rows.to_pylist()


if __name__ == "__main__":
    made = Path(sys.argv[1])
    pooled(made / "lake", {**goldens(made / "goldens"), "small": small_month(made / "month")})
