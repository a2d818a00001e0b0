"""What a KPI adds up: named sums over facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from include.kpis.arithmetic import Term


@dataclass(frozen=True)
class Measure(Term):
    """A sum over the rows of a fact. `column` empty counts rows; it may be an expression. `where` and `on` (a date)
    name columns of the fact.

    Column and where may also name the period they are read in: period_start, period_end, period_closes (its last
    calendar day).
    """

    fact: str
    column: str = ""
    where: str = "true"
    on: str = "day"
    kind: Literal["count", "distinct", "money", "amount"] = "count"

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says in SQL: every column of the fact that it reads is a word in it."""
        sides = (f"{self.column}_region", f"{self.column}_company") if self.kind == "money" else (self.column,)
        return (*sides, self.where, self.on)

    def filtered(self, condition: str) -> Measure:
        """The same measure over fewer rows."""
        return replace(self, where=f"({self.where}) and ({condition})")


def count(fact: str, where: str = "true", on: str = "day") -> Measure:
    """How many rows of the fact."""
    return Measure(fact, where=where, on=on)


def distinct(fact: str, column: str, where: str = "true", on: str = "day") -> Measure:
    """How many different values; each cell and period counts its own, and nobody adds them."""
    return Measure(fact, column, where, on, "distinct")


def total(fact: str, column: str, where: str = "true", on: str = "day") -> Measure:
    """The sum of a column that counts something (visitors, clicks)."""
    return Measure(fact, column, where, on)


def money(fact: str, column: str = "amount", where: str = "true", on: str = "day") -> Measure:
    """The sum of a money column; the fact holds it as <column>_region and <column>_company, already converted."""
    return Measure(fact, column, where, on, "money")


def amount(fact: str, column: str, where: str = "true", on: str = "day") -> Measure:
    """The sum of any other quantity (days, hours)."""
    return Measure(fact, column, where, on, "amount")
