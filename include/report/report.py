"""The Report: one region's day as numbers and message ids, without a word of any language; report.json holds it."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from include.report.figures import Message, Status, Value
from include.report.first_page import Bullet, Card, Watch
from include.report.section import Section


@dataclass(frozen=True)
class Spent:
    """The ad spend of a day as the platforms have it now, in the report's currency."""

    day: str
    amount: float


@dataclass(frozen=True)
class Score:
    """A score behind a report's numbers: its cell, the members it is of beside the region, how far to trust it."""

    cell: str
    kpi: str
    cut: tuple[Value, ...]
    value: Value
    unit: str
    currency: str | None
    n: int | None
    status: str


@dataclass(frozen=True)
class Report:
    """One region's day."""

    company: str
    region: str
    region_name: Value
    day: str
    currency: str
    timezone: str
    cutoff: str
    paper: str
    sample: bool
    now: Value
    previous: Value
    year_ago: Value
    running: bool
    status: Status
    verdict: Message
    bullet: Bullet | None
    why: tuple[tuple[Message, Message], ...]
    """Claim and evidence of each sentence."""
    watch: tuple[Watch, ...]
    cards: tuple[Card, ...]
    pace_note: Message
    sections: tuple[Section, ...]
    defined: tuple[str, ...]
    """Ids of every KPI shown, in the order of their definitions."""
    scores: tuple[Score, ...] = ()
    """Every score that a number or sentence names, in reading order."""
    banner: tuple[Message, ...] = ()
    """What the gate found."""
    version: str = ""
    """Of what made it: release and counting code."""
    spent: tuple[Spent, ...] = ()
    """Ad spend of the last days, which no page shows: the report of the next day says what of it was restated."""

    def json(self) -> str:
        """The report as canonical JSON: same report, same bytes."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return json.dumps(_clipped(asdict(self)), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"

    @cached_property
    def archive_id(self) -> str:
        """Eight digits of the report's hash, as printed in its footer: `7F3C21A0`."""
        return sha256(self.json().encode()).hexdigest()[:8].upper()


def canonical(report: Report) -> str:
    """The report as report.json holds it: the untranslated report and its archive id."""
    fields = report.json().removeprefix("{")
    return f'{{\n "archive": "{report.archive_id}",{fields}'  # the first of the names, so the order stays canonical


LONGEST = 1000
"""Characters of a text in report.json: a name of a megabyte would stand there as often as the report names it."""


def _clipped(part: Any) -> Any:
    """A part of report.json with its texts cut to LONGEST, an ellipsis at the cut."""
    if isinstance(part, str):
        return part if len(part) <= LONGEST else f"{part[: LONGEST - 1]}…"
    if isinstance(part, dict):
        return {name: _clipped(value) for name, value in part.items()}
    return tuple(map(_clipped, part)) if isinstance(part, tuple) else part
