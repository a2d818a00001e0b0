"""A KPI as it is declared: what it counts, over what, by which rule, and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from include.kpis.arithmetic import Operation, Term, leaves
from include.kpis.measure import Measure


class Unit(StrEnum):
    RATIO = "ratio"
    MONEY = "money"
    COUNT = "count"
    DURATION_DAYS = "duration_days"
    DURATION_HOURS = "duration_hours"


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


Shown = Literal["percent", "times", "mean", "money", "count", "days", "hours", "months"]


@dataclass(frozen=True)
class Rule:
    """Which rows belong to a period; the compiler has one function a `name`. Windows are local days, lags months."""

    name: str
    window_days: int = 0
    lag_months: int = 0
    aged: bool = False
    """Whether it has a row for each age of a cohort."""
    ages: tuple[int, ...] = ()
    """The days after the entry at which a curve is read."""
    horizon_months: int = 0
    """Over how many months to come what a month brings is added up."""
    of: str = ""
    """The rule brings a denominator of its own: the same of all channels, of the place above, of the period before."""


def cohort(days: int) -> Rule:
    """Those who entered in the period, and of the same those who converted within `days`."""
    return Rule("cohort", window_days=days)


def settled_cohort(days: int) -> Rule:
    """The same, with no value before the window of the last of them is over: of those who did not convert, all are
    counted until they do."""
    return Rule("settled_cohort", window_days=days)


def lagged(months: int) -> Rule:
    """The period's conversions over the entries `months` earlier (counted inclusively: month 3 over month 1 is 2)."""
    return Rule("lagged", lag_months=months)


def due(grace: int) -> Rule:
    """Those whose term ends in the period, and of the same those renewed at most `grace` days after it."""
    return Rule("due_cohort", window_days=grace)


def share(of: Literal["channel", "place"]) -> Rule:
    """What is counted in a cell, over the same in all channels, or in the place above: a country's in its region, a
    region's in the company."""
    return Rule("share", of=of)


def lifetime(months: int) -> Rule:
    """What a month brings, in each of the next `months` as far as those of the cell live through it."""
    return Rule("lifetime", horizon_months=months)


EVENT, PERIOD_RATIO, CLOSE_COHORT = Rule("event"), Rule("period_ratio"), Rule("close_cohort")
EXIT_COHORT, SNAPSHOT = Rule("exit_cohort"), Rule("snapshot")
OPENING_COHORT, AGED_COHORT = Rule("opening_cohort"), Rule("aged_cohort", aged=True)
OPENING_BASE, DERIVED = Rule("opening_base"), Rule("derived")
SURVIVAL = Rule("survival", aged=True, ages=(7, 14, 30, 60, 90, 120, 150, 180))
PERIOD_OVER_PERIOD = Rule("period_over_period", of="the period before")


@dataclass(frozen=True)
class Kpi(Term):
    """One KPI. Words are English source text; `stage` is a stage of the funnel, `all` if it has one row a stage.

    `by` are the dimensions and breakdowns of the specification; region and subdivision always belong to it.
    """

    id: str
    label: str
    description: str
    stage: str
    unit: Unit
    better: Better
    shown: Shown
    rule: Rule
    numerator: Term
    denominator: Term | None = None
    grains: tuple[str, ...] = ("month",)
    by: tuple[str, ...] = ()
    quantiles: Mapping[str, tuple[Measure, float]] = field(default_factory=lambda: MappingProxyType({}))
    lasting: Measure | None = None
    """How long each lasted or has lasted, by the day it began, of a fact that says `is_open`: for Kaplan–Meier."""
    named_by: tuple[str, ...] = ()
    """Which of the texts the catalogue was drawn from name it: forum, seven_stages, databox, tudashboard, kompas."""
    family: str = ""
    """The module that declares it; set when discovered."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure it reads, numerator first; those of the KPIs it is derived from too."""
        parts = (part for term in (self.numerator, self.denominator) for part in leaves(term or 0))
        return tuple(measure for part in parts for measure in (part.measures if isinstance(part, Kpi) else (part,)))

    @property
    def in_money(self) -> bool:
        """Whether a score of it depends on a currency (ratios of moneys do)."""
        return any(measure.kind == "money" for measure in self.measures)

    @property
    def is_ratio(self) -> bool:
        """Whether it divides or is estimated: such a KPI is never added up."""
        return self.denominator is not None or bool(self.rule.of or self.rule.ages or self.rule.horizon_months)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The cell columns it can be cut by."""
        return tuple(name for name in DIMENSIONS if name in self.by or name in ("region", "subdivision"))

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """What `breakdown` may say in its rows."""
        return tuple(name for name in self.by if name not in DIMENSIONS)

    @property
    def remainder(self) -> bool:
        """Whether the denominator is what is left of a target: used up, it is met (status target_met)."""
        return self.rule == SNAPSHOT and isinstance(self.denominator, Operation) and self.denominator.sign == "-"


BREAKDOWNS = (
    "campaign",
    "team",
    "segment",
    "product",
    "opportunity_type",
    "platform",
    "activity_type",
    "plan",
    "cohort_month",
    "account_owner",
)
"""What `breakdown` may name: columns of facts that are no cell columns."""

DIMENSIONS = ("region", "stage", "channel", "country", "subdivision", "city", "rep")
"""The cell columns of the scores, in their order."""
