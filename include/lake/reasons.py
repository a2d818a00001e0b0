"""Why a row is rejected. Each reason is declared here once: the English sentence that is stored with the row, its gaps
named, and by these its reading back, which reports translate."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from string import Formatter
from typing import NewType

Said = NewType("Said", str)
"""A reason as it is stored. Only a Reason makes one, so that no row is rejected for what no report can say."""
GAPS = {"column": r"\w+", "n": r"\d+", "heads": r"\d+"}
"""What stands in a gap; anything in one that is not here."""


class Reason(Enum):
    """`column` is the lake's, `cell` what came in its stead; what else a sentence names is its own."""

    MISSING = "{column}: missing"
    TEXT = "{column}: {cell} is no text"
    UNICODE = "{column}: {cell} is no Unicode text"
    NUMBER = "{column}: {cell} is no number"
    WHOLE = "{column}: {cell} is no whole number"
    MINOR = "{column}: {cell} is no whole number of minor units"
    MILLISECONDS = "{column}: {cell} is no number of milliseconds"
    DIGITS = "{column}: {cell} has too many digits"
    DATE = "{column}: {cell} is no date (YYYY-MM-DD)"
    STAMP = "{column}: {cell} is no date and time"
    ZONE = "{column}: {cell} is a date and time without a zone (write …Z)"
    TRUTH = "{column}: {cell} is neither true nor false"
    LIST = "{column}: {cell} is no list"
    NEGATIVE = "{column}: {cell} is negative"
    ZERO = "{column}: {cell} is not above zero"
    CURRENCY = "{column}: {cell} is no ISO 4217 code"
    COUNTRY = "{column}: {cell} is no ISO 3166-1 code"
    WORD = "{column}: {cell} is none of {known}"
    SETTING = "{column}: {cell} is in no {setting} of {file}"
    CELLS = "line: {n} cells where the header has {heads}"
    LINE = "line: a quote is not closed or the text is not UTF-8"
    NOBODY = "account_id: no customer is named"
    DELETED = "account_id: customer {cell} is deleted, and with it whose account it was"
    UNPRICED = "unit_amount: price {cell} has none of its own (billing scheme {scheme})"
    FOREIGN = "currency: price {price} is in {cell}, its subscription in {currency}"
    TIMES = "unit_amount: {cell} times {pieces} is no number"
    COUPON = "discount_pct: what coupon {cell} of discount {discount} takes off is not told"

    def told(self, **gaps: object) -> Said:
        """The sentence that is stored. Raises KeyError for a gap that nothing fills."""
        return Said(self.value.format(**gaps))

    @property
    def gaps(self) -> tuple[str, ...]:
        return tuple(name for _, name, _, _ in Formatter().parse(self.value) if name)


class UnreadableError(ValueError):
    """A cell is not what its column wants. `gaps` is what is known of the sentence where it is raised."""

    def __init__(self, reason: Reason, **gaps: object) -> None:
        self.reason, self._gaps = reason, gaps
        super().__init__(reason.name)

    def told(self, **more: object) -> Said:
        return self.reason.told(**more | self._gaps)


def read(said: str) -> tuple[Reason, Mapping[str, str]] | None:
    """A stored reason and what fills its gaps; None for one that is declared no more."""
    found = ((reason, form.fullmatch(said)) for reason, form in _forms())
    return next(((reason, match.groupdict()) for reason, match in found if match is not None), None)


@cache
def _forms() -> tuple[tuple[Reason, re.Pattern[str]], ...]:
    """Those with more words of their own first, since another's gap may hold any words."""
    longest = sorted(Reason, key=lambda each: -len(re.sub(r"{\w+}", "", each.value)))
    return tuple((each, re.compile(_form(each), re.DOTALL)) for each in longest)


def _form(reason: Reason) -> str:
    parts = Formatter().parse(reason.value)
    return "".join(
        re.escape(text) + (f"(?P<{name}>{GAPS.get(name, '.+')})" if name else "") for text, name, _, _ in parts
    )
