"""`python -m benchmarks.kpis --events 1_000_000 --rounds 3`: the catalogue beside its rivals, target by target.

Data stays under data/bench until it is deleted: it is made once for each number of events.
"""

import argparse
import os
import shutil
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.kpis import agree, dbt, targets
from benchmarks.kpis.cells import ALL, TABLES
from benchmarks.kpis.company import LONGEST, ROOT
from benchmarks.kpis.generate import MONTHS, generate
from benchmarks.kpis.landed import MEMORY
from benchmarks.kpis.rounds import Command, Failed, Taken, contest, interleaved, run
from benchmarks.report import machine

RIVALS = ("tuned", "pandas", "dbt")


def main() -> None:
    given = _arguments()
    folder = ROOT / "data" / "bench" / f"{given.events}{'' if given.months == MONTHS else f'-{given.months}'}"
    rows = generate(folder, given.events, given.months)
    os.environ |= {MEMORY: given.memory, TABLES: " ".join(given.tables)}
    console = Console(width=120)
    console.print(f"{machine()}; load {os.getloadavg()[0]:.1f}; {_told(rows)}")
    taken = interleaved(_commands(folder, given.without), given.rounds)
    console.print(_figures(taken, given.rounds))
    for name in ("night", *RIVALS):
        if name in taken:
            console.print(f"{name}: {_agreement(folder, name)}")
    console.print(targets.table(taken, given.events))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kpis")
    parser.add_argument("--events", type=int, default=1_000_000, help="lead-stage events (default 1_000_000)")
    parser.add_argument("--months", type=int, default=MONTHS, help=f"of history, at most {LONGEST} (default {MONTHS})")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs (default 3)")
    parser.add_argument("--without", nargs="*", default=(), help="contestants to leave out, such as dbt (network)")
    parser.add_argument("--memory", default="", help="DuckDB's memory limit for each, such as 2GB (default: its own)")
    parser.add_argument("--tables", nargs="+", default=ALL, choices=ALL, help="some of the five tables (default: all)")
    return parser.parse_args()


def _told(rows: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in rows.items())


def _commands(folder: Path, without: list[str]) -> dict[str, Command]:
    outs = {
        name: _empty(folder / "out" / name) for name in ("catalogue", "night", *RIVALS, "scan", "cube", "cube_scan")
    }
    if not {"cube", "cube_scan"} <= set(without):
        run(contest("facts", folder, folder / "out"))
    if "night" not in without:
        run(contest("keep", folder, folder / "out"))
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
    made = (agree.scores if name == "night" else agree.cells)(folder / "out" / name)
    apart = agree.differences(agree.scores(folder / "out" / "catalogue"), made)
    return "; ".join(apart) or "every cell as the catalogue's"


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        raise SystemExit(str(failure)) from failure
