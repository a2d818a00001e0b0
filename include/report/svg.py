"""Marks of small SVG charts: print colours as attributes, since the PDF renderer does not style SVG from the page, and
a class by which the style sheet re-colours each mark on screens. <title> comes first: it is the alternative text."""

from collections.abc import Sequence

from markupsafe import Markup, escape

FILL = {
    "t": "#1a1d21", "bt": "#1a1d21", "m": "#565d67", "b": "#0072b2", "o": "#d55e00", "bi": "#00609a", "oi": "#a34700",
    "g": "#a9b1bc", "y": "#cfe3f1", "p": "#ffffff", "w": "#eceff3",
}  # fmt: skip
LINE = {"lb": "#0072b2", "lo": "#d55e00", "lg": "#a9b1bc", "li": "#1a1d21", "lh": "#dde1e7", "lr": "#8a929d"}
BOLD = ("bt", "bi", "oi")
Point = tuple[float, float]


def drawing(width: float, height: float, alt: str, marks: Sequence[str], kind: str = "plot") -> Markup:
    """A complete chart with its alternative text."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" class="{}" font-family="sans-serif">'
        "<title>{}</title>{}</svg>"
    ).format(_n(width), _n(height), kind, alt, Markup("".join(marks)))


def text(at: Point, words: str, kind: str = "m", anchor: str = "start", size: float = 11) -> str:
    weight = ' font-weight="700"' if kind in BOLD else ""
    return (
        f'<text class="{kind}" x="{_n(at[0])}" y="{_n(at[1])}" fill="{FILL[kind]}" font-size="{_n(size)}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def line(points: Sequence[Point], kind: str = "lb", width: float = 1.5, dash: str = "") -> str:
    path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="{kind}" d="{path}" fill="none" stroke="{LINE[kind]}" stroke-width="{_n(width)}"{dashes}/>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{FILL[kind]}"/>'
    )


def hollow(x: float, y: float, width: float, height: float, ring: str = "lo") -> str:
    return (
        f'<rect class="p {ring}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{FILL["p"]}" '
        f'stroke="{LINE[ring]}" stroke-width="1.4"/>'
    )


def dot(at: Point, kind: str = "b", radius: float = 3, ring: str = "") -> str:
    stroke = f' stroke="{LINE[ring]}" stroke-width="1.5"' if ring else ""
    classes = f"{kind} {ring}".strip()
    return f'<circle class="{classes}" cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}" fill="{FILL[kind]}"{stroke}/>'


def area(top: Sequence[Point], bottom: Sequence[Point], kind: str = "y") -> str:
    path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in [*top, *reversed(bottom)]) + "Z"
    return f'<path class="{kind}" d="{path}" fill="{FILL[kind]}"/>'


def arrow(at: Point, kind: str, up: bool) -> str:
    x, y = at
    turn = "-" if up else ""
    return f'<path class="{kind}" d="M{_n(x - 5)} {_n(y + 4 if up else y - 4)}h10l-5 {turn}9z" fill="{FILL[kind]}"/>'


def _n(number: float) -> str:
    """Two decimals at most, none where none is needed: short, and the same bytes everywhere."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
