"""What a night leaves behind: its scores, read in part, and its targets."""

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from include.company import Company
from include.kpis import stored
from include.kpis.schema import KEY, SCORES
from include.kpis.score import score, scores
from include.kpis.targets import targets
from include.lake import Lake
from tests.kpis.factory import at, land

DAY = date(2026, 10, 31)
PLANNED = {"period_start": date(2026, 10, 1), "region": "spain", "target_value": 50, "currency": "EUR"}


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory, company: Company) -> Lake:
    lead = {"lead_id": "L1", "created_at": at("2026-10-05"), "country": "ES", "campaign_id": "autumn"}
    lake = land(tmp_path_factory.mktemp("lake"), {"leads": [lead], "targets": [PLANNED]})
    score(lake, company, "europe", DAY)
    return lake


def test_the_file_holds_the_scores_and_nothing_else(scored: Lake, company: Company) -> None:
    order = [(name, "ascending") for name in KEY]
    kept = stored.read(scored, "europe", DAY, SCORES.names, "true")

    assert kept.sort_by(order).equals(scores(scored, company, "europe", DAY).sort_by(order))


def test_a_reader_of_one_kpi_without_breakdowns_gets_just_that(scored: Lake) -> None:
    asked = "kpi = 'leads_created' and breakdown is null"
    found = stored.read(scored, "europe", DAY, ["kpi", "channel", "value"], asked)

    assert set(found["kpi"].to_pylist()) == {"leads_created"}
    assert found.column_names == ["kpi", "channel", "value"]
    assert 1.0 in found["value"].to_pylist()


def test_a_row_group_is_of_one_kpi_and_one_statistic_with_or_without_breakdowns(scored: Lake) -> None:
    """So that what is not asked for is skipped, and not read and thrown away."""
    groups = pq.ParquetFile(stored.file(scored.root, "europe", DAY))
    alike = ["kpi", "statistic", "breakdown"]

    for number in range(groups.num_row_groups):
        rows = groups.read_row_group(number, columns=alike).to_pylist()
        assert len({(row["kpi"], row["statistic"], row["breakdown"] is None) for row in rows}) == 1


def test_a_night_that_is_not_scored_has_no_scores(scored: Lake) -> None:
    with pytest.raises(FileNotFoundError):
        stored.read(scored, "asia", DAY, ["kpi"], "true")


def test_the_targets_kept_are_those_of_the_lake(scored: Lake, company: Company) -> None:
    kept = targets(scored, company, DAY, night="europe")

    assert not kept.empty
    pd.testing.assert_frame_equal(kept, targets(scored, company, DAY))


def test_the_targets_of_a_scored_night_are_those_it_was_scored_with(tmp_path: Path, company: Company) -> None:
    """A report's figures agree with each other, whatever has landed since."""
    lake = land(tmp_path, {"targets": [PLANNED]})
    score(lake, company, "europe", DAY)
    land(tmp_path, {"targets": [{**PLANNED, "target_value": 80}]})

    assert set(targets(lake, company, DAY, night="europe").query("currency == 'EUR'")["target"]) == {50.0}
    assert set(targets(lake, company, DAY, night="asia").query("currency == 'EUR'")["target"]) == {80.0}
