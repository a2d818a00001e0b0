"""What every chart is drawn on: a width, scales, hairlines, labels that fit and do not touch."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from include.report import svg
from include.report.figures import Message
from include.report.words import Words

WIDTH = 340.0
"""Units: 11-unit text is 8 pt in a half column and 10.6 px on a phone of 360 px."""
SIZE = 11.0


@dataclass(frozen=True)
class Scale:
    """Numbers from `low` to `high` onto units from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float
    clamped: bool = False
    """Whether what is higher ends at the edge."""

    def __call__(self, number: float) -> float:
        span = (self.high - self.low) or 1.0
        number = min(number, self.high) if self.clamped else number
        return self.start + (self.end - self.start) * (number - self.low) / span


def gutter(labels: Sequence[str]) -> float:
    """Where a chart begins, so that the values along its side have room."""
    return max(46.0, 8 + max(map(room, labels), default=0.0))


def grid(ticks: Sequence[tuple[float, str, bool]], left: float, right: float) -> list[str]:
    """Hairlines with their values; the one that is marked is darker."""
    marks = []
    for y, words, dark in ticks:
        marks.append(svg.line([(left, y), (right, y)], "lr" if dark else "lh", 0.8))
        marks.append(svg.text((left - 6, y + 4), words, "m", "end"))
    return marks


def pushed(x: float, labels: Sequence[tuple[float, str, str]], gap: float = 13) -> list[str]:
    """Labels (height, words, colour) at the ends of lines, pushed down where they would touch."""
    marks, last = [], -99.0
    for y, words, kind in sorted(labels):
        last = max(y + 4, last + gap)
        marks.append(svg.text((x, last), words, kind))
    return marks


End = tuple[float, str, str, str]
"""What stands at the end of a line: its height, its name, the name's colour, its value."""
NAMED = 29.0
"""The height of a name and the value below it."""


def ends(x: float, each: Sequence[End], low: float) -> list[str]:
    """Names with their values below them at the ends of lines, pushed down where they would touch, and up again where
    the last would stand below `low`."""
    spots, last = [], -99.0
    for end in sorted(each):
        last = max(end[0] + 1, last + NAMED)
        spots.append(last)
    for at in range(len(spots) - 1, -1, -1):
        low_here = low - 13 - NAMED * (len(spots) - 1 - at)
        spots[at] = min(spots[at], low_here)
    marks = []
    for spot, (_, name, tone, value) in zip(spots, sorted(each), strict=True):
        marks += [svg.text((x, spot), name, tone), svg.text((x, spot + 13), value, "t")]
    return marks


def clip(words: str, room: float) -> str:
    """A label cut with an ellipsis where it is longer than its room, in units."""
    letters = room / (SIZE * svg.LETTER)
    if wide(words) <= letters:
        return words
    kept = words
    while kept and wide(kept) + 1 > letters:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wide(words: str) -> float:
    """In Latin letters; a Han character takes two (nearly)."""
    return sum(1.8 if char > "\u2e80" else 1.0 for char in words)


def room(words: str) -> float:
    """What a label takes, in units."""
    return SIZE * svg.LETTER * wide(words)


def named(words: Words, name: str, value: str) -> str:
    """Oct: RM 12."""
    return words.language.gettext("%(name)s: %(value)s") % {"name": name, "value": value}


def nothing(words: Words, title: str) -> Markup:
    """A chart without a single number: a sentence instead of empty axes."""
    said = words.say(Message("chart.none"))
    return svg.drawing(WIDTH, 19, told(words, title, [said]), [svg.text((0, 13), said, "m")])


def told(words: Words, title: str, said: Sequence[str]) -> str:
    """The text in a chart's stead: its finding, then its numbers."""
    return words.language.gettext("%(title)s. %(numbers)s") % {
        "title": title,
        "numbers": words.language.gettext("; ").join(said),
    }
