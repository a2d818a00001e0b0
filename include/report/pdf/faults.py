"""What is wrong with a page that cannot be printed as it should be."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class PdfError(RuntimeError):
    """The page cannot be printed as it should be; the message says what is wrong with it."""


@contextmanager
def faults() -> Iterator[list[str]]:
    """What WeasyPrint only logs: a faulty style, an element it cannot draw. And what it raises past Exception."""
    from weasyprint.urls import FatalURLFetchingError

    found: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    listener, log = Listener(logging.WARNING), logging.getLogger("weasyprint")
    log.addHandler(listener)
    try:
        yield found
    except FatalURLFetchingError as fault:
        raise PdfError(str(fault)) from fault
    finally:
        log.removeHandler(listener)
