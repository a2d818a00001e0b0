"""What the sample company's dirty rows leave behind: every row counted, every reject kept whole and found again."""

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from include.company import load
from include.lake import Lake
from include.lake.lake import TableHealth
from tests.end_to_end.conftest import ROOT, Sample

pytestmark = pytest.mark.slow

FROM_FILES = [name for name, source in load(ROOT / "config").sources.items() if source.kind == "files"]
DIRTY = [
    ("hubspot", "leads"),
    ("hubspot", "opportunities"),
    ("hubspot", "accounts"),
    ("hubspot", "activities"),
    ("hubspot", "crm_stage_history"),
    ("china_ads", "ad_spend_daily"),
    ("web_analytics", "web_sessions_daily"),
    ("planning", "sales_costs"),
    ("planning", "pocs"),
    ("planning", "product_events"),
]
"""Where the sample company plants rows that no strict reader takes."""


def health(sample: Sample) -> dict[tuple[str, str], TableHealth]:
    return {(each.source, each.table): each for each in Lake(sample.data / "lake").health()}


def rejects(sample: Sample, source: str, table: str) -> list[dict[str, Any]]:
    files = sorted((sample.data / "lake" / "rejects" / table).glob(f"day=*/{source}.parquet"))
    found: list[dict[str, Any]] = pa.concat_tables([pq.read_table(f, partitioning=None) for f in files]).to_pylist()
    return found


@cache
def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")


def line(sample: Sample, origin: str) -> list[str]:
    """The cells of `sales_costs.csv, row 60`, counted as a person's editor counts them."""
    file, row = origin.split(", row ")
    return next(csv.reader([lines(sample.data / "drop" / file)[int(row) - 1]]))


def test_no_landed_row_is_lost_or_made_up(sample: Sample) -> None:
    found = health(sample)
    assert set(DIRTY) <= set(found)
    for each in found.values():
        assert each.landed == each.accepted + each.rejected + each.superseded, each
        assert each.landed > 0, each


def test_about_one_row_in_a_hundred_is_rejected(sample: Sample) -> None:
    dirty = [health(sample)[each] for each in DIRTY]
    assert 0.005 < sum(each.rejected for each in dirty) / sum(each.landed for each in dirty) < 0.02


@pytest.mark.parametrize(("source", "table"), DIRTY)
def test_rejects_keep_their_reasons_and_the_record_as_it_came(sample: Sample, source: str, table: str) -> None:
    found = rejects(sample, source, table)
    assert found
    for each in found:
        assert each["reasons"]
        assert all(re.match(r"\w+: .+", reason) for reason in each["reasons"]), each
        assert json.loads(each["record"])
        assert each["_source"] == source


@pytest.mark.parametrize(("source", "table"), DIRTY)
def test_the_manifest_counts_the_reasons_that_the_rejects_give(sample: Sample, source: str, table: str) -> None:
    given = {reason for each in rejects(sample, source, table) for reason in each["reasons"]}
    counted = health(sample)[source, table].reasons
    assert counted
    assert all(count > 0 for count in counted.values())
    # The manifest counts all that were ever pulled, rejects are those of the latest pull; both know the frequent ones.
    assert given & set(counted)


@pytest.mark.parametrize(("source", "table"), [each for each in DIRTY if each[0] in FROM_FILES])
def test_a_reject_of_a_file_names_the_row_in_which_it_stands(sample: Sample, source: str, table: str) -> None:
    for each in rejects(sample, source, table):
        assert re.fullmatch(rf"{table}\.csv, row \d+", each["origin"]), each
        record = json.loads(each["record"])
        kept = list(record.values()) if isinstance(record, dict) else record
        assert sorted(kept) == sorted(line(sample, each["origin"])), each


@pytest.mark.parametrize(("source", "table"), [each for each in DIRTY if each[0] == "hubspot"])
def test_a_reject_of_a_vendor_names_its_record(sample: Sample, source: str, table: str) -> None:
    for each in rejects(sample, source, table):
        assert re.fullmatch(r"\w+ \d+", each["origin"]), each


@pytest.mark.parametrize(
    ("source", "table", "reason"),
    [
        ("china_ads", "ad_spend_daily", r"line: \d+ cells where the header has \d+"),
        ("china_ads", "ad_spend_daily", r"currency: 'XQX' is no ISO 4217 code"),
        ("china_ads", "ad_spend_daily", r"country: 'QQ' is no ISO 3166-1 code"),
        ("china_ads", "ad_spend_daily", r"spend: '-[\d.]+' is negative"),
        ("planning", "sales_costs", r"amount: '-[\d.]+' is negative"),
        ("hubspot", "opportunities", r"amount: 'NaN' is no number"),
        ("hubspot", "crm_stage_history", r"stage: 'evangelist' is in no \[hubspot.lifecyclestage\] of funnel.toml"),
        ("web_analytics", "web_sessions_daily", r"period_start: '.+' is no date \(YYYY-MM-DD\)"),
    ],
)
def test_a_defect_has_its_own_reason(sample: Sample, source: str, table: str, reason: str) -> None:
    given = [told for each in rejects(sample, source, table) for told in each["reasons"]]
    assert any(re.fullmatch(reason, told) for told in given)
