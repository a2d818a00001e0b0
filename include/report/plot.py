"""The funnel plot: rate against cases. What lies inside the funnel is chance; only what lies outside is named."""

from collections.abc import Sequence

from markupsafe import Markup

from include.report import svg
from include.report.axes import WIDTH, Scale, clip, grid, nothing, pushed, told
from include.report.figures import Message
from include.report.funnel_plot import FunnelPlot, Limits, Point
from include.report.statistics import Z95, Z998
from include.report.statistics import limits as chance
from include.report.words import Words

HEIGHT, LEFT, RIGHT, TOP = 222.0, 40.0, 82.0, 10.0
BOTTOM = HEIGHT - 34
FLOOR = 165.0
"""Below this height a label would fall onto the axis."""
ROOM = 130.0
NAMED = 4
"""So many of the outliers are named, the furthest out first; the pointer and the table name the rest."""
ROUND = (0.4, 0.8, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 8, 10)
"""Ends of an axis that four ticks divide, in tens of a number's first digit."""


def funnel_plot(chart: FunnelPlot, words: Words) -> Markup:
    """Mean solid, 95% shaded, 99.8% dashed; inside hollow dots, outside filled arrows."""
    if not chart.points:
        return nothing(words, words.say(chart.title))
    most = _round_up(1.04 * max(point.n for point in chart.points))
    high = float(chart.ticks[-1].value or 1)
    x, y = Scale(0, most, LEFT, WIDTH - RIGHT), Scale(0, high, BOTTOM, TOP)
    limits = _limits(chart, most)
    marks = [*_funnel(limits, x, y, high), *_axes(chart, words, most, x, y), *_lines(chart, limits, words, x, y, high)]
    names = sorted((point for point in chart.points if point.verdict != "inside"), key=lambda it: -_far(it, chart))
    for point in chart.points:
        at = (x(point.n), y(min(point.rate, high)))
        marks += _place(at, point.verdict, _name(point, words) if point in names[:NAMED] else "")
    readings = [(x(point.n), y(min(point.rate, high)), _name(point, words)) for point in chart.points]
    alt = told(words, words.say(chart.title), [_name(point, words) for point in names])
    return svg.drawing(WIDTH, HEIGHT, alt, marks, readings=sorted(readings))


def _far(point: Point, chart: FunnelPlot) -> float:
    """How far from the mean, in cases' worth: the square of z but for a factor that all share."""
    return point.n * (point.rate - float(chart.mean.value or 0)) ** 2


def _name(point: Point, words: Words) -> str:
    return f"{words.show(point.name)} {words.show(point.shown)}"


def _limits(chart: FunnelPlot, most: float) -> list[Limits]:
    """The scores' own limits by cases, or those of a proportion around the mean."""
    if len(chart.limits) > 1:
        return sorted(chart.limits, key=lambda each: each.n)
    mean = float(chart.mean.value or 0)
    ns = [most * (0.06 + 0.94 * part / 60) for part in range(61)]
    return [Limits(n, *chance(mean, n, Z95), *chance(mean, n, Z998)) for n in ns]


def _funnel(limits: Sequence[Limits], x: Scale, y: Scale, high: float) -> list[str]:
    """The shaded part; it may leave the plot at the top, where it is cut."""
    top = [(x(each.n), y(min(each.high95, high))) for each in limits]
    return [svg.area(top, [(x(each.n), y(max(each.low95, 0))) for each in limits])]


def _lines(chart: FunnelPlot, limits: Sequence[Limits], words: Words, x: Scale, y: Scale, high: float) -> list[str]:
    outer = [[(x(each.n), y(min(each.high998, high))) for each in limits]]
    outer += [[(x(each.n), y(max(each.low998, 0))) for each in limits]]
    mean, right = float(chart.mean.value or 0), WIDTH - RIGHT
    ends = [
        (y(min(limits[-1].high95, high)), words.say(Message("places.plot.limit")), "m"),
        (y(mean), words.say(Message("places.plot.mean", {"rate": chart.mean})), "t"),
    ]
    marks = [svg.line(side, "lr", 0.8, "3 2") for side in outer]
    return [*marks, svg.line([(LEFT, y(mean)), (right, y(mean))], "li", 1), *pushed(right + 5, ends)]


def _axes(chart: FunnelPlot, words: Words, most: float, x: Scale, y: Scale) -> list[str]:
    ticks = [(y(float(tick.value or 0)), words.show(tick), not tick.value) for tick in chart.ticks]
    steps = [most * part / 4 for part in (1, 2, 3, 4)]
    numbers = [svg.text((x(step), BOTTOM + 14), words.formats.num(step), "m", "middle") for step in steps]
    below = svg.text(((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4), words.say(Message("places.plot.x")), "m", "middle")
    return [*grid(ticks, LEFT, WIDTH - RIGHT), *numbers, below]


def _place(at: svg.Point, verdict: str, name: str) -> list[str]:
    if verdict == "inside":
        return [svg.dot(at, "p", 3, "lb")]
    low = verdict == "below"
    mark = svg.arrow(at, "o" if low else "b", up=not low)
    return [mark, _label(at, low, name)] if name else [mark]


def _label(at: svg.Point, low: bool, name: str) -> str:
    """On the outer side of its mark, or beside it where there is no room below."""
    anchor = "end" if at[0] > WIDTH * 0.55 else "start" if at[0] < WIDTH * 0.3 else "middle"
    spot = (at[0], at[1] + 20 if low else max(at[1] - 10, 10.0))
    if at[1] > FLOOR:
        anchor = "end" if anchor == "end" else "start"
        spot = (at[0] + (-9 if anchor == "end" else 9), at[1] - 3)
    return svg.text(spot, clip(name, ROOM), "oi" if low else "bi", anchor)


def _round_up(number: float) -> float:
    """The next round number that four ticks divide."""
    step = 10.0 ** max(len(str(round(number))) - 1, 1)
    return next((part * step for part in ROUND if part * step >= number), number)
