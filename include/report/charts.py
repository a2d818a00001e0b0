"""Courses over time: the small line on a card, and lines with their names at the ends."""

from collections.abc import Sequence

from markupsafe import Markup

from include.report import svg
from include.report.axes import WIDTH, Scale, ends, grid, gutter, named, nothing, room, told
from include.report.figures import Value
from include.report.first_page import Spark
from include.report.lines import Line, Lines
from include.report.words import Words

FULL = {"lb": "b", "lo": "o", "li": "t", "lg": "g"}
"""The fill of a dot at the end of a line."""
TONES = {"value": ("lb", "bi"), "ink": ("li", "bt"), "past": ("lg", "m")}
"""A line's colour and that of its name."""
DASHES = {"value": "", "ink": "", "past": "5 2"}
BOLD = 1.05
"""How much wider bold letters are."""
LOWEST = 158.0
"""Below this height a value would fall onto the months."""


def spark(chart: Spark, alt: str, bad: bool, said: Sequence[str] = ()) -> Markup:
    """Weeks as a line: grey band = the earlier weeks without the highest and the lowest, a gap where one is missing."""
    width, height, pad = 112.0, 20.0, 3.4
    known = [value for value in chart.values if value is not None]
    past = sorted(known[:-1])
    goals = [] if chart.target is None else [chart.target]
    x = Scale(0, len(chart.values) - 1, 2, width - 6)
    y = Scale(min(known + goals), max(known + goals), height - pad, pad)
    marks = [svg.box(0, y(past[-2]), width, max(y(past[1]) - y(past[-2]), 0.6), "w")]
    marks += [svg.line([(0, y(goal)), (width, y(goal))], "li", 0.7, "2 2") for goal in goals]
    marks += _course(chart.values, x, y, chart.running, "lo" if bad else "lb", 1.3)
    return svg.drawing(width, height, alt, marks, "spark", _readings(chart.values, said, x, y))


def _readings(values: Sequence[float | None], said: Sequence[str], x: Scale, y: Scale) -> list[svg.Reading]:
    pairs = zip(values, said, strict=False)
    return [(x(at), y(value), words) for at, (value, words) in enumerate(pairs) if value is not None]


def _course(
    values: Sequence[float | None],
    x: Scale,
    y: Scale,
    running: bool,
    end: str = "lb",
    width: float = 2.0,
    dash: str = "",
) -> list[str]:
    """A line with gaps; its last leg dashed and its end open while the period runs. `end`: the colour it ends in."""
    points = [None if value is None else (x(at), y(value)) for at, value in enumerate(values)]
    body = "lb" if end == "lo" else end
    runs = _runs(points[:-1] if running else points)
    marks = [svg.line(run, body, width, dash) for run in runs if len(run) > 1]
    marks += [svg.dot(run[0], FULL[body], width) for run in runs if len(run) == 1]
    last = next((point for point in reversed(points) if point is not None), None)
    if last is None:
        return []
    if running and len(points) > 1 and points[-1] is not None and points[-2] is not None:
        marks.append(svg.line([points[-2], points[-1]], end, width, "2 1.5"))
    return [*marks, svg.dot(last, "p" if running else FULL[end], width + 1.2, end)]


def _runs(points: Sequence[svg.Point | None]) -> list[list[svg.Point]]:
    runs: list[list[svg.Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return runs


def lines(chart: Lines, words: Words, width: float = WIDTH) -> Markup:
    """Months as lines, each with its last value at its end; the title names a line that is alone."""
    if all(value is None for line in chart.lines for value in line.values):
        return nothing(words, words.say(chart.title))
    edge = float(chart.ticks[-1].value or 1)
    over = _over(chart, words, edge)
    side = words.scale(chart.ticks)
    height, left, top = 176.0, gutter(side), 24.0 if over else 10.0
    right = width - _margin(chart, words)
    x = Scale(0, max(len(chart.months) - 1, 1), left, right)
    y = Scale(float(chart.ticks[0].value or 0), edge, height - 22, top, clamped=True)
    dark = chart.ticks[0].value if chart.reference is None else chart.reference
    ticks = [
        (y(float(tick.value or 0)), said, tick.value == dark) for tick, said in zip(chart.ticks, side, strict=True)
    ]
    marks = [band for line in chart.lines for band in _band(line, x, y)]
    marks += [*grid(ticks, left, right), *_months(chart, words, x, height - 5)]
    for line in chart.lines:
        marks += _course(line.values, x, y, line.running, TONES[line.tone][0], dash=DASHES[line.tone])
        marks += [svg.arrow((x(at), top), "b" if line.tone == "value" else "t", up=True) for at in _beyond(line, edge)]
    if over:
        marks.append(svg.text((left, 9), over))
    drawn = [*marks, *_ends(chart, words, right + 8, y)]
    return svg.drawing(width, height, _alt(chart, words), drawn, readings=_points(chart, words, x, y))


def _margin(chart: Lines, words: Words) -> float:
    """Room for what stands at the ends: names of known length, or the value of a line that is alone."""
    if len(chart.lines) > 1:
        return 66.0
    return max(58.0, 8 + BOLD * room(words.show(chart.lines[0].shown[-1])))


def _beyond(line: Line, edge: float) -> list[int]:
    """Which points lie above the scale."""
    return [at for at, value in enumerate(line.values) if value is not None and value > edge]


def _over(chart: Lines, words: Words, edge: float) -> str:
    """The numbers that are drawn at the upper edge though they lie above it; none if all fit."""
    said = []
    for line in chart.lines:
        shown = [words.show(Value(line.shown[-1].kind, line.values[at])) for at in _beyond(line, edge)]
        name = f"{words.say(line.name)} " if len(chart.lines) > 1 else ""
        said += [name + words.language.gettext("; ").join(shown)] if shown else []
    values = words.language.gettext("; ").join(said)
    return words.language.gettext("▲ above the scale: %(values)s") % {"values": values} if said else ""


def _band(line: Line, x: Scale, y: Scale) -> list[str]:
    """Where chance may take the line: shaded, with a fine edge that grey print shows too."""
    ends = zip(line.low, line.high, strict=True)
    known = [(x(at), y(low), y(high)) for at, (low, high) in enumerate(ends) if low is not None and high is not None]
    if len(known) < 2:
        return []
    top, bottom = [(at, high) for at, _, high in known], [(at, low) for at, low, _ in known]
    return [svg.area(top, bottom), svg.line(top, "lr", 0.6, "1 1.5"), svg.line(bottom, "lr", 0.6, "1 1.5")]


def _months(chart: Lines, words: Words, x: Scale, y: float) -> list[str]:
    """Each third month and the last, unless the two would touch."""
    last = len(chart.months) - 1
    shown = [at for at in range(0, last + 1, 3) if last - at != 1] + ([last] if last % 3 else [])
    return [svg.text((x(at), y), _when(chart.months[at], words), "m", "middle") for at in shown]


def _when(month: Value, words: Words) -> str:
    return words.short_month(month) if month.kind == "month" else words.show(month)


def _points(chart: Lines, words: Words, x: Scale, y: Scale) -> list[svg.Reading]:
    """Every value in words; where there are several lines, with the line's name."""
    found = []
    for line in chart.lines:
        name = f"{words.say(line.name)}, " if len(chart.lines) > 1 else ""
        said = [
            named(words, name + _when(month, words), words.show(Value(line.shown[-1].kind, value)))
            for month, value in zip(chart.months, line.values, strict=True)
        ]
        found += _readings(line.values, said, x, y)
    return sorted(found)


def _ends(chart: Lines, words: Words, x: float, y: Scale) -> list[str]:
    """The last value at the end of each line; above it the line's name, if there are several."""
    known = [(line, [value for value in line.values if value is not None]) for line in chart.lines]
    lasts = [(y(values[-1]), line) for line, values in known if values]
    if len(chart.lines) == 1:
        return [svg.text((x, at + 4), words.show(line.shown[-1]), "bi") for at, line in lasts]
    return ends(
        x, [(at, words.say(line.name), TONES[line.tone][1], words.show(line.shown[-1])) for at, line in lasts], LOWEST
    )


def _alt(chart: Lines, words: Words) -> str:
    ends = [
        named(words, words.say(each.name), f"{words.show(each.shown[0])} – {words.show(each.shown[-1])}")
        for each in chart.lines
    ]
    return told(words, words.say(chart.title), ends)
