"""The company of the benchmark: the sample's regions with more countries in each, and one source for everything."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from include.company import Company, SourceConfig, load

ROOT = Path(__file__).resolve().parents[2]
SOURCE, NIGHT = "bench", "americas"
LONGEST = 36
FIRST, DAY, LANDED = date(2023, 11, 1), date(2026, 10, 31), date(2026, 11, 2)
"""The longest history, in months; what is landed of the days after DAY a run of DAY must not see."""
COUNTRIES = {
    "united_states": ("US", "CA"),
    "mexico": ("MX", "CO"),
    "spain": ("ES", "PT", "FR"),
    "china": ("CN",),
    "malaysia": ("MY", "SG", "ID"),
}


@dataclass(frozen=True)
class Place:
    """A country, its money, and how much of the company is there. Brazil is in no region."""

    country: str
    currency: str
    weight: float


PLACES = (
    Place("US", "USD", 0.30), Place("CA", "CAD", 0.06), Place("MX", "MXN", 0.12), Place("CO", "COP", 0.04),
    Place("ES", "EUR", 0.12), Place("PT", "EUR", 0.03), Place("FR", "EUR", 0.08), Place("CN", "CNY", 0.10),
    Place("MY", "MYR", 0.07), Place("SG", "SGD", 0.04), Place("ID", "IDR", 0.03), Place("BR", "BRL", 0.01),
)  # fmt: skip


def company() -> Company:
    """The configuration that every contestant reads."""
    known = load(ROOT / "config")
    regions = {
        name: region.model_copy(update={"countries": COUNTRIES.get(name, ())}) for name, region in known.regions.items()
    }
    sources = {SOURCE: SourceConfig(name=SOURCE, kind="files")}
    return known.model_copy(update={"regions": regions, "sources": sources})
