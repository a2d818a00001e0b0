"""Rejected rows stay, with reasons and record, until their row comes back mended."""

from datetime import date
from typing import Any

import pyarrow.parquet as pq

from include.lake import TABLES, Lake
from include.lake.merging import key_text

from .made import FIRST, LAST, at, landing, reject, row

DAY = date(2026, 10, 3)
KEY = key_text(TABLES["leads"], {"lead_id": "1", "updated_at": at("2026-10-03T10:00:00")})


def rejected(lake: Lake, table: str) -> dict[str, list[dict[str, Any]]]:
    found = sorted((lake.root / "rejects" / table).glob("day=*/crm.parquet"))
    return {file.parent.name: pq.ParquetFile(file).read().to_pylist() for file in found}


def test_a_reject_lies_under_its_day_with_reasons_and_record(lake: Lake) -> None:
    lake.merge(landing("leads", [], rejects=[reject(DAY, '{"a": 1}', KEY)]))

    assert rejected(lake, "leads") == {
        "day=2026-10-03": [
            {"key": KEY, "reasons": ["amount: missing"], "record": '{"a": 1}', "origin": "row 7", "_source": "crm"}
        ]
    }


def test_a_reject_leaves_when_its_row_comes_back_mended(lake: Lake) -> None:
    lake.merge(landing("leads", [], rejects=[reject(DAY, key=KEY)]))
    lake.merge(landing("leads", [row("leads", lead_id="1", updated_at=at("2026-10-03T10:00:00"))]))

    assert rejected(lake, "leads") == {"day=2026-10-03": []}


def test_a_reject_stays_when_another_row_comes(lake: Lake) -> None:
    lake.merge(landing("leads", [], rejects=[reject(DAY, key=KEY)]))
    lake.merge(landing("leads", [row("leads", lead_id="2", updated_at=at("2026-10-03T10:00:00"))]))

    assert len(rejected(lake, "leads")["day=2026-10-03"]) == 1


def test_the_same_reject_again_is_one(lake: Lake) -> None:
    for key in (KEY, None):
        lake.merge(landing("leads", [], rejects=[reject(DAY, f"{key}", key)]))
        lake.merge(landing("leads", [], rejects=[reject(DAY, f"{key}", key)]))

    assert len(rejected(lake, "leads")["day=2026-10-03"]) == 2


def test_without_a_readable_stamp_it_lies_under_the_latest_range_only(lake: Lake) -> None:
    lake.merge(landing("leads", [], rejects=[reject(FIRST, "broken"), reject(FIRST, "other")]))
    lake.merge(landing("leads", [], rejects=[reject(LAST, "broken")]))

    told = {day: [each["record"] for each in found] for day, found in rejected(lake, "leads").items()}
    assert told == {"day=2026-10-01": ["other"], "day=2026-10-31": ["broken"]}


def test_pulling_a_dated_day_anew_replaces_its_rejects(lake: Lake) -> None:
    lake.replace(landing("ad_spend_daily", [], rejects=[reject(DAY)]))
    lake.replace(landing("ad_spend_daily", [row("ad_spend_daily", date=DAY)]))

    assert rejected(lake, "ad_spend_daily") == {"day=2026-10-03": []}
