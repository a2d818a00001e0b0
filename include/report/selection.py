"""Which of a night's scores a region's report reads, in SQL; no other team's."""

from collections.abc import Iterable
from datetime import date

from include.company import Region
from include.report.cells import CUT
from include.report.periods import frame

UNREAD = ("city", "breakdown", "member")
"""Columns that are null in every cell a report reads."""
CURVE = "cohort_retention_curve"
"""The KPI whose cells have an age: months since the cohort's own."""
WAITS = "survival_conversion_curve"
"""The KPI whose cells have a stage and an age: days since its entry."""
OF_REPS = ("bookings", "quota_attainment", "deals_won", "win_rate", "meetings_held", "calls_made", "emails_sent")
"""The KPIs that a team's report reads of each of its reps."""
OF_PLACES = ("leads_created", "sql_count", "deals_won", "bookings", "ad_spend", "cost_per_lead")
"""The KPIs that the company reads of each country."""
OVER_A_YEAR = ("win_rate", WAITS)
"""The KPIs of whose parts (places, reps, stages) more is read than the months that a report compares."""
ROLLED = ("nrr", "grr")
"""The KPIs read over twelve months."""
SPENT, WON = "ad_spend", "bookings"
"""The KPIs read by day: ad platforms restate their days, and the next report compares them; deals won add up to the
month."""


def mine(region: Region, day: date | None = None) -> str:
    """Which rows of a night's scores a region's report reads, in SQL; what is in no currency counts in every one.

    No section asks for a channel or stage of a place inside the region, or for the weeks of a part of it; of parts,
    with a `day`, for its month and those that it is compared with only, but of OVER_A_YEAR for all.
    """
    tests = [f"{name} is null" for name in UNREAD]
    tests.append(f"(currency is null or currency = '{region.currency}')")
    often = f"(grain = 'week' or {_ROLLED}) and rep is null and {_UNCUT}"
    tests.append(f"(grain = 'month' or {often} or {_waits()} or {_by_day(region)})")
    tests.append(f"({_HERE} or channel is null and stage is null)")
    tests.append(f"(rep is null or {_reps(region)} and {_UNCUT})")
    return " and ".join([*tests, _place(region), _age(region), _recent(region, day)])


def _texts(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


_HERE = "country is null and subdivision is null"
_UNCUT = f"{_HERE} and channel is null and stage is null"
_ROLLED = f"grain = 'rolling_12m' and kpi in ({_texts(ROLLED)})"


def _recent(region: Region, day: date | None) -> str:
    """Months of parts are three of four rows of a report, and most of them nobody asks for."""
    if day is None:
        return "true"
    known = frame(day)
    ends = _texts(str(each.last) for each in (known.now, known.previous, known.year_ago))
    whole = " and ".join(f"{name} is null" for name in CUT if name != "region" or region.is_company)
    return f"({whole} or period_end in ({ends}) or kpi in ({_texts(OVER_A_YEAR)}))"


def _reps(region: Region) -> str:
    """A team reads its reps; the company its regions."""
    return "false" if region.is_company else f"kpi in ({_texts(OF_REPS)}) and statistic = 'value'"


def _by_day(region: Region) -> str:
    return f"kpi in ({_texts((SPENT, WON))}) and grain = 'day' and rep is null and {_UNCUT} and {_whole(region)}"


def _waits() -> str:
    """How long those waited who entered a stage in a quarter."""
    return f"kpi = '{WAITS}' and grain = 'quarter' and {_HERE} and channel is null"


def _age(region: Region) -> str:
    """What is told by age is read for the whole of a report's own region only."""
    waits = f"kpi = '{WAITS}' and {_HERE} and channel is null"
    return f"(age is null or (kpi = '{CURVE}' and rep is null and {_UNCUT} or {waits}) and {_whole(region)})"


def _whole(region: Region) -> str:
    return "region is null" if region.is_company else "true"


def _place(region: Region) -> str:
    if not region.is_company:
        return f"region = '{region.id}'"
    country = f"channel is null and stage is null and rep is null and kpi in ({_texts(OF_PLACES)})"
    inside = f"region is not null and {country}"
    return f"((region is null or channel is null) and {_HERE} or {inside} and subdivision is null)"
