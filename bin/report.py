"""`make report`: one day of the company, from the vendors' APIs to the mailbox, through the real Dags.

Starts the sample company and a mailbox where the configuration names the sandbox, loads the history that the lake
lacks, runs each night, and prints what every region got. Exit code 0 only if
all was delivered.
"""

import contextlib
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from rich.console import Console

from bin import days, history, nights, outcome, services
from bin.environment import ROOT, data, prepare
from bin.only_one import only_one
from bin.progress import Progress
from include.company import Company, ConfigError, load
from include.lake import Lake

ROOM_MB = 500
"""The sample's lake, reports, logs and Airflow's database take a third of it."""


def main(asked: str | None) -> int:
    """Run the day; 0 if every region was delivered, else 1 (red night) or 2 (could not run)."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        return _told(Console(file=out, highlight=False, width=None if out.isatty() else 140), asked)


def _told(console: Console, asked: str | None) -> int:
    """Run the day, or say in one line why it cannot run."""
    try:
        with _room_on_disk(), only_one("make report"):
            return _run(console, asked)
    except (services.Refused, ConfigError) as refused:
        console.print(f"[red]make report:[/] {refused}")
    except Exception as fault:  # noqa: BLE001  # told, kept whole, and the exit code says so
        console.print(f"[red]make report:[/] {_first_line(fault)}; where: {_written_down(fault)}")
    return 2


def _first_line(fault: Exception) -> str:
    return f"{type(fault).__name__}: {str(fault).strip().partition(chr(10))[0]}"


def _written_down(fault: Exception) -> Path:
    """The file that now holds a fault nobody foresaw, whole: a screen of traces tells a newcomer nothing."""
    file = data() / "logs" / "fault.log"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
    return file


@contextlib.contextmanager
def _room_on_disk() -> Iterator[None]:
    """Refuse to begin without room, and say so where it runs out: databases and vendors' libraries hide it in words of
    their own."""
    data().mkdir(parents=True, exist_ok=True)
    full = f"the disk that holds {data()} has %d MB left, a run needs {ROOM_MB}; free some space and run it again"
    if _free_mb() < ROOM_MB:
        raise services.Refused(full % _free_mb())
    try:
        yield
    except Exception as fault:
        if _free_mb() > 1:
            raise
        raise services.Refused(full % 0) from fault


def _free_mb() -> int:
    return shutil.disk_usage(data()).free // 2**20


def _run(console: Console, asked: str | None) -> int:
    config = Path(os.environ.get("CONFIG_DIR", ROOT / "config"))
    company = load(config)
    day = days.choose(asked, company)
    prepare(sample=company.is_sample)
    lake = Lake(Path(os.environ["LAKE_URI"]))
    log = data() / "logs" / f"report-{day}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    progress = Progress(console, lambda: outcome.counts(lake))
    console.print(f"[bold]{company.name}, {day}[/]")
    with contextlib.ExitStack() as stack:
        with progress.step("Sample company, mailbox and Airflow"), nights.migrated(log):
            servers = (services.sandbox, services.mailbox) if company.is_sample else ()
            waits = [stack.enter_context(server()) for server in servers]
            nights.import_airflow()  # takes as long as the servers to start
            for wait in waits:
                wait()
        ended = [*_history(history.runs(company, lake, day), progress, log), *_nights(company, day, progress, log)]
    console.print(progress.table())
    console.print(outcome.table(company, day))
    for run in (run for run in ended if not run.green):
        console.print(f"[red]✗ {run.dag_id}[/] {'; '.join(run.reasons)} [dim](log: {log})[/]")
    return 0 if all(run.green for run in ended) else 1


def _history(runs: list[history.Run], progress: Progress, log: Path) -> Iterator[nights.Ended]:
    if runs:
        with progress.step(f"History from {runs[0][1]['from']}"), nights.logged_to(log):
            yield from (ended for _, ended in nights.run_all(runs))


def _nights(company: Company, day: date, progress: Progress, log: Path) -> Iterator[nights.Ended]:
    """Run the nights: the company's, which takes longest, beside the others in the order their days end."""
    order = sorted(company.nights.values(), key=lambda night: (not night.company, _cutoff(company, night.id, day)))
    with progress.step(f"Nights {', '.join(night.id for night in order)}") as tick, nights.logged_to(log):
        for place, ended in nights.run_all([nights.nightly(night.id, day) for night in order]):
            tick(order[place].id)
            yield ended


def _cutoff(company: Company, night: str, day: date) -> datetime:
    """When `day` has ended in all of a night's regions."""
    return max(region.cutoff(day) for region in company.regions_of(night))


if __name__ == "__main__":
    ended = main(sys.argv[1] if len(sys.argv) > 1 else None)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)  # else the interpreter takes Airflow apart, object by object, for two seconds
