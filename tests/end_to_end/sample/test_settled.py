"""The sample company's second day, scored with the facts that its first day has kept."""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from include.company import load
from include.kpis import stored
from include.kpis.schema import KEY, SCORES
from include.kpis.score import scores
from include.lake import Lake
from tests.end_to_end.conftest import MONTH_END, Sample

pytestmark = pytest.mark.slow


def test_a_night_that_kept_facts_serve_is_the_night_that_everything_landed_makes(sample: Sample) -> None:
    lake, company = Lake(sample.data / "lake"), load(Path(sample.environment["CONFIG_DIR"]))
    day = date.fromisoformat(MONTH_END)
    served = pq.read_table(stored.file(lake.root, "europe", day), partitioning=None).cast(SCORES)

    anew = scores(lake, company, "europe", day)

    order = [(name, "ascending") for name in KEY]
    assert served.sort_by(order).equals(anew.sort_by(order))


def test_months_are_kept_of_every_relation_that_says_whose_its_rows_are(sample: Sample) -> None:
    index = json.loads((sample.data / "lake" / "facts" / "index.json").read_text())

    assert {"members", "readers", "people", "stage_entries", "touches", "steps"} <= set(index["files"])
    assert all("2025-06" in months for name, months in index["files"].items())
    for name, months in index["files"].items():
        for month, file in months.items():
            kept = pq.read_schema(sample.data / "lake" / "facts" / name / f"month={month}" / file)
            assert {"grp", "known_from", "known_to"} <= set(kept.names)
