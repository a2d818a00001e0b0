"""One worker's share of many reports: whole editions, in four languages by turns, in one warm process."""

from dataclasses import dataclass
from time import process_time

from benchmarks import content
from benchmarks.processes import now, peak
from include.company import Edition
from include.report.edition import render
from tests.report import synthetic


@dataclass(frozen=True)
class Batch:
    """Which edition to begin with, and how many to make."""

    first: int
    number: int


@dataclass(frozen=True)
class Done:
    """CPU seconds, the most memory held, and what was held after each tenth, in MB."""

    cpu: float
    peak: float
    course: str


def batch(asked: Batch) -> Done:
    """Make the editions and keep none."""
    company = synthetic.company()
    reports = {region: content.report(region) for region, _ in content.EDITIONS}
    started, held = process_time(), []
    for at in range(asked.number):
        region, locale = content.EDITIONS[(asked.first + at) % len(content.EDITIONS)]
        render(reports[region], Edition(region=company.regions[region], locale=locale), company)
        if at * 10 // asked.number != (at + 1) * 10 // asked.number:
            held.append(now())
    return Done(process_time() - started, peak(), " ".join(f"{each:.0f}" for each in held))
