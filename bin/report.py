"""`make report`: one day of the company, from the vendors' APIs to the mailbox, through the real Dags.

Starts the sample company and a mailbox where the configuration names the sandbox, loads the history that the lake
lacks, runs each night in the order their days end, and prints what every region got. Exit code 0 only if
all was delivered.
"""

import contextlib
import json
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

from bin import days, nights, services
from bin.environment import ROOT, data, prepare
from bin.only_one import only_one
from bin.progress import Progress
from include.company import Company, ConfigError, load
from include.lake import Lake
from include.sources import build

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
    progress = Progress(console, lambda: _counts(lake))
    console.print(f"[bold]{company.name}, {day}[/]")
    with contextlib.ExitStack() as stack:
        with progress.step("Sample company, mailbox and Airflow"), nights.migrated(log):
            servers = (services.sandbox, services.mailbox) if company.is_sample else ()
            waits = [stack.enter_context(server()) for server in servers]
            nights.import_airflow()  # takes as long as the servers to start
            for wait in waits:
                wait()
        ended = [*_history(company, lake, day, progress, log), *_nights(company, day, progress, log)]
    console.print(progress.table())
    console.print(_table(company, day))
    for run in (run for run in ended if not run.green):
        console.print(f"[red]✗ {run.dag_id}[/] {'; '.join(run.reasons)} [dim](log: {log})[/]")
    return 0 if all(run.green for run in ended) else 1


def _history(company: Company, lake: Lake, day: date, progress: Progress, log: Path) -> Iterator[nights.Ended]:
    """Load what the lake lacks of the 24 months that end with `day`."""
    first = days.first_of_history(day)
    covered = {health.source for health in lake.health() if health.first_day and health.first_day <= first}
    if covered >= set(company.sources):
        return
    with progress.step(f"History from {first}"), nights.logged_to(log):
        asked = {"from": first.isoformat(), "to": day.isoformat()}
        runs = [("load_history", asked | {"sources": share}) for share in _shares(company)]
        for _, ended in nights.run_all(runs):
            yield ended


def _shares(company: Company) -> list[list[str]]:
    """The sources in two shares of about as many tables, for as many processes."""
    tables = {name: len(build(company, name, ROOT).tables) for name in company.sources}
    shares: list[list[str]] = [[], []]
    for name in sorted(tables, key=lambda each: (-tables[each], each)):
        min(shares, key=lambda share: sum(tables[each] for each in share)).append(name)
    return [share for share in shares if share]


def _nights(company: Company, day: date, progress: Progress, log: Path) -> Iterator[nights.Ended]:
    """Run the nights, begun in the order their days end."""
    order = sorted(company.nights.values(), key=lambda night: (night.company, _cutoff(company, night.id, day)))
    with progress.step(f"Nights {', '.join(night.id for night in order)}") as tick, nights.logged_to(log):
        for place, ended in nights.run_all([nights.nightly(night.id, day) for night in order]):
            tick(order[place].id)
            yield ended


def _cutoff(company: Company, night: str, day: date) -> datetime:
    """When `day` has ended in all of a night's regions."""
    return max(region.cutoff(day) for region in company.regions_of(night))


def _counts(lake: Lake) -> list[tuple[str, int, int, int]]:
    totals: dict[str, list[int]] = {}
    for health in lake.health():
        total = totals.setdefault(health.source, [0, 0, 0])
        for place, count in enumerate((health.requests, health.landed, health.rejected)):
            total[place] += count
    return [(source, *total) for source, total in totals.items()]


def _table(company: Company, day: date) -> Table:
    """What every region got: pages, size, mail and path, read back from the manifests and the outbox."""
    table = Table(box=None, padding=(0, 2), title=None)
    for head in ("region", "locale", "pages", "KB", "mail", "report"):
        justify: Literal["left", "right"] = "right" if head in ("pages", "KB") else "left"
        table.add_column(head, justify=justify, no_wrap=head != "report", overflow="fold")
    from include.delivery import Outbox  # loads slowly, and the servers should start before

    outbox = Outbox(os.environ["DELIVERY_URL"])
    for region in company.regions.values():
        for edition in region.editions:
            folder = Path(os.environ["REPORTS_URI"]) / day.isoformat() / region.id / edition.locale
            mail = ", ".join(sorted({d.state for d in outbox.of(day, region.id, edition.locale)})) or "–"
            table.add_row(region.id, edition.locale, *_pages_and_size(folder), mail, _short(folder / "report.pdf"))
    return table


def _pages_and_size(folder: Path) -> tuple[str, str]:
    if not (folder / "manifest.json").exists():
        return "–", "–"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["pages"]), f"{(folder / 'report.pdf').stat().st_size / 1024:.0f}"


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    ended = main(sys.argv[1] if len(sys.argv) > 1 else None)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)  # else the interpreter takes Airflow apart, object by object, for two seconds
