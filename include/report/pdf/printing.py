"""A page becomes a PDF."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from xml.etree import ElementTree

from include.report import fonts, labels, palette, paper, tags
from include.report.page_fonts import without_fonts
from include.report.pdf.document import Attached, attachment, document
from include.report.pdf.faults import PdfError, faults
from include.report.pdf.garbage import undisturbed
from include.report.pdf.identification import claim_ua
from include.report.pdf.resources import font_configuration, sheet

VARIANT = "pdf/a-3a"


@dataclass(frozen=True)
class Pdf:
    """The file and its number of pages."""

    data: bytes
    pages: int


def print_page(html: str, *attached: Attached) -> Pdf:
    """The page as PDF with its files. Raises PdfError: no XML, a resource asked for, a character without a glyph."""
    fonts.configure()
    tree = _parse(html)
    style = _take_style(tree)
    _need_glyphs(tree)
    _paint(tree, style)
    labels.mark(tree)
    paper.prepare(tree)
    with faults() as found, undisturbed():
        pdf = _printed(tree, style, sha256(html.encode()).digest()[:16], attached)
    if found:
        raise PdfError("; ".join(dict.fromkeys(found)))
    return pdf


def _printed(tree: ElementTree.Element, style: str, identifier: bytes, attached: Iterable[Attached]) -> Pdf:
    """A function of its own, so that nothing holds the laid out pages when it is done."""
    settings = {"font_config": font_configuration(), "stylesheets": [sheet(style)], "pdf_variant": VARIANT}
    laid_out = document(tree, style).render(**settings)
    claim_ua(laid_out)
    target = io.BytesIO()
    files = [attachment(each) for each in attached]
    laid_out.write_pdf(target, finisher=tags.lighten, pdf_variant=VARIANT, pdf_identifier=identifier, attachments=files)
    return Pdf(target.getvalue(), len(laid_out.pages))


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


def _need_glyphs(tree: ElementTree.Element) -> None:
    if absent := fonts.missing("".join(sorted(set("".join(tree.itertext()))))):
        told = ", ".join(f"{char!r} (U+{ord(char):04X})" for char in absent)
        raise PdfError(f"no glyph for {told} in the page's text")


def _paint(tree: ElementTree.Element, style: str) -> None:
    try:
        palette.paint(tree, style)
    except palette.UnknownColourError as fault:
        raise PdfError(str(fault)) from fault
