"""Charts over plain numbers: what they draw, what they say in their stead, and what they do with the odd ones."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from include.kpis import KPIS
from include.report.attainment import attainment
from include.report.axes import clip, ends, wide
from include.report.bars import MOST, bars, funnel, top
from include.report.blocks import Attained, Bars, Course, Funnel, Move, Ranked, Reached, Summed, Survival, Waterfall
from include.report.bridge import waterfall
from include.report.charts import lines
from include.report.figures import NOTHING, Message, Value
from include.report.funnel_plot import FunnelPlot, Limits, Point
from include.report.lines import Line, Lines
from include.report.plot import funnel_plot
from include.report.scales import highest
from include.report.survival import followed, median, survival
from include.report.words import Words
from tests.report import synthetic

SVG = "{http://www.w3.org/2000/svg}"
TITLE, ABOUT = Message("channels.title"), Message("channels.note")
AGE = Message("column.first_payment")


@pytest.fixture(scope="module")
def words() -> Words:
    return Words("en_MY", "MYR", synthetic.company(), KPIS)


def drawn(chart: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(chart)


def texts(chart: Markup) -> list[str]:
    return [each.text or "" for each in drawn(chart).iter(f"{SVG}text")]


def alt(chart: Markup) -> str:
    first = drawn(chart)[0]
    assert first.tag == f"{SVG}title"
    return (first.text or "").replace("\N{NO-BREAK SPACE}", " ")


def boxes(chart: Markup, colour: str) -> list[ElementTree.Element]:
    return [each for each in drawn(chart).iter(f"{SVG}rect") if each.get("fill") == f"var(--{colour})"]


def inside(chart: Markup) -> bool:
    """No box or label begins left of the drawing or below it, no box ends beyond it."""
    tree = drawn(chart)
    _, _, width, height = map(float, tree.attrib["viewBox"].split())
    ends = [float(each.attrib["x"]) + float(each.attrib["width"]) for each in tree.iter(f"{SVG}rect")]
    lows = [float(each.attrib["y"]) for each in tree.iter(f"{SVG}text")]
    lefts = [float(each.attrib["x"]) for each in tree.iter() if "x" in each.attrib]
    return max([0.0, *ends]) <= width and max(lows) <= height and min(lefts) >= 0


def named(at: int, number: float | None, **more: object) -> Ranked:
    shown = Value("count", number)
    return replace(Ranked(Value("data", f"Channel {at}"), number, shown), **more)  # type: ignore[arg-type]


def moves(*numbers: float) -> Waterfall:
    """An opening, gains and losses by sign, and the closing they add up to."""
    kinds = ["level", *("loss" if number < 0 else "gain" for number in numbers[1:]), "level"]
    ids = ["moves.new_mrr"] * len(kinds)
    every = [*numbers, sum(numbers)]
    return Waterfall(
        TITLE,
        ABOUT,
        tuple(
            Move(Message(id_), kind, each, Value("move", each))
            for id_, kind, each in zip(ids, kinds, every, strict=True)
        ),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    "numbers",
    [(100, -300, -50), (-200, -100, 20), (0, 0, 0), (500, -500), (0, 900), (1e9, -3, 2)],
    ids=["through zero", "all below", "nothing", "to zero", "from zero", "tiny moves"],
)
def test_a_waterfall_may_go_below_zero(numbers: Sequence[float], words: Words) -> None:
    chart = waterfall(moves(*numbers), words)
    assert inside(chart)
    assert len(boxes(chart, "paper")) == sum(number < 0 for number in numbers[1:])
    assert "nan" not in chart
    levels = list(accumulate(numbers))
    height = 23 * (len(numbers) + 1) + 2
    zero = re.findall(rf'd="M[\d.]+ 0L[\d.]+ {height}"', chart)
    assert len(zero) == (min(levels) <= 0 <= max(levels))


def test_one_bar_is_a_bar(words: Words) -> None:
    chart = bars(Bars(TITLE, ABOUT, (named(1, 7),)), words)
    assert len(boxes(chart, "blue")) == 1
    assert inside(chart)
    assert alt(chart).endswith("Channel 1: 7")


def test_five_hundred_bars_are_twenty_and_a_row_for_the_rest_that_says_so(words: Words) -> None:
    every = [named(at, 1000 - at) for at in range(500)]
    first, rest = top(every)
    chart = bars(Bars(TITLE, ABOUT, first, rest), words)
    assert len(boxes(chart, "blue")) == MOST
    assert boxes(chart, "grey") == []
    assert rest is not None
    assert sum(bar.number or 0 for bar in (*first, rest)) == sum(bar.number or 0 for bar in every)
    assert "480 others" in texts(chart)
    assert "480 others: 355,440" in alt(chart)
    assert inside(chart)


def test_a_rest_on_the_scale_has_a_grey_bar(words: Words) -> None:
    first, rest = top([named(1, 90), *(named(at, 1) for at in range(30))])
    assert len(boxes(bars(Bars(TITLE, ABOUT, first, rest), words), "grey")) == 1


def test_a_few_bars_have_no_rest() -> None:
    assert top([named(1, 1)]) == ((named(1, 1),), None)


def test_a_rest_that_nobody_knows_is_not_nought() -> None:
    _, rest = top([named(at, None) for at in range(30)])
    assert rest is not None
    assert rest.number is None


def test_bars_without_a_number_say_why(words: Words) -> None:
    chart = bars(Bars(TITLE, ABOUT, (named(1, None, status="missing"), named(2, None))), words)
    assert boxes(chart, "blue") == []
    assert {"Missing", "–"} <= set(texts(chart))


def test_no_bars_say_so(words: Words) -> None:
    chart = bars(Bars(TITLE, ABOUT, ()), words)
    assert texts(chart) == ["Nothing was counted here in this period."]
    assert "Nothing was counted" in alt(chart)


def test_bars_below_zero_are_hollow(words: Words) -> None:
    chart = bars(Bars(TITLE, ABOUT, (named(1, 10), named(2, -5))), words)
    assert [float(each.attrib["width"]) for each in boxes(chart, "paper")] == [
        pytest.approx(float(boxes(chart, "blue")[0].attrib["width"]) / 2, abs=0.1)
    ]


def test_a_long_name_is_cut_and_a_chinese_letter_counts_for_two() -> None:
    assert clip("Kuala Lumpur", 100) == "Kuala Lumpur"
    cut = clip("北" * 40, 100)
    assert cut.endswith("…")
    assert wide(cut) * 11 * 0.56 <= 100 + 11
    assert clip("", 10) == ""


def stages(*numbers: tuple[float | None, float]) -> Funnel:
    kinds = ("lead", "mql", "sql", "opportunity", "won")
    return Funnel(
        TITLE,
        ABOUT,
        tuple(
            Reached(
                Value("stage", kind), number, Value("count", number), inferred, Value("percent", 0.25) if at else None
            )
            for at, (kind, (number, inferred)) in enumerate(zip(kinds, numbers, strict=False))
        ),
    )


def test_a_funnel_stripes_what_is_inferred_and_says_it(words: Words) -> None:
    chart = funnel(stages((1000, 0), (400, 100), (90, 0)), words)
    widths = [float(each.attrib["width"]) for each in boxes(chart, "blue")]
    assert widths[1] / widths[0] == pytest.approx(0.3, abs=0.01)
    assert "400, 25.0%, 100 of them inferred" in alt(chart)
    assert inside(chart)


def test_a_funnel_of_nothing_is_no_error(words: Words) -> None:
    for chart in (funnel(stages((None, 0), (None, 0)), words), funnel(stages((0, 0)), words), funnel(stages(), words)):
        assert boxes(chart, "blue") == []
        assert texts(chart)


def course(shares: Sequence[float], at_risk: Sequence[int], tone: str = "value") -> Course:
    low, high = ([max(min(share + by, 1), 0) for share in shares] for by in (-0.05, 0.05))
    return Course(
        Message("trend.grr"),
        tuple(map(float, range(len(shares)))),
        tuple(shares),
        tuple(at_risk),
        tuple(low),
        tuple(high),
        tone,  # type: ignore[arg-type]
    )


def curves(*courses: Course) -> Survival:
    return Survival(TITLE, ABOUT, courses, tuple(Value("count", age) for age in range(0, 13, 3)), AGE)


def test_a_survival_curve_goes_down_in_steps_and_counts_who_is_followed(words: Words) -> None:
    chart = survival(curves(course([1, 0.9, 0.7, 0.4], [80, 60, 40, 25])), words)
    path = next(line.attrib["d"] for line in drawn(chart).iter(f"{SVG}path") if line.get("stroke") == "var(--blue)")
    points = [tuple(map(float, each.split())) for each in path[1:].split("L")]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert [point[1] for point in points] == sorted(point[1] for point in points)
    assert {"80", "25"} <= set(texts(chart))
    assert "40% left after 3; half left after 3" in alt(chart)
    assert inside(chart)


def test_a_curve_is_dashed_where_few_are_left(words: Words) -> None:
    chart = survival(curves(course([1, 0.9, 0.8, 0.7], [80, 60, 12, 4])), words)
    dashes = [
        line.get("stroke-dasharray") for line in drawn(chart).iter(f"{SVG}path") if line.get("stroke") == "var(--blue)"
    ]
    assert dashes == [None, "2 2"]


@pytest.mark.parametrize("courses", [(), (course([], []),), (course([1], [5]),), (course([1, 1, 1], [0, 0, 0]),)])
def test_a_curve_of_nobody_or_of_one_age_is_drawn_or_says_so(courses: tuple[Course, ...], words: Words) -> None:
    chart = survival(curves(*courses), words)
    known = any(each.ages for each in courses)
    assert ("Nothing was counted" in alt(chart)) != known
    assert inside(chart)


def test_the_median_is_where_half_are_left() -> None:
    assert median(course([1, 0.6, 0.5, 0.2], [9] * 4)) == 2
    assert median(course([1, 0.6], [9] * 2)) is None
    assert followed(course([1, 0.6], [9, 7]), 1) == 7
    assert followed(course([1, 0.6], [9, 7]), 2) is None


def plotted(*points: Point, limits: tuple[Limits, ...] = ()) -> FunnelPlot:
    ticks = tuple(Value("share", part / 10) for part in range(6))
    return FunnelPlot(TITLE, ABOUT, points, Value("percent", 0.25), ticks, limits)


def point(at: int, n: int, rate: float, verdict: str = "inside") -> Point:
    return Point(Value("data", f"Place {at}"), n, rate, Value("percent", rate), verdict)


def test_a_funnel_plot_is_drawn_by_the_scores_own_limits(words: Words) -> None:
    limits = tuple(Limits(n, 0.2, 0.3, 0.1, 0.4) for n in (50, 400))
    chart = funnel_plot(plotted(point(1, 200, 0.5, "above"), limits=limits), words)
    band = next(each.attrib["d"] for each in drawn(chart).iter(f"{SVG}path") if each.get("fill") == "var(--sky)")
    assert band.count("L") == 3
    assert "Place 1 50.0%" in alt(chart)
    assert inside(chart)


def test_five_hundred_places_are_all_drawn_and_four_named(words: Words) -> None:
    points = [
        point(at, 20 + at, 0.9 if at % 9 == 0 else 0.25, "above" if at % 9 == 0 else "inside") for at in range(500)
    ]
    chart = funnel_plot(plotted(*points), words)
    assert len(list(drawn(chart).iter(f"{SVG}circle"))) == sum(each.verdict == "inside" for each in points)
    assert sum("Place" in text for text in texts(chart)) == 4
    assert inside(chart)


def test_no_place_at_all_is_no_error(words: Words) -> None:
    assert inside(funnel_plot(plotted(), words))


def line(values: Sequence[float | None], **more: object) -> Lines:
    known = [value for value in values if value is not None]
    shown = tuple(Value("share", value) for value in (known[:1] + known[-1:])) or (NOTHING, NOTHING)
    one = replace(Line(Message("trend.nrr"), tuple(values), shown, "value", False), **more)  # type: ignore[arg-type]
    months = tuple(Value("month", f"2026-{at + 1:02d}-01") for at in range(len(values)))
    return Lines(TITLE, ABOUT, months, (one,), tuple(Value("share", part) for part in (0, 0.5, 1)))


def test_a_line_has_its_band(words: Words) -> None:
    chart = lines(line([0.5, 0.6, None, 0.7], low=(0.4, 0.5, None, 0.6), high=(0.6, 0.7, None, 0.8)), words)
    assert len([each for each in drawn(chart).iter(f"{SVG}path") if each.get("fill") == "var(--sky)"]) == 1
    assert 'data-at="' in chart


@pytest.mark.parametrize("values", [[None, None, None], [0.5], [None, 0.4]], ids=["nothing", "one month", "one value"])
def test_a_line_of_nothing_or_of_one_point_is_no_error(values: Sequence[float | None], words: Words) -> None:
    chart = lines(line(values), words)
    assert drawn(chart).tag == f"{SVG}svg"
    assert (
        len(list(drawn(chart).iter(f"{SVG}circle"))) == min(sum(value is not None for value in values), 2) or values[-1]
    )


def summed(*sums: float | None) -> Summed:
    days = tuple(Value("date", f"2026-10-{at:02d}") for at in range(1, len(sums) + 1))
    return Summed(days, tuple(Value("money", each) for each in sums))


def attained(**more: object) -> Attained:
    pace = ((0, 0.0), (3, 100.0), (31, 900.0))
    months = (summed(10, 10, 200), summed(*[None] * 20, *range(400, 510, 10)))
    ticks = tuple(Value("money", 200 * at) for at in range(6))
    money = (Value("money", 900), Value("money", 350), Value("money", 1000))
    return replace(Attained(TITLE, ABOUT, *months, 31, pace, *money, ticks), **more)  # type: ignore[arg-type]


def paths(chart: Markup, colour: str) -> list[ElementTree.Element]:
    return [each for each in drawn(chart).iter(f"{SVG}path") if each.get("stroke") == f"var(--{colour})"]


def test_a_month_adds_up_from_nothing_and_opens_into_what_may_come(words: Words) -> None:
    chart = attainment(attained(), words)
    middle, won = paths(chart, "blue")
    assert won.attrib["d"].count("L") == 3  # from zero over three days
    assert won.get("stroke-dasharray") is None
    assert middle.get("stroke-dasharray")
    assert len([each for each in drawn(chart).iter(f"{SVG}path") if each.get("fill") == "var(--sky)"]) == 1
    assert paths(chart, "grey")[0].attrib["d"].count("L") == 10  # only the days that are known
    assert alt(chart).endswith("Target: RM 900; All won: RM 1,000; Likely: RM 350; Won: RM 200; October: RM 500")
    assert "3 October: RM\N{NO-BREAK SPACE}200" in chart
    assert inside(chart)


def test_without_a_forecast_there_is_no_band(words: Words) -> None:
    chart = attainment(attained(likely=NOTHING, most=NOTHING), words)
    assert len(paths(chart, "blue")) == 1
    assert "var(--sky)" not in chart
    assert "Likely" not in chart


def test_without_a_target_there_is_no_pace(words: Words) -> None:
    bare = attained(likely=NOTHING, most=NOTHING, target=NOTHING, pace=())
    chart = attainment(bare, words)
    assert paths(chart, "ink") == []
    assert alt(chart).endswith(". Won: RM 200; October: RM 500")


def test_names_at_the_ends_do_not_touch_and_stay_in_the_drawing() -> None:
    for heights in ([170.0] * 5, [5.0] * 5, [20.0, 25.0, 90.0, 160.0, 168.0]):
        marks = ends(0, [(at, f"{at}", "m", "1") for at in heights], 171)
        spots = [float(each.attrib["y"]) for each in map(ElementTree.fromstring, marks)]
        assert all(below - above >= 12.9 for above, below in pairwise(spots))
        assert max(spots) <= 171
        assert min(spots) > 0


def test_what_lies_above_the_scale_is_marked_at_its_edge_and_told(words: Words) -> None:
    far = line([2.5, 0.8, 1.8, 0.9], high=(3.0, 1.0, 2.0, 1.0), low=(2.0, 0.7, 1.6, 0.8))
    chart = lines(far, words)
    marks = [each for each in drawn(chart).iter(f"{SVG}path") if each.get("fill") == "var(--blue)"]
    assert len(marks) == 2
    assert "▲ above the scale: 250%; 180%" in texts(chart)
    assert {"250%", "180%"} <= set(re.findall(r"\d+%", drawn(chart).attrib["data-at"]))
    heights = [
        float(y) for each in drawn(chart).iter(f"{SVG}path") for y in re.findall(r"[\d.]+ ([\d.]+)", each.attrib["d"])
    ]
    assert min(heights) >= 15  # the arrows' tips; no line runs into the title
    assert "above" not in lines(line([0.5, 0.8]), words)


def test_a_scale_gives_the_last_half_year_half_of_its_height() -> None:
    late = [0.5, 0.6, 0.5, 0.6, 0.5, 0.6]
    assert highest([[1.2, *late]]) == 1.2  # fits
    assert highest([[9.0, *late]]) == 1.2
    assert highest([[9.0, *late], [None, 2.0]]) == 4.0  # no line loses its last points
    assert highest([[9.0, *late]], low=0.4) == pytest.approx(0.8)
    assert highest([[9.0, *[None] * 6]]) == 9.0
    assert highest([[None]]) == highest([]) == 0.0


@pytest.mark.parametrize("locale", ["en_MY", "es_ES", "zh_Hans_CN", "ms_MY"])
@pytest.mark.parametrize("top", [900, 25_000, 250_000])
def test_money_along_the_side_has_room_and_is_written_in_one_way(locale: str, top: float) -> None:
    spoken = Words(locale, "MYR", synthetic.company(), KPIS)
    money = tuple(Value("money", top * part / 5) for part in range(6))
    for chart in (
        lines(replace(line([1, 2, top], shown=(money[1], Value("money", 99_999))), ticks=money), spoken),
        attainment(attained(ticks=money), spoken),
    ):
        side = [each for each in drawn(chart).iter(f"{SVG}text") if each.get("text-anchor") == "end"]
        assert len(side) == 6
        assert all(float(each.attrib["x"]) >= wide(each.text or "") * 11 * 0.56 for each in side)
        ends_at = [(each.text or "", float(each.attrib["x"])) for each in drawn(chart).iter(f"{SVG}text")
                   if each.get("font-weight")]  # fmt: skip
        assert all(x + wide(said) * 11 * 0.56 <= 340 for said, x in ends_at)
        assert top < 10_000 or not any(re.search("[.,]000", each.text or "") for each in side)
