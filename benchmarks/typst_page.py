"""A page's headings, paragraphs, tables and charts as typst sets them, in its own plain layout."""

from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from include.report import fonts, palette

SVG = "{http://www.w3.org/2000/svg}svg"
OPENING = (
    '#set page(paper: "a4", margin: 15mm)\n#set text(font: "Noto Sans SC", size: 9pt)\n#set heading(numbering: none)\n'
)


def compiled() -> Callable[[str], bytes] | None:
    """From a page to a PDF/UA-1; None where typst is not installed."""
    try:
        import typst
    except ImportError:
        return None

    def printed(html: str) -> bytes:
        folder = str(fonts.configure())
        data: bytes = typst.compile(
            source(html).encode(), font_paths=[folder], ignore_system_fonts=True, pdf_standards="ua-1"
        )
        return data

    return printed


def source(html: str) -> str:
    """The page in typst's language."""
    tree = ElementTree.fromstring(html)
    palette.paint(tree, tree.findtext("head/style") or "")
    title = _quoted(tree.findtext("head/title") or "")
    return f"#set document(title: {title})\n{OPENING}" + "\n\n".join(_blocks(tree))


def _blocks(element: ElementTree.Element) -> Iterator[str]:
    for each in element:
        tag = each.tag
        if tag in ("head", "script", "nav"):
            continue
        if tag in ("h1", "h2", "h3"):
            yield f"#heading(level: {tag[1]}, {_text(each)})"
        elif tag == "table":
            yield _table(each)
        elif tag == SVG:
            yield _chart(each)
        elif tag in ("p", "li", "dt", "dd", "figcaption"):
            yield f"#par({_text(each)})"
        else:
            yield from _blocks(each)


def _table(table: ElementTree.Element) -> str:
    rows = [[_text(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    head, *body = rows
    cells = ", ".join(cell for row in body for cell in row)
    caption = _text(table[0])
    return f"#par({caption})\n#table(columns: {len(head)}, stroke: none, table.header({', '.join(head)}), {cells})"


def _chart(chart: ElementTree.Element) -> str:
    words = _quoted(chart[0].text or "")
    wide = "50%" if chart.get("class") == "plot" else "20%"
    drawn = _quoted(ElementTree.tostring(chart, encoding="unicode"))
    return f'#image(bytes({drawn}), format: "svg", alt: {words}, width: {wide})'


def _text(element: ElementTree.Element) -> str:
    return f"text({_quoted(' '.join(''.join(element.itertext()).split()))})"


def _quoted(text: str) -> str:
    """As a string of typst's, so that no character of it is markup."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'
