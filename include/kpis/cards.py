"""Which KPIs may be a card of page 1, and whether a region names others."""

from collections.abc import Iterator

from include.company import Company, ConfigError
from include.kpis.catalogue import KPIS


def eligible() -> Iterator[str]:
    """The KPIs with one number a month; a curve has one for each age, a stage's KPI one for each stage."""
    return (kpi.id for kpi in KPIS.values() if not kpi.rule.aged and not kpi.rule.ages and "stage" not in kpi.by)


def check(company: Company) -> None:
    """Raises ConfigError naming the region, the entry, and the KPIs that there are."""
    known = list(eligible())
    for region in company.regions.values():
        for name in region.kpis:
            if name not in known:
                raise ConfigError(
                    f"regions.toml, kpis of {region.id}: {name!r} can be no card; write some of {', '.join(known)}"
                )
