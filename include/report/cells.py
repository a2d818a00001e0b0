"""The cells of one region's report, looked up by what they measure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict, Unpack

CUT = ("stage", "channel", "region", "country", "subdivision", "rep")
KEY = ("kpi", "statistic", "grain", "period_start", "period_end", "age", *CUT)


class Cut(TypedDict, total=False):
    """Which part of a region: a member of each dimension named, None for all of it together; the age of a cohort."""

    age: int | None
    stage: str | None
    channel: str | None
    region: str | None
    country: str | None
    subdivision: str | None
    rep: str | None


@dataclass(frozen=True, slots=True)
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
        at = KEY.index(name)
        return sorted({cell.key[at] for cell in self._cells.values() if cell.kpi in kpis and cell.key[at] is not None})

    def subdivisions(self, *kpis: str) -> list[tuple[str, str]]:
        """Every (country, subdivision) that one of the KPIs has a cell for."""
        return self.pairs("country", "subdivision", *kpis)

    def pairs(self, outer: str, inner: str, *kpis: str) -> list[tuple[str, str]]:
        """Every pair of members of two dimensions that one of the KPIs has a cell for."""
        left, right = KEY.index(outer), KEY.index(inner)
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


def number(cell: Cell | None) -> float:
    """The cell's value; 0 where there is none."""
    return 0.0 if cell is None or cell.value is None else cell.value


def ids(*cells: Cell | None) -> tuple[str, ...]:
    """The ids of those that are there."""
    return tuple(cell.id for cell in cells if cell is not None)
