"""How a spreadsheet writes an edition's values: Excel number format codes, made from what the edition itself writes.

A code names what stands around the figures (currency, percent sign, spaces, months' order); the separators within them
are those of whoever opens the file.
"""

import re
from functools import cached_property
from locale import windows_locale

from include.report.figures import Kind
from include.report.formats import Formats
from include.report.language import known

TEXT = "@"
_FIGURES = re.compile(r"1(?:\D0+)?")
_CURRENCY = re.compile(r"[^\s%+]+")
_FIELDS = re.compile(r"'([^']*)'|([yMdLEcGQ]+)|([^'yMdLEcGQ]+)")
_LANGUAGES = {name: number for number, name in reversed(windows_locale.items())}


class NumberFormats:
    """Excel's codes for the kinds of values, as `formats` writes them."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._cldr = known(formats.locale)

    def __getitem__(self, kind: Kind | str) -> str:
        """The code of a kind of value; plain text for what is neither number nor day."""
        return self._codes.get(kind, TEXT)

    @cached_property
    def _codes(self) -> dict[str, str]:
        write, plain = self._formats, "#,##0"
        money = _around(write.money(1), plain, currency=True)
        share, percent = (_around(write.percent(0.01, digits), _zeros(digits)) for digits in (0, 1))
        return {
            "count": plain, "number": plain, "amount": plain, "move": _signed(plain),
            "money": money, "short": money,
            "share": share, "hundredths": share, "percent": percent, "lack": _signed(share), "change": _signed(percent),
            "points": _signed(_around(write.points(0.01).lstrip("+"), "0.0")),
            "times": _around(write.times(1), "0.0"),
            "mean": "#,##0.0", "age": "#,##0.0", **self._spans(),
            **self._days(),
        }  # fmt: skip

    def _spans(self) -> dict[str, str]:
        """Durations with their unit, in the form that most numbers take."""
        write = self._formats
        units = {"days": write.days(5), "hours": write.hours(5), "months": write.in_months(5)}
        return {kind: _around(sample.replace("5", "1"), "#,##0.0") for kind, sample in units.items()}

    def _days(self) -> dict[str, str]:
        day = self._date(self._cldr.date_formats["medium"].pattern)
        month = self._date(self._cldr.datetime_skeletons["yMMM"].pattern)
        dates = dict.fromkeys(("date", "date_long", "date_short"), day)
        return dates | {"month": month, "year_month": month, "stamp": f"{day} hh:mm"}

    def _date(self, pattern: str) -> str:
        """A CLDR pattern as Excel's, months named in the edition's language."""
        parts = "".join(
            _field(field) if field else _quoted(name or rest) for name, field, rest in _FIELDS.findall(pattern)
        )
        return f"{self._month_names}{parts}" if "mmm" in parts else parts

    @property
    def _month_names(self) -> str:
        """Windows knows languages with a country by number; others get the month names of whoever opens the file."""
        number = _LANGUAGES.get(f"{self._cldr.language}_{self._cldr.territory}")
        return "" if number is None else f"[$-{number:X}]"


def _zeros(digits: int) -> str:
    return "0" if not digits else f"0.{'0' * digits}"


def _signed(code: str) -> str:
    """With its sign, but nought without one."""
    return f"+{code};-{code};{code}"


def _around(sample: str, figures: str, currency: bool = False) -> str:
    """The code of what stands around the one of `sample`: `RM 1` is `[$RM]" "#,##0`."""
    before, after = _FIGURES.split(sample, maxsplit=1)
    return f"{_literal(before, currency)}{figures}{_literal(after, currency)}"


def _literal(text: str, currency: bool) -> str:
    if currency:
        return "".join(
            f"[${part}]" if _CURRENCY.fullmatch(part) else _quoted(part) for part in re.split(r"(\s+)", text)
        )
    return "%".join(_quoted(part) for part in text.split("%"))


def _quoted(text: str) -> str:
    clean = text.replace('"', "")
    return f'"{clean}"' if clean else ""


def _field(field: str) -> str:
    """`y` is the whole year in CLDR; L is a month that stands alone."""
    letter = field[0].replace("L", "M").lower()
    return "yyyy" if letter == "y" else letter * len(field)
