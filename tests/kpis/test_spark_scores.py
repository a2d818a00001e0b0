"""Spark scores a night as DuckDB does: every KPI, on the goldens' rows and a month of a small company. `make spark`."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from include.company import Company
from include.lake import Lake

pytestmark = pytest.mark.spark

ROOT = Path(__file__).parents[2]
LEADS_PER_YEAR = 60


@pytest.fixture
def small(tmp_path: Path) -> Lake:
    """Made by a process of its own, since the sample company is told its size by the environment."""
    config = shutil.copytree(ROOT / "config", tmp_path / "config")
    sources = config / "sources.toml"
    sources.write_text(sources.read_text().replace('"data/drop"', f'"{tmp_path / "drop"}"'))
    told = {"DATA_DIR": tmp_path, "CONFIG_DIR": config, "SANDBOX_LEADS_PER_YEAR": LEADS_PER_YEAR}
    environment = {**os.environ, **{name: str(value) for name, value in told.items()}}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "plugins")])
    command = [sys.executable, "-m", "tests.kpis.pooled", str(tmp_path)]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert made.returncode == 0, made.stdout + made.stderr
    return Lake(tmp_path / "lake")


def test_every_kpi_is_the_same_on_spark(small: Lake, company: Company) -> None:
    from bin import spark  # needs PySpark, which only `make spark` installs

    spark.session(spark.HERE | spark.SMALL)

    assert not (found := spark.compare(small, company, "americas", date(2026, 10, 31))), "\n".join(found)
