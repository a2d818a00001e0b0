"""`make preview REGION=malaysia LOCALE=ms_MY DAY=2026-10-31`: one edition, made again from the stored scores.

HTML and PDF in data/preview, and nothing else: no Airflow, no vendor, no server is started, and what was published and
mailed stays as it is. Without LOCALE the region's first, without DAY the last one scored. With WATCH=1 it stays and
makes the edition again when a template, a catalogue or the configuration changes.

Exit code 2 and one line where there is no such region, locale or day.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bin.environment import ROOT, data, settings
from include.company import Company, ConfigError, Edition, load
from include.lake import Lake
from include.report.document import Document
from include.report.edition import render
from include.report.html import PageError
from include.report.language import LanguageError, forget
from include.report.pdf import PdfError
from include.report.region import ScoresMissing, report_of
from include.report.report import Report

FAULTS = (ConfigError, LanguageError, PageError, PdfError)
"""What an edit of a template, a catalogue or the configuration can break; told in a line, mended by the next edit."""
PAUSE = 0.3
"""Seconds between two looks at the files."""


class NoSuchEdition(LookupError):
    """There is no such region, locale or day; the message is one line that says what there is."""


@dataclass(frozen=True)
class Asked:
    """What to make: empty is the first locale, the last day."""

    region: str = ""
    locale: str = ""
    day: str = ""


def tell_places() -> None:
    """Fill in where things lie, as far as the caller's environment leaves it open."""
    known = settings(data())
    for name in ("CONFIG_DIR", "LAKE_URI", "REPORTS_URI", "FONTS_DIR"):
        os.environ.setdefault(name, known[name])


def config() -> Path:
    return Path(os.environ["CONFIG_DIR"])


def lake() -> Lake:
    return Lake(Path(os.environ["LAKE_URI"]))


def reports() -> Path:
    return Path(os.environ["REPORTS_URI"])


def edition(company: Company, asked: Asked) -> Edition:
    """Any locale that the catalogues speak, the region's own or not. Raises NoSuchEdition."""
    region = company.regions.get(asked.region)
    if region is None:
        said = f"no region is called {asked.region!r}" if asked.region else "name a region"
        raise NoSuchEdition(f"{said}: make preview REGION={' | '.join(company.regions)}")
    return Edition(region=region, locale=asked.locale or region.editions[0].locale)


def day(company: Company, region: str, asked: str) -> date:
    """The day asked for, or the last one scored. Raises NoSuchEdition."""
    scored = days_scored(company, region)
    if not scored:
        raise NoSuchEdition(f"no day of {region} is scored in {os.environ['LAKE_URI']}; run: make report")
    if not asked:
        return scored[-1]
    try:
        wanted = date.fromisoformat(asked)
    except ValueError as fault:
        raise NoSuchEdition(f"DAY={asked} is no date; write year-month-day: DAY={scored[-1]}") from fault
    if wanted not in scored:
        raise NoSuchEdition(f"{wanted} of {region} is not scored; {_told(scored)}, or run: make report DAY={wanted}")
    return wanted


def _told(scored: list[date]) -> str:
    return f"DAY={scored[0]} is" if len(scored) == 1 else f"{len(scored)} days from {scored[0]} to {scored[-1]} are"


def days_scored(company: Company, region: str) -> list[date]:
    """The days that the region's night has scores of."""
    night = company.night_of(region).id
    files = lake().root.glob(f"scores/day=*/night={night}/data.parquet")
    return sorted(date.fromisoformat(file.parents[1].name.removeprefix("day=")) for file in files)


def composed(company: Company, region: str, day: date) -> Report:
    return report_of(lake(), company, company.regions[region], company.night_of(region).id, day, reports())


def keep(document: Document, root: Path) -> Path:
    """The edition's files below `root`; returns its folder."""
    folder = root / document.day / document.region / document.locale
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in document.files.items():
        (folder / name).write_bytes(content)
    return folder


def preview(asked: Asked) -> Document:
    """Make the edition and keep it. Raises NoSuchEdition, ScoresMissing and FAULTS."""
    company = load(config())
    wanted = edition(company, asked)
    report = composed(company, asked.region, day(company, asked.region, asked.day))
    return render(report, wanted, company)


def _make(asked: Asked) -> None:
    started = time.perf_counter()
    document = preview(asked)
    folder = keep(document, data() / "preview")
    took = time.perf_counter() - started
    _say(f"{_short(folder)}/report.html, report.pdf ({document.pages} pages), {took:.1f} s")


def watched() -> dict[Path, float]:
    """When each file that an edition is made of was last changed."""
    return {file: file.stat().st_mtime for folder in _folders() for file in folder.rglob("*") if file.is_file()}


def _folders() -> Iterator[Path]:
    yield from (ROOT / "include" / "templates", ROOT / "include" / "locales", ROOT / "include" / "report", config())


def _watch(asked: Asked) -> None:
    """Make the edition again after each change; code itself is read anew by starting over."""
    known: dict[Path, float] = {}
    while True:
        now = watched()
        if any(file.suffix == ".py" and known.get(file) != now.get(file) for file in known):
            os.execv(sys.executable, [sys.executable, "-m", "bin.preview", *sys.argv[1:]])
        if now != known:
            _try(asked)
        known = now
        time.sleep(PAUSE)


def _try(asked: Asked) -> None:
    forget()
    try:
        _make(asked)
    except FAULTS as fault:
        _say(f"make preview: {fault}")


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """0; 1 where a template, catalogue or setting is at fault; 2 where there is no such edition."""
    tell_places()
    watching = "--watch" in arguments
    asked = Asked(*(each for each in arguments if each != "--watch"))
    try:
        edition(load(config()), asked)
        _watch(asked) if watching else _make(asked)
    except (NoSuchEdition, ScoresMissing, LanguageError) as fault:
        sys.stderr.write(f"make preview: {fault}\n")
        return 2
    except FAULTS as fault:
        sys.stderr.write(f"make preview: {fault}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
