"""Numbers, money, dates and lists as a locale writes them, equal to ICU where Babel is not (tests hold ICU's answers).

Decimals in, rounded half to even; None is a dash. Minus is U+2212, as wide as a digit. The few units that CLDR does not
know (percentage points, times, weeks) are messages of the catalogue.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import NumberPattern, get_currency_symbol, parse_pattern

from include.report.language import Language, chain, known

NOTHING = "–"
MINUS = "\u2212"
NBSP = "\u00a0"
Number = Decimal | float | int

# CLDR minimumGroupingDigits, which Babel does not carry: 1234 but 12.345 in Spain. Looked up along the parents.
GROUPING = {"es": 2, "es_419": 1, "pl": 2, "pt_PT": 2, "it": 1, "hu": 1}
COMPACT_GROUPING = 2
COMPACT_FIGURES = 3
# Currency signs that the reports' font draws; another currency is called by its code.
DRAWN = re.compile(r"[\x21-\x7e€£¥₩₫]+")
# CLDR's short numbers in Britain, which Babel has as in America.
COMPACT = {"en_GB": {"K": "k", "M": "m", "B": "bn", "T": "tn"}}
# Chinese business text writes months in digits; CLDR's full names (十月) are for prose.
MONTHS_IN_DIGITS = {"zh"}


class Formats:
    """How one edition writes: the locale's conventions, the region's currency (ISO 4217)."""

    def __init__(self, locale: str, currency: str) -> None:
        self.locale = locale
        self.currency = currency
        self._cldr = known(locale)
        self._language = Language(locale)
        self._grouping = next((GROUPING[name] for name in chain(locale) if name in GROUPING), 1)
        self._percent = _around(self._cldr.percent_formats[None])
        self._money = _around(self._cldr.currency_formats["standard"])

    # Numbers

    def num(self, number: Number | None, digits: int = 0) -> str:
        """1,234 – with `digits` decimals, always."""
        return self._written(number, digits, "{}")

    def signed(self, number: Number | None, digits: int = 0) -> str:
        """+1,234, −1,234, 0."""
        return self._written(number, digits, "{}", plus="+")

    def percent(self, ratio: Number | None, digits: int = 1) -> str:
        """0.1934 is 19.3%, in Spain 19,3 %."""
        return self._written(_hundredfold(ratio), digits, self._percent)

    def signed_percent(self, ratio: Number | None, digits: int = 1) -> str:
        return self._written(_hundredfold(ratio), digits, self._percent, plus="+")

    def points(self, ratio: Number | None, digits: int = 1) -> str:
        """A difference of two ratios in percentage points: 0.052 is +5.2 pp."""
        # Translators: a difference of two percentages, in percentage points; the space is a no-break space
        return self._written(_hundredfold(ratio), digits, _slot(self._language.gettext("%(number)s\u00a0pp")), plus="+")

    def times(self, factor: Number | None, digits: int = 1) -> str:
        """2.1x: how many times one amount is another."""
        # Translators: a multiple, as in a return of 2.1x the spend
        return self._written(factor, digits, _slot(self._language.gettext("%(number)sx")))

    def days(self, number: Number | None, digits: int = 0) -> str:
        return self._unit("duration-day", number, digits)

    def hours(self, number: Number | None, digits: int = 0) -> str:
        return self._unit("duration-hour", number, digits)

    def compact(self, number: Number | None) -> str:
        """1.23K, 123万: three figures, or all of the whole number where the locale has no shorter form."""
        return self._compacted(number, "{}")

    # Money

    def money(self, amount: Number | None, digits: int = 0, currency: str | None = None) -> str:
        """RM 1,234 in the region's currency, or in the one given."""
        return self._written(amount, digits, self._in_currency(currency))

    def money_compact(self, amount: Number | None, currency: str | None = None) -> str:
        """RM 1.84M, ¥184万, 1,84 M €."""
        return self._compacted(amount, self._in_currency(currency))

    def signed_money(self, amount: Number | None, digits: int = 0, currency: str | None = None) -> str:
        return self._written(amount, digits, self._in_currency(currency), plus="+")

    def signed_money_compact(self, amount: Number | None, currency: str | None = None) -> str:
        return self._compacted(amount, self._in_currency(currency), plus="+")

    def currency_name(self, currency: str | None = None) -> str:
        return str(self._cldr.currencies.get(currency or self.currency, currency or self.currency))

    # Time

    def date_long(self, day: date | None) -> str:
        return NOTHING if day is None else str(format_date(day, "long", locale=self._cldr))

    def date_short(self, day: date | None) -> str:
        return NOTHING if day is None else str(format_date(day, "medium", locale=self._cldr))

    def day_month(self, day: date | None) -> str:
        """1 Oct."""
        return self._skeleton("MMMd", day)

    def day_month_long(self, day: date | None) -> str:
        """1 October."""
        return self._skeleton("MMMMd", day)

    def month(self, day: date | None) -> str:
        """October."""
        names = "LLL" if self._cldr.language in MONTHS_IN_DIGITS else "LLLL"
        return NOTHING if day is None else str(format_date(day, names, locale=self._cldr))

    def month_short(self, day: date | None) -> str:
        """Oct."""
        return NOTHING if day is None else str(format_date(day, "MMM", locale=self._cldr))

    def month_year(self, day: date | None) -> str:
        """October 2026."""
        return self._skeleton("yMMMM", day)

    def month_year_short(self, day: date | None) -> str:
        """Oct 2026."""
        return self._skeleton("yMMM", day)

    def week(self, day: date | None) -> str:
        """The ISO week of `day`; CLDR's own week numbers start on other days in some locales."""
        if day is None:
            return NOTHING
        year, week, _ = day.isocalendar()
        # Translators: an ISO week of a year, in running text or a cell
        return self._language.gettext("week %(week)s of %(year)s") % {"week": week, "year": year}

    def period(self, start: date, end: date) -> str:
        """1–31 Oct 2026; one date if both are the same."""
        return self._interval("yMMMd", start, end)

    def period_long(self, start: date, end: date) -> str:
        """1–31 October 2026."""
        return self._interval("yMMMMd", start, end)

    def days_of(self, start: date, end: date) -> str:
        """1–31 Oct, without the year where both days share it."""
        return self._interval("MMMd" if start.year == end.year else "yMMMd", start, end)

    def days_of_long(self, start: date, end: date) -> str:
        """1–31 October."""
        return self._interval("MMMMd" if start.year == end.year else "yMMMMd", start, end)

    def months(self, start: date, end: date) -> str:
        """Nov 2025 – Oct 2026."""
        return self._interval("yMMM", start, end)

    def time(self, stamp: datetime, zone: str = "UTC") -> str:
        """23:59, on the clock of `zone`."""
        return str(format_time(stamp, "short", tzinfo=ZoneInfo(zone), locale=self._cldr))

    # Lists and places

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

    def _written(self, number: Number | None, digits: int, template: str, plus: str = "") -> str:
        if number is None:
            return NOTHING
        value = _decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        return _sign(value, plus) + template.format(self._figures(abs(value), digits, self._grouping))

    def _compacted(self, number: Number | None, template: str, plus: str = "") -> str:
        if number is None:
            return NOTHING
        value = _decimal(number)
        shown, digits, suffix = _shorten(abs(value), self._cldr)
        body = suffix.format(self._figures(shown, digits, max(self._grouping, COMPACT_GROUPING)))
        return _sign(value if shown else shown, plus) + template.format(body)

    def _figures(self, value: Decimal, digits: int, grouping: int) -> str:
        grouped = value >= 10 ** (3 + grouping - 1)
        return str(_pattern(self._cldr, digits).apply(value, self._cldr, group_separator=grouped))

    def _in_currency(self, currency: str | None) -> str:
        """The currency's pattern, with a no-break space where letters would touch digits (CLDR currencySpacing)."""
        code = currency or self.currency
        symbol = get_currency_symbol(code, locale=self._cldr)
        symbol = symbol if DRAWN.fullmatch(symbol) else code
        template = self._money.replace("¤{}", f"¤{NBSP}{{}}") if symbol[-1].isalpha() else self._money
        template = template.replace("{}¤", f"{{}}{NBSP}¤") if symbol[0].isalpha() else template
        return template.replace("¤", symbol)

    def _unit(self, unit: str, number: Number | None, digits: int) -> str:
        if number is None:
            return NOTHING
        value = _decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        forms = next(form for form in _unit_forms(self._cldr, unit) if "other" in form)
        return self._written(number, digits, forms.get(self._cldr.plural_form(value), forms["other"]))

    def _skeleton(self, skeleton: str, day: date | None) -> str:
        return NOTHING if day is None else str(format_skeleton(skeleton, day, locale=self._cldr))

    def _interval(self, skeleton: str, start: date, end: date) -> str:
        """CLDR's interval of the largest field that differs; full month names as ICU derives them, from the short."""
        differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        if start == end or differs not in skeleton:
            return self.date_long(start) if skeleton == "yMMMMd" else self._skeleton(skeleton, start)
        formats = self._cldr.interval_formats
        if skeleton in formats:
            return str(format_interval(start, end, skeleton, locale=self._cldr))
        parts = [part.replace("MMM", "MMMM") for part in formats[skeleton.replace("MMMM", "MMM")][differs]]
        return "".join(format_date(day, part, locale=self._cldr) for day, part in zip((start, end), parts, strict=True))


def _unit_forms(locale: Locale, unit: str) -> Iterator[dict[str, str]]:
    """The plural forms of a unit, longest names first: Chinese and Malay have only the short ones."""
    lengths = locale._data["unit_patterns"][unit]
    return (lengths[length] for length in ("long", "short", "narrow") if length in lengths)


def _decimal(number: Number) -> Decimal:
    """Exact as written: 0.1 is a tenth. Raises ValueError for what is no number: a report shows a dash, never NaN."""
    value = number if isinstance(number, Decimal) else Decimal(str(number))
    if not value.is_finite():
        raise ValueError(f"{number} is no number a report can show; pass None for a missing value")
    return value


def _hundredfold(ratio: Number | None) -> Decimal | None:
    return None if ratio is None else _decimal(ratio) * 100


def _sign(value: Decimal, plus: str) -> str:
    return MINUS if value < 0 else plus if value > 0 else ""


def _around(pattern: NumberPattern) -> str:
    """What stands around the figures of a CLDR pattern: `#,##0 %` is `{} %`."""
    return re.sub(r"[#0,.]+", "{}", pattern.pattern.split(";")[0])


def _slot(message: str) -> str:
    return message % {"number": "{}"}


@cache
def _pattern(locale: Locale, digits: int) -> NumberPattern:
    whole = locale.decimal_formats[None].pattern.split(".")[0]
    return parse_pattern(f"{whole}.{'0' * digits}" if digits else whole)


def _shorten(value: Decimal, locale: Locale) -> tuple[Decimal, int, str]:
    """The rounded figures, how many decimals they keep, and what stands around them. value ≥ 0."""
    scale, suffix = _magnitude(value, locale)
    shown = _rounded(value / scale)
    if _magnitude(shown * scale, locale)[0] != scale:  # 999,950 rounds into the next magnitude
        scale, suffix = _magnitude(shown * scale, locale)
        shown = _rounded(value / scale)
    digits = max(0, -int(shown.normalize().as_tuple().exponent)) if shown else 0
    return shown, digits, suffix


def _rounded(value: Decimal) -> Decimal:
    digits = max(0, COMPACT_FIGURES - 1 - value.adjusted()) if value else 0
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
    for theirs, cldr in COMPACT.get(str(locale), {}).items():
        pattern = pattern.replace(theirs, cldr)
    return Decimal(size).scaleb(1 - zeros), re.sub("0+", "{}", pattern)
