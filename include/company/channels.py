"""The channels that leads come by, and how each platform calls them (channels.toml)."""

from include.company.frozen import Frozen


class Channel(Frozen):
    id: str
    label: str
    web: bool
    paid: bool
    marketing: bool = False
    hubspot: tuple[str, ...] = ()
    google_ads: tuple[str, ...] = ()
