"""Complete pulls, and the fewest of them that say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Pull:
    """A complete pull that began `at` (vendor's clock). Dated tables: of `first`..`last`. Log tables: of every change
    from `since` on."""

    first: date
    last: date
    at: datetime
    since: datetime | None = None


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def fewest(pulls: list[Pull]) -> tuple[Pull, ...]:
    """The same knowledge in as few pulls as it takes."""
    changes = sorted((pull for pull in pulls if pull.since), key=lambda pull: pull.at)
    return (*_joined(changes), *_newest(pull for pull in pulls if not pull.since))


def _joined(pulls: list[Pull]) -> list[Pull]:
    """Log tables, pulls by time: one that reaches back to an earlier pull continues it."""
    joined: list[Pull] = []
    for pull in pulls:
        while joined and pull.since and joined[-1].since and joined[-1].at >= pull.since:
            before = joined.pop()
            since = min(pull.since, before.since or pull.since)
            pull = Pull(min(pull.first, before.first), max(pull.last, before.last), pull.at, since)
        joined.append(pull)
    return joined


def _newest(pulls: Iterable[Pull]) -> Iterator[Pull]:
    """Dated tables: each day as last pulled, days in a row pulled together as one."""
    known: dict[date, datetime] = {}
    for pull in sorted(pulls, key=lambda each: each.at):
        known |= dict.fromkeys(days(pull.first, pull.last), pull.at)
    run: list[date] = []
    for day in sorted(known):
        if run and (known[day] != known[run[0]] or day != run[-1] + timedelta(days=1)):
            yield Pull(run[0], run[-1], known[run[0]])
            run = []
        run.append(day)
    if run:
        yield Pull(run[0], run[-1], known[run[0]])
