"""The sources against the sample company: real paging, throttling, merges and dirt."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import requests

from include.company import Company
from include.lake import Lake
from include.sources import Days, Source, build, client, land, load
from include.sources.oauth import OAuth

ROOT = Path(__file__).parents[2]
FIRST, EARLIER, LAST = date(2026, 6, 1), date(2026, 10, 28), date(2026, 10, 31)
NOON = "T12:00:00Z"
AS_NOW = ("pocs", "reps", "subscription_items")
"""Tables whose vendor keeps no history: a load knows only their last version, the nights each that they met. Items are
rebuilt from documents, at other moments but to the same MRR (stripe/test_sandbox.py)."""

pytestmark = pytest.mark.slow


@contextmanager
def sandbox(drop: Path, clock: str, leads: int = 1500) -> Iterator[str]:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--drop", str(drop), "--clock", clock]
    with subprocess.Popen(
        [*command, "--leads-per-year", str(leads)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def sessions(url: str) -> dict[str, client.Session]:
    oauth = OAuth("sample-client", "sample-client-secret", "sample-google-refresh")
    return {
        "hubspot": client.session(url, {"Authorization": "Bearer sample-hubspot-token"}),
        "google_ads": client.session(url, {"developer-token": "sample-developer-token"}, oauth),
        "stripe": client.session(url, {"Authorization": "Bearer sample-stripe-key"}),
        "fx": client.session(url, {"Authorization": "Bearer sample-fx-token"}),
    }


def sources(company: Company, drop: Path) -> list[Source]:
    moved = {
        name: type(section)(**{**section.model_dump(), "path": str(drop)}) if section.kind == "files" else section
        for name, section in company.sources.items()
    }
    return [build(company.model_copy(update={"sources": moved}), name, root=Path("/")) for name in moved]


def content(lake: Lake, without: tuple[str, ...] = ()) -> dict[str, bytes]:
    found = {str(file.relative_to(lake.root)): file.read_bytes() for file in lake.root.glob("*/day=*/*.parquet")}
    return {name: held for name, held in found.items() if name.split("/")[0] not in without}


def test_nights_and_a_later_load_give_the_same_lake(company: Company, tmp_path: Path) -> None:
    drop, nightly, later = tmp_path / "drop", Lake(tmp_path / "nightly"), Lake(tmp_path / "later")
    with sandbox(drop, f"2026-10-29{NOON}") as url:
        known = sessions(url)
        for source in sources(company, drop):
            load(source, known.get(source.name), nightly, Days(FIRST, EARLIER))
        for day in (29, 30, 31):
            requests.post(
                f"{url}/_sandbox/clock", json={"now": f"2026-{10 + day // 31}-{day % 31 + 1:02}{NOON}"}, timeout=60
            )
            for source in sources(company, drop):
                land(source, known.get(source.name), nightly, Days(date(2026, 10, day), date(2026, 10, day)))
        for source in sources(company, drop):
            load(source, known.get(source.name), later, Days(FIRST, LAST))

    both = content(nightly, AS_NOW), content(later, AS_NOW)
    assert len(both[0]) > 800
    assert {name for name in both[0].keys() & both[1].keys() if both[0][name] != both[1][name]} == set()
    assert both[1].keys() <= both[0].keys()


def test_everything_that_came_was_accepted_rejected_or_superseded(company: Company, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    with sandbox(tmp_path / "drop", f"2026-11-01{NOON}") as url:
        known = sessions(url)
        landed = [load(s, known.get(s.name), lake, Days(FIRST, LAST)) for s in sources(company, tmp_path / "drop")]
        stats = requests.get(f"{url}/_sandbox/stats", timeout=60).json()

    for each in lake.health():
        assert each.landed == each.accepted + each.rejected + each.superseded
        assert each.accepted == lake.scan(each.table)["_source"].to_pylist().count(each.source)
        assert sum(each.reasons.values()) >= each.rejected
    assert all(not each.absent for each in landed)
    assert sum(throttled["throttled"] for throttled in stats.values()) > 0
    assert 0.001 < sum(each.rejected for each in landed) / sum(each.landed for each in landed) < 0.03
