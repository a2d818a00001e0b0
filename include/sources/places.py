"""The ISO lists, from CLDR: countries (3166-1), currencies (4217), and numeric country codes."""

from babel.core import Locale, get_global
from babel.numbers import list_currencies

_NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
"""Two-letter codes that CLDR names and ISO 3166-1 does not assign."""

COUNTRIES: frozenset[str] = frozenset(
    code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
)
CURRENCIES: frozenset[str] = frozenset(list_currencies()) - {"XXX", "XTS"}
NUMERIC: dict[int, str] = {
    int(code): names[0]
    for code, names in get_global("territory_aliases").items()
    if code.isdigit() and len(names) == 1 and names[0] in COUNTRIES
}
"""Country by its ISO 3166-1 numeric code."""
