"""A reading is a measure over a span: the relation that says which days of the fact belong to which period."""

from dataclasses import dataclass

from include.kpis.measure import Measure, Term
from include.kpis.relations import facts


@dataclass(frozen=True)
class Span:
    """Days of a period: of it (`during`), its last one (`at_end`), also those to come (`whole`), its name (`same`),
    or of an earlier one (`during`, moved back by `lag_months`)."""

    name: str
    lag_months: int = 0

    @property
    def table(self) -> str:
        return f"span_{self.name}_{self.lag_months}"


@dataclass(frozen=True)
class Reading:
    """A measure over a span. Nothing there counts as zero, except where a fact says what should have been there.
    `aged`: by each `age` of the fact."""

    sign: int
    measure: Measure
    span: Span
    zero: bool = True
    aged: bool = False


@dataclass(frozen=True)
class Readings:
    """A KPI's parts. `matures` is how many days after its end a period is settled."""

    numerator: tuple[Reading, ...]
    denominator: tuple[Reading, ...] | None
    matures: int = 0

    @property
    def aged(self) -> bool:
        """Whether it has a row for each age."""
        return any(part.aged for part in self.numerator)


_NATURAL = {
    "event": (Span("during"), "true", True),
    "snapshot": (Span("at_end"), "true", True),
    "between": (Span("at_end"), "since = period_start", True),
    "plan": (Span("whole"), "last_day <= period_closes", False),
    "period": (Span("same"), "grain = period_grain", False),
}
"""By kind of fact: its span, what makes a row fit a period, and whether no row means zero."""


def read(term: Term) -> tuple[Reading, ...]:
    """Each measure over the span its fact is made for."""
    return tuple(_reading(sign, measure) for sign, measure in term.parts)


def _reading(sign: int, measure: Measure) -> Reading:
    span, fits, zero = _NATURAL[facts()[measure.fact].kind]
    return Reading(sign, measure if fits == "true" else measure.filtered(fits), span, zero)
