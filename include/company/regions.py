"""Who reads a report, of which places, in which money and by which clock (regions.toml)."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, EmailStr, Field

from include.company.frozen import Frozen

COMPANY = "company"
UNASSIGNED = "unassigned"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise ValueError(f"{name} is no time zone; write one like Europe/Madrid") from fault
    return name


@cache
def midnight_after(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)


Zone = Annotated[str, AfterValidator(_zone)]
Id = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
"""Part of paths, task names and SQL."""


class Region(Frozen):
    """A team: its places, its money, its clock, and its readers by locale. Region id `company` is the whole.

    `sections` and `kpis` (the cards of page 1) are what its report shows, in that order; empty: all of them.
    """

    id: Id
    name: str
    currency: str = Field(pattern="^[A-Z]{3}$")
    timezone: Zone
    paper: Literal["A4", "Letter"] = "A4"
    countries: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    recipients: dict[str, tuple[EmailStr, ...]]
    sections: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()

    @property
    def is_company(self) -> bool:
        return self.id == COMPANY

    @property
    def editions(self) -> tuple["Edition", ...]:
        return tuple(Edition(region=self, locale=locale) for locale in self.recipients)

    def cutoff(self, day: date) -> datetime:
        """The local midnight that ends `day`, in UTC: what a report of that day may know."""
        return midnight_after(day, self.timezone)


class Edition(Frozen):
    """A region's report in one locale."""

    region: Region
    locale: str


class Night(Frozen):
    """The regions whose day ends together; `zone` and `hour` say when it starts."""

    id: Id
    zone: Zone
    hour: int = Field(default=5, ge=0, le=23)
    regions: tuple[str, ...]
    company: bool = False
