"""What a person sees while the nights run: the steps, and requests and rows per source as they land."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

Counts = Callable[[], list[tuple[str, int, int, int]]]
"""(source, requests, rows, rejected) so far; reads the lake's manifest."""


class Progress:
    """Steps printed as they end, the running one with a spinner and the sources' counts below it."""

    def __init__(self, console: Console, counts: Counts) -> None:
        self._console, self._counts, self._before = console, counts, {source: row for source, *row in counts()}

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Show `name` as running until the block ends, then print it with its seconds. What it gives prints a part of
        it that has ended."""
        started, ended = time.monotonic(), threading.Event()
        with Live(self._picture(name, started), console=self._console, transient=True, auto_refresh=False) as live:
            watch = threading.Thread(target=self._watch, args=(live, name, started, ended))
            watch.start()
            try:
                yield lambda part: self._tick(f"  {part}", started)
            finally:
                ended.set()
                watch.join()
        self._tick(name, started)

    def _tick(self, name: str, started: float) -> None:
        self._console.print(f"[green]✓[/] {name} [dim]{time.monotonic() - started:.1f} s[/]")

    def _watch(self, live: Live, name: str, started: float, ended: threading.Event) -> None:
        while not ended.wait(0.5):
            live.update(self._picture(name, started), refresh=True)

    def _picture(self, name: str, started: float) -> Group:
        spinner = Spinner("dots", Text(f"{name}  {time.monotonic() - started:.0f} s"))
        return Group(spinner, self.table()) if self._landed() else Group(spinner)

    def _landed(self) -> list[tuple[str, int, int, int]]:
        """What this run has landed: the counts less those it found."""
        zero = [0, 0, 0]
        gained = [
            (source, *(now - before for now, before in zip(row, self._before.get(source, zero), strict=True)))
            for source, *row in self._counts()
        ]
        return [row for row in gained if any(row[1:])]

    def table(self) -> Table:
        """Requests, rows and rejected rows of each source in this run."""
        table = Table(box=None, padding=(0, 2))
        for head in ("source", "requests", "rows", "rejected"):
            table.add_column(head, justify="left" if head == "source" else "right", style="dim")
        for source, requests, rows, rejected in self._landed():
            table.add_row(source, f"{requests:,}", f"{rows:,}", f"{rejected:,}")
        return table
