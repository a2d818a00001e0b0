"""The custom properties of a page's style sheet, written where they are used.

Into its charts, since the PDF's printer styles no SVG from the page; and into the sheet, since the printer would read
each `var()` again for every element.
"""

import re
from functools import cache
from xml.etree import ElementTree

NAMED = re.compile(r"var\(--([\w-]+)\)")
DECLARED = re.compile(r"(?:^|[{;\s])--([\w-]+)\s*:")
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


def settled(style: str) -> str:
    """The sheet with the value in place of each `var(--name)`, if only `:root` sets that name for paper."""
    elsewhere = _set_elsewhere(style)
    known = {name: value for name, value in palette(style).items() if name not in elsewhere}
    for _ in known:  # a value may name another
        before, style = style, NAMED.sub(lambda found: known.get(found[1], found[0]), style)
        if style == before:
            break
    return style


def _set_elsewhere(style: str) -> frozenset[str]:
    """The names that some rule for paper other than the outermost `:root` sets."""
    import tinycss2

    found: set[str] = set()
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        content = getattr(rule, "content", None)
        if content and tinycss2.serialize(rule.prelude).strip() not in (":root", "screen"):
            found.update(DECLARED.findall(tinycss2.serialize(content)))
    return frozenset(found)


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
