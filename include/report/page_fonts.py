"""Fonts inside a page: what its reader's own fonts may not draw is drawn by the PDF's, cut to the characters there.

Every sans-serif has Latin letters and the marks of our sheets; Han, its punctuation and full-width forms it may lack.
Whether a page needs a font is therefore decided by its characters, not by its language: a customer of a Spanish team
may have a Chinese name.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

from include.report import fonts
from include.report.woff2 import woff2

FOREIGN = "\u2e80"
"""From here on a Latin sans-serif may have no glyphs."""
OURS = f'@font-face{{font-family:"{fonts.FAMILY}"'
"""How the style element of these fonts begins; the PDF's printer leaves it out, since it has the fonts themselves."""
BOLD_BY_DEFAULT = "b,strong,h1,h2,h3,h4,h5,h6,thead th"
"""What browsers make bold, and heads of columns: our script does that to the sorted one."""
BOLD_FROM = 600


def with_fonts(html: str) -> str:
    """The page with its fonts in its head; as it is where no character asks for one, or where it is no XML (which its
    printer will say)."""
    drawn = fonts.drawn()
    used = frozenset(char for char in set(html) if ord(char) in drawn)
    foreign = frozenset(char for char in used if char >= FOREIGN)
    if not foreign:
        return html
    try:
        tree = ElementTree.fromstring(html)
    except ElementTree.ParseError:
        return html
    faces = _faces(used, foreign, _bold(tree) & foreign)
    return html.replace("</head>", f"<style>{faces}</style>\n</head>", 1)


def without_fonts(head: ElementTree.Element) -> None:
    """Take the fonts out of a page's head."""
    for style in head.findall("style"):
        if (style.text or "").startswith(OURS):
            head.remove(style)


def _faces(used: frozenset[str], foreign: frozenset[str], bold: frozenset[str]) -> str:
    """A page mostly in such a script is set in one font throughout, like its PDF; in another the reader's font stays,
    and only what is foreign to it comes along."""
    plain = used - foreign if 2 * len(foreign) > len(used) else frozenset()
    wanted = {"Regular": foreign | plain, "Bold": bold | plain}
    return "".join(_face(style, characters) for style, characters in wanted.items() if characters)


def _face(style: str, characters: Iterable[str]) -> str:
    data = b64encode(woff2(fonts.file(style), characters)).decode()
    return f'{OURS};font-weight:{fonts.STYLES[style]};src:url(data:font/woff2;base64,{data})format("woff2")}}'


def _bold(tree: ElementTree.Element) -> frozenset[str]:
    """The characters of every element that some rule of the page makes bold, even one that another rule undoes."""
    import cssselect2

    matcher = _bold_rules(tree.findtext("head/style") or "")
    found: set[str] = set()
    for each in cssselect2.ElementWrapper.from_html_root(tree, content_language=None).iter_subtree():
        if each.etree_element.get("font-weight") or matcher.match(each):
            found.update(*each.etree_element.itertext())
    return frozenset(found)


@cache
def _bold_rules(style: str) -> Any:
    """Matches the elements that the sheet, or a browser's own, makes bold at some time."""
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    for selectors in (BOLD_BY_DEFAULT, *_bold_preludes(rules)):
        for selector in cssselect2.compile_selector_list(selectors):
            matcher.add_selector(selector, selectors)
    return matcher


def _bold_preludes(rules: Iterable[Any]) -> Iterator[str]:
    """The selectors of bold rules, those inside @media too."""
    import tinycss2

    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media":
            yield from _bold_preludes(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule" and _is_bold(rule.content):
            yield tinycss2.serialize(rule.prelude)


def _is_bold(content: Any) -> bool:
    import tinycss2

    said = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    weights = (each.value for each in said if each.type == "declaration" and each.name in ("font", "font-weight"))
    return any(_heavy(token) for value in weights for token in value)


def _heavy(token: Any) -> bool:
    if token.type == "ident":
        return str(token.lower_value) in ("bold", "bolder")
    return token.type == "number" and float(token.value) >= BOLD_FROM
