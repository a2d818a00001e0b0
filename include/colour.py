"""Colours as people read them: contrast (WCAG 2.2), mixtures, and how far apart two are for the colour-blind."""

import math
import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
Triple = tuple[float, float, float]
# What remains of linear red, green, blue (Viénot, Brettel and Mollon 1999): without red cones, without green cones.
BLIND = (
    ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
)
_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, part: float) -> str:
    """`one` with `part` of `other` in it, 0 to 1."""
    return _hex(tuple(a + (b - a) * part for a, b in zip(_parts(one), _parts(other), strict=True)))


def readable(colour: str, paper: str, towards: str, least: float) -> str:
    """The colour, with as little of `towards` in it as it needs for a contrast of `least` on `paper`."""
    steps = (mixed(colour, towards, step / 50) for step in range(51))
    return next((step for step in steps if contrast(step, paper) >= least), towards)


def apart(one: str, other: str) -> float:
    """The distance of two colours in CIE Lab, to eyes without red or green cones: the smaller of the two."""
    return min(math.dist(_lab(_seen(one, eyes)), _lab(_seen(other, eyes))) for eyes in BLIND)


def _parts(colour: str) -> Triple:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _linear(colour: str) -> Triple:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return red, green, blue


def _luminance(colour: str) -> float:
    return _product((_XYZ[1],), _linear(colour))[0]


def _product(matrix: tuple[Triple, ...], vector: Triple) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _seen(colour: str, eyes: tuple[Triple, ...]) -> Triple:
    red, green, blue = (max(part, 0.0) for part in _product(eyes, _linear(colour)))
    return red, green, blue


def _lab(linear: Triple) -> Triple:
    x, y, z = (_root(part / white) for part, white in zip(_product(_XYZ, linear), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return math.cbrt(part) if part > 0.008856 else 7.787 * part + 16 / 116
