"""`python -m benchmarks.kpis.history`: what a night costs with one, two and three years of history, all at one rate."""

import argparse
import os
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.kpis.company import ROOT
from benchmarks.kpis.generate import generate
from benchmarks.kpis.landed import MEMORY
from benchmarks.kpis.rounds import Taken, contest, interleaved, run
from benchmarks.report import machine

YEARS = (1, 2, 3)


def main() -> None:
    given = _arguments()
    os.environ[MEMORY] = given.memory
    console = Console(width=120)
    console.print(f"{machine()}; load {os.getloadavg()[0]:.1f}; {given.events:,} lead-stage events a year")
    folders = {f"{12 * years} months": _kept(given.events, years) for years in YEARS}
    taken = interleaved({name: contest("night", each, each / "out") for name, each in folders.items()}, given.rounds)
    console.print(_table(taken, given.rounds))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kpis.history")
    parser.add_argument("--events", type=int, default=480_000, help="lead-stage events a year (default 480_000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs (default 3)")
    parser.add_argument("--memory", default="", help="DuckDB's memory limit for each, such as 2GB (default: its own)")
    return parser.parse_args()


def _kept(events: int, years: int) -> Path:
    """A lake of so many years, with what the night before has kept."""
    folder = ROOT / "data" / "bench" / f"{events}-a-year-{years}"
    generate(folder, events * years, 12 * years)
    (folder / "out").mkdir(exist_ok=True)
    run(contest("keep", folder, folder / "out"))
    return folder


def _table(taken: dict[str, Taken], rounds: int) -> Table:
    table = Table("history", "CPU s", "wall s", "peak MB", "CPU of one year's", title=f"a night, medians of {rounds}")
    (first, *_) = taken.values()
    for name, each in taken.items():
        table.add_row(name, f"{each.cpu:.1f}", f"{each.wall:.1f}", f"{each.peak:.0f}", f"{each.cpu / first.cpu:.2f}×")
    return table


if __name__ == "__main__":
    main()
