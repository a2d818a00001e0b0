"""A PDF's structure: each text in the element that says what it is, and no element that says nothing."""

import ctypes
import re
import zlib
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from include.report.pdf import print_page

PAGE = """<html lang="en"><head><title>t</title>
<style>.track{{display:inline-block;width:9em;height:1em}}</style></head><body>{}</body></html>"""
TABLE = """<table><tr><th scope="col">Channel</th><th scope="col">Leads</th></tr>
<tr><th scope="row">E-mail</th><td><span>12</span> <span class="track"><i></i></span></td></tr>
<tr><th scope="row">Fair</th><td></td></tr></table>"""

Element = tuple[str, list["Element | int"]]
"""Its kind, and what it holds: elements and the numbers of texts."""


def structure(pdf: bytes) -> list[Element]:
    document = pypdfium2.PdfDocument(pdf)
    tree = raw.FPDF_StructTree_GetForPage(document[0])
    return [
        element(raw.FPDF_StructTree_GetChildAtIndex(tree, at)) for at in range(raw.FPDF_StructTree_CountChildren(tree))
    ]


def element(each: object) -> Element:
    return kind(each), [*held(each)]


def kind(each: object) -> str:
    buffer = ctypes.create_string_buffer(100)
    length = raw.FPDF_StructElement_GetType(each, buffer, 100)
    return buffer.raw[: length - 2].decode("utf-16-le")


def held(each: object) -> Iterator[Element | int]:
    for at in range(raw.FPDF_StructElement_CountChildren(each)):
        text = raw.FPDF_StructElement_GetChildMarkedContentID(each, at)
        yield text if text >= 0 else element(raw.FPDF_StructElement_GetChildAtIndex(each, at))


def named(found: Element, name: str) -> Iterator[Element]:
    if found[0] == name:
        yield found
    for each in found[1]:
        if not isinstance(each, int):
            yield from named(each, name)


def texts(found: Element) -> list[int]:
    return [text for each in found[1] for text in ([each] if isinstance(each, int) else texts(each))]


def test_a_cell_holds_its_text_itself_and_nothing_for_its_bar() -> None:
    (document,) = structure(print_page(PAGE.format(TABLE)).data)
    assert [each[1] for each in named(document, "TH")] == [[0], [1], [2], [5]]
    assert [texts(each) for each in named(document, "TD")] == [[3, 4]]  # pdfium leaves out the empty one
    assert not list(named(document, "NonStruct"))


def test_every_text_is_in_one_element() -> None:
    body = f"<h1>One</h1><p>two <b>three</b> four</p><ul><li>five</li></ul>{TABLE}<p>six</p>"
    pdf = print_page(PAGE.format(body)).data
    (document,) = structure(pdf)
    marked = [int(each) for data in streams(pdf) for each in re.findall(rb"/MCID (\d+)", data)]
    assert sorted(texts(document)) == sorted(marked)
    assert len(marked) >= 10


def streams(pdf: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        data = zlib.decompress(found[1]) if b"/FlateDecode" in pdf[found.start() - 200 : found.start()] else b""
        yield data if data.find(b"BDC") >= 0 else b""
