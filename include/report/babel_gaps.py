"""What Babel 2.18 (CLDR 47) lacks or writes otherwise than ICU 78 (CLDR 48). Every patch stands here, and nowhere else.

tests/report/icu.json holds ICU's answers; a test says which patch Babel has made needless.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

NBSP = "\u00a0"
THIN = "\u2009"

# 1. CLDR minimumGroupingDigits: 1234 but 12.345 in Spain. Looked up along the parents of a locale.
FROM_FIVE_DIGITS = ("be", "bg", "es", "et", "hu", "hy", "it", "ka", "lv", "pl", "pt_PT", "sl", "sq")
GROUPING = dict.fromkeys(FROM_FIVE_DIGITS, 2) | {"es_419": 1}
# 2. Britain's short numbers, which Babel has as America's.
SHORT_LETTERS = {"en_GB": {"K": "k", "M": "m", "B": "bn", "T": "tn"}}
# 3. Britain's spans of days in one month: 1 – 31 Oct, with thin spaces.
THIN_SPANS = {"en_GB"}


def minimum_grouping(names: tuple[str, ...]) -> int:
    """From how many digits before the first separator a locale groups; `names` are the locale and its parents."""
    return next((GROUPING[name] for name in names if name in GROUPING), 1)


def short_pattern(pattern: str, locale: Locale) -> str:
    """A short number's pattern in the locale's own letters."""
    for babel, cldr in SHORT_LETTERS.get(str(locale), {}).items():
        pattern = pattern.replace(babel, cldr)
    return pattern


def with_symbol(template: str, symbol: str) -> str:
    """`¤{}` with the currency's symbol, and CLDR's currencySpacing: a no-break space where letters touch digits."""
    if symbol[-1].isalpha():
        template = template.replace("¤{}", f"¤{NBSP}{{}}")
    if symbol[0].isalpha():
        template = template.replace("{}¤", f"{{}}{NBSP}¤")
    return template.replace("¤", symbol)


def unit_forms(locale: Locale, unit: str) -> Mapping[str, str]:
    """The plural forms of a unit, longest names first: Chinese and Malay have only the short ones."""
    lengths = locale._data["unit_patterns"][unit]
    found = (lengths[length] for length in ("long", "short", "narrow") if length in lengths)
    return next(forms for forms in found if "other" in forms)


def joined(names: list[str], locale: Locale) -> str:
    """A, B and C; in Spanish "y" becomes "e" before the sound of i."""
    text = str(format_list(names, locale=locale))
    if locale.language == "es" and len(names) > 1 and re.match(r"i(?!\u0307)|hi(?![ae])", names[-1].lower()):
        return f"{text.removesuffix(f' y {names[-1]}')} e {names[-1]}"
    return text


def interval(skeleton: str, differs: str, days: tuple[date, date], locale: Locale) -> str:
    """CLDR's interval of the largest field that differs (y, M or d); of full month names Babel has none, and ICU
    derives them from the short."""
    formats = locale.interval_formats
    parts = formats.get(skeleton, {}).get(differs)
    if parts is None:
        parts = [part.replace("MMM", "MMMM") for part in formats[skeleton.replace("MMMM", "MMM")][differs]]
    if str(locale) in THIN_SPANS and differs == "d":
        parts = [part.replace("–", f"{THIN}–{THIN}") for part in parts]
    return "".join(_written(parts, days, locale))


def _written(parts: list[str], days: tuple[date, date], locale: Locale) -> Iterator[str]:
    for day, part in zip(days, parts, strict=True):
        yield str(format_date(day, part, locale=locale))
