"""The waterfall of a month's recurring revenue: labels to the left, signed values to the right.

Its scale does not start at zero, so levels are lines and not bars; gains are solid and losses hollow, which grey print
keeps apart.
"""

from itertools import accumulate

from markupsafe import Markup

from include.report import svg
from include.report.axes import WIDTH, Scale, named, told
from include.report.blocks import Move, Waterfall
from include.report.words import Words

LEFT, RIGHT, ROW = 126.0, 62.0, 23.0
ROOM = 0.12
"""Left free beside the lowest and the highest level, as a part of what lies between."""


def waterfall(chart: Waterfall, words: Words) -> Markup:
    """A row each for the opening, the movements and the closing."""
    levels = list(accumulate(move.number for move in chart.moves[:-1]))
    x, height = _scale(levels), ROW * len(chart.moves) + 2
    marks = [svg.line([(x(levels[0]), ROW), (x(levels[0]), height - ROW)], "lr", 0.8, "2 2")]
    if x.low < 0 < x.high:
        marks.append(svg.line([(x(0), 0), (x(0), height)], "lr", 0.8))
    for at, move in enumerate(chart.moves):
        y, tone = at * ROW, _tone(move)
        marks += [svg.line([(0, y), (WIDTH, y)], "lh", 0.6)] if at else []
        marks.append(svg.text((0, y + ROW / 2 + 4), words.say(move.name), "bt" if move.kind == "level" else "t"))
        marks.append(svg.text((WIDTH, y + ROW / 2 + 4), words.show(move.shown), tone, "end"))
        marks += _level(x(move.number), y) if move.kind == "level" else _bar(move, x, levels[at - 1], levels[at], y)
    said = [named(words, words.say(move.name), words.show(move.shown)) for move in chart.moves]
    readings = [
        (x(level), (at + 0.5) * ROW, words)
        for at, (level, words) in enumerate(zip([*levels, levels[-1]], said, strict=True))
    ]
    return svg.drawing(WIDTH, height, told(words, words.say(chart.title), said), marks, readings=readings)


def _scale(levels: list[float]) -> Scale:
    low, high = min(levels), max(levels)
    room = ROOM * ((high - low) or 1.0)
    return Scale(low - room, high + room, LEFT, WIDTH - RIGHT)


def _tone(move: Move) -> str:
    return "bt" if move.kind == "level" else "oi" if move.number < 0 else "t"


def _level(x: float, y: float) -> list[str]:
    return [svg.line([(x, y + 2), (x, y + ROW - 2)], "li", 2.4)]


def _bar(move: Move, x: Scale, before: float, after: float, y: float) -> list[str]:
    """From the level before to the level after, which a thin line carries into the next row."""
    left, right = sorted((x(before), x(after)))
    step = svg.line([(x(after), y + ROW - 4), (x(after), y + ROW + 4)], "lr", 0.8)
    if move.kind == "loss" and move.number:
        return [svg.hollow(left, y + 4.5, max(right - left, 1.0), ROW - 9), step]
    return [svg.box(left, y + 4, max(right - left, 0.5), ROW - 8, "b"), step]
