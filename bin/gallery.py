"""`make gallery` (DAY=2026-10-31): every edition of a day on one page for review, made again from the stored scores.

data/gallery/index.html: for each edition its PDF page by page as pictures, its HTML as a phone shows it, and its files.
It asks nobody for anything, and what was published and mailed stays as it is. An edition that cannot be made is named
with its reason, and the exit code is 1; 2 where the day has no scores.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bin import preview
from bin.environment import data
from include.company import Company, Region, load
from include.report.document import Document
from include.report.edition import render
from include.report.region import ScoresMissing

DOTS = 1.4
"""Picture dots for a point of paper (72 to the inch)."""
ORDER = ("report.html", "report.pdf", "data.xlsx", "data.csv", "report.json", "manifest.json")


@dataclass(frozen=True)
class Shown:
    """An edition of the gallery: its folder beside the page, its files and pictures; or why it is not there."""

    region: str
    locale: str
    subject: str = ""
    folder: str = ""
    pages: tuple[str, ...] = ()
    files: tuple[tuple[str, int], ...] = ()
    fault: str = ""


def gallery(company: Company, day: date, root: Path) -> list[Shown]:
    """Make every edition of the day below `root`, and the page that shows them. Whole, or as it was before."""
    fresh = root.with_name(f".{root.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        shown = [each for region in company.regions.values() for each in _region(company, region, day, fresh)]
        (fresh / "index.html").write_text(_page(company, day, shown), encoding="utf-8")
        shutil.rmtree(root, ignore_errors=True)
        fresh.rename(root)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return shown


def _region(company: Company, region: Region, day: date, root: Path) -> Iterator[Shown]:
    try:
        report = preview.composed(company, region.id, day)
    except ScoresMissing as fault:
        yield from (Shown(region.id, each.locale, fault=str(fault)) for each in region.editions)
        return
    for edition in region.editions:
        try:
            yield _shown(render(report, edition, company), root)
        except preview.FAULTS as fault:
            yield Shown(region.id, edition.locale, fault=str(fault))


def _shown(document: Document, root: Path) -> Shown:
    folder = preview.keep(document, root)
    return Shown(
        document.region,
        document.locale,
        document.subject,
        folder.relative_to(root).as_posix(),
        tuple(_pictures(folder, document.pdf)),
        tuple((name, len(document.files[name]) // 1024 + 1) for name in ORDER),
    )


def _pictures(folder: Path, pdf: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(pdf) as pages:
        for number, page in enumerate(pages, 1):
            name = f"page-{number}.png"
            page.render(scale=DOTS).to_pil().convert("P", palette=1, colors=64).save(folder / name)
            yield name


def _page(company: Company, day: date, shown: list[Shown]) -> str:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("gallery.html.j2").render(company=company.name, day=day.isoformat(), shown=shown)


def _day(company: Company, asked: str) -> date:
    """The day asked for, or the last that any region has scores of. Raises NoSuchEdition."""
    scored = {day: region for region in company.regions for day in preview.days_scored(company, region)}
    region = scored[max(scored)] if scored else company.whole.id
    if asked in map(str, scored):
        return date.fromisoformat(asked)
    return preview.day(company, region, asked)


def main(arguments: list[str]) -> int:
    preview.tell_places()
    try:
        company = load(preview.config())
        shown = gallery(company, _day(company, "".join(arguments[:1])), data() / "gallery")
    except (preview.NoSuchEdition, preview.ConfigError) as fault:
        sys.stderr.write(f"make gallery: {fault}\n")
        return 2
    faults = [each for each in shown if each.fault]
    for each in faults:
        sys.stderr.write(f"make gallery: {each.region} {each.locale}: {each.fault}\n")
    sys.stdout.write(f"{data() / 'gallery' / 'index.html'}: {len(shown) - len(faults)} of {len(shown)} editions\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
