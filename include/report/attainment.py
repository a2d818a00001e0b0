"""Bookings added up by day: to date, the month before, the pace to the target, and what may still come."""

from markupsafe import Markup

from include.report import svg
from include.report.axes import WIDTH, End, Scale, clip, ends, grid, gutter, named, told
from include.report.blocks import Attained, Summed
from include.report.figures import Message, Value
from include.report.words import Words

HEIGHT, RIGHT, TOP, FOOT = 176.0, 88.0, 10.0, 22.0
SHOWN = (1, 10, 20)
"""Days written below, beside the month's last."""
Named = tuple[Message, str, Value]
"""A name, its colour, its money."""


def attainment(chart: Attained, words: Words) -> Markup:
    """Money from zero. The target is a thick mark at the month's end; without a forecast there is no band."""
    side = words.scale(chart.ticks)
    left = gutter(side)
    x = Scale(0, max(chart.length, len(chart.before.days)), left, WIDTH - RIGHT)
    y = Scale(0, float(chart.ticks[-1].value or 1), HEIGHT - FOOT, TOP)
    ticks = [(y(float(tick.value or 0)), said, not tick.value) for tick, said in zip(chart.ticks, side, strict=True)]
    marks = [*_band(chart, x, y), *grid(ticks, left, WIDTH - RIGHT)]
    marks += [svg.text((x(day), HEIGHT - 5), words.formats.num(day), "m", "middle") for day in (*SHOWN, chart.length)]
    marks += [*_past(chart, x, y), *_pace(chart, x, y), *_won(chart, x, y)]
    marks += ends(WIDTH - RIGHT + 8, _ends(chart, words, y), HEIGHT - 5)
    return svg.drawing(WIDTH, HEIGHT, _alt(chart, words), marks, readings=_readings(chart, words, x, y))


def _number(value: Value) -> float | None:
    return None if value.value is None else float(value.value)


def _points(month: Summed, x: Scale, y: Scale) -> list[svg.Point]:
    """Where the sums are known, from nothing if all are."""
    found = [(x(day), y(number)) for day, each in enumerate(month.sums, 1) if (number := _number(each)) is not None]
    return [(x(0), y(0)), *found] if len(found) == len(month.days) else found


def _band(chart: Attained, x: Scale, y: Scale) -> list[str]:
    """From today up to all that is due, and down to nothing more; its middle by probability, in long dashes."""
    now, likely, most = _number(chart.won.sums[-1]), _number(chart.likely), _number(chart.most)
    if now is None or likely is None or most is None:
        return []
    start, end = (x(len(chart.won.days)), y(now)), x(chart.length)
    edges = [svg.line([start, (end, y(number))], "lr", 0.6, "1 1.5") for number in (now, most)]
    middle = svg.line([start, (end, y(likely))], "lb", 1.6, "5 2")
    return [svg.area([start, (end, y(most))], [start, (end, y(now))]), *edges, middle]


def _past(chart: Attained, x: Scale, y: Scale) -> list[str]:
    found = _points(chart.before, x, y)
    return [svg.line(found, "lg", 1.6)] if len(found) > 1 else []


def _pace(chart: Attained, x: Scale, y: Scale) -> list[str]:
    if not chart.pace:
        return []
    corners = [(x(day), y(money)) for day, money in chart.pace]
    end, height = corners[-1]
    return [svg.line(corners, "li", 1, "3 2"), svg.line([(end - 4, height), (end + 4, height)], "li", 2.4)]


def _won(chart: Attained, x: Scale, y: Scale) -> list[str]:
    found = _points(chart.won, x, y)
    return [svg.line(found, "lb", 2.2), svg.dot(found[-1], "b", 3.2)]


def _later(chart: Attained) -> list[Named]:
    """What may still come, as far as anybody can say."""
    every: list[Named] = [
        (Message("attained.target"), "bt", chart.target),
        (Message("attained.most"), "m", chart.most),
        (Message("attained.likely"), "bi", chart.likely),
    ]
    return [each for each in every if each[2].value is not None]


def _named(chart: Attained) -> list[Named]:
    """What stands at the end of the month."""
    before = Message("value", {"it": Value("month", chart.before.days[0].value)})
    past: list[Named] = [(before, "m", chart.before.sums[-1])] if chart.before.sums[-1].value is not None else []
    return [*_later(chart), (Message("attained.won"), "bi", chart.won.sums[-1]), *past]


def _ends(chart: Attained, words: Words, y: Scale) -> list[End]:
    return [
        (y(_number(value) or 0.0), clip(words.say(name), RIGHT - 8), tone, words.show(value))
        for name, tone, value in _named(chart)
    ]


def _alt(chart: Attained, words: Words) -> str:
    said = [named(words, words.say(name), words.show(value)) for name, _, value in _named(chart)]
    return told(words, words.say(chart.title), said)


def _readings(chart: Attained, words: Words, x: Scale, y: Scale) -> list[svg.Reading]:
    """Every day that is known, of both months, then what may still come."""
    found = [
        (x(at), y(number), named(words, words.show(day), words.show(money)))
        for month in (chart.won, chart.before)
        for at, (day, money) in enumerate(zip(month.days, month.sums, strict=True), 1)
        if (number := _number(money)) is not None
    ]
    for name, _, value in _later(chart):
        found.append((x(chart.length), y(_number(value) or 0.0), named(words, words.say(name), words.show(value))))
    return sorted(found)
