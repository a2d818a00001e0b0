"""The cohort rules: which rows of a fact belong to a period. One function each; a KPI names the rule, no more.

A reading is a measure over a span: the relation that says which days of the fact belong to which period.
"""

from collections.abc import Callable
from dataclasses import dataclass

from include.kpis.kpi import Kpi
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
    """A measure over a span. Nothing there counts as zero, except where a fact says what should have been there."""

    sign: int
    measure: Measure
    span: Span
    zero: bool = True


@dataclass(frozen=True)
class Readings:
    """A KPI's parts. `matures` is how many days after its end a period is settled."""

    numerator: tuple[Reading, ...]
    denominator: tuple[Reading, ...] | None
    matures: int = 0


_NATURAL = {
    "event": (Span("during"), "true", True),
    "snapshot": (Span("at_end"), "true", True),
    "plan": (Span("whole"), "last_day <= period_closes", False),
    "period": (Span("same"), "grain = period_grain", False),
}
"""By kind of fact: its span, what makes a row fit a period, and whether no row means zero."""


def _read(term: Term) -> tuple[Reading, ...]:
    """Each measure over the span its fact is made for."""
    return tuple(_reading(sign, measure) for sign, measure in term.parts)


def _reading(sign: int, measure: Measure) -> Reading:
    span, fits, zero = _NATURAL[facts()[measure.fact].kind]
    return Reading(sign, measure if fits == "true" else measure.filtered(fits), span, zero)


def _both(kpi: Kpi) -> Readings:
    return Readings(_read(kpi.numerator), None if kpi.denominator is None else _read(kpi.denominator))


def event(kpi: Kpi) -> Readings:
    """The numerator by its own date."""
    return _both(kpi)


def period_ratio(kpi: Kpi) -> Readings:
    """Numerator and denominator, each by its own date."""
    return _both(kpi)


def close_cohort(kpi: Kpi) -> Readings:
    """Those decided in the period: both parts by the closing date."""
    return _both(kpi)


def exit_cohort(kpi: Kpi) -> Readings:
    """Visits that ended in the period: both parts by the end of the visit."""
    return _both(kpi)


def snapshot(kpi: Kpi) -> Readings:
    """What stands at the end of the period; beside it, what the period promised or brought."""
    return _both(kpi)


def cohort(kpi: Kpi) -> Readings:
    """Those who entered in the period; of the same, those converted within the window. Both by the entry."""
    window = kpi.rule.window_days
    both = _both(kpi)
    return Readings(_read(kpi.numerator.filtered(f"days_taken <= {window}")), both.denominator, window)


def lagged(kpi: Kpi) -> Readings:
    """The period's numerator over the denominator of the period `lag_months` earlier; null before data begins."""
    both = _both(kpi)
    span = Span("during", kpi.rule.lag_months)
    earlier = tuple(Reading(part.sign, part.measure, span, zero=False) for part in both.denominator or ())
    return Readings(both.numerator, earlier)


RULES: dict[str, Callable[[Kpi], Readings]] = {
    rule.__name__: rule for rule in (event, period_ratio, cohort, lagged, close_cohort, exit_cohort, snapshot)
}


def readings(kpi: Kpi) -> Readings:
    return RULES[kpi.rule.name](kpi)
