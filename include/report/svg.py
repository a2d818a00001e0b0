"""Marks of small SVG charts. Colours are the style sheet's, by name: a browser looks them up, the PDF's printer writes
them in. <title> comes first: it is the alternative text."""

from collections.abc import Sequence

from markupsafe import Markup, escape

FILL = {
    "t": "ink", "bt": "ink", "m": "mut", "b": "blue", "o": "orange", "bi": "blue-ink", "oi": "orange-ink",
    "g": "grey", "y": "sky", "p": "paper", "w": "usual",
}  # fmt: skip
"""An area's or a text's kind: the style sheet's name for its colour."""
LINE = {"lb": "blue", "lo": "orange", "lg": "grey", "li": "ink", "lh": "hair", "lr": "rule"}
BOLD = ("bt", "bi", "oi")
LETTER = 0.56
"""The width of a Latin letter, or of half a Han character, as a part of its height: what a label is cut by."""
Point = tuple[float, float]
Reading = tuple[float, float, str]
"""Where a chart has a value, and its words."""


def drawing(
    width: float, height: float, alt: str, marks: Sequence[str], kind: str = "plot", readings: Sequence[Reading] = ()
) -> Markup:
    """A complete chart with its alternative text; a pointer or arrow keys bring up its readings on a screen."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" class="{}"{} font-family="sans-serif">'
        "<title>{}</title>{}</svg>"
    ).format(_n(width), _n(height), kind, _data(readings), alt, Markup("".join(marks)))


def _data(readings: Sequence[Reading]) -> Markup:
    """`x y words` of each, with a bar between them."""
    if not readings:
        return Markup("")
    said = "|".join(f"{_n(x)} {_n(y)} {words.replace('|', '/')}" for x, y, words in readings)
    return Markup(' data-at="{}"').format(said)


def fill(kind: str) -> str:
    return f"var(--{FILL[kind]})"


def stroke(kind: str) -> str:
    return f"var(--{LINE[kind]})"


def text(at: Point, words: str, kind: str = "m", anchor: str = "start", size: float = 11) -> str:
    weight = ' font-weight="700"' if kind in BOLD else ""
    return (
        f'<text x="{_n(at[0])}" y="{_n(at[1])}" fill="{fill(kind)}" font-size="{_n(size)}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def line(points: Sequence[Point], kind: str = "lb", width: float = 1.5, dash: str = "") -> str:
    path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{stroke(kind)}" stroke-width="{_n(width)}"{dashes}/>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill(kind)}"/>'


def hollow(x: float, y: float, width: float, height: float, ring: str = "lo") -> str:
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill("p")}" '
        f'stroke="{stroke(ring)}" stroke-width="1.4"/>'
    )


def stripes(x: float, y: float, width: float, height: float, kind: str = "lb") -> str:
    """Upright stripes in a box: what is inferred, not seen. (A PDF's pattern fill comes out smeared.)"""
    lines = "".join(f"M{_n(x + 1.5 + 4 * at)} {_n(y)}v{_n(height)}" for at in range(int((width + 2.5) // 4)))
    inner = f'<path d="{lines}" stroke="{stroke(kind)}" stroke-width="1.2"/>' if lines else ""
    frame = (
        f'<rect x="{_n(x + 0.4)}" y="{_n(y + 0.4)}" width="{_n(max(width - 0.8, 0.2))}" height="{_n(height - 0.8)}" '
        f'fill="none" stroke="{stroke(kind)}" stroke-width="0.8"/>'
    )
    return inner + frame


def dot(at: Point, kind: str = "b", radius: float = 3, ring: str = "") -> str:
    edge = f' stroke="{stroke(ring)}" stroke-width="1.5"' if ring else ""
    return f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}" fill="{fill(kind)}"{edge}/>'


def area(top: Sequence[Point], bottom: Sequence[Point], kind: str = "y") -> str:
    path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in [*top, *reversed(bottom)]) + "Z"
    return f'<path d="{path}" fill="{fill(kind)}"/>'


def arrow(at: Point, kind: str, up: bool) -> str:
    x, y = at
    turn = "-" if up else ""
    return f'<path d="M{_n(x - 5)} {_n(y + 4 if up else y - 4)}h10l-5 {turn}9z" fill="{fill(kind)}"/>'


def _n(number: float) -> str:
    """Two decimals at most, none where none is needed: short, and the same bytes everywhere."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
