"""What the company means by its words: regions, channels, stages, read from the configuration on its own."""

import os
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

UNASSIGNED, UNALLOCATED, UNKNOWN = "unassigned", "unallocated", "unknown"


@dataclass(frozen=True)
class Terms:
    """The configuration, as plain tables."""

    regions: dict[str, dict[str, Any]]
    currency: str
    company_zone: str
    channels: dict[str, dict[str, Any]]
    order: tuple[str, ...]
    lead_stages: dict[str, str]
    deal_stages: dict[str, str]
    internal: tuple[str, ...]
    touch_kinds: dict[str, str]
    touch_purposes: dict[str, str]

    @cached_property
    def _words(self) -> dict[tuple[str, str], str]:
        vendors = ("hubspot", "google_ads")
        return {(v, word): name for name, block in self.channels.items() for v in vendors for word in block.get(v, ())}

    @cached_property
    def _places(self) -> dict[str, str]:
        lists = ("countries", "subdivisions")
        return {place: name for name, block in self.regions.items() for key in lists for place in block.get(key, ())}

    def region(self, country: str | None, state: str | None) -> str:
        """The team a place belongs to: the subdivision's, else the country's, else unassigned."""
        return self._places.get(f"{country}-{state}") or self._places.get(country or "") or UNASSIGNED

    def channel(self, vendor: str, word: str) -> str:
        return self._words.get((vendor, word), UNKNOWN)

    def zone(self, region: str) -> str:
        return str(self.regions[region]["timezone"]) if region in self.regions else self.company_zone

    def currencies(self, region: str | None) -> tuple[str, ...]:
        """The currencies a cell is told in: the company's, and a team's own."""
        own = self.regions[region]["currency"] if region in self.regions else self.currency
        return (self.currency,) if own == self.currency else (self.currency, own)

    def cutoff(self, region: str, day: date) -> int:
        """The local midnight that ends `day`, in epoch milliseconds: changes before it are known."""
        return _midnight_after(self.zone(region), day)

    def local(self, region: str, stamp: int) -> date:
        """The date of a stamp in a region."""
        return datetime.fromtimestamp(stamp / 1000, ZoneInfo(self.zone(region))).date()


@cache
def _midnight_after(zone: str, day: date) -> int:
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    return int(midnight.timestamp() * 1000)


def read_terms(folder: Path | None = None) -> Terms:
    """The configuration in `folder`, else in CONFIG_DIR."""
    where = folder or Path(os.environ.get("CONFIG_DIR", "config"))
    regions, channels, funnel, sources = (
        tomllib.loads((where / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("regions", "channels", "funnel", "sources")
    )
    night = next(block for block in regions["nights"].values() if block.get("company"))
    return Terms(
        regions=regions["regions"],
        currency=regions["company"]["currency"],
        company_zone=night["zone"],
        channels=channels,
        order=tuple(funnel["order"]),
        lead_stages=funnel["hubspot"]["lifecyclestage"],
        deal_stages=funnel["hubspot"]["dealstage"],
        internal=tuple(sources["hubspot"]["internal_domains"]),
        touch_kinds=funnel["hubspot"]["activity_type"],
        touch_purposes=funnel["hubspot"]["activity_purpose"],
    )
