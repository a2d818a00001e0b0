"""The nights as their Dags need them, and the rules of a run: which day it reports, and whether it mails.

Read whenever Airflow parses the Dags, so it reads two TOML files and nothing else.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PREFIX = "nightly_report_"


class NoDay(ValueError):
    """A run does not say which day it reports, or says it twice; the message says what to do."""


@dataclass(frozen=True)
class Night:
    """When a night starts, whom it reports (the company last), and the sources they read, by kind (= Airflow pool)."""

    id: str
    zone: str
    hour: int
    regions: tuple[str, ...]
    sources: dict[str, list[str]]

    @property
    def dag_id(self) -> str:
        return f"{PREFIX}{self.id}"

    def batches(self, size: int) -> list[list[str]]:
        """The regions in the order given, `size` together: one task renders a batch in one warm process."""
        return [list(self.regions[start : start + size]) for start in range(0, len(self.regions), size)]

    def day(self, run_type: str, asked: str | None, interval_start: datetime | None) -> date:
        """The day a run reports: of scheduled and backfill runs the night's local date of their interval's start; of
        others the day asked for, else their interval's. Raises NoDay.
        """
        if asked and run_type in ("scheduled", "backfill"):
            raise NoDay(
                f"a backfill takes its days from its range, but `day` is set to {asked}: leave it empty, "
                "or trigger the Dag by hand for that one day"
            )
        if asked:
            return date.fromisoformat(asked)
        if interval_start is None:
            raise NoDay("this run has no day: trigger the Dag again and fill in `day` (year-month-day)")
        return interval_start.astimezone(ZoneInfo(self.zone)).date()


def mails(run_type: str, deliver: bool) -> bool:
    """Whether a run mails: a scheduled one does, a manual one if asked to, a backfill never."""
    return run_type == "scheduled" or (run_type == "manual" and deliver)


def read_nights(config: Path) -> tuple[Night, ...]:
    """The nights of `config`/regions.toml, in its order."""
    sources = _read(config / "sources.toml")
    return tuple(_night(name, block, sources) for name, block in _read(config / "regions.toml")["nights"].items())


def sources_by_kind(config: Path) -> dict[str, list[str]]:
    """Every source of `config`/sources.toml under its kind, which is also the name of its pool."""
    return _by_kind(_read(config / "sources.toml"))


def _night(name: str, block: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Night:
    own, company = set(block["regions"]), bool(block.get("company"))
    return Night(
        id=name,
        zone=block["zone"],
        hour=block.get("hour", 5),
        regions=(*block["regions"], *(("company",) if company else ())),
        sources=_by_kind(sources if company else _serving(own, sources)),
    )


def _serving(regions: set[str], sources: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The sources that one of the regions reads; a section without regions serves all."""
    return {name: section for name, section in sources.items() if regions & set(section.get("regions") or regions)}


def _by_kind(sources: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for name, section in sources.items():
        kinds.setdefault(section["kind"], []).append(name)
    return kinds


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
