"""A reading is a measure over a span: the relation that says which days of the fact belong to which period."""

from dataclasses import dataclass
from functools import cached_property

from include.kpis.arithmetic import Node, leaves, mapped
from include.kpis.measure import Measure
from include.kpis.relations import facts


@dataclass(frozen=True)
class Span:
    """Days of a period: of it (`during`), its last one (`at_end`), also those to come (`whole`), its name (`same`),
    of the one before (`before`), or of an earlier one (`during`, moved back by `lag_months`)."""

    name: str
    lag_months: int = 0

    @property
    def table(self) -> str:
        return f"span_{self.name}_{self.lag_months}"


@dataclass(frozen=True)
class Reading:
    """A measure over a span. Nothing there counts as zero, except where a fact says what should have been there.
    `aged`: by each `age` of the fact. `over`: not the cell's own, but of all channels or of the place above."""

    measure: Measure
    span: Span
    zero: bool = True
    aged: bool = False
    over: str = ""


@dataclass(frozen=True)
class Readings:
    """A KPI's arithmetic over readings. `matures` is how many days after its end a period is settled. `above_zero`: a
    denominator below nought says nothing. `settled`: there is no value before that."""

    numerator: Node
    denominator: Node | None
    matures: int = 0
    above_zero: bool = False
    settled: bool = False

    @cached_property
    def parts(self) -> tuple[Reading, ...]:
        """Every reading once, numerator first."""
        return tuple(dict.fromkeys((*leaves(self.numerator), *leaves(self.denominator or 0))))

    @property
    def aged(self) -> bool:
        """Whether it has a row for each age."""
        return any(part.aged for part in self.parts)


_NATURAL = {
    "event": (Span("during"), "true", True),
    "snapshot": (Span("at_end"), "true", True),
    "between": (Span("at_end"), "since = period_start", True),
    "plan": (Span("whole"), "last_day <= period_closes", False),
    "period": (Span("same"), "grain = period_grain", False),
}
"""By kind of fact: its span, what makes a row fit a period, and whether no row means zero."""


def natural(measure: Measure) -> str:
    """The days of its span and what makes a row fit, in SQL over the fact `f` and the periods `p`."""
    span, fits, _ = _NATURAL[facts()[measure.fact].kind]
    days = {"during": "between p.period_start and p.period_end", "at_end": "= p.period_end"}[span.name]
    return f"f.{measure.on} {days} and {fits}"


def read(node: Node) -> Node:
    """Each measure over the span its fact is made for."""
    return mapped(node, _reading)


def _reading(measure: Measure) -> Reading:
    span, fits, zero = _NATURAL[facts()[measure.fact].kind]
    return Reading(measure if fits == "true" else measure.filtered(fits), span, zero)
