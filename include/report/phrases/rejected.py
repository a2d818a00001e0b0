"""Why a row was rejected (include/lake/reasons.py): the column of the source, the cell as it came."""

from include.report.phrases.phrase import Phrase, _

PHRASES: dict[str, Phrase] = {
    "rejected.missing": _("%(column)s: missing"),
    "rejected.text": _("%(column)s: “%(cell)s” is no text"),
    "rejected.unicode": _("%(column)s: “%(cell)s” is no text"),
    "rejected.number": _("%(column)s: “%(cell)s” is no number"),
    "rejected.whole": _("%(column)s: “%(cell)s” is no whole number"),
    "rejected.minor": _("%(column)s: “%(cell)s” is no whole number"),
    "rejected.milliseconds": _("%(column)s: “%(cell)s” is no number"),
    "rejected.digits": _("%(column)s: “%(cell)s” has too many digits"),
    "rejected.date": _("%(column)s: “%(cell)s” is no date"),
    "rejected.stamp": _("%(column)s: “%(cell)s” is no date and time"),
    "rejected.zone": _("%(column)s: “%(cell)s” has no time zone"),
    "rejected.truth": _("%(column)s: “%(cell)s” is neither true nor false"),
    "rejected.list": _("%(column)s: “%(cell)s” is no list"),
    "rejected.negative": _("%(column)s: “%(cell)s” is negative"),
    "rejected.zero": _("%(column)s: “%(cell)s” is not above zero"),
    "rejected.currency": _("%(column)s: “%(cell)s” is no currency code"),
    "rejected.country": _("%(column)s: “%(cell)s” is no country code"),
    "rejected.word": _("%(column)s: “%(cell)s” is not in the list"),
    "rejected.setting": _("%(column)s: “%(cell)s” is missing in %(setting)s"),
    "rejected.cells": _("line: %(n)s cells, the header has %(heads)s"),
    "rejected.line": _("line: a quote is not closed, or the text is not UTF-8"),
    "rejected.nobody": _("account_id: no customer is named"),
    "rejected.deleted": _("account_id: the customer “%(cell)s” is deleted"),
    "rejected.unpriced": _("unit_amount: the price “%(cell)s” has none of its own"),
    "rejected.foreign": _("price in “%(cell)s”, its subscription in “%(currency)s”"),
    "rejected.times": _("unit_amount: “%(cell)s” times “%(pieces)s” is no number"),
    "rejected.coupon": _("discount_pct: nobody tells what the coupon “%(cell)s” takes off"),
}
