"""What a KPI adds up: named sums over facts, and plain arithmetic of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Measure:
    """A sum over the rows of a fact. `column` empty counts rows; `where` and `on` (a date) name columns of the fact.

    `where` may also name the period it is read in: period_start, period_end, period_closes (its last calendar day).
    """

    fact: str
    column: str = ""
    where: str = "true"
    on: str = "day"
    kind: Literal["count", "money", "amount"] = "count"

    @property
    def parts(self) -> tuple[tuple[int, Measure], ...]:
        return ((1, self),)

    def filtered(self, condition: str) -> Measure:
        """The same measure over fewer rows."""
        return replace(self, where=f"({self.where}) and ({condition})")

    def __add__(self, other: Term) -> Terms:
        return Terms(self.parts + other.parts)

    def __sub__(self, other: Term) -> Terms:
        return Terms(self.parts + tuple((-sign, part) for sign, part in other.parts))


@dataclass(frozen=True)
class Terms:
    """Measures added or subtracted, each with its sign."""

    parts: tuple[tuple[int, Measure], ...]

    def filtered(self, condition: str) -> Terms:
        return Terms(tuple((sign, part.filtered(condition)) for sign, part in self.parts))

    def __add__(self, other: Term) -> Terms:
        return Terms(self.parts + other.parts)

    def __sub__(self, other: Term) -> Terms:
        return Terms(self.parts + tuple((-sign, part) for sign, part in other.parts))


Term = Measure | Terms


def count(fact: str, where: str = "true", on: str = "day") -> Measure:
    """How many rows of the fact."""
    return Measure(fact, where=where, on=on)


def total(fact: str, column: str, where: str = "true", on: str = "day") -> Measure:
    """The sum of a column that counts something (visitors, clicks)."""
    return Measure(fact, column, where, on)


def money(fact: str, column: str = "amount", where: str = "true", on: str = "day") -> Measure:
    """The sum of a money column; the fact holds it as <column>_region and <column>_company, already converted."""
    return Measure(fact, column, where, on, "money")


def amount(fact: str, column: str, where: str = "true", on: str = "day") -> Measure:
    """The sum of any other quantity (days, hours)."""
    return Measure(fact, column, where, on, "amount")
