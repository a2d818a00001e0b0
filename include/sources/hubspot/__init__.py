"""HubSpot: contacts, companies, deals, engagements and owners, with the history of every field that facts read."""

from pathlib import Path

from include.company import Company, SourceConfig
from include.sources.hubspot.source import HubSpot


def build(company: Company, config: SourceConfig, root: Path) -> HubSpot:
    return HubSpot(company, config, root)


__all__ = ["HubSpot", "build"]
