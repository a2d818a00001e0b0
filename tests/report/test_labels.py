"""Charts' labels in the PDF: words that a reader finds again, where the browser puts them, and no drawing for each."""

import pypdfium2
import pytest

from include.report.pdf import print_page
from include.report.report import Report
from tests.report.test_html import rendered

PAGE = (
    '<html lang="en"><head><title>t</title><style>p{{}}</style></head><body><p>x</p>'
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40" viewBox="0 0 400 40" font-family="sans-serif">'
    "<title>t</title>{}</svg></body></html>"
)
WORDS = "Tax: average 1,234 中国"


def box_of(label: str) -> tuple[float, float]:
    """Where the words begin and end, in points from the left of the page."""
    pdf = pypdfium2.PdfDocument(print_page(PAGE.format(label)).data)
    text = pdf[0].get_textpage()
    at = text.get_text_range().index(WORDS)
    return text.get_charbox(at)[0], text.get_charbox(at + len(WORDS) - 1)[2]


def label(anchor: str, inner: str = "", weight: int = 400) -> str:
    more = f'text-anchor="{anchor}" font-weight="{weight}"'
    return f'<text x="200" y="20" font-size="11" {more}>{WORDS}{inner}</text>'


@pytest.mark.parametrize("anchor", ["middle", "end"])
def test_a_label_stands_where_the_printers_own_reckoning_puts_it(anchor: str) -> None:
    """Two points apart at most: the printer does not kern. The tspan makes it the printer's."""
    for ours, theirs in zip(box_of(label(anchor)), box_of(label(anchor, "<tspan/>")), strict=True):
        assert abs(ours - theirs) < 2


def test_a_label_starts_is_centred_and_ends_at_its_point() -> None:
    (start, right), (left, after), (before, end) = (box_of(label(each)) for each in ("start", "middle", "end"))
    assert right - start == pytest.approx(after - left) == pytest.approx(end - before)
    assert start - left == pytest.approx((right - start) / 2, abs=1)
    assert start - before == pytest.approx(right - start, abs=1)


def test_bold_is_wider() -> None:
    (left, right), (first, last) = (box_of(label("start", weight=weight)) for weight in (400, 700))
    assert right - left < last - first


def test_no_chart_is_a_heap_of_drawings(report: Report) -> None:
    """A few, for the hatches of the heat map and of what is inferred; as heaps, the labels alone were hundreds."""
    html = rendered(report, "en_MY")
    assert html.count('text-anchor="end"') > 5
    assert print_page(html).data.count(b"/Subtype /Form") < 10
