"""The company as of the clock: what every route answers from."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.clock import Clock
from sandbox.company.activities import touches
from sandbox.company.billing.book import Customer, book
from sandbox.company.calendar import FIRST, last_of_month
from sandbox.company.firms import Firms
from sandbox.company.markets import LEADS_PER_YEAR
from sandbox.company.people import births
from sandbox.company.reps import Rep, roster
from sandbox.wire.hubspot.shelf import Shelf, shelve

SEED = 7


@dataclass
class World:
    """A company drawn from `seed`, seen at `clock`."""

    clock: Clock
    seed: int = SEED
    leads_per_year: int = LEADS_PER_YEAR
    _shelves: dict[str, Shelf] = field(default_factory=dict)

    @property
    def firms(self) -> Firms:
        return Firms(self.seed, self.leads_per_year)

    @property
    def reps(self) -> tuple[Rep, ...]:
        return roster(self.seed)

    @property
    def days(self) -> range:
        """Every day that has begun somewhere by now."""
        return range(FIRST, self.clock.now.date().toordinal() + 2)

    @property
    def customers(self) -> tuple[Customer, ...]:
        """All customers of the billing system, drawn to the end of a month, also those and that which are to come."""
        return book(self.firms, last_of_month(self.days[-1]))

    def move(self, to: datetime) -> None:
        """Set the clock forward; nothing drawn changes, more of it becomes known."""
        self.clock.move(to)
        self._shelves.clear()

    def shelf(self, kind: str) -> Shelf:
        """All records of an object type as of now."""
        if kind not in self._shelves:
            self._shelves[kind] = shelve(kind, self._drawn(kind), self.clock.ms)
        return self._shelves[kind]

    def _drawn(self, kind: str) -> list[Any]:
        if kind == "contacts":
            return [lead for day in self.days for lead in births(self.firms, day).leads]
        if kind == "deals":
            return [deal for day in self.days for deal in births(self.firms, day).deals]
        if kind == "companies":
            return [firm for day in self.days for firm in self.firms.born(day)]
        return [touch for day in self.days for touch in touches(self.firms, day) if touch.kind == kind]
