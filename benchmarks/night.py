"""`make bench-kpis`: what the whole catalogue costs a night on the sample company, after `make report`.

Each night is scored in a process of its own, as if nobody had; the median of three rounds, one night after another.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.report import ROOT, machine
from bin.environment import data
from include.company import load
from include.kpis import KPIS

DAY, ROUNDS = "2026-10-31", 3
SCORE = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from include.company import load
from include.kpis import stored
from include.kpis.score import score
from include.lake import Lake
import pyarrow.parquet as pq
company, lake, night, day = load(Path("config")), Lake(Path(sys.argv[1])), sys.argv[2], date.fromisoformat(sys.argv[3])
file = stored.file(lake.root, night, day)
file.with_name(stored.BASIS).unlink(missing_ok=True)
began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
score(lake, company, night, day)
now = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "wall": time.perf_counter() - began,
    "cpu": now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime,
    "gb": now.ru_maxrss / 2**20, "rows": pq.ParquetFile(file).metadata.num_rows, "mb": file.stat().st_size / 1e6,
}))
"""


def main() -> None:
    """Print seconds, memory and rows of every night."""
    nights = load(ROOT / "config").nights
    rounds = [{night: _scored(night) for night in nights} for _ in range(ROUNDS)]
    table = Table("night", "wall s", "CPU s", "peak GB", "rows of scores", "MB", title=f"{len(KPIS)} KPIs; {machine()}")
    for night in nights:
        middle = {name: statistics.median(each[night][name] for each in rounds) for name in rounds[0][night]}
        figures = (f"{middle['wall']:.1f}", f"{middle['cpu']:.1f}", f"{middle['gb']:.2f}", f"{middle['rows']:,.0f}")
        table.add_row(night, *figures, f"{middle['mb']:.0f}")
    Console(width=100).print(table)


def _scored(night: str) -> dict[str, Any]:
    command = [sys.executable, "-c", SCORE, str(data() / "lake"), night, DAY]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(ran.stdout.strip().splitlines()[-1]))


if __name__ == "__main__":
    sys.exit(main() if (data() / "lake").is_dir() else f"there is no lake in {Path(data())}: run make report first")
