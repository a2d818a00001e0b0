"""The runs that load what the lake lacks of the months before a report."""

from datetime import date
from typing import Any

from bin import days
from bin.environment import ROOT
from include.company import Company
from include.lake import Lake
from include.sources import build

Run = tuple[str, dict[str, Any]]
"""A Dag and what it is asked."""


def runs(company: Company, lake: Lake, day: date) -> list[Run]:
    """One for each share of the sources, to be run side by side, of the 24 months that end with `day`; none if the lake
    has them."""
    first = days.first_of_history(day)
    covered = {health.source for health in lake.health() if health.first_day and health.first_day <= first}
    if covered >= set(company.sources):
        return []
    asked = {"from": first.isoformat(), "to": day.isoformat()}
    return [("load_history", asked | {"sources": share}) for share in _shares(company)]


def _shares(company: Company) -> list[list[str]]:
    """The sources in two shares of about as many tables, for as many processes."""
    tables = {name: len(build(company, name, ROOT).tables) for name in company.sources}
    shares: list[list[str]] = [[], []]
    for name in sorted(tables, key=lambda each: (-tables[each], each)):
        min(shares, key=lambda share: sum(tables[each] for each in share)).append(name)
    return [share for share in shares if share]
