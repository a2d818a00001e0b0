"""`make bench-report`: CPU and size of a report against other ways to print it, and many reports in a row.

    python -m benchmarks.pages [--rounds 8] [--reports 100]

One page, the same fonts, every renderer in turn, CPU of all its processes; medians. Each PDF is 6 pages with 5 charts
and 3 tables of 30 rows. Then that many whole editions (page, PDF, CSV, workbook) in four languages by two workers: the
promise is made for 1,000, so `--reports 1000` judges it; fewer say what they say, and nothing is extrapolated.
"""

import argparse
import os
import statistics
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

import pypdfium2
from rich.console import Console
from rich.table import Table

from benchmarks import content
from benchmarks.batches import MARKS, Batch, Done, batch
from benchmarks.processes import cpu_of
from benchmarks.renderers import CHROMIUM, DEFAULTS, OURS, TAGGED, TYPST, renderers
from benchmarks.report import machine
from include.company import Edition
from tests.report import synthetic

WORKERS = 2
LIMITS = {"en_US": 150, "zh_Hans_CN": 170}
TARGETS = {DEFAULTS: "≤ 0.6", CHROMIUM: "≤ 0.5", TAGGED: "≤ 0.5", TYPST: "known limit"}


@dataclass(frozen=True)
class Printed:
    """What a renderer made of one page: CPU seconds of each round, and the last PDF."""

    seconds: Sequence[float]
    data: bytes


def main() -> None:
    """Print every promise with its measured value."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=8)
    asked.add_argument("--reports", type=int, default=100)
    options = asked.parse_args()
    console = Console()
    console.print(f"{machine()}; load {os.getloadavg()[0]:.1f}")
    for locale, printed in _raced(options.rounds).items():
        console.print(_race(locale, printed))
    console.print(_row(options.reports))


def _raced(rounds: int) -> dict[str, dict[str, Printed]]:
    """For each locale what each renderer did, the first round of each (imports, caches) left out."""
    pages = {locale: content.page(region, locale) for region, locale in content.EDITIONS[:2]}
    spent: dict[tuple[str, str], list[float]] = {}
    made: dict[tuple[str, str], bytes] = {}
    with renderers() as found:
        for _ in range(rounds + 1):
            for locale, html in pages.items():
                for name, render in found.items():
                    key = (locale, name)
                    seconds = cpu_of(lambda: made.update({key: render(html)}))  # noqa: B023  # called at once
                    spent.setdefault(key, []).append(seconds)
        return {each: {name: Printed(spent[each, name][1:], made[each, name]) for name in found} for each in pages}


def _race(locale: str, printed: dict[str, Printed]) -> Table:
    table = Table("renderer", "CPU s (median, least)", "ours / it", "target", "KB", "limit", "pages", title=locale)
    ours = statistics.median(printed[OURS].seconds)
    for name, each in printed.items():
        median = statistics.median(each.seconds)
        limit = f"≤ {LIMITS[locale]}" if name == OURS else ""
        table.add_row(
            name, f"{median:.2f}, {min(each.seconds):.2f}", f"{ours / median:.2f}", TARGETS.get(name, ""),
            f"{len(each.data) / 1000:.0f}", limit, str(len(pypdfium2.PdfDocument(each.data))),
        )  # fmt: skip
    return table


def _row(reports: int) -> Table:
    """So many editions by two workers, each a warm process; memory as each worker saw it."""
    batches = [_batch(at, reports // WORKERS) for at in range(WORKERS)]
    started = perf_counter()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(batch, batches))
    return _told(reports, perf_counter() - started, done)


def _batch(worker: int, number: int) -> Batch:
    """Every worker all editions, each beginning with another."""
    company = synthetic.company()
    known = [
        (content.report(region), Edition(region=company.regions[region], locale=locale))
        for region, locale in content.EDITIONS
    ]
    return Batch(company, (*known[worker:], *known[:worker]), number)


def _told(reports: int, wall: float, done: Sequence[Done]) -> Table:
    cpu = sum(each.cpu for each in done)
    target = ("≤ 360 s", "≤ 250 MB", "flat") if reports == 1000 else ("(said of 1,000)",) * 3
    marks = ", ".join(f"{mark * reports:,.0f}" for mark in MARKS)
    table = Table("what", "target", "measured", title=f"{reports} reports, {WORKERS} workers, 4 languages")
    table.add_row("wall", target[0], f"{wall:.0f} s")
    table.add_row("CPU", "", f"{cpu:.0f} s: {cpu / reports:.2f} s a report")
    table.add_row("peak memory of a worker", target[1], ", ".join(f"{each.peak:.0f} MB" for each in done))
    table.add_row(f"memory at {marks} reports", target[2], "; ".join(map(_course, done)))
    return table


def _course(done: Done) -> str:
    held = ", ".join(f"{each:.0f}" for each in done.held)
    return f"{held} MB ({done.held[-1] / done.held[0] - 1:+.0%})"


if __name__ == "__main__":
    main()
