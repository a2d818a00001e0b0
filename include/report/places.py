"""Places: where leads come from and deals are won; regions in the company's report, subdivisions in a team's."""

from dataclasses import dataclass

from include.company import UNASSIGNED
from include.report.cells import Cell, Cut
from include.report.figures import NOTHING, Message, Status, Value
from include.report.material import Material
from include.report.periods import year_to
from include.report.report import Bar, Column, Entry, FunnelPlot, Point, Range, Row, Section, Table
from include.report.statistics import interval, limits
from include.report.status import FEW, trust

VOLUMES = ("leads_created", "sql_count", "deals_won", "bookings")
BARS = ("leads_created", "bookings")
SPEND = ("ad_spend", "cost_per_lead")
"""Shown where any place has spend of its own; ad platforms often know the country only."""
RATE = "win_rate"
MOST = 18
"""Rows of the table, by leads; the rest are counted in a note."""
NOBODY = ("unknown", "unallocated", UNASSIGNED)


@dataclass(frozen=True)
class Place:
    """A place: its name, the cut that selects its cells, and its rate of twelve months against the limits of chance."""

    name: Value
    cut: Cut
    rate: Cell | None
    verdict: str
    """inside, below, above, few, or none."""
    mean: float | None = None
    """The rate of all places together."""


def places(material: Material) -> Section:
    """The places of the month so far by leads, with their win rate of twelve months."""
    found = ranked(material)
    shown, rest = found[:MOST], len(found) - MOST
    mean = material.cells.total(RATE, year_to(material.day))
    plot = _plot(material, shown, mean)
    rates = _rates(material, shown, mean)
    more = (Message("places.note.more", {"n": Value("count", rest)}, plural="n"),) if rest > 0 else ()
    return Section(
        id="places",
        lead=_lead(material, found),
        rows=((_volumes(material, shown),), (plot, rates) if plot else (rates,)),
        notes=(*more, Message("places.note")),
    )


def ranked(material: Material) -> list[Place]:
    """Every place with a lead or a deal, by leads; what has no place comes last."""
    found = [(name, cut) for name, cut in _cuts(material) if any(_number(material, kpi, cut) for kpi in VOLUMES)]

    def weight(place: tuple[Value, Cut]) -> tuple[bool, float, str]:
        name, cut = place
        return (name.value in NOBODY, -_number(material, "leads_created", cut), str(name.value))

    mean = material.cells.total(RATE, year_to(material.day))
    return [_place(material, name, cut, mean) for name, cut in sorted(found, key=weight)]


def _cuts(material: Material) -> list[tuple[Value, Cut]]:
    """The cuts a report lists: regions (company), else subdivisions, else countries where there is no finer place."""
    if material.region.is_company:
        return [(Value("region", name), Cut(region=name)) for name in material.cells.members("region", *VOLUMES)]
    inside = material.cells.subdivisions(*VOLUMES)
    cuts: list[tuple[Value, Cut]] = [
        (Value("place", code), Cut(country=country, subdivision=code)) for country, code in inside
    ]
    covered = {country for country, _ in inside}
    for country in material.cells.members("country", *VOLUMES):
        if country not in covered:
            cuts.append((Value("place", country), Cut(country=country, subdivision=None)))
    return cuts


def _place(material: Material, name: Value, cut: Cut, mean: Cell | None) -> Place:
    rate = material.cells.total(RATE, year_to(material.day), **cut)
    return Place(name, cut, rate, _verdict(rate, mean), None if mean is None else mean.value)


def _verdict(rate: Cell | None, mean: Cell | None) -> str:
    standing = trust(rate)
    if standing is not None or rate is None or rate.value is None or not rate.n:
        return "few" if standing == "few" else "none"
    if mean is None or trust(mean) or mean.value is None:
        return "none"
    low, high = limits(mean.value, rate.n)
    return "below" if rate.value < low else "above" if rate.value > high else "inside"


def _lead(material: Material, found: list[Place]) -> Message:
    low = [place for place in found if place.verdict == "below"]
    high = [place for place in found if place.verdict == "above"]
    if not found:
        return Message("places.lead.none")
    if low:
        worst = min(low, key=lambda place: place.rate.value or 0 if place.rate else 0)
        return Message(
            "places.lead.below", {"place": worst.name, "rate": material.written(worst.rate)}, cells=_ids(worst.rate)
        )
    if high:
        best = max(high, key=lambda place: place.rate.value or 0 if place.rate else 0)
        return Message(
            "places.lead.above", {"place": best.name, "rate": material.written(best.rate)}, cells=_ids(best.rate)
        )
    return Message("places.lead.inside")


def _ids(cell: Cell | None) -> tuple[str, ...]:
    return () if cell is None else (cell.id,)


def _volumes(material: Material, found: list[Place]) -> Table:
    tops = {kpi: max((_number(material, kpi, place.cut) for place in found), default=0.0) for kpi in BARS}
    spent = any(_number(material, SPEND[0], place.cut) for place in found)
    shown = (*VOLUMES, *SPEND) if spent else VOLUMES
    heads = (VOLUMES[0], "change", *shown[1:])
    return Table(
        title=Message("places.title.regions" if material.region.is_company else "places.title"),
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
            *(_volume(material, place.name, place.cut, shown, tops) for place in found),
            _volume(material, Value("code", "total"), {}, shown, {}),
        ),
    )


def _volume(material: Material, name: Value, cut: Cut, shown: tuple[str, ...], tops: dict[str, float]) -> Row:
    def entry(kpi: str) -> Entry:
        cell, top = material.now(kpi, **cut), tops.get(kpi, 0.0)
        bar = Bar(cell.value / top, "count") if cell and cell.value and top > 0 else None
        value = material.volume(kpi, cell) if kpi in VOLUMES else material.column(cell)
        return Entry(value, bar, cell="" if cell is None else cell.id)

    leads = VOLUMES[0]
    change = Entry(material.change(material.now(leads, **cut), material.before(leads, **cut)))
    kind = "total" if not cut else "aside" if name.value in NOBODY else "row"
    return Row(name, (entry(leads), change, *(entry(kpi) for kpi in shown[1:])), kind)


def _rates(material: Material, found: list[Place], mean: Cell | None) -> Table:
    scale = _scale(found)
    heads = ("column.decided", "column.win_rate", "column.interval", "column.status")
    return Table(
        title=Message("places.rates.title"),
        about=Message("places.rates.about", {"scale": Value("share", scale)}),
        first=Message("column.place"),
        columns=tuple(Column(Message(head), left=head in heads[2:]) for head in heads),
        rows=(*(_rate(material, place, mean, scale) for place in found), _mean(material, mean)),
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


def _plot(material: Material, found: list[Place], mean: Cell | None) -> FunnelPlot | None:
    """The funnel plot, if at least three places have enough cases."""
    plotted = [place for place in found if place.rate and place.verdict in ("inside", "below", "above")]
    if len(plotted) < 3 or mean is None or mean.value is None:
        return None
    return FunnelPlot(
        title=Message("places.plot.title"),
        about=Message("places.plot.about", {"least": Value("count", FEW)}),
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


def _number(material: Material, kpi: str, cut: Cut) -> float:
    cell = material.now(kpi, **cut)
    return 0.0 if cell is None or cell.value is None else cell.value
