"""How one edition writes numbers, money, dates, lists and places (tests hold ICU's answers as the judge).

The few units that CLDR does not know (percentage points, times, weeks) are messages of the catalogue.
"""

from collections.abc import Iterable

from include.report.babel_gaps import joined
from include.report.dates import Dates
from include.report.numbers import NOTHING, Number, Numbers

__all__ = ["NOTHING", "Formats", "Number"]


class Formats(Numbers, Dates):
    """The conventions of a locale, and the region's currency (ISO 4217)."""

    def list(self, items: Iterable[str]) -> str:
        """A, B and C."""
        names = list(items)
        return joined(names, self._cldr) if names else NOTHING

    def territory(self, country: str | None) -> str:
        """The country's name; what CLDR does not know is shown as it is written."""
        return NOTHING if country is None else str(self._cldr.territories.get(country, country))
