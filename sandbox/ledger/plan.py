"""Bookings against the plan."""

from collections.abc import Iterator
from datetime import date

from sandbox.company.targets import Target, targets
from sandbox.ledger.tally import Tally
from sandbox.ledger.terms import Terms
from sandbox.world import World

RATIOS = frozenset({"quota_attainment"})


def count_quota(tally: Tally, world: World, day: date) -> None:
    """A team's own figure, else the sum of its reps'; the company is the sum of its teams. Needs bookings counted."""
    planned: set[tuple[date, str | None]] = set()
    for target in _current(tally.terms, targets(world.firms, world.clock.now), day):
        told: tuple[str | None, ...] = (target.region, None)
        for region in told:
            planned.add((target.first, region))
            for currency in tally.terms.currencies(region):
                plan = tally.exchange.budgeted(target.value, target.currency or currency, currency, target.first.year)
                tally.put("quota_attainment", target.first, region, None, currency, bottom=plan)
    for (_, month, place, channel, money, _), booked in tally.numerators("bookings").items():
        if channel is None and (month, place) in planned:
            tally.put("quota_attainment", month, place, None, money, top=booked)


def _current(terms: Terms, versions: list[Target], day: date) -> Iterator[Target]:
    """The last version of each figure known at the region's cutoff."""
    latest: dict[tuple[date, str | None, int | None], Target] = {}
    for one in sorted(versions, key=lambda version: version.since):
        known = one.since.timestamp() * 1000 < terms.cutoff(one.region or "", day)
        if one.metric == "bookings" and known and one.first <= day:
            latest[one.first, one.region, one.rep] = one
    yield from latest.values()
