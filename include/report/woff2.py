"""A few characters of a TrueType font as WOFF2, for a page: https://www.w3.org/TR/WOFF2/.

fontTools can cut and write such a font too, in half a second. Here a font is parsed once a process and an outline is
encoded once, so that a page costs a tenth of that. No layout features, no hints, one glyph a character.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import getKnownTagIndex, pack255UShort, packBase128

LEVEL, WINDOW = 9, 16
"""Of Brotli: the highest level takes seven times as long for 3 % of the size; a window of 64 KB saves 30 MB of memory for
1 %."""
TRUETYPE = 0x00010000
REWRITTEN = 1 << 11
"""The flag in `head` of a font that went through a lossless change such as this one."""


@dataclass(frozen=True)
class Outline:
    """A glyph as WOFF2 has it: how many contours, the number of points of each, and a step from point to point."""

    contours: int
    counts: bytes
    flags: bytes
    steps: bytes
    metrics: bytes
    """Advance and left bearing."""


class Font:
    """A parsed font of characters that it all has."""

    def __init__(self, file: Path) -> None:
        self._font = TTFont(file, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
        self._names = self._font.getBestCmap()
        self._known: dict[str, Outline] = {}

    def table(self, tag: str) -> bytearray:
        return bytearray(self._font.reader[tag])

    def outline(self, name: str) -> Outline:
        if name not in self._known:
            self._known[name] = self._outline(name)
        return self._known[name]

    def glyphs(self, codes: Iterable[int]) -> list[str]:
        """The glyph that stands for the missing, then each character's own."""
        return [".notdef", *(self._names[code] for code in codes)]

    def _outline(self, name: str) -> Outline:
        glyphs = self._font["glyf"]
        points, ends, on_curve = glyphs[name].getCoordinates(glyphs)  # the parts of a composed glyph put together
        counts = b"".join(pack255UShort(end - before) for before, end in zip([-1, *ends], ends, strict=False))
        flags, steps = _steps(points, on_curve)
        return Outline(len(ends), counts, flags, steps, struct.pack(">Hh", *self._font["hmtx"][name]))


@cache
def font(file: Path) -> Font:
    return Font(file)


def woff2(file: Path, characters: Iterable[str]) -> bytes:
    """The font in `file` with these characters, all of which it draws, and no other. Same characters, same bytes."""
    source, codes = font(file), sorted(map(ord, set(characters)))
    outlines = [source.outline(name) for name in source.glyphs(codes)]
    glyf, places = _glyf(outlines), 4 * (len(outlines) + 1)
    tables = _tables(source, codes, outlines) | {"glyf": glyf, "loca": b""}
    lengths = {tag: len(data) for tag, data in tables.items()} | {"loca": places}
    directory = b"".join(_entry(tag, lengths[tag], len(data)) for tag, data in sorted(tables.items()))
    data = brotli.compress(
        b"".join(data for _, data in sorted(tables.items())), mode=brotli.MODE_FONT, quality=LEVEL, lgwin=WINDOW
    )
    return _file(directory, list(lengths.values()), data)


def _steps(points: Sequence[tuple[int, int]], on_curve: Sequence[int]) -> tuple[bytes, bytes]:
    at, flags, steps = (0, 0), bytearray(), bytearray()
    for point, on in zip(points, on_curve, strict=True):
        flag, step = _step(point[0] - at[0], point[1] - at[1])
        flags.append(flag if on & 1 else flag | 0x80)
        steps += bytes(step)
        at = point
    return bytes(flags), bytes(steps)


def _step(dx: int, dy: int) -> tuple[int, tuple[int, ...]]:
    """A move in one to four bytes, and which of the specification's 128 forms it has (its table of triplets)."""
    x, y, right, up = abs(dx), abs(dy), int(dx >= 0), int(dy >= 0)
    signs = right + 2 * up
    if dx == 0 and y < 1280:
        return (y >> 8) * 2 + up, (y & 0xFF,)
    if dy == 0 and x < 1280:
        return 10 + (x >> 8) * 2 + right, (x & 0xFF,)
    if x <= 64 and y <= 64 and dx and dy:
        return 20 + ((x - 1) & 0x30) + (((y - 1) & 0x30) >> 2) + signs, (((x - 1) & 0xF) << 4 | (y - 1) & 0xF,)
    if x <= 768 and y <= 768 and dx and dy:
        return 84 + 12 * ((x - 1) >> 8) + 4 * ((y - 1) >> 8) + signs, ((x - 1) & 0xFF, (y - 1) & 0xFF)
    if x < 4096 and y < 4096:
        return 120 + signs, (x >> 4, (x & 0xF) << 4 | y >> 8, y & 0xFF)
    return 124 + signs, (x >> 8, x & 0xFF, y >> 8, y & 0xFF)


def _glyf(outlines: Sequence[Outline]) -> bytes:
    """Like beside like: all numbers of contours, of points, all flags, all steps; boxes and instructions are none."""
    drawn = [each for each in outlines if each.contours]
    streams = (
        b"".join(struct.pack(">h", each.contours) for each in outlines),
        b"".join(each.counts for each in drawn),
        b"".join(each.flags for each in drawn),
        b"".join(each.steps + b"\0" for each in drawn),  # and no instructions
        b"",  # of glyphs: all are taken together
        bytes((len(outlines) + 31 >> 5) << 2),  # the readers find each box themselves
        b"",
    )
    return struct.pack(">HHHH7I", 0, 0, len(outlines), 1, *map(len, streams)) + b"".join(streams)


def _tables(source: Font, codes: Sequence[int], outlines: Sequence[Outline]) -> dict[str, bytes]:
    """What a browser asks for beside the outlines: those of the font, its number of glyphs put right."""
    head, hhea, maxp, post = map(source.table, ("head", "hhea", "maxp", "post"))
    struct.pack_into(">H", head, 16, struct.unpack_from(">H", head, 16)[0] | REWRITTEN)
    struct.pack_into(">h", head, 50, 1)  # places in four bytes
    struct.pack_into(">H", hhea, 34, len(outlines))
    struct.pack_into(">H", maxp, 4, len(outlines))
    return {
        "OS/2": bytes(source.table("OS/2")),
        "cmap": _cmap(codes),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(each.metrics for each in outlines),
        "maxp": bytes(maxp),
        "name": bytes(source.table("name")),
        "post": b"\0\3\0\0" + bytes(post[4:32]),  # glyphs without names
    }


def _cmap(codes: Sequence[int]) -> bytes:
    """The n-th code has the n-th glyph, in format 12: runs of codes."""
    runs = [struct.pack(">III", *run) for run in _runs(codes)]
    return struct.pack(">HHHHIHHIII", 0, 1, 3, 10, 12, 12, 0, 16 + 12 * len(runs), 0, len(runs)) + b"".join(runs)


def _runs(codes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """First and last code and the first's glyph of each run of codes without a gap."""
    starts = [at for at, code in enumerate(codes) if at == 0 or code != codes[at - 1] + 1]
    for start, end in zip(starts, [*starts[1:], len(codes)], strict=True):
        yield codes[start], codes[end - 1], start + 1


def _entry(tag: str, length: int, packed: int) -> bytes:
    """Glyphs and their places are transformed, so their packed length is told too."""
    entry: bytes = bytes([getKnownTagIndex(tag)]) + packBase128(length)
    return entry + packBase128(packed) if tag in ("glyf", "loca") else entry


def _file(directory: bytes, lengths: Sequence[int], data: bytes) -> bytes:
    unpacked = 12 + sum(16 + (length + 3 & ~3) for length in lengths)
    whole = 48 + len(directory) + len(data) + 3 & ~3
    numbers = (b"wOF2", TRUETYPE, whole, len(lengths), 0, unpacked, len(data), 1, 0, 0, 0, 0, 0, 0)
    return (struct.pack(">4sIIHHIIHHIIIII", *numbers) + directory + data).ljust(whole, b"\0")
