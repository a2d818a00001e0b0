"""Dates, spans of days and times of day as a locale writes them (CLDR)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from include.report.babel_gaps import interval
from include.report.language import Language, known
from include.report.numbers import NOTHING

# Chinese business text writes months in digits; CLDR's full names (十月) are for prose.
MONTHS_IN_DIGITS = {"zh"}


class Dates:
    """How one edition writes days. None is a dash."""

    def __init__(self, locale: str) -> None:
        self._cldr = known(locale)
        self._language = Language(locale)

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

    def quarter_year_short(self, day: date | None) -> str:
        """Q4 2026."""
        return self._skeleton("yQQQ", day)

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

    def _skeleton(self, skeleton: str, day: date | None) -> str:
        return NOTHING if day is None else str(format_skeleton(skeleton, day, locale=self._cldr))

    def _interval(self, skeleton: str, start: date, end: date) -> str:
        """CLDR's interval of the largest field that differs; one date where none does."""
        differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        if start == end or differs not in skeleton:
            return self.date_long(start) if skeleton == "yMMMMd" else self._skeleton(skeleton, start)
        return interval(skeleton, differs, (start, end), self._cldr)
