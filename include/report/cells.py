"""Scores as a report reads them: one region's cells of one night, looked up by what they measure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypedDict, Unpack

import pyarrow as pa
import pyarrow.compute as pc

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
OVER_A_YEAR = ("win_rate", WAITS)
"""The KPIs of whose parts (places, reps, stages) more is read than the months that a report compares."""
ROLLED = ("nrr", "grr")
"""The KPIs read over twelve months."""
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
        country, subdivision = (_KEY.index(name) for name in ("country", "subdivision"))
        known = (cell.key for cell in self._cells.values() if cell.kpi in kpis)
        pairs = {(key[country], key[subdivision]) for key in known if key[subdivision] is not None}
        return sorted(pairs)


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
    return of(scores.filter(mine(region)), region)


def of(table: pa.Table, region: Region) -> Cells:
    """The cells of the rows that `mine(region)` holds, in the columns READ."""
    rows = zip(*(_plain(table.column(name)).to_pylist() for name in READ), strict=True)
    return Cells((_cell(row) for row in rows), None if region.is_company else region.id)


def mine(region: Region, day: date | None = None) -> pc.Expression:
    """Which rows of a night's scores a region's report reads; what is in no currency counts in every one.

    No section asks for a channel or stage of a place inside the region, or for the weeks of a part of it; of parts,
    with a `day`, for its month and those that it is compared with only, but of OVER_A_YEAR for all.
    """
    whole = pc.scalar(True)
    for name in UNREAD:
        whole &= pc.field(name).is_null()
    money = pc.field("currency").is_null() | (pc.field("currency") == region.currency)
    here = pc.field("country").is_null() & pc.field("subdivision").is_null()
    one_cut = here | (pc.field("channel").is_null() & pc.field("stage").is_null())
    of_all = pc.field("rep").is_null()
    uncut = here & of_all & pc.field("channel").is_null() & pc.field("stage").is_null()
    rolled = (pc.field("grain") == "rolling_12m") & pc.field("kpi").isin(ROLLED)
    grain = (pc.field("grain") == "month") | (((pc.field("grain") == "week") | rolled) & uncut) | _waits(here)
    rep = of_all | (_rep(region) & here & pc.field("channel").is_null() & pc.field("stage").is_null())
    return whole & money & grain & one_cut & rep & _place(region) & _age(region, uncut, here) & _recent(region, day)


def _recent(region: Region, day: date | None) -> pc.Expression:
    """Months of parts are three of four rows of a report, and most of them nobody asks for."""
    if day is None:
        return pc.scalar(True)
    known = frame(day)
    ends = [known.now.last, known.previous.last, known.year_ago.last]
    parts = [pc.field(name).is_valid() for name in CUT if name != "region" or region.is_company]
    part = reduce(or_, parts)
    return ~part | pc.field("period_end").isin(ends) | pc.field("kpi").isin(OVER_A_YEAR)


def _rep(region: Region) -> pc.Expression:
    """A team reads its reps; the company its regions."""
    return pc.scalar(False) if region.is_company else pc.field("kpi").isin(OF_REPS) & (pc.field("statistic") == "value")


def _waits(here: pc.Expression) -> pc.Expression:
    """How long those waited who entered a stage in a quarter."""
    return (pc.field("kpi") == WAITS) & (pc.field("grain") == "quarter") & here & pc.field("channel").is_null()


def _age(region: Region, uncut: pc.Expression, here: pc.Expression) -> pc.Expression:
    """What is told by age is read for the whole of a report's own region only."""
    own = pc.field("region").is_null() if region.is_company else pc.scalar(True)
    waits = (pc.field("kpi") == WAITS) & here & pc.field("channel").is_null()
    return pc.field("age").is_null() | (((pc.field("kpi") == CURVE) & uncut | waits) & own)


def _place(region: Region) -> pc.Expression:
    if not region.is_company:
        return pc.field("region") == region.id
    of_all_regions_or_channels = pc.field("region").is_null() | pc.field("channel").is_null()
    return of_all_regions_or_channels & pc.field("country").is_null() & pc.field("subdivision").is_null()


def _cell(row: tuple[Any, ...]) -> Cell:
    *key, currency, numerator, denominator, value, unit, status, n = row
    return Cell(tuple(key), value, numerator, denominator, unit, currency, status, n)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Decimals as floats, which Python makes ten times as fast."""
    return column.cast(pa.float64()) if pa.types.is_decimal(column.type) else column


def ids(*cells: Cell | None) -> tuple[str, ...]:
    """The ids of those that are there."""
    return tuple(cell.id for cell in cells if cell is not None)
