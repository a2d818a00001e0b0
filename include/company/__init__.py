"""The company as configured: regions, nights, channels, funnel and sources, read from CONFIG_DIR and checked at once.

Every fault of the address book is a ConfigError that names the file, the region or night, and what to change.
"""

from include.company.channels import Channel
from include.company.checks import SECTIONS
from include.company.company import Company
from include.company.faults import ConfigError
from include.company.funnel import Funnel
from include.company.loading import load
from include.company.regions import COMPANY, UNASSIGNED, Edition, Night, Region
from include.company.sources import SourceConfig

__all__ = [
    "COMPANY",
    "SECTIONS",
    "UNASSIGNED",
    "Channel",
    "Company",
    "ConfigError",
    "Edition",
    "Funnel",
    "Night",
    "Region",
    "SourceConfig",
    "load",
]
