"""`make bench`: wall time and peak memory of the first and the second report, and of importing the Dags.

Each figure is a whole process started as a user starts it, on data of its own; the table names the machine.
"""

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
IMPORT_DAGS = """
import time
import airflow.sdk, airflow.timetables.interval, pendulum
started = time.perf_counter()
import runpy
for file in ("nightly_report", "load_history"):
    runpy.run_path(f"dags/{file}.py")
print(time.perf_counter() - started)
"""


def main() -> None:
    """Print target and measured value of every promise."""
    table = Table("what (memory: the largest process)", "target", "measured", title=machine())
    with tempfile.TemporaryDirectory() as folder:
        first, peak = _report(Path(folder))
        table.add_row("first report, 24 months of history included", "≤ 120 s, ≤ 1.5 GB", _told([first], peak))
        again = [_report(Path(folder)) for _ in range(3)]
        peak = max(peak for _, peak in again)
        table.add_row("second report", "≤ 45 s, ≤ 1.5 GB", _told([seconds for seconds, _ in again], peak))
    table.add_row("importing a Dag file, Airflow loaded", "≤ 1 s", f"{statistics.median(map(_import, range(5))):.2f} s")
    Console().print(table)


def _told(seconds: list[float], peak: float) -> str:
    spread = f" (median of {len(seconds)}: {', '.join(f'{each:.0f}' for each in seconds)})" if len(seconds) > 1 else ""
    return f"{statistics.median(seconds):.0f} s{spread}, {peak / 1024:.2f} GB"


def machine() -> str:
    """What the figures were measured on."""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.platform()}, Python {platform.python_version()}"


def _report(data: Path) -> tuple[float, float]:
    """Seconds of one `make report` on `data`, and the peak memory in MB of its largest process."""
    started = time.perf_counter()
    config = shutil.copytree(ROOT / "config", data / "config", dirs_exist_ok=True)
    sources = config / "sources.toml"
    sources.write_text(sources.read_text().replace('"data/drop"', f'"{data / "drop"}"'))
    environment = {**os.environ, "DATA_DIR": str(data), "CONFIG_DIR": str(config), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "bin.report"], cwd=ROOT, env=environment, check=True)
    return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _import(_: int) -> float:
    environment = {**os.environ, "AIRFLOW_HOME": tempfile.mkdtemp(), "PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}
    ran = subprocess.run(
        [sys.executable, "-c", IMPORT_DAGS], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return float(ran.stdout.split()[-1])


if __name__ == "__main__":
    main()
