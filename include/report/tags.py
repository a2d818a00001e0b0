"""A PDF's structure tree without what says nothing: WeasyPrint wraps each text in an element of its own, and has one
for each bar of a table. Half of all objects; readers find the same text in the same cells, items and paragraphs.
"""

from collections.abc import Iterator
from typing import Any

HOLDERS = frozenset(
    f"/{name}" for name in ["P", "H1", "H2", "H3", "H4", "TH", "TD", "LBody", "Lbl", "Span", "NonStruct"]
)
"""What may hold text itself."""
PLAIN = frozenset(("/Span", "/NonStruct", "/Div"))
"""What says nothing by itself."""


def lighten(_: Any, pdf: Any) -> None:
    """Take out each element that only wraps a text, or holds nothing; to be called before the PDF is written."""
    elements = {each.reference: each for each in pdf.objects if _is_element(each)}
    moved: dict[bytes, bytes] = {}
    for element in reversed(elements.values()):  # what stands inside was made later
        parent = elements.get(element["P"])
        if parent is None or not _says_nothing(element, parent):
            continue
        at = parent["K"].index(element.reference)
        parent["K"][at : at + 1] = element["K"]
        moved[element.reference] = element["P"]
        element.free, element.number, element.generation = pdf.objects[0].free, 0, pdf.objects[0].generation
    for texts in _texts(pdf):
        texts[:] = [_holder(moved, each) for each in texts]


def _is_element(each: Any) -> bool:
    return isinstance(each, dict) and each.get("Type") == "/StructElem"


def _says_nothing(element: Any, parent: Any) -> bool:
    if element["S"] not in PLAIN or "A" in element or "Alt" in element:
        return False
    only_text = element["S"] == "/Span" and len(element["K"]) == 1 and isinstance(element["K"][0], int)
    return not element["K"] or (only_text and parent["S"] in HOLDERS and parent["Pg"] == element["Pg"])


def _texts(pdf: Any) -> Iterator[list[bytes]]:
    """Of each page the elements that hold its texts, by the number of the text."""
    root = next(each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/StructTreeRoot")
    tree = next(each for each in pdf.objects if each.reference == root["ParentTree"])
    return (each for each in tree["Nums"] if isinstance(each, list))


def _holder(moved: dict[bytes, bytes], element: bytes) -> bytes:
    while element in moved:
        element = moved[element]
    return element
