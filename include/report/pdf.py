"""A page as PDF/UA-1 and PDF/A-3a in one file, by WeasyPrint: same page, same fonts, same libraries, same bytes.

WeasyPrint is imported late: it takes over a second, and fontconfig reads its settings then (fonts.configure first).
"""

import atexit
import gc
import io
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from include.report import fonts, labels, palette, paper, tags
from include.report.page_fonts import without_fonts

VARIANT = "pdf/a-3a"
PRINTING = (__file__, labels.__file__, palette.__file__, paper.__file__, tags.__file__)
"""The modules that decide a PDF's bytes."""
FOOTNOTES = re.compile(r"float\s*:\s*(foot)?note")
NOTES = re.compile(r"^::(foot)?note-.*$", re.MULTILINE)
"""The rules of WeasyPrint's own sheet for them."""
_UA = (
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="" '
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>'
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description></rdf:li></rdf:Seq>"
    "</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class PdfError(RuntimeError):
    """The page cannot be printed as it should be; the message says what is wrong with it."""


@dataclass(frozen=True)
class Pdf:
    """The file and its number of pages."""

    data: bytes
    pages: int


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF (PDF/A-3 associated file, relationship Data); dated by the report, not by the clock."""

    name: str
    data: bytes
    day: date
    description: str


def print_page(html: str, *attached: Attached) -> Pdf:
    """The page as PDF with its files. Raises PdfError: no XML, a resource asked for, a character without a glyph."""
    fonts.configure()
    tree = _parse(html)
    style = _take_style(tree)
    if absent := fonts.missing("".join(sorted(set("".join(tree.itertext()))))):
        raise PdfError(
            f"no glyph for {', '.join(f'{char!r} (U+{ord(char):04X})' for char in absent)} in the page's text"
        )
    _paint(tree, style)
    labels.mark(tree)
    paper.prepare(tree)
    with _faults() as faults, _undisturbed():
        pdf = _printed(tree, style, sha256(html.encode()).digest()[:16], attached)
    if faults:
        raise PdfError("; ".join(dict.fromkeys(faults)))
    return pdf


def _printed(tree: ElementTree.Element, style: str, identifier: bytes, attached: Iterable[Attached]) -> Pdf:
    """A function of its own, so that nothing holds the laid out pages when it is done."""
    document = _document(tree, style).render(font_config=_fonts(), stylesheets=[_sheet(style)], pdf_variant=VARIANT)
    _claim_ua(document)
    target = io.BytesIO()
    files = [_attachment(each) for each in attached]
    document.write_pdf(target, finisher=tags.lighten, pdf_variant=VARIANT, pdf_identifier=identifier, attachments=files)
    return Pdf(target.getvalue(), len(document.pages))


@cache
def libraries() -> tuple[tuple[str, str], ...]:
    """What decides a PDF's bytes beside its page: versions of libraries, the fonts, and the modules that print."""
    import weasyprint
    from weasyprint.text.ffi import pango

    return (
        ("weasyprint", weasyprint.__version__),
        ("pango", _dotted(pango.pango_version())),
        ("fonts", fonts.configure().name),
        ("printing", sha256(b"".join(Path(each).read_bytes() for each in PRINTING)).hexdigest()[:12]),
    )


def _dotted(number: int) -> str:
    """Pango's version number, 10000 major + 100 minor + micro, as people write it."""
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _parse(html: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(html)
    except ElementTree.ParseError as fault:
        raise PdfError(f"the page is not well-formed XML: {fault}") from fault


def _take_style(tree: ElementTree.Element) -> str:
    """The page's style sheet, taken out of it: the same text is parsed once a process."""
    head = tree.find("head")
    style = None if head is None else head.find("style")
    if head is None or style is None:
        raise PdfError("the page has no style sheet in its head")
    head.remove(style)
    without_fonts(head)
    return style.text or ""


def _paint(tree: ElementTree.Element, style: str) -> None:
    try:
        palette.paint(tree, style)
    except palette.UnknownColourError as fault:
        raise PdfError(str(fault)) from fault


def _document(tree: ElementTree.Element, style: str) -> Any:
    """WeasyPrint's HTML around a tree that expat parsed (2 ms, against 60 for the HTML parser)."""
    import cssselect2
    from weasyprint import HTML

    labels.install()

    class Page(HTML):  # type: ignore[misc]  # WeasyPrint has no types
        def __init__(self) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, _fetcher(), "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return super()._ua_stylesheets(forms) if FOOTNOTES.search(style) else [_plain_sheet()]

    return Page()


def _attachment(file: Attached) -> Any:
    from weasyprint import Attachment

    moment = datetime(file.day.year, file.day.month, file.day.day)
    return Attachment(
        file_obj=io.BytesIO(file.data),
        name=file.name,
        description=file.description,
        created=moment,
        modified=moment,
        relationship="Data",
        url_fetcher=_fetcher(),
    )


@cache
def _fetcher() -> Any:
    """Fetches `data:` and fails the page for anything else: a report asks nobody for anything."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class DataOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.lower().startswith("data:"):
                raise FatalURLFetchingError(f"the page asks for {url[:80]}")
            return super().fetch(url, headers)

    return DataOnly(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _sheet(style: str) -> Any:
    from weasyprint import CSS

    return CSS(string=palette.settled(style), font_config=_fonts(), url_fetcher=_fetcher())


@cache
def _plain_sheet() -> Any:
    """The sheet that WeasyPrint, like a browser, begins with, but without notes at the foot or in the margin: their
    rules are for any element, and each would have five more styles, which were a tenth of all work and half of what is
    collected as garbage. List items alone have markers."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    return CSS(string=NOTES.sub("", UA).replace("::marker", "li::marker"), counter_style=CounterStyle())


def _claim_ua(document: Any) -> None:
    """Say PDF/UA-1 in the metadata too: WeasyPrint writes the identification of one variant."""
    written = document.metadata.generate_rdf_metadata

    def both(*arguments: Any) -> bytes:
        text: str = written(*arguments).decode()
        at = text.rindex("</rdf:RDF>")
        return (text[:at] + _UA + text[at:]).encode()

    document.metadata.generate_rdf_metadata = both


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No garbage collection while a page is laid out: its small objects all live until it is written. They go at once
    then, and with them what was left over from making the page and its workbook."""
    _set_aside()
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if was:
            gc.enable()


@cache
def _set_aside() -> None:
    """What is there before the first page, modules above all, stays: no later collection looks at it. Once a process:
    set aside before every page and put back after it, the garbage in between was never found, 1 MB an edition."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


@contextmanager
def _faults() -> Iterator[list[str]]:
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
