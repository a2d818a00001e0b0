"""A page and its files as WeasyPrint takes them."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

from include.report import labels
from include.report.pdf.resources import FOOTNOTES, fetcher, plain_sheet


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF (PDF/A-3 associated file, relationship Data); dated by the report, not by the clock."""

    name: str
    data: bytes
    day: date
    description: str


def attachment(file: Attached) -> Any:
    from weasyprint import Attachment

    moment = datetime(file.day.year, file.day.month, file.day.day)
    return Attachment(
        file_obj=io.BytesIO(file.data),
        name=file.name,
        description=file.description,
        created=moment,
        modified=moment,
        relationship="Data",
        url_fetcher=fetcher(),
    )


def document(tree: ElementTree.Element, style: str) -> Any:
    """WeasyPrint's HTML around a tree that expat parsed (2 ms, against 60 for the HTML parser)."""
    import cssselect2
    from weasyprint import HTML

    labels.install()

    class Page(HTML):  # type: ignore[misc]  # WeasyPrint has no types
        def __init__(self) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, fetcher(), "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return super()._ua_stylesheets(forms) if FOOTNOTES.search(style) else [plain_sheet()]

    return Page()
