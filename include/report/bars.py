"""Bars from zero, and the funnel: names to the left, numbers beside the bars, a row for all that is not drawn.

Below zero a bar is hollow and orange, what is inferred is striped: grey print tells them apart.
"""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from include.report import svg
from include.report.axes import WIDTH, Scale, clip, named, nothing, told, wide
from include.report.blocks import Bars, Funnel, Ranked, Reached
from include.report.figures import Message, Value
from include.report.words import Words

ROW, NAME, LETTER = 19.0, 110.0, 6.2
MOST = 20
"""Bars of a chart; more are summed up in a row of their own."""


def top(bars: Sequence[Ranked], most: int = MOST) -> tuple[tuple[Ranked, ...], Ranked | None]:
    """The first bars, and the rest as one: their sum, and how many they are. None if there is none."""
    rest = bars[most:]
    if not rest:
        return tuple(bars), None
    known = [bar.number for bar in rest if bar.number is not None]
    total = sum(known) if known else None
    name = Message("chart.rest", {"n": Value("count", len(rest))}, plural="n")
    return tuple(bars[:most]), Ranked(name, total, replace(rest[0].shown, value=total))


def bars(chart: Bars, words: Words) -> Markup:
    """A row each; one that is not known has its reason instead of a bar."""
    rows = [*chart.bars, *([chart.rest] if chart.rest else [])]
    if not rows:
        return nothing(words, words.say(chart.title))
    said = [_number(row, words) for row in rows]
    x = _scale([row.number for row in chart.bars] + [row.tick for row in chart.bars], said)
    marks = []
    for at, (row, number) in enumerate(zip(rows, said, strict=True)):
        y = at * ROW
        marks += [svg.line([(0, y), (WIDTH, y)], "lr" if row is chart.rest else "lh", 0.6)] if at else []
        marks.append(svg.text((0, y + ROW - 6), _label(row, words), "m" if row is chart.rest else "t"))
        marks += [*_bar(row, x, y, row is chart.rest), svg.text((WIDTH, y + ROW - 6), number, _tone(row), "end")]
    height = ROW * len(rows)
    marks.append(svg.line([(x(0), 0), (x(0), height)], "lr", 0.8))
    full = [named(words, _name(row, words), number) for row, number in zip(rows, said, strict=True)]
    alt = told(words, words.say(chart.title), full)
    readings = [
        (x(row.number or 0), (at + 0.5) * ROW, text) for at, (row, text) in enumerate(zip(rows, full, strict=True))
    ]
    return svg.drawing(WIDTH, height, alt, marks, readings=readings)


def _name(row: Ranked | Reached, words: Words) -> str:
    return words.say(row.name) if isinstance(row.name, Message) else words.show(row.name)


def _label(row: Ranked | Reached, words: Words) -> str:
    """The name as it fits; the report's own words are never cut."""
    return words.say(row.name) if isinstance(row.name, Message) else clip(_name(row, words), NAME - 6)


def _number(row: Ranked | Reached, words: Words) -> str:
    """The number, or the status that stands in its place."""
    if row.number is None and row.status is not None:
        return words.say(Message(f"status.{row.status}"))
    return words.show(row.shown if row.number is not None else None)


def _tone(row: Ranked) -> str:
    return "m" if row.number is None else "oi" if row.number < 0 else "t"


def _scale(numbers: Sequence[float | None], said: Sequence[str]) -> Scale:
    """From zero, or from the lowest below it, to the highest; the longest number has room at the right."""
    known = [number for number in numbers if number is not None]
    right = WIDTH - LETTER * max((wide(text) for text in said), default=1) - 8
    return Scale(min([0.0, *known]), max([0.0, *known]) or (1.0 if min([0.0, *known]) == 0 else 0.0), NAME, right)


def _bar(row: Ranked, x: Scale, y: float, rest: bool) -> list[str]:
    if row.number is None or (rest and not x.low <= row.number <= x.high):
        return []  # all the others together may be many times the first: their number stands alone
    left, right = sorted((x(0), x(row.number)))
    width = max(right - left, 0.6)
    drawn = (
        svg.hollow(left, y + 4, width, ROW - 8)
        if row.number < 0
        else svg.box(left, y + 4, width, ROW - 8, "g" if rest else "b")
    )
    tick = [] if row.tick is None else [svg.line([(x(row.tick), y + 2), (x(row.tick), y + ROW - 2)], "li", 1.4)]
    return [drawn, *tick]


def funnel(chart: Funnel, words: Words) -> Markup:
    """Stages on one scale from zero; the inferred part of each striped at its end, the step rate at the right."""
    stages, deep = chart.stages, ROW + 6
    if not any(stage.number is not None for stage in stages):
        return nothing(words, words.say(chart.title))
    rates = [words.show(stage.rate) if stage.rate is not None else "" for stage in stages]
    said = [_number(stage, words) for stage in stages]
    room = LETTER * (max(map(wide, said), default=1) + max(map(wide, rates), default=1)) + 22
    x = Scale(0, max((stage.number or 0 for stage in stages), default=1) or 1, NAME, WIDTH - room)
    marks = []
    for at, stage in enumerate(stages):
        y = at * deep
        marks += [svg.line([(0, y), (WIDTH, y)], "lh", 0.6)] if at else []
        marks.append(svg.text((0, y + 16), _label(stage, words), "t"))
        marks += [
            *_stage(stage, x, y),
            svg.text((x(stage.number or 0) + 5, y + 16), said[at], "t" if stage.number is not None else "m"),
        ]
        marks.append(svg.text((WIDTH, y + 16), rates[at], "oi" if stage.status == "behind" else "m", "end"))
    full = [_told(stage, number, rate, words) for stage, number, rate in zip(stages, said, rates, strict=True)]
    alt = told(words, words.say(chart.title), full)
    readings = [
        (x(stage.number or 0), (at + 0.5) * deep, text)
        for at, (stage, text) in enumerate(zip(stages, full, strict=True))
    ]
    return svg.drawing(WIDTH, deep * len(stages), alt, marks, readings=readings)


def _stage(stage: Reached, x: Scale, y: float) -> list[str]:
    if not stage.number:
        return []
    seen = x(stage.number - stage.inferred)
    marks = [svg.box(NAME, y + 4, max(seen - NAME, 0.0), ROW - 2, "b")]
    return [*marks, svg.stripes(seen, y + 4, x(stage.number) - seen, ROW - 2)] if stage.inferred else marks


def _told(stage: Reached, number: str, rate: str, words: Words) -> str:
    parts = [number, *([rate] if rate else [])]
    if stage.inferred:
        parts.append(words.say(Message("funnel.inferred", {"n": Value("count", stage.inferred)}, plural="n")))
    return named(words, _name(stage, words), ", ".join(parts))
