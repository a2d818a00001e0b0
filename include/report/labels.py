"""Charts' labels in a PDF, each written as one run of text.

WeasyPrint sets SVG text letter by letter, and makes a drawing of its own of each text that ends or is centred at a
point: together a seventh of a report's bytes, and words that no reader finds again. Labels here have one line, one font
and one place, so they are drawn as a paragraph's line is. Texts of any other kind (of a logo, say) stay WeasyPrint's.
"""

from math import inf
from typing import Any
from xml.etree import ElementTree

TEXT, LABEL = "{http://www.w3.org/2000/svg}text", "{http://www.w3.org/2000/svg}label"
KNOWN = frozenset(("x", "y", "fill", "font-size", "font-weight", "text-anchor"))
SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a label stands before its point."""


def mark(tree: ElementTree.Element) -> None:
    """Make a label of each text that has no more than a label has."""
    for text in list(tree.iter(TEXT)):
        if text.text and not len(text) and KNOWN.issuperset(text.attrib):
            text.tag = LABEL


def install() -> None:
    """Tell WeasyPrint how labels are drawn, once it is imported."""
    from weasyprint.svg import TAGS

    TAGS["label"] = draw


def draw(svg: Any, node: Any, font_size: float) -> None:
    """Draw a label on the stream of its chart."""
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.svg.text import TextBox
    from weasyprint.text.line_break import split_first_line

    style = _style(svg, node, font_size)
    layout, _, _, width, _, baseline = split_first_line(node.text, style, svg.context, inf, 0)
    x = float(node.get("x", 0)) - SHIFT[node.get("text-anchor", "start")] * width
    box = TextBox(layout, style)
    box.baseline = baseline
    svg.stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    layout.reactivate(style)
    svg.fill_stroke(fill, stroke, text=True)
    draw_first_line(svg.stream, box, "none", "none", Matrix(d=-1, e=x, f=float(node.get("y", 0))))
    svg.stream.end_text()
    svg.stream.pop_state()


def _style(svg: Any, node: Any, font_size: float) -> Any:
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.svg.text import Style

    style = Style(INITIAL_VALUES)
    style.font_config = svg.font_config
    style["font_family"] = [node.get("font-family", "sans-serif")]
    style["font_weight"] = int(node.get("font-weight", 400))
    style["font_size"] = font_size
    return style
