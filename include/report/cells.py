"""Scores as a report reads them: one region's cells of one night, looked up by what they measure."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict, Unpack

import duckdb
import pyarrow as pa

from include.company import Region
from include.report.periods import frame

CUT = ("stage", "channel", "region", "country", "subdivision", "rep")
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
_KEY = ("kpi", "statistic", "grain", "period_start", "period_end", "age", *CUT)
READ = (*_KEY, "currency", "numerator", "denominator", "value", "unit", "status", "n")


class Cut(TypedDict, total=False):
    """Which part of a region: a member of each dimension named, None for all of it together; the age of a cohort."""

    age: int | None
    stage: str | None
    channel: str | None
    region: str | None
    country: str | None
    subdivision: str | None
    rep: str | None


@dataclass(frozen=True)
class Cell:
    """One score: kpi x period x cut."""

    key: tuple[Any, ...]
    value: float | None
    numerator: float | None
    denominator: float | None
    unit: str
    currency: str | None
    status: str
    n: int | None

    @property
    def kpi(self) -> str:
        return str(self.key[0])

    @property
    def id(self) -> str:
        """The cell's key as text, by which a number in a report is found again in the scores."""
        return "|".join("" if part is None else str(part) for part in self.key)


class Cells:
    """The cells of one region's report: its own (the company: those of the whole, and of its regions as places)."""

    def __init__(self, cells: Iterable[Cell], region: str | None) -> None:
        self._cells = {(cell.key[:3], *cell.key[4:]): cell for cell in cells}  # a grain's period is known by its end
        self._region = region

    def get(
        self, kpi: str, end: date, grain: str = "month", statistic: str = "value", **cut: Unpack[Cut]
    ) -> Cell | None:
        """The cell of the period of a grain that ends on `end`.

        `cut` names stage, channel, country, subdivision, rep, age or, in the company's report, region; None is rolled
        up.
        """
        place: dict[str, object] = {"region": self._region, **cut}
        return self._cells.get(((kpi, statistic, grain), end, *(place.get(name) for name in ("age", *CUT))))

    def known(self, id_: str) -> Cell | None:
        """The cell of an id; None for one that no score has, as of months added up."""
        kpi, statistic, grain, _, end, age, *cut = id_.split("|")
        found = self._cells.get(
            (
                (kpi, statistic, grain),
                date.fromisoformat(end),
                int(age) if age else None,
                *(part or None for part in cut),
            )
        )
        return found if found is not None and found.id == id_ else None

    def total(self, kpi: str, ends: Iterable[date], **cut: Unpack[Cut]) -> Cell | None:
        """The months that end on `ends` in one: numerators and denominators added, as ratios of sums allow.

        Months without a number are left out; its key spans them, so that its id is no score's. None if there is none.
        """
        return added([self.get(kpi, end, **cut) for end in ends])

    def all(self) -> Iterable[Cell]:
        return self._cells.values()

    def members(self, name: str, *kpis: str) -> list[str]:
        """Every member that one of the KPIs has along a dimension, in the order of their ids."""
        at = _KEY.index(name)
        return sorted({cell.key[at] for cell in self._cells.values() if cell.kpi in kpis and cell.key[at] is not None})

    def subdivisions(self, *kpis: str) -> list[tuple[str, str]]:
        """Every (country, subdivision) that one of the KPIs has a cell for."""
        return self.pairs("country", "subdivision", *kpis)

    def pairs(self, outer: str, inner: str, *kpis: str) -> list[tuple[str, str]]:
        """Every pair of members of two dimensions that one of the KPIs has a cell for."""
        left, right = _KEY.index(outer), _KEY.index(inner)
        known = (cell.key for cell in self._cells.values() if cell.kpi in kpis)
        return sorted({(key[left], key[right]) for key in known if None not in (key[left], key[right])})


def added(cells: Iterable[Cell | None]) -> Cell | None:
    """Cells of one KPI in one, of months or of members that share no case: numerators and denominators added.

    Those without a number are left out; its key spans the rest, so that its id is no score's. None if there is none.
    """
    known = [cell for cell in cells if cell is not None and cell.status in ("ok", "partial")]
    if not known:
        return None
    above = sum(cell.numerator or 0.0 for cell in known)
    below = None if known[-1].denominator is None else sum(cell.denominator or 0.0 for cell in known)
    value = above if below is None else above / below if below > 0 else None
    status = "null" if value is None else "ok"
    n = sum(cell.n or 0 for cell in known)
    key = (*known[-1].key[:3], known[0].key[3], *known[-1].key[4:])
    return replace(known[-1], key=key, value=value, numerator=above, denominator=below, status=status, n=n)


def read(scores: pa.Table, region: Region) -> Cells:
    """The cells of a region's report out of a night's scores, money in the region's currency.

    `scores` has the columns of the fixed interface `scores`. Another team's cells are left behind here.
    """
    with closing(duckdb.connect()) as connection:
        return of(connection.from_arrow(scores).filter(mine(region)).to_arrow_table(), region)


def of(table: pa.Table, region: Region) -> Cells:
    """The cells of the rows that `mine(region)` holds, in the columns READ."""
    rows = zip(*(_plain(table.column(name)).to_pylist() for name in READ), strict=True)
    return Cells((_cell(row) for row in rows), None if region.is_company else region.id)


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
    own = "region is null" if region.is_company else "true"
    return f"kpi in ({_texts((SPENT, WON))}) and grain = 'day' and rep is null and {_UNCUT} and {own}"


def _waits() -> str:
    """How long those waited who entered a stage in a quarter."""
    return f"kpi = '{WAITS}' and grain = 'quarter' and {_HERE} and channel is null"


def _age(region: Region) -> str:
    """What is told by age is read for the whole of a report's own region only."""
    own = "region is null" if region.is_company else "true"
    waits = f"kpi = '{WAITS}' and {_HERE} and channel is null"
    return f"(age is null or (kpi = '{CURVE}' and rep is null and {_UNCUT} or {waits}) and {own})"


def _place(region: Region) -> str:
    if not region.is_company:
        return f"region = '{region.id}'"
    inside = (
        f"region is not null and channel is null and stage is null and rep is null and kpi in ({_texts(OF_PLACES)})"
    )
    return f"((region is null or channel is null) and {_HERE} or {inside} and subdivision is null)"


def _cell(row: tuple[Any, ...]) -> Cell:
    *key, currency, numerator, denominator, value, unit, status, n = row
    return Cell(tuple(key), value, numerator, denominator, unit, currency, status, n)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Decimals as floats, which Python makes ten times as fast."""
    return column.cast(pa.float64()) if pa.types.is_decimal(column.type) else column


def ids(*cells: Cell | None) -> tuple[str, ...]:
    """The ids of those that are there."""
    return tuple(cell.id for cell in cells if cell is not None)
