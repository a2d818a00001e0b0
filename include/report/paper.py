"""A page made ready for paper: its tree told what WeasyPrint would find out for itself at ten times the cost.

What is changed depends on the page's own text alone. The rules of report.css for paper take up the classes.
"""

import re
from itertools import accumulate
from xml.etree import ElementTree

from include.report.typography import width

COLUMNS = ("defs", "legend")
"""Lists in two columns."""
GROUP = 14
"""So many entries of a list fill both columns before the next begin below: a list that ends on the next page then has
no half empty column on either."""
ROW = 4
"""Cards beside each other."""
LINE = 62
"""Characters of a line of such a column; a Han character takes two."""
QUOTES = frozenset("‘’“”…⋯―")
"""Characters that a Chinese font sets a full em wide."""
LONG = re.compile(r"[^\s\u2e80-\uffef]{17,}")
"""A word that may be wider than its column."""


def prepare(tree: ElementTree.Element) -> None:
    """Set lists beside each other; mark texts that have quotes to set narrow, or a word to break anywhere."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            _mark_text(element)
    for parent in list(tree.iter()):
        for element in [child for child in parent if child.get("class") in COLUMNS and len(child) > 1]:
            _group(parent, element)
        if parent.get("class") == "cards":
            _set_in_rows(parent)


def _set_in_rows(cards: ElementTree.Element) -> None:
    """Four cards to a row; the last row is filled with none, so that its cards are as wide as the others."""
    each = list(cards)
    cards[:] = []
    _mark(cards, "rows")
    for start in range(0, len(each), ROW):
        row = ElementTree.SubElement(cards, "div", {"class": "row"})
        row.extend(each[start : start + ROW])
        for _ in range(ROW - len(row)):
            ElementTree.SubElement(row, "div")


def _group(parent: ElementTree.Element, whole: ElementTree.Element) -> None:
    """Pairs of lists beside each other in place of a list in two columns."""
    at, entries = list(parent).index(whole), list(whole)
    for group in [entries[start : start + GROUP] for start in range(0, len(entries), GROUP)][::-1]:
        pair, turn = ElementTree.Element("div", {"class": "pair"}), _turn(group)
        for part in (group[:turn], group[turn:]):
            column = ElementTree.SubElement(pair, whole.tag if part else "div", whole.attrib)
            column.extend(part)
        parent.insert(at, pair)
    parent.remove(whole)


def _turn(entries: list[ElementTree.Element]) -> int:
    """How many entries stand in the first column: those with the first half of the lines, at least one."""
    ends = list(accumulate(1 + width("".join(entry.itertext())) // LINE for entry in entries))
    return next(at for at, end in enumerate(ends, start=1) if 2 * end >= ends[-1])


def _mark_text(element: ElementTree.Element) -> None:
    """By an element's own text: that of its children is marked with them."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    if any(not QUOTES.isdisjoint(text) for text in texts):
        _mark(element, "quoted")
    if any(LONG.search(text) for text in texts):
        _mark(element, "unbroken")


def _mark(element: ElementTree.Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
