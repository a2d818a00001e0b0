"""What a page is printed with: its style sheets, the fonts, and nothing fetched from anywhere. Each is made once."""

import re
from functools import cache
from typing import Any

from include.report import palette

FOOTNOTES = re.compile(r"float\s*:\s*(foot)?note")
NOTES = re.compile(r"^::(foot)?note-.*$", re.MULTILINE)
"""The rules of WeasyPrint's own sheet for them."""


@cache
def fetcher() -> Any:
    """Fetches `data:` and fails the page for anything else: a report asks nobody for anything."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class DataOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.lower().startswith("data:"):
                raise FatalURLFetchingError(f"the page asks for {url[:80]}")
            return super().fetch(url, headers)

    return DataOnly(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


@cache
def font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def sheet(style: str) -> Any:
    from weasyprint import CSS

    return CSS(string=palette.settled(style), font_config=font_configuration(), url_fetcher=fetcher())


@cache
def plain_sheet() -> Any:
    """The sheet that WeasyPrint, like a browser, begins with, but without notes at the foot or in the margin: their
    rules are for any element, and each would have five more styles, which were a tenth of all work and half of what is
    collected as garbage. List items alone have markers."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    return CSS(string=NOTES.sub("", UA).replace("::marker", "li::marker"), counter_style=CounterStyle())
