"""Whether each region is in one night, and no night starts before its regions' days have ended."""

from collections.abc import Iterator
from datetime import date, timedelta

from include.company.company import Company
from include.company.faults import ConfigError
from include.company.regions import Night, midnight_after

FIRST_DAY = date(2024, 11, 1)
LAST_DAY = date(2028, 11, 1)


def check_nights(company: Company) -> None:
    nights_of = {
        region.id: [n.id for n in company.nights.values() if region.id in n.regions] for region in company.teams()
    }
    for region, nights in nights_of.items():
        if len(nights) != 1:
            raise ConfigError(f"regions.toml: region {region} must be in exactly one night, found {nights or 'none'}")
    for night in company.nights.values():
        if unknown := [name for name in night.regions if name not in company.regions]:
            raise ConfigError(f"regions.toml: night {night.id} names {unknown}, which no [regions.…] block defines")
        _check_ends(company, night)


def _check_ends(company: Company, night: Night) -> None:
    """No day may end in the night's zone before it has ended in each of its regions."""
    members = company.teams() if night.company else [company.regions[name] for name in night.regions]
    for day in _days():
        for region in members:
            if region.cutoff(day) > midnight_after(day, night.zone):
                raise ConfigError(
                    f"regions.toml: {day} ends in night {night.id} ({night.zone}) before it ends in {region.id} "
                    f"({region.timezone}); move {region.id} to a later night or choose another zone"
                )


def _days() -> Iterator[date]:
    day = FIRST_DAY
    while day < LAST_DAY:
        yield day
        day += timedelta(days=1)
