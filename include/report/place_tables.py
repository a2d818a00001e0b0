"""The tables and the plot of places."""

from collections.abc import Callable

from include.report.cells import Cell, Cut, added
from include.report.figures import NOTHING, Message, Status, Value
from include.report.funnel_plot import FunnelPlot, Point
from include.report.material import NOBODY, Material
from include.report.place import VOLUMES, Place
from include.report.statistics import interval
from include.report.status import FEW
from include.report.tables import Bar, Column, Entry, Range, Row, Table

BARS = ("leads_created", "bookings")
SPEND = ("ad_spend", "cost_per_lead")
"""Shown where any place has spend of its own; ad platforms often know the country only."""


def volumes(material: Material, found: list[Place], rest: list[Place], title: str = "") -> Table:
    """The places each, the `rest` together, and all; `title` is a phrase in place of the usual."""
    tops = {kpi: max((material.number(kpi, **place.cut) for place in found), default=0.0) for kpi in BARS}
    spent = any(material.number(SPEND[0], **place.cut) for place in [*found, *rest])
    shown = (*VOLUMES, *SPEND) if spent else VOLUMES
    heads = (VOLUMES[0], "change", *shown[1:])
    return Table(
        title=Message(title or ("places.title.regions" if material.region.is_company else "places.title")),
        about=Message(
            "places.about",
            {
                "now": Value("span", str(material.frame.now)),
                "then": Value("span", str(material.frame.previous)),
                "currency": Value("data", material.region.currency),
            },
        ),
        first=Message("column.place"),
        columns=tuple(Column(Message(f"column.{head}"), left=head in BARS) for head in heads),
        rows=(
            *(_volume(material, place.name, [place.cut], shown, tops) for place in found),
            *([_volume(material, _others(rest), [place.cut for place in rest], shown, {})] if rest else []),
            _volume(material, Value("code", "total"), [{}], shown, {}),
        ),
    )


def _others(rest: list[Place]) -> Value | Message:
    if len(rest) == 1:
        return rest[0].name
    return Message("chart.rest", {"n": Value("count", len(rest))}, plural="n")


def _volume(
    material: Material, name: Value | Message, cuts: list[Cut], shown: tuple[str, ...], tops: dict[str, float]
) -> Row:
    def find(kpi: str, at: Callable[..., Cell | None]) -> Cell | None:
        return at(kpi, **cuts[0]) if len(cuts) == 1 else added(at(kpi, **cut) for cut in cuts)

    def entry(kpi: str) -> Entry:
        cell, top = find(kpi, material.now), tops.get(kpi, 0.0)
        bar = Bar(cell.value / top, "count") if cell and cell.value and top > 0 else None
        value = material.volume(kpi, cell) if kpi in VOLUMES else material.column(cell)
        return Entry(value, bar, cell="" if cell is None or len(cuts) > 1 else cell.id)

    leads = VOLUMES[0]
    change = Entry(material.change(find(leads, material.now), find(leads, material.before)))
    return Row(name, (entry(leads), change, *(entry(kpi) for kpi in shown[1:])), _kind(name, cuts))


def _kind(name: Value | Message, cuts: list[Cut]) -> str:
    if cuts == [{}]:
        return "total"
    return "aside" if isinstance(name, Message) or name.value in NOBODY else "row"


def rates(material: Material, found: list[Place], mean: Cell | None, whose: str = "places") -> Table:
    """The rate of each of `found` with its interval and its standing; `whose`: places or reps."""
    found = [place for place in found if place.rate is not None]
    scale = _scale(found)
    heads = ("column.decided", "column.win_rate", "column.interval", "column.status")
    return Table(
        title=Message(f"{whose}.rates.title"),
        about=Message(f"{whose}.rates.about", {"scale": Value("share", scale)}),
        first=Message("column.place" if whose == "places" else "column.rep"),
        columns=tuple(Column(Message(head), left=head in heads[2:]) for head in heads),
        rows=(
            *(_rate(material, place, mean, scale) for place in found),
            _mean(material, mean),
        ),
    )


def _mean(material: Material, mean: Cell | None) -> Row:
    n = Value("count", None if mean is None else mean.n)
    return Row(Value("code", "total"), (Entry(n), Entry(material.written(mean)), Entry(), Entry()), "total")


def _rate(material: Material, place: Place, mean: Cell | None, scale: float) -> Row:
    cell = place.rate
    cases = Entry(Value("count", None if cell is None else cell.n))
    kind = "aside" if place.name.value in NOBODY else "row"
    if cell is None or place.verdict in ("few", "none") or cell.value is None or not cell.n:
        few = Entry(status="few" if place.verdict == "few" else "none")
        return Row(place.name, (cases, Entry(NOTHING), Entry(), few), kind)
    low, high = interval(cell.value * cell.n, cell.n)
    middle = 0.0 if mean is None or mean.value is None else mean.value
    left, right, at, centre = (min(part / scale, 1.0) for part in (low, high, cell.value, middle))
    spread = Range(left, right, at, centre, bad=place.verdict == "below")
    shown = Entry(material.written(cell), cell=cell.id)
    return Row(place.name, (cases, shown, Entry(range=spread), _standing(place.verdict)), kind)


def _standing(verdict: str) -> Entry:
    status: dict[str, Status] = {"inside": "on", "below": "behind", "above": "ahead"}
    return Entry(status=status[verdict], word=Message(f"limits.{verdict}"))


def _scale(found: list[Place]) -> float:
    """The right end of the intervals, a round tenth."""
    rates = [place.rate for place in found if place.verdict in ("inside", "below", "above") and place.rate]
    top = max((interval((cell.value or 0) * (cell.n or 1), cell.n or 1)[1] for cell in rates), default=0.1)
    tenths = -(-top * 10 // 1)
    return min(1.0, (tenths if tenths <= 5 else tenths + tenths % 2) / 10)


def plot(material: Material, found: list[Place], mean: Cell | None, whose: str = "places") -> FunnelPlot | None:
    """The funnel plot, if at least three of `found` have enough cases; `whose`: places or reps."""
    plotted = [place for place in found if place.rate and place.verdict in ("inside", "below", "above")]
    if len(plotted) < 3 or mean is None or mean.value is None:
        return None
    return FunnelPlot(
        title=Message(f"{whose}.plot.title"),
        about=Message(f"{whose}.plot.about", {"least": Value("count", FEW)}),
        points=tuple(_point(material, place) for place in plotted),
        mean=Value("percent", mean.value),
        ticks=_ticks(_scale(found)),
    )


def _ticks(top: float) -> tuple[Value, ...]:
    """Three to six round lines from zero to a round tenth."""
    tenths = round(top * 10)
    step = 0.5 if tenths == 1 else 1 if tenths <= 5 else 2
    return tuple(Value("share", at * step / 10) for at in range(round(tenths / step) + 1))


def _point(material: Material, place: Place) -> Point:
    assert place.rate is not None  # plotted places have a rate
    assert place.rate.value is not None
    return Point(place.name, place.rate.n or 0, place.rate.value, material.written(place.rate), place.verdict)
