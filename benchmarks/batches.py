"""One worker's share of many reports: whole editions, in four languages by turns, in one warm process.

It is given reports, not what they are made from: reading scores is another measure, and making them up takes pandas.
"""

from dataclasses import dataclass
from itertools import cycle, islice
from time import process_time

from benchmarks.processes import now, peak
from include.company import Company, Edition
from include.report.edition import render
from include.report.report import Report

MARKS = (0.1, 0.5, 1.0)
"""When memory is read: after so large a part of the reports. That it is flat is judged from the first to the last."""


@dataclass(frozen=True)
class Batch:
    """How many editions to make, of which reports by turns."""

    company: Company
    editions: tuple[tuple[Report, Edition], ...]
    number: int


@dataclass(frozen=True)
class Done:
    """CPU seconds; in MB the most memory held, and what was held at each of MARKS."""

    cpu: float
    peak: float
    held: tuple[float, ...]


def batch(asked: Batch) -> Done:
    """Make the editions and keep none."""
    marks, held, started = {round(mark * asked.number) for mark in MARKS}, [], process_time()
    for made, (report, edition) in enumerate(islice(cycle(asked.editions), asked.number), 1):
        render(report, edition, asked.company)
        if made in marks:
            held.append(now())
    return Done(process_time() - started, peak(), tuple(held))
