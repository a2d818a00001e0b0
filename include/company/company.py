"""The company: all of its configuration, consistent."""

from functools import cached_property

from include.company.channels import Channel
from include.company.frozen import Frozen
from include.company.funnel import Funnel
from include.company.regions import COMPANY, UNASSIGNED, Night, Region
from include.company.sources import SourceConfig
from include.theme import Theme
from include.thresholds import Gate


class Company(Frozen):
    """All of the configuration, consistent."""

    name: str
    currency: str
    regions: dict[str, Region]
    nights: dict[str, Night]
    channels: dict[str, Channel]
    funnel: Funnel
    sources: dict[str, SourceConfig]
    gate: Gate = Gate()
    theme: Theme = Theme()

    @cached_property
    def company_night(self) -> Night:
        return next(night for night in self.nights.values() if night.company)

    def night_of(self, region: str) -> Night:
        """The night that reports a region; the company's, which is complete, for whatever is no team."""
        return next((night for night in self.nights.values() if region in night.regions), self.company_night)

    @property
    def whole(self) -> Region:
        return self.regions[COMPANY]

    @property
    def is_sample(self) -> bool:
        return any(source.sandbox for source in self.sources.values())

    def regions_of(self, night: str) -> tuple[Region, ...]:
        """The regions a night reports: its own, and the company where it is the company's."""
        own = self.nights[night].regions
        return tuple(self.regions[name] for name in (*own, *((COMPANY,) if self.nights[night].company else ())))

    def teams(self) -> tuple[Region, ...]:
        """Every region but the company."""
        return tuple(region for region in self.regions.values() if not region.is_company)

    def region_of(self, country: str | None, subdivision: str | None) -> str:
        """The region of a place: its subdivision's, else its country's, else `unassigned`."""
        for region in self.teams():
            if subdivision in region.subdivisions:
                return region.id
        for region in self.teams():
            if country in region.countries:
                return region.id
        return UNASSIGNED
