"""Numbers and money as a locale writes them, equal to ICU where Babel is not.

Decimals in, rounded half to even; None is a dash. Minus is U+2212, as wide as a digit.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from babel import Locale
from babel.numbers import NumberPattern, get_currency_symbol, parse_pattern

from include.report.babel_gaps import minimum_grouping, unit_forms, with_symbol
from include.report.language import Language, chain, known
from include.report.short_numbers import shorten

NOTHING = "–"
MINUS = "\u2212"
Number = Decimal | float | int

SHORT_GROUPING = 2
# Currency signs that the reports' font draws; another currency is called by its code.
DRAWN = re.compile(r"[\x21-\x7e€£¥₩₫]+")


class Numbers:
    """How one edition writes numbers: the locale's conventions, the region's currency (ISO 4217)."""

    def __init__(self, locale: str, currency: str) -> None:
        self.locale = locale
        self.currency = currency
        self._cldr = known(locale)
        self._language = Language(locale)
        self._grouping = minimum_grouping(chain(locale))
        self._percent = _around(self._cldr.percent_formats[None])
        self._money = _around(self._cldr.currency_formats["standard"])

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

    def in_months(self, number: Number | None, digits: int = 0) -> str:
        return self._unit("duration-month", number, digits)

    def compact(self, number: Number | None) -> str:
        """1.23K, 123万: three figures, or all of the whole number where the locale has no shorter form."""
        return self._compacted(number, "{}")

    def signed_compact(self, number: Number | None) -> str:
        """+1.23K, −123万."""
        return self._compacted(number, "{}", plus="+")

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

    def _written(self, number: Number | None, digits: int, template: str, plus: str = "") -> str:
        if number is None:
            return NOTHING
        value = _decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        return _sign(value, plus) + template.format(self._figures(abs(value), digits, self._grouping))

    def _compacted(self, number: Number | None, template: str, plus: str = "") -> str:
        if number is None:
            return NOTHING
        value = _decimal(number)
        shown, digits, suffix = shorten(abs(value), self._cldr)
        body = suffix.format(self._figures(shown, digits, max(self._grouping, SHORT_GROUPING)))
        return _sign(value if shown else shown, plus) + template.format(body)

    def _figures(self, value: Decimal, digits: int, grouping: int) -> str:
        grouped = value >= 10 ** (3 + grouping - 1)
        return str(_pattern(self._cldr, digits).apply(value, self._cldr, group_separator=grouped))

    def _in_currency(self, currency: str | None) -> str:
        """The currency's pattern; what the font does not draw is called by its code."""
        code = currency or self.currency
        symbol = get_currency_symbol(code, locale=self._cldr)
        return with_symbol(self._money, symbol if DRAWN.fullmatch(symbol) else code)

    def _unit(self, unit: str, number: Number | None, digits: int) -> str:
        if number is None:
            return NOTHING
        value = _decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        forms = unit_forms(self._cldr, unit)
        return self._written(number, digits, forms.get(self._cldr.plural_form(value), forms["other"]))


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
