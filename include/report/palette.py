"""The colours of a page's style sheet, written into its charts: the PDF's printer styles no SVG from the page."""

import re
from functools import cache
from xml.etree import ElementTree

NAMED = re.compile(r"var\(--([\w-]+)\)")
SVG = "{http://www.w3.org/2000/svg}"


class UnknownColourError(LookupError):
    """A chart names a colour that the style sheet lacks."""


def paint(tree: ElementTree.Element, style: str) -> None:
    """Put the sheet's own value for each `var(--name)` of the SVG elements in `tree`. Raises UnknownColourError."""
    colours = palette(style)
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag.startswith(SVG):
            for name in ("fill", "stroke"):
                if (said := element.get(name)) is not None and (found := NAMED.fullmatch(said)):
                    element.set(name, _colour(colours, found[1]))


def _colour(colours: dict[str, str], name: str) -> str:
    if name not in colours:
        raise UnknownColourError(f"a chart asks for the colour --{name}, which no :root of the style sheet has")
    return colours[name]


@cache
def palette(style: str) -> dict[str, str]:
    """The custom properties of the sheet's `:root` rules for paper, the later over the earlier: name, value."""
    import tinycss2

    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for each in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
                if each.type == "declaration" and each.name.startswith("--"):
                    found[each.name[2:]] = tinycss2.serialize(each.value).strip()
    return found
