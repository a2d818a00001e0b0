"""CLDR's short numbers: 1.84M, 184万, 1,84 M; three figures, or the whole number where that says more."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from babel import Locale

from include.report.babel_gaps import short_pattern

FIGURES = 3


def shorten(value: Decimal, locale: Locale) -> tuple[Decimal, int, str]:
    """The rounded figures, how many decimals they keep, and what stands around them. value ≥ 0."""
    scale, suffix = _magnitude(value, locale)
    shown = _rounded(value / scale)
    if _magnitude(shown * scale, locale) != (scale, suffix):  # 999,950 rounds into the next magnitude
        scale, suffix = _magnitude(shown * scale, locale)
        shown = _rounded(value / scale)
    digits = max(0, -int(shown.normalize().as_tuple().exponent)) if shown else 0
    return shown, digits, suffix


def _rounded(value: Decimal) -> Decimal:
    digits = max(0, FIGURES - 1 - value.adjusted()) if value else 0
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)


def _magnitude(value: Decimal, locale: Locale) -> tuple[Decimal, str]:
    """The divisor and the template of CLDR's short form for a number of this size."""
    forms = locale.compact_decimal_formats["short"]
    sizes = forms.get(locale.plural_form(value)) or forms["other"]
    fitting = [size for size in sizes if Decimal(size) <= value]
    if not fitting:
        return Decimal(1), "{}"
    size = max(fitting, key=int)
    pattern = sizes[size].pattern.replace("'", "")
    zeros = pattern.count("0")
    if pattern == "0":
        return Decimal(1), "{}"
    return Decimal(size).scaleb(1 - zeros), re.sub("0+", "{}", short_pattern(pattern, locale))
