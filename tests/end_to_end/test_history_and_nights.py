"""A backfill gives what the night gave: each night at its hour with the sample's clock moved on, or one history load at
the end, the scores of every day are the same. All but those of what vendors restate, which is kept as last landed."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from include.company import Night, load
from include.kpis.availability import tables_of
from include.kpis.catalogue import KPIS
from tests.end_to_end.conftest import ROOT, Sample

pytestmark = pytest.mark.slow

COMPANY = load(ROOT / "config")
FIRST = date(2025, 10, 1)
DAYS = [date(2026, 10, 24) + timedelta(days=each) for each in range(3)]
"""The second has 25 hours in Europe."""
RESTATED = {"ad_spend_daily", "sales_costs"}
"""Google Ads corrects a day's spend for 30 days, and finance books costs late; neither keeps an older state."""
CASES = [(night, day) for day in DAYS for night in COMPANY.nights]


def starts(night: Night, day: date) -> datetime:
    """When the night's run of `day` starts: at its hour of the following day."""
    hour = time(night.hour, tzinfo=ZoneInfo(night.zone))
    return datetime.combine(day + timedelta(days=1), hour).astimezone(UTC)


AGENDA = sorted((starts(night, day), night.id, str(day)) for night in COMPANY.nights.values() for day in DAYS)


@dataclass(frozen=True)
class Both:
    """The data folders of the two ways to the same days."""

    nights: Path
    history: Path

    def scores(self, way: Path, night: str, day: date) -> pa.Table:
        return pq.read_table(way / "lake" / "scores" / f"day={day}" / f"night={night}" / "data.parquet")


@contextmanager
def sandbox(sample: Sample, clock: datetime) -> Iterator[None]:
    """The sample company, its clock at `clock` until it is moved."""
    port, drop = sample.environment["SANDBOX_PORT"], str(sample.data / "drop")
    command = [sys.executable, "-m", "sandbox", "--port", port, "--drop", drop, "--clock", clock.isoformat()]
    command += ["--leads-per-year", "600"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert "ready" in server.stdout.readline()
            yield
        finally:
            server.terminate()


def take(sample: Sample, folder: Path, steps: list[list[Any]]) -> None:
    """Take steps on a data folder of its own, with this sample's sandbox and configuration."""
    command = [sys.executable, "-m", "tests.end_to_end.by_hand", json.dumps(steps)]
    settings = {**sample.environment, "DATA_DIR": str(folder)}
    ran = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-4000:]


def history(last: date) -> list[Any]:
    return ["run", "load_history", {"from": str(FIRST), "to": str(last)}]


@pytest.fixture(scope="module")
def both(new_sample: Callable[[], Sample]) -> Both:
    made = new_sample()
    found = Both(made.data / "nights", made.data / "history")
    steps = [
        step
        for at, night, day in AGENDA
        for step in (["clock", at.isoformat()], ["land", night, day], ["score", night, day])
    ]
    with sandbox(made, AGENDA[0][0] - timedelta(days=1)):
        take(made, found.nights, [history(DAYS[0] - timedelta(days=2)), *steps])
        scored = [["score", night, day] for _, night, day in AGENDA]
        take(made, found.history, [history(DAYS[-1]), *scored])
    return found


def as_of(table: pa.Table) -> pa.Table:
    """The scores that read nothing that vendors restate."""
    kept = [kpi.id for kpi in KPIS.values() if not RESTATED & set(tables_of(kpi))]
    return table.filter(pc.is_in(table["kpi"], pa.array(kept)))


@pytest.mark.parametrize(("night", "day"), CASES)
def test_a_history_load_scores_a_day_as_its_night_did(both: Both, night: str, day: date) -> None:
    by_night, by_history = (as_of(both.scores(way, night, day)) for way in (both.nights, both.history))
    assert by_night.num_rows > 1000
    assert by_night.equals(by_history)


@pytest.mark.parametrize("night", list(COMPANY.nights))
def test_every_kpi_of_what_the_crm_and_billing_hold_is_compared(both: Both, night: str) -> None:
    counted = as_of(both.scores(both.nights, night, DAYS[-1]))
    counted = counted.filter(pc.and_(pc.is_valid(counted["value"]), pc.not_equal(counted["value"], 0)))
    assert {"leads_created", "mql_count", "pipeline_value", "mrr", "invoiced_revenue"} <= set(
        counted["kpi"].to_pylist()
    )


def test_what_a_vendor_restated_is_scored_as_last_landed(both: Both) -> None:
    by_night, by_history = (both.scores(way, COMPANY.company_night.id, DAYS[0]) for way in (both.nights, both.history))
    changed = set(KPIS) - {kpi for kpi in KPIS if _of(by_night, kpi).equals(_of(by_history, kpi))}
    assert "ad_spend" in changed or "cost_per_lead" in changed, changed
    assert all(RESTATED & set(tables_of(KPIS[kpi])) for kpi in changed)


def _of(table: pa.Table, kpi: str) -> pa.Table:
    return table.filter(pc.equal(table["kpi"], kpi))
