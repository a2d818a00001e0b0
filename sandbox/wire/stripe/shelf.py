"""One object type as of the clock, newest first, and how a page is cut from it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.wire.stripe.faults import missing
from sandbox.wire.stripe.kinds import Entry, Kind
from sandbox.wire.stripe.query import Query


@dataclass(frozen=True)
class Shelf:
    """`entries` newest first; `ages` are their stamps, negated so that they rise."""

    kind: Kind
    now: int
    entries: list[Entry]
    ages: list[int]
    rows: dict[str, int]

    def page(self, query: Query) -> tuple[list[Any], bool]:
        """The things of a page, and whether there are more. Raises Refused for a cursor nobody knows."""
        first, last = bisect_left(self.ages, -query.last), bisect_right(self.ages, -query.first)
        fits = self._fits(query)
        if query.ending_before:
            behind = range(min(last, self._row(query.ending_before, "ending_before")) - 1, first - 1, -1)
            found, more = _cut(self._those(behind, fits), query.limit)
            return found[::-1], more
        start = self._row(query.starting_after, "starting_after") + 1 if query.starting_after else 0
        return _cut(self._those(range(max(first, start), last), fits), query.limit)

    def one(self, name: str) -> Any:
        """Raises Refused (404) if there is none yet."""
        if name not in self.rows:
            raise missing(self.kind.word, name, "id")
        return self.entries[self.rows[name]][2]

    def _those(self, rows: range, fits: Callable[[Any], bool]) -> Iterator[Any]:
        return (thing for row in rows if fits(thing := self.entries[row][2]))

    def _row(self, name: str, param: str) -> int:
        if name not in self.rows:
            raise missing(self.kind.word, name, param, 400)
        return self.rows[name]

    def _fits(self, query: Query) -> Callable[[Any], bool]:
        """Every filter holds; of a list of values one."""
        single = [(self.kind.filters[name], value) for name, value in query.filters.items()]
        many = [(self.kind.filters[name], values) for name, values in query.lists.items()]

        def fits(thing: Any) -> bool:
            return all(test(thing, value, self.now) for test, value in single) and all(
                any(test(thing, value, self.now) for value in values) for test, values in many
            )

        return fits


def shelve(kind: Kind, entries: Iterable[Entry], now: int) -> Shelf:
    ordered = sorted(entries, key=lambda entry: entry[:2], reverse=True)
    rows = {name: row for row, (_, name, _) in enumerate(ordered)}
    return Shelf(kind, now, ordered, [-at for at, _, _ in ordered], rows)


def _cut(things: Iterator[Any], limit: int) -> tuple[list[Any], bool]:
    found = []
    for thing in things:
        if len(found) == limit:
            return found, True
        found.append(thing)
    return found, False
