"""A page made ready for paper: its tree told what WeasyPrint would find out for itself at ten times the cost.

Each mark is a class that a rule of report.css takes up; without the mark a page is set as well, only slower or less
well. What is marked depends on the page's own text alone.
"""

import re
from itertools import accumulate
from xml.etree import ElementTree

COLUMNS = ("defs", "legend")
"""Lists in two columns."""
GROUP = 14
"""So many entries of a list fill both columns before the next begin below: a list that ends on the next page then has
no half empty column on either."""
QUOTES = frozenset("‘’“”…⋯―")
"""Characters that a Chinese font sets a full em wide."""
LONG = re.compile(r"[^\s\u2e80-\uffef]{17,}")
"""A word that may be wider than its column."""


def prepare(tree: ElementTree.Element) -> None:
    """Mark where a column turns, which texts have quotes to set narrow, and which have a word to break anywhere."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            _mark_text(element)
    for parent in list(tree.iter()):
        for element in [child for child in parent if child.get("class") in COLUMNS and len(child) > 1]:
            _group(parent, element)


def _group(parent: ElementTree.Element, whole: ElementTree.Element) -> None:
    """Lists of GROUP entries in place of a long one, each with its turn."""
    at, entries = list(parent).index(whole), list(whole)
    for group in [entries[start : start + GROUP] for start in range(0, len(entries), GROUP)][::-1]:
        part = ElementTree.Element(whole.tag, whole.attrib)
        part.extend(group)
        _turn(part)
        parent.insert(at, part)
    parent.remove(whole)


def _mark_text(element: ElementTree.Element) -> None:
    """By an element's own text: that of its children is marked with them."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    if any(not QUOTES.isdisjoint(text) for text in texts):
        _mark(element, "quoted")
    if any(LONG.search(text) for text in texts):
        _mark(element, "unbroken")


def _turn(element: ElementTree.Element) -> None:
    """The second column begins with the entry that half of the text comes before; one entry alone stays."""
    ends = list(accumulate(len("".join(entry.itertext())) for entry in element))
    before = next(at for at, end in enumerate(ends) if 2 * end >= ends[-1])
    if before + 1 < len(element):
        _mark(element[before + 1], "turn")


def _mark(element: ElementTree.Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
