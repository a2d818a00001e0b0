"""The survival curve: the share that is left at each age, in steps, with the numbers still at risk below."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from include.report import svg
from include.report.axes import WIDTH, Scale, clip, grid, named, nothing, pushed, told
from include.report.blocks import Course, Survival
from include.report.figures import Message, Value
from include.report.status import FEW
from include.report.words import Words

LEFT, RIGHT, TOP, PLOT, ROW = 46.0, 76.0, 10.0, 168.0, 13.0
"""PLOT is the height of zero; the ages and the numbers at risk stand below it."""
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
TOPS = (0.04, 0.08, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Ends of a scale whose quarters are round."""
TONES = {"value": ("lb", "bi"), "ink": ("li", "bt")}
WEIGHTS = {"value": 2.2, "ink": 1.1}
"""Widths of the lines, so that they are told apart without colour too."""
STEMS = {"left": "survival", "reached": "reached"}
"""How the phrases begin."""


def survival(chart: Survival, words: Words) -> Markup:
    """Steps from 100% down, or from nothing up; dashed from where fewer than 20 are at risk, since there each one moves
    it visibly."""
    known = [course for course in chart.courses if course.ages]
    if not known:
        return nothing(words, words.say(chart.title))
    last = max((float(tick.value or 0) for tick in chart.ticks), default=1.0)
    top = _top(chart, known)
    x, y = Scale(0, last, LEFT, WIDTH - RIGHT), Scale(0, top, PLOT, TOP)
    ticks = [(y(share * top), words.show(Value("share", share * top)), not share) for share in QUARTERS]
    marks = [band for course in known for band in _band(course, x, y)]
    marks += [*grid(ticks, LEFT, WIDTH - RIGHT), *_ages(chart, words, x)]
    for course in known:
        marks += [*_steps(course, x, y), *_median(chart, course, x, y)]
    marks += [*pushed(WIDTH - RIGHT + 5, [_end(course, words, y) for course in known], 13)]
    marks += _at_risk(chart, known, words, x)
    height = PLOT + 30 + ROW * (len(known) + 1)
    alt = told(words, words.say(chart.title), [_said(chart, course, words) for course in known])
    return svg.drawing(WIDTH, height, alt, marks, readings=_readings(chart, known, words, x, y))


def _corners(ages: Sequence[float], shares: Sequence[float], x: Scale, y: Scale) -> list[svg.Point]:
    """A step holds until the next age."""
    points = [(x(ages[0]), y(shares[0]))]
    for before, (age, share) in pairwise(zip(ages, shares, strict=True)):
        points += [(x(age), y(before[1])), (x(age), y(share))]
    return points


def _trusted(course: Course) -> int:
    """How many ages have cases enough; at least the first."""
    return max(next((at for at, n in enumerate(course.at_risk) if n < FEW), len(course.ages)), 1)


def _steps(course: Course, x: Scale, y: Scale) -> list[str]:
    until, tone = _trusted(course), TONES[course.tone][0]
    sure = _corners(course.ages[: until + 1], course.shares[: until + 1], x, y)
    marks = [svg.line(sure, tone, WEIGHTS[course.tone])] if len(sure) > 1 else [svg.dot(sure[0], "b", 3)]
    if until + 1 < len(course.ages):
        marks.append(svg.line(_corners(course.ages[until:], course.shares[until:], x, y), tone, 1.4, "2 2"))
    return marks


def _band(course: Course, x: Scale, y: Scale) -> list[str]:
    """The range of chance as far as the cases are enough."""
    until = _trusted(course)
    if not course.low or until < 2:
        return []
    high = _corners(course.ages[:until], course.high[:until], x, y)
    low = _corners(course.ages[:until], course.low[:until], x, y)
    return [svg.area(high, low), svg.line(high, "lr", 0.6, "1 1.5"), svg.line(low, "lr", 0.6, "1 1.5")]


def _top(chart: Survival, known: Sequence[Course]) -> float:
    """The end of the scale: of those left all; of those who got there a round share above the highest."""
    highest = max((share for course in known for share in (*course.shares, *course.high)), default=1.0)
    return 1.0 if chart.counts == "left" else next(top for top in TOPS if highest <= top or top == 1.0)


def median(course: Course, counts: str = "left") -> float | None:
    """The age at which half are left, or fewer (or have got there, or more); None if it is not reached."""
    met = (share <= 0.5 if counts == "left" else share >= 0.5 for share in course.shares)
    return next((age for age, half in zip(course.ages, met, strict=True) if half), None)


def _median(chart: Survival, course: Course, x: Scale, y: Scale) -> Iterator[str]:
    if (age := median(course, chart.counts)) is not None:
        yield svg.line([(LEFT, y(0.5)), (x(age), y(0.5)), (x(age), PLOT)], "li", 0.7, "1 2")


def _end(course: Course, words: Words, y: Scale) -> tuple[float, str, str]:
    last = y(course.shares[-1])
    return (last, f"{words.show(Value('share', course.shares[-1]))} {_short(course, words)}", TONES[course.tone][1])


def _short(course: Course, words: Words) -> str:
    return clip(words.say(course.name), RIGHT - 34)


def _ages(chart: Survival, words: Words, x: Scale) -> list[str]:
    numbers = [
        svg.text((x(float(tick.value or 0)), PLOT + 13), words.show(tick), "m", "middle") for tick in chart.ticks
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    return [*numbers, svg.text((middle, PLOT + 26), words.say(chart.age), "m", "middle")]


def _at_risk(chart: Survival, known: Sequence[Course], words: Words, x: Scale) -> list[str]:
    """Below each age, how many were followed so far: without that the end of a curve says more than it knows."""
    marks = [svg.text((0, PLOT + 40), words.say(Message("survival.at_risk")), "m")]
    for row, course in enumerate(known, 1):
        for tick in chart.ticks:
            n = followed(course, float(tick.value or 0))
            if n is not None:
                spot = (x(float(tick.value or 0)), PLOT + 40 + row * ROW)
                marks.append(svg.text(spot, words.formats.num(n), TONES[course.tone][1], "middle"))
    return marks


def followed(course: Course, age: float) -> int | None:
    """How many were at risk at an age; None beyond the last that is known."""
    known = [n for at, n in zip(course.ages, course.at_risk, strict=True) if at <= age]
    return known[-1] if known and age <= course.ages[-1] else None


def _said(chart: Survival, course: Course, words: Words) -> str:
    """The finding: how many are left at the end, and when half were."""
    end = {"share": Value("share", course.shares[-1]), "age": Value("number", course.ages[-1])}
    stem = STEMS[chart.counts]
    said = words.say(Message(f"{stem}.end", end))
    if (age := median(course, chart.counts)) is not None:
        said += words.language.gettext("; ") + words.say(Message(f"{stem}.median", {"age": Value("number", age)}))
    return named(words, words.say(course.name), said)


def _readings(chart: Survival, known: Sequence[Course], words: Words, x: Scale, y: Scale) -> list[svg.Reading]:
    found = []
    for course in known:
        name = f"{words.say(course.name)}, " if len(known) > 1 else ""
        for age, share, n in zip(course.ages, course.shares, course.at_risk, strict=True):
            said = words.say(
                Message(f"{STEMS[chart.counts]}.at", {"share": Value("share", share), "n": Value("count", n)})
            )
            found.append((x(age), y(share), named(words, f"{name}{words.formats.num(age)}", said)))
    return sorted(found)
