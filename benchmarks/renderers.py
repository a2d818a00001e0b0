"""Ways from a page to a PDF: ours, WeasyPrint's with its defaults, Chromium's, and typst's for the same content."""

import io
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context

from benchmarks.typst_page import compiled
from include.report import fonts
from include.report.pdf import print_page

Renderer = Callable[[str], bytes]
OURS, DEFAULTS, TYPST = "Corong (tagged, A-3a, UA-1)", "WeasyPrint, defaults (untagged)", "typst (other layout, UA-1)"
CHROMIUM, TAGGED = "Chromium kept alive (untagged)", "Chromium kept alive, tagged, outline"


@contextmanager
def renderers() -> Iterator[dict[str, Renderer]]:
    """Those that are installed, ready: the browser started, libraries imported."""
    fonts.configure()  # before any of them: all read the same fontconfig file
    with ExitStack() as stack:
        apart = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        found: dict[str, Renderer] = {
            OURS: lambda html: print_page(html).data,
            DEFAULTS: lambda html: apart.submit(_defaults, html).result(),
        }
        found |= stack.enter_context(_chromium())
        if typst := compiled():
            found[TYPST] = typst
        yield found


def _defaults(html: str) -> bytes:
    """In a process of its own: in ours it would profit from what our printer sets aside from the garbage collector."""
    from weasyprint import HTML

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it grumbles about every var()
    target = io.BytesIO()
    HTML(string=html).write_pdf(target)
    return target.getvalue()


@contextmanager
def _chromium() -> Iterator[dict[str, Renderer]]:
    """A headless browser that stays, a new tab a report; nothing where there is none."""
    from tests.end_to_end.backfill_form import CHROMIUM as PROGRAM
    from tests.end_to_end.backfill_form import chromium

    if not PROGRAM.exists():
        yield {}
        return
    with chromium() as browser:

        def printed(html: str, **options: bool) -> bytes:
            page = browser.new_page()
            page.set_content(html)
            data: bytes = page.pdf(prefer_css_page_size=True, **options)
            page.close()
            return data

        yield {CHROMIUM: printed, TAGGED: partial(printed, tagged=True, outline=True)}
