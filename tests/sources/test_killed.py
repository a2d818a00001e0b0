"""A night killed with `kill -9` at every rename of its landing: what is there is whole, nothing counts as pulled that
is not, and the next run makes the very lake that an undisturbed one makes."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from include.company import Company, load
from include.lake import Lake
from include.sources import Days, build, land

ROOT = Path(__file__).parents[2]
D = date(2026, 10, 31)
SPEND = (
    "date,platform,ad_account_id,account_timezone,campaign_id,campaign_name,channel,country,currency,impressions,clicks,"
    "spend"
)
LEADS = "lead_id,created_at,channel,country,is_test,updated_at"
KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from tests.sources.test_killed import night

left = int(sys.argv[2])

def die(event, arguments):
    global left
    if event == "os.rename":
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
night(Path(sys.argv[1]))
"""


def company_of(root: Path) -> Company:
    known = load(ROOT / "config")
    planning = known.sources["planning"].model_copy(
        update={"path": str(root / "drop"), "tables": ["ad_spend_daily", "leads"]}
    )
    return known.model_copy(update={"sources": {"planning": planning}})


def night(root: Path) -> None:
    land(build(company_of(root), "planning"), None, Lake(root / "lake"), Days(D, D))


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """Two days of spend, one row of it wrong; two leads, one of them wrong."""
    (tmp_path / "drop").mkdir()
    spend = [f"{day},ads,1,Europe/Madrid,c1,C,paid_search,ES,{currency},1,1,5" for day, currency in
             (("2026-10-30", "EUR"), ("2026-10-31", "EUR"), ("2026-10-31", "XQX"))]  # fmt: skip
    (tmp_path / "drop" / "ad_spend_daily.csv").write_text("\n".join([SPEND, *spend, ""]))
    leads = [
        f"l{number},{D}T10:00:00Z,email,{country},false,{D}T10:00:00Z" for number, country in ((1, "ES"), (2, "QQ"))
    ]
    (tmp_path / "drop" / "leads.csv").write_text("\n".join([LEADS, *leads, ""]))
    return tmp_path


def held(root: Path) -> dict[str, bytes]:
    """Every file of rows and rejects."""
    files = sorted((root / "lake").rglob("day=*/*.parquet"))
    return {str(file.relative_to(root)): file.read_bytes() for file in files}


def counts(root: Path) -> list[tuple[str, int, int]]:
    return [(each.table, each.accepted, each.rejected) for each in Lake(root / "lake").health()]


def kill_at(root: Path, renames: int) -> int:
    """The night in a process of its own, killed before its `renames`-th rename is done (counted from 0)."""
    command = [sys.executable, "-c", KILLED, str(root), str(renames)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode


def test_a_night_killed_anywhere_is_made_good_by_the_next(drop: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    (whole / "drop").parent.mkdir()
    (whole / "drop").symlink_to(drop / "drop")
    night(whole)
    renames = len(held(whole)) + 1  # the last is the manifest's
    points = sorted({*range(0, renames, max(1, renames // 6)), renames - 2, renames - 1})
    for point in points:
        root = tmp_path / f"killed{point}"
        root.mkdir()
        (root / "drop").symlink_to(drop / "drop")
        assert kill_at(root, point) == -signal.SIGKILL, f"no kill at rename {point}"
        assert Lake(root / "lake").health() == []
        assert held(root).items() <= held(whole).items()
        night(root)
        assert held(root) == held(whole)
        assert counts(root) == counts(whole)
    assert counts(whole) == [("ad_spend_daily", 2, 1), ("leads", 1, 1)]
