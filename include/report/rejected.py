"""Why a row was rejected, in a reader's words: what the lake notes is English and meant for who mends the source."""

import re

from include.report.figures import Message, Value

_FORMS = {
    "missing": r"(?P<column>\w+): missing",
    "stamp": r"(?P<column>\w+): (?P<cell>.+) is no date and time",
    "zone": r"(?P<column>\w+): (?P<cell>.+) is a date and time without a zone(?: \(.*\))?",
    "date": r"(?P<column>\w+): (?P<cell>.+) is no date \(YYYY-MM-DD\)",
    "number": r"(?P<column>\w+): (?P<cell>.+) is no (?:whole )?number(?: of minor units| of milliseconds)?",
    "negative": r"(?P<column>\w+): (?P<cell>.+) is negative",
    "zero": r"(?P<column>\w+): (?P<cell>.+) is not above zero",
    "currency": r"(?P<column>\w+): (?P<cell>.+) is no ISO 4217 code",
    "country": r"(?P<column>\w+): (?P<cell>.+) is no ISO 3166-1 code",
    "word": r"(?P<column>\w+): (?P<cell>.+) is none of .+",
    "setting": r"(?P<column>\w+): (?P<cell>.+) is in no (?P<setting>\[[\w.]+\]) of \w+\.toml",
    "cells": r"line: (?P<n>\d+) cells where the header has (?P<heads>\d+)",
}
FORMS = {f"rejected.{name}": re.compile(form) for name, form in _FORMS.items()}
"""What include/sources says of a cell that it cannot read, by the phrase that says it here."""
COUNTS = ("n", "heads")


def told(reason: str) -> Message:
    """The reason as a sentence; one that nobody foresaw as it came."""
    for phrase, form in FORMS.items():
        if (found := form.fullmatch(reason)) is not None:
            return Message(phrase, {name: _value(name, text) for name, text in found.groupdict().items()})
    return Message("value", {"it": Value("data", reason)})


def _value(name: str, text: str) -> Value:
    return Value("count", int(text)) if name in COUNTS else Value("data", text.strip("'\""))
