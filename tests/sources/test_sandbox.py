"""The sources against the sample company: real paging, throttling, merges and dirt."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import requests

from include.company import Company
from include.lake import Lake
from include.sources import Days, Landed, Source, build, client, land, load
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


@dataclass(frozen=True)
class Both:
    """Lakes of the same days: one of three nights after an earlier history, one of a load at the end, of which the
    sources' and the vendors' counts are kept."""

    nightly: Lake
    later: Lake
    landed: list[Landed]
    throttled: int


@pytest.fixture(scope="module")
def both(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("sandbox")
    drop, nightly, later = folder / "drop", Lake(folder / "nightly"), Lake(folder / "later")
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
        before = throttled(url)
        landed = [load(each, known.get(each.name), later, Days(FIRST, LAST)) for each in sources(company, drop)]
        return Both(nightly, later, landed, throttled(url) - before)


def throttled(url: str) -> int:
    """How many calls the vendors have turned away so far."""
    stats = requests.get(f"{url}/_sandbox/stats", timeout=60).json()
    return sum(each["throttled"] for each in stats.values())


def test_nights_and_a_later_load_give_the_same_lake(both: Both) -> None:
    nightly, later = content(both.nightly, AS_NOW), content(both.later, AS_NOW)
    assert len(nightly) > 800
    assert {name for name in nightly.keys() & later.keys() if nightly[name] != later[name]} == set()
    assert later.keys() <= nightly.keys()


def test_everything_that_came_was_accepted_rejected_or_superseded(both: Both) -> None:
    for each in both.later.health():
        assert each.landed == each.accepted + each.rejected + each.superseded
        assert each.accepted == both.later.scan(each.table)["_source"].to_pylist().count(each.source)
        assert sum(each.reasons.values()) >= each.rejected
    assert all(not each.absent for each in both.landed)
    assert both.throttled > 0
    assert 0.001 < sum(each.rejected for each in both.landed) / sum(each.landed for each in both.landed) < 0.03
