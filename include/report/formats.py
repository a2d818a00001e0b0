"""How one edition writes numbers, money, dates, lists and places (tests hold ICU's answers as the judge).

The few units that CLDR does not know (percentage points, times, weeks) are messages of the catalogue.
"""

import re
from collections.abc import Iterable

from babel.lists import format_list

from include.report.dates import Dates
from include.report.numbers import NOTHING, Number, Numbers

__all__ = ["NOTHING", "Formats", "Number"]


class Formats(Numbers, Dates):
    """The conventions of a locale, and the region's currency (ISO 4217)."""

    def list(self, items: Iterable[str]) -> str:
        """A, B and C; in Spanish "y" becomes "e" before the sound of i."""
        names = list(items)
        if not names:
            return NOTHING
        joined = str(format_list(names, locale=self._cldr))
        if self._cldr.language == "es" and len(names) > 1 and re.match(r"i|hi(?![ae])", names[-1], re.IGNORECASE):
            return f"{joined.removesuffix(f' y {names[-1]}')} e {names[-1]}"
        return joined

    def territory(self, country: str | None) -> str:
        """The country's name; what CLDR does not know is shown as it is written."""
        return NOTHING if country is None else str(self._cldr.territories.get(country, country))
