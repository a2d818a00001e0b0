"""One contestant in this process: `python -m benchmarks.kpis.contest <name> <folder> <out>`.

The last line printed is the CPU seconds of the work itself, without starting Python and importing.
"""

import sys
import time
from importlib import import_module
from pathlib import Path

RUNS = {
    "catalogue": ("catalogue", "run"),
    "keep": ("catalogue", "keep"),
    "night": ("catalogue", "night"),
    "tuned": ("tuned", "run"),
    "pandas": ("frames", "run"),
    "scan": ("scan", "run"),
    "facts": ("cube", "facts"),
    "cube": ("cube", "run"),
    "cube_scan": ("cube", "scan"),
}


def main(name: str, folder: Path, out: Path) -> None:
    module, function = RUNS[name]
    run = getattr(import_module(f"benchmarks.kpis.{module}"), function)
    began = time.process_time()
    run(folder, out)
    sys.stdout.write(f"{time.process_time() - began}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve())
