"""`python -m benchmarks.kpis --events 1_000_000 --rounds 3`: the catalogue beside its rivals, target by target.

Data stays under data/bench until it is deleted: it is made once for each number of events.
"""

import argparse
import os
import shutil
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.kpis import agree, dbt
from benchmarks.kpis.cells import ALL, TABLES
from benchmarks.kpis.company import ROOT
from benchmarks.kpis.generate import generate
from benchmarks.kpis.landed import MEMORY
from benchmarks.kpis.rounds import Command, Failed, Taken, contest, interleaved, run
from benchmarks.report import machine

RIVALS = ("tuned", "pandas", "dbt")
LARGE = 50_000_000


def main() -> None:
    given = _arguments()
    folder = ROOT / "data" / "bench" / str(given.events)
    rows = generate(folder, given.events)
    os.environ |= {MEMORY: given.memory, TABLES: " ".join(given.tables)}
    console = Console(width=120)
    console.print(f"{machine()}; load {os.getloadavg()[0]:.1f}; {_told(rows)}")
    taken = interleaved(_commands(folder, given.without), given.rounds)
    console.print(_figures(taken, given.rounds))
    for name in RIVALS:
        if name in taken:
            console.print(f"{name}: {_agreement(folder, name)}")
    console.print(_targets(taken, given.events))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kpis")
    parser.add_argument("--events", type=int, default=1_000_000, help="lead-stage events (default 1_000_000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs (default 3)")
    parser.add_argument("--without", nargs="*", default=(), help="contestants to leave out, such as dbt (network)")
    parser.add_argument("--memory", default="", help="DuckDB's memory limit for each, such as 2GB (default: its own)")
    parser.add_argument("--tables", nargs="+", default=ALL, choices=ALL, help="some of the five tables (default: all)")
    return parser.parse_args()


def _told(rows: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in rows.items())


def _commands(folder: Path, without: list[str]) -> dict[str, Command]:
    outs = {name: _empty(folder / "out" / name) for name in ("catalogue", *RIVALS, "scan", "cube", "cube_scan")}
    run(contest("facts", folder, folder / "out"))
    commands = {name: contest(name, folder, out) for name, out in outs.items() if name not in ("dbt", *without)}
    return commands if "dbt" in without else {**commands, "dbt": dbt.write(folder, outs["dbt"])}


def _empty(out: Path) -> Path:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return out


def _figures(taken: dict[str, Taken], rounds: int) -> Table:
    table = Table("contestant", "CPU s", "wall s", "peak MB", title=f"whole processes, medians of {rounds}")
    for name, each in taken.items():
        table.add_row(name, f"{each.cpu:.1f}", f"{each.wall:.1f}", f"{each.peak:.0f}")
    return table


def _agreement(folder: Path, name: str) -> str:
    apart = agree.differences(agree.scores(folder / "out" / "catalogue"), agree.cells(folder / "out" / name))
    return "; ".join(apart) or "every cell as the catalogue's"


def _targets(taken: dict[str, Taken], events: int) -> Table:
    ours = taken["catalogue"]
    table = Table("target", "against", "measured", title=f"{events:,} lead-stage events")

    def ratio(name: str, of: str = "cpu", work: Taken = ours) -> str:
        other = taken.get(name)
        return "not run" if other is None else f"{getattr(work, of) / getattr(other, of):.2f}×"

    def times(of: str) -> str:
        return "not run" if "pandas" not in taken else f"{getattr(taken['pandas'], of) / getattr(ours, of):.2f}×"

    table.add_row("five tables ≤ 1.3× CPU", "hand-tuned DuckDB SQL", ratio("tuned"))
    table.add_row("additive cube ≤ 3× CPU", "a pure scan of its columns", ratio("cube_scan", "work", taken["cube"]))
    table.add_row("≥ 3× faster (wall), ≥ 1.8× less CPU", "careful pandas", f"{times('wall')}, {times('cpu')}")
    table.add_row("≤ 0.7× CPU", "dbt-core + dbt-duckdb", ratio("dbt"))
    table.add_row("a night ≤ 5 % of a full recompute", "itself", _night())
    table.add_row("50M events within 2 GB", "out of memory", _large(ours, events))
    return table


def _night() -> str:
    return "measured elsewhere"


def _large(ours: Taken, events: int) -> str:
    limit = os.environ.get(MEMORY)
    return f"ended within {limit}, peak {ours.peak:.0f} MB" if events >= LARGE and limit else "not run at this size"


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        raise SystemExit(str(failure)) from failure
