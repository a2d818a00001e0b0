"""What stands at the foot of every page: when the data ends, and the page of pages."""

import re

from markupsafe import Markup

from include.report.figures import Value
from include.report.report import Report
from include.report.words import Words, stamp


def as_of(report: Report, words: Words) -> str:
    cutoff = stamp(report.cutoff)
    return words.language.gettext(
        "Data up to the end of %(day)s, %(zone)s (%(time)s UTC). Amounts in %(currency)s, rates to that day. "
        "Version\u00a0%(version)s, archive\u00a0%(id)s."
    ) % {
        "day": words.show(Value("date_short", report.day)),
        "zone": report.timezone,
        "time": words.formats.time(cutoff),
        "currency": report.currency,
        "version": report.version,
        "id": report.archive_id,
    }


def page_of(words: Words) -> Markup:
    """The content of the page number's box, in the words and order of the language."""
    text = words.language.gettext("Page %(page)s of %(pages)s")
    parts = re.split(r"(%\((?:page|pages)\)s)", text)
    counters = {"%(page)s": "counter(page)", "%(pages)s": "counter(pages)"}
    return Markup(" ").join(Markup(counters[part]) if part in counters else css_text(part) for part in parts if part)


def css_text(text: str) -> Markup:
    """A CSS string. Quotes and markup are written as code points, so that it can end neither string nor style."""
    safe = "".join(char if char.isalnum() or char in " .,:;-" else f"\\{ord(char):06x}" for char in text)
    return Markup(f'"{safe}"')
