"""The charts of a report, 340 units wide: 11-unit text is 8 pt in a half column and 10.6 px on a phone of 360 px."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from include.report import svg
from include.report.figures import Message
from include.report.report import FunnelPlot, Lines, Spark
from include.report.statistics import Z95, Z998
from include.report.statistics import limits as chance
from include.report.words import Words

WIDTH = 340.0
FULL = {"lb": "b", "lo": "o", "li": "t"}
"""The fill of a dot at the end of a line."""
TONES = {"value": ("lb", "bi"), "ink": ("li", "bt")}
"""A line's colour and that of its name."""
NAMED = 29.0
"""The height of a name and the value below it."""
FLOOR = 165.0
"""Below this height of a funnel plot a label would fall onto its axis."""


@dataclass(frozen=True)
class Scale:
    """Numbers from `low` to `high` onto units from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, number: float) -> float:
        span = (self.high - self.low) or 1.0
        return self.start + (self.end - self.start) * (number - self.low) / span


def spark(chart: Spark, alt: str, bad: bool) -> Markup:
    """Weeks as a line: grey band = the earlier weeks without the highest and the lowest, a gap where one is missing."""
    width, height, pad = 112.0, 20.0, 3.4
    known = [value for value in chart.values if value is not None]
    past = sorted(known[:-1])
    goals = [] if chart.target is None else [chart.target]
    x = Scale(0, len(chart.values) - 1, 2, width - 6)
    y = Scale(min(known + goals), max(known + goals), height - pad, pad)
    marks = [svg.box(0, y(past[-2]), width, max(y(past[1]) - y(past[-2]), 0.6), "w")]
    marks += [svg.line([(0, y(goal)), (width, y(goal))], "li", 0.7, "2 2") for goal in goals]
    return svg.drawing(
        width, height, alt, [*marks, *_course(chart.values, x, y, chart.running, "lo" if bad else "lb", 1.3)], "spark"
    )


def _course(
    values: Sequence[float | None], x: Scale, y: Scale, running: bool, end: str = "lb", width: float = 2.0
) -> list[str]:
    """A line with gaps; its last leg dashed and its end open while the period runs. `end`: the colour it ends in."""
    points = [None if value is None else (x(at), y(value)) for at, value in enumerate(values)]
    body = "li" if end == "li" else "lb"
    runs = _runs(points[:-1] if running else points)
    marks = [svg.line(run, body, width) for run in runs if len(run) > 1]
    marks += [svg.dot(run[0], FULL[body], width) for run in runs if len(run) == 1]
    last = next(point for point in reversed(points) if point is not None)
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


def lines(chart: Lines, words: Words) -> Markup:
    """Months as lines, each with its last value at its end; the title names a line that is alone."""
    height, left, top = 176.0, 46.0, 10.0
    right = WIDTH - (58.0 if len(chart.lines) == 1 else 66.0)
    bottom = height - 22
    x = Scale(0, len(chart.months) - 1, left, right)
    y = Scale(float(chart.ticks[0].value or 0), float(chart.ticks[-1].value or 1), bottom, top)
    dark = chart.ticks[0].value if chart.reference is None else chart.reference
    marks = _grid(
        [(y(float(tick.value or 0)), words.show(tick), tick.value == dark) for tick in chart.ticks], left, right
    )
    for at, month in enumerate(chart.months):
        if at % 3 == 0 or at == len(chart.months) - 1:
            marks.append(svg.text((x(at), height - 5), words.short_month(month), "m", "middle"))
    for line in chart.lines:
        marks += _course(line.values, x, y, line.running, TONES[line.tone][0])
    return svg.drawing(WIDTH, height, _alt(chart, words), [*marks, *_ends(chart, words, right + 8, y)])


def _ends(chart: Lines, words: Words, x: float, y: Scale) -> list[str]:
    """The last value at the end of each line; above it the line's name, if there are several."""
    lasts = [(y(next(value for value in reversed(line.values) if value is not None)), line) for line in chart.lines]
    if len(lasts) == 1:
        return [svg.text((x, at + 4), words.show(line.shown[-1]), "bi") for at, line in lasts]
    marks, last = [], -99.0
    for at, line in sorted(lasts, key=lambda pair: pair[0]):
        last = max(at + 1, last + NAMED)
        marks.append(svg.text((x, last), words.say(line.name), TONES[line.tone][1]))
        marks.append(svg.text((x, last + 13), words.show(line.shown[-1]), "t"))
    return marks


def _alt(chart: Lines, words: Words) -> str:
    ends = "; ".join(
        f"{words.say(each.name)}: {words.show(each.shown[0])} – {words.show(each.shown[-1])}" for each in chart.lines
    )
    return f"{words.say(chart.title)}. {ends}"


def _grid(ticks: Sequence[tuple[float, str, bool]], left: float, right: float) -> list[str]:
    """Hairlines with their values; the one that is marked is darker."""
    marks = []
    for y, words, dark in ticks:
        marks.append(svg.line([(left, y), (right, y)], "lr" if dark else "lh", 0.8))
        marks.append(svg.text((left - 6, y + 4), words, "m", "end"))
    return marks


def funnel_plot(chart: FunnelPlot, words: Words) -> Markup:
    """Rate against cases; only places outside the 95% limits are filled and named."""
    height, left, right, top = 222.0, 40.0, 82.0, 10.0
    bottom, mean = height - 34, float(chart.mean.value or 0)
    most = _round_up(max(point.n for point in chart.points))
    x = Scale(0, most, left, WIDTH - right)
    high = float(chart.ticks[-1].value or 1)
    y = Scale(0, high, bottom, top)
    ns = [most * (0.06 + 0.94 * part / 60) for part in range(61)]
    inner, outer = (_band(mean, ns, z, x, lambda rate: y(min(rate, high))) for z in (Z95, Z998))
    marks = [svg.area(*inner)]
    ticks = [(y(float(tick.value or 0)), words.show(tick), not tick.value) for tick in chart.ticks]
    marks += _grid(ticks, left, WIDTH - right)
    marks += [
        svg.text((x(most * part / 4), bottom + 14), words.formats.num(most * part / 4), "m", "middle")
        for part in (1, 2, 3, 4)
    ]
    marks += [svg.text(((left + WIDTH - right) / 2, height - 4), words.say(Message("places.plot.x")), "m", "middle")]
    marks += [svg.line(side, "lr", 0.8, "3 2") for side in outer]
    marks += [svg.line([(left, y(mean)), (WIDTH - right, y(mean))], "li", 1)]
    marks += _named(
        WIDTH - right + 5,
        [
            (inner[0][-1][1], words.say(Message("places.plot.limit")), "m"),
            (y(mean), words.say(Message("places.plot.mean", {"rate": chart.mean})), "t"),
        ],
    )
    for point in chart.points:
        marks += _place(
            (x(point.n), y(min(point.rate, high))), point.verdict, f"{words.show(point.name)} {words.show(point.shown)}"
        )
    alt = f"{words.say(chart.title)}. " + "; ".join(
        f"{words.show(point.name)} {words.show(point.shown)}" for point in chart.points if point.verdict != "inside"
    )
    return svg.drawing(WIDTH, height, alt, marks)


def _band(
    mean: float, ns: Sequence[float], z: float, x: Scale, y: Callable[[float], float]
) -> tuple[list[svg.Point], list[svg.Point]]:
    pairs = [(x(n), chance(mean, n, z)) for n in ns]
    return [(at, y(high)) for at, (_, high) in pairs], [(at, y(low)) for at, (low, _) in pairs]


def _place(at: svg.Point, verdict: str, name: str) -> list[str]:
    if verdict == "inside":
        return [svg.dot(at, "p", 3, "lb")]
    low = verdict == "below"
    anchor = "end" if at[0] > WIDTH * 0.55 else "start" if at[0] < WIDTH * 0.3 else "middle"
    spot = (at[0], at[1] + 20 if low else at[1] - 10)
    if at[1] > FLOOR:  # no room below: beside
        anchor = "end" if anchor == "end" else "start"
        spot = (at[0] + (-9 if anchor == "end" else 9), at[1] + 1)
    label = svg.text(spot, name, "oi" if low else "bi", anchor)
    return [svg.arrow(at, "o" if low else "b", up=not low), label]


def _named(x: float, labels: list[tuple[float, str, str]], gap: float = 13) -> list[str]:
    """Labels at the ends of lines, pushed down where they would touch."""
    marks, last = [], -99.0
    for y, words, kind in sorted(labels):
        last = max(y + 4, last + gap)
        marks.append(svg.text((x, last), words, kind))
    return marks


def _round_up(number: int) -> float:
    """The next round number that four ticks divide."""
    step = 10.0 ** max(len(str(number)) - 1, 1)
    for part in (0.4, 0.8, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 8, 10):
        if part * step >= number:
            return part * step
    return number
