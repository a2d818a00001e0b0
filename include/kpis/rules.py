"""The cohort rules: which rows of a fact belong to a period. One function each; a KPI names the rule, no more."""

from collections.abc import Callable
from dataclasses import replace

from include.kpis.arithmetic import Node, Operation, leaves, mapped
from include.kpis.kpi import Kpi
from include.kpis.measure import Measure
from include.kpis.reading import Reading, Readings, Span, read


def _both(kpi: Kpi) -> Readings:
    return Readings(read(kpi.numerator), None if kpi.denominator is None else read(kpi.denominator))


def _among(kpi: Kpi, condition: str) -> Readings:
    """Both parts, of the rows for which `condition` holds."""
    of = None if kpi.denominator is None else kpi.denominator.filtered(condition)
    return _both(replace(kpi, numerator=kpi.numerator.filtered(condition), denominator=of))


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


def opening_cohort(kpi: Kpi) -> Readings:
    """Those active at the start of the period, and of the same what is left at its end."""
    return _among(kpi, "was_active")


def cohort(kpi: Kpi) -> Readings:
    """Those who entered in the period; of the same, those converted within the window. Both by the entry."""
    window = kpi.rule.window_days
    both = _both(kpi)
    return Readings(read(kpi.numerator.filtered(f"days_taken <= {window}")), both.denominator, window)


def settled_cohort(kpi: Kpi) -> Readings:
    """As a cohort; who has not converted yet may still, so before the window is over nothing is said."""
    return replace(cohort(kpi), settled=True)


def due_cohort(kpi: Kpi) -> Readings:
    """Those whose term ends in the period; of the same, those renewed before it or within the days of grace."""
    return cohort(kpi)


def aged_cohort(kpi: Kpi) -> Readings:
    """Those who began in a month, and of the same what is left in each month since. A cohort is never cut short."""
    both = _among(kpi, "not is_cut")
    numerator, denominator = (
        mapped(node, lambda part: replace(part, aged=True)) for node in (both.numerator, both.denominator)
    )
    return Readings(numerator, denominator)


def opening_base(kpi: Kpi) -> Readings:
    """What happened in the period, over those active at its start."""
    of = None if kpi.denominator is None else kpi.denominator.filtered("was_active")
    return _both(replace(kpi, denominator=of))


def lagged(kpi: Kpi) -> Readings:
    """The period's numerator over the denominator of the period `lag_months` earlier; null before data begins."""
    both = _both(kpi)
    return replace(both, denominator=_moved(both.denominator, Span("during", kpi.rule.lag_months)))


def period_over_period(kpi: Kpi) -> Readings:
    """By how much the period differs from the one before, over that; a running one from as many days of it."""
    now = read(kpi.numerator)
    before = _moved(now, Span("before"))
    return Readings(Operation("-", now, before), before, above_zero=True)


def _moved(node: Node, span: Span) -> Node:
    """The same over another period's days; null where data had not begun."""
    return mapped(node, lambda part: Reading(part.measure, span, zero=False))


def share(kpi: Kpi) -> Readings:
    """A cell's part of what all channels, or the place above, add up to."""
    own = read(kpi.numerator)
    return Readings(own, mapped(own, lambda part: replace(part, over=kpi.rule.of)), above_zero=True)


def derived(kpi: Kpi) -> Readings:
    """Arithmetic over other KPIs, each read under its own rule; mature when the last of them is. What is divided by
    less than nothing says nothing."""
    below = [
        readings(part) for part in (*leaves(kpi.numerator), *leaves(kpi.denominator or 0)) if isinstance(part, Kpi)
    ]
    numerator, denominator = (
        None if node is None else mapped(node, _value) for node in (kpi.numerator, kpi.denominator)
    )
    return Readings(numerator, denominator, max((each.matures for each in below), default=0), above_zero=True)


def survival(kpi: Kpi) -> Readings:
    """Those who began in the period, never cut short; survival.py follows them."""
    return _among(kpi, "not is_cut")


def lifetime(kpi: Kpi) -> Readings:
    """What a month brings, by other KPIs; survival.py multiplies it by the months that are lived through."""
    return derived(kpi)


def _value(part: Kpi | Measure) -> Node:
    if isinstance(part, Measure):
        return read(part)
    known = readings(part)
    return known.numerator if known.denominator is None else Operation("/", known.numerator, known.denominator)


_ALL = (
    event,
    period_ratio,
    close_cohort,
    exit_cohort,
    snapshot,
    cohort,
    settled_cohort,
    lagged,
    opening_cohort,
    due_cohort,
    aged_cohort,
    opening_base,
    period_over_period,
    share,
    derived,
    survival,
    lifetime,
)
RULES: dict[str, Callable[[Kpi], Readings]] = {rule.__name__: rule for rule in _ALL}


def readings(kpi: Kpi) -> Readings:
    return RULES[kpi.rule.name](kpi)
