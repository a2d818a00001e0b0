"""What `make report` left, read back from lake, manifests and outbox: rows by source, the editions of each region."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Literal

from rich.table import Table

from include.company import Company
from include.lake import Lake


def counts(lake: Lake) -> list[tuple[str, int, int, int]]:
    """Requests, landed and rejected rows of each source so far."""
    totals: dict[str, list[int]] = {}
    for health in lake.health():
        total = totals.setdefault(health.source, [0, 0, 0])
        for place, count in enumerate((health.requests, health.landed, health.rejected)):
            total[place] += count
    return [(source, *total) for source, total in totals.items()]


def table(company: Company, day: date) -> Table:
    """A row an edition: pages, size, mail and path."""
    shown = Table(box=None, padding=(0, 2), title=None)
    for head in ("region", "locale", "pages", "KB", "mail", "report"):
        justify: Literal["left", "right"] = "right" if head in ("pages", "KB") else "left"
        shown.add_column(head, justify=justify, no_wrap=head != "report", overflow="fold")
    from include.delivery import Outbox  # loads slowly, and the servers should start before

    outbox = Outbox(os.environ["DELIVERY_URL"])
    for region in company.regions.values():
        for edition in region.editions:
            folder = Path(os.environ["REPORTS_URI"]) / day.isoformat() / region.id / edition.locale
            mail = ", ".join(sorted({d.state for d in outbox.of(day, region.id, edition.locale)})) or "–"
            shown.add_row(region.id, edition.locale, *_pages_and_size(folder), mail, _short(folder / "report.pdf"))
    return shown


def _pages_and_size(folder: Path) -> tuple[str, str]:
    if not (folder / "manifest.json").exists():
        return "–", "–"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["pages"]), f"{(folder / 'report.pdf').stat().st_size / 1024:.0f}"


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
