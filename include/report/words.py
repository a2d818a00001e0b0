"""Values and messages in one edition's words: the catalogue's texts, the locale's numbers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any
from unicodedata import normalize

from include.company import COMPANY, Company
from include.kpis import Kpi
from include.report.figures import Message, Value
from include.report.fonts import shown
from include.report.formats import NOTHING, Formats
from include.report.language import Language
from include.report.periods import Span
from include.report.periods import month as whole_month
from include.report.phrases import ALONE, PHRASES
from include.report.subdivisions import subdivision
from include.report.typography import filled

LONGEST = 60
"""Characters of a text from outside before it is cut with an ellipsis."""
Writer = Callable[[Any], str]
COMPACT_FROM = 100_000
"""Money from here on is written short: RM 1.84M."""
SCALE_FROM = 10_000
"""And along the side of a chart that goes so far."""


class Words:
    """One edition's voice. Texts from outside (names) come back clipped and with every character drawable."""

    def __init__(self, locale: str, currency: str, company: Company, kpis: Mapping[str, Kpi]) -> None:
        self.language = Language(locale)
        self.formats = Formats(locale, currency)
        self._company = company
        self.kpis = kpis
        self.undrawn = 0
        """How many texts from outside had a character without a glyph."""

    def say(self, message: Message) -> str:
        """A message as a sentence. Raises KeyError for an id or a placeholder that is unknown."""
        text = self._text(message)
        said = {name: self.show(value) for name, value in message.values.items()}
        return filled(text, said)

    def label(self, text: str) -> str:
        """A label of the configuration, translated where the catalogue knows it."""
        return self.data(self.language.name(text))

    def show(self, value: Value | None) -> str:
        """A value as the locale writes it; a dash for nothing."""
        if value is None or value.value is None:
            return NOTHING
        return self._writers[value.kind](value.value)

    def scale(self, ticks: Sequence[Value]) -> list[str]:
        """The values along a chart's side: money all written short where its end is, so that they compare at a look."""
        end = ticks[-1] if ticks else None
        if end is None or end.kind != "money" or abs(float(end.value or 0)) < SCALE_FROM:
            return [self.show(tick) for tick in ticks]
        return [self.formats.money_compact(float(tick.value or 0)) for tick in ticks]

    def short_month(self, month: Value) -> str:
        """Oct: for the axis of a chart."""
        return self.formats.month_short(date.fromisoformat(str(month.value)))

    def data(self, text: str) -> str:
        """A text from outside: one line, clipped, nothing that turns the direction of a page, all of it drawable."""
        composed = normalize("NFC", str(text)[: LONGEST * 4])  # else the accent of an é may stand alone
        flat = "".join(char for char in " ".join(composed.split()) if char.isprintable())
        drawn = shown(flat)
        self.undrawn += drawn != flat
        return drawn if len(drawn) <= LONGEST else _clipped(flat)

    def _text(self, message: Message) -> str:
        phrase = PHRASES[message.id]
        if message.id == ALONE:
            return phrase[0]
        if message.plural is None or len(phrase) == 1:
            return self.language.gettext(phrase[0])
        number = message.values[message.plural].value
        return self.language.ngettext(phrase[0], phrase[1], round(float(number or 0)))

    @cached_property
    def _writers(self) -> dict[str, Writer]:
        return self._numbers() | self._days() | self._names()

    def _numbers(self) -> dict[str, Writer]:
        write = self.formats
        return {
            "count": lambda value: write.num(round(value)),
            "number": write.num,
            "money": lambda value: write.money_compact(value) if abs(value) >= COMPACT_FROM else write.money(value),
            "amount": write.num,
            "percent": write.percent,
            "share": lambda value: write.percent(value, 0),
            "change": write.signed_percent,
            "lack": lambda value: write.signed_percent(value, 0),
            "points": write.points,
            "times": write.times,
            "mean": lambda value: write.num(value, 1),
            "days": lambda value: write.days(value, 1),
            "hours": lambda value: write.hours(value, 1),
            "months": lambda value: write.in_months(value, 1),
            "age": lambda value: write.num(value, 1),
            "short": write.compact,
            "move": write.signed_compact,
            "hundredths": lambda value: write.num(Decimal(str(value)) * 100),  # rounded as a share is
        }

    def _days(self) -> dict[str, Writer]:
        write, day = self.formats, date.fromisoformat
        return {
            "date": lambda value: write.day_month_long(day(value)),
            "date_long": lambda value: write.date_long(day(value)),
            "date_short": lambda value: write.date_short(day(value)),
            "stamp": self._stamp,
            "span": lambda value: self._span(value, write.month_short, write.days_of),
            "span_long": lambda value: self._span(value, write.month, write.days_of_long),
            "period": lambda value: self._span(value, write.month_year_short, write.period),
            "month": lambda value: write.month(day(value)),
            "year_month": lambda value: write.month_year_short(day(value)),
            "year_quarter": lambda value: write.quarter_year_short(day(value)),
        }

    def _names(self) -> dict[str, Writer]:
        return {
            "kpi": lambda value: self.data(self.language.gettext(self.kpis[value].label)),
            "channel": self._channel,
            "stage": lambda value: self.label(str(self._company.funnel.labels.get(value, value))),
            "region": self._region,
            "place": self._place,
            "data": self.data,
            "code": lambda value: self.say(Message(f"code.{value}")),
        }

    def _span(self, text: str, month: Callable[[date], str], days: Callable[[date, date], str]) -> str:
        """Days as days, a whole month by its name."""
        first, last = map(date.fromisoformat, text.split("/"))
        return month(first) if Span(first, last) == whole_month(first.replace(day=1)) else days(first, last)

    def _stamp(self, text: str) -> str:
        moment = stamp(text)
        said = {"date": self.formats.day_month(moment.date()), "time": self.formats.time(moment)}
        return self.language.gettext("%(date)s, %(time)s") % said

    def _channel(self, name: str) -> str:
        channel = self._company.channels.get(name)
        return self.label(channel.label) if channel else self._nobody(name)

    def _region(self, name: str) -> str:
        region = self._company.regions.get(name)
        if region is None:
            return self._nobody(name)
        if name != COMPANY and len(region.countries) == 1 and not region.subdivisions:
            return self.formats.territory(region.countries[0])
        return self.data(region.name)

    def _place(self, code: str) -> str:
        return self.data(subdivision(code, self.language.locale)) if "-" in code else self.data(self._country(code))

    def _country(self, code: str) -> str:
        return self.formats.territory(code) if len(code) == 2 else self._nobody(code)

    def _nobody(self, name: str) -> str:
        """Members that stand for no one: unknown, unallocated, unassigned; else the name as it came."""
        return self.say(Message(f"code.{name}")) if f"code.{name}" in PHRASES else self.data(name)


def _clipped(flat: str) -> str:
    """As much as fits before an ellipsis; a code point is shown whole or not at all."""
    ends = accumulate(len(shown(char)) for char in flat)
    fits = sum(end < LONGEST for end in ends)
    return shown(flat[:fits]).rstrip() + "…"


def stamp(text: str) -> datetime:
    return datetime.fromisoformat(text)
