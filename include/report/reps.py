"""Sales reps of a team (regions, in the company's report): what each did and sold, and whether a win rate differs from
the team's by more than chance.

Nobody is ranked by a rate: the first table is sorted by money won, the second by how many deals were decided, and a rep
stands out beyond the 99.8% limits only, since of thirty alike one or two lie beyond those of 95%.
"""

from include.report import place_tables
from include.report.cells import Cell, Cut, added
from include.report.figures import Message, Value
from include.report.material import NOBODY, Material
from include.report.periods import year_to
from include.report.place import RATE, Place
from include.report.section import Block
from include.report.selection import OF_REPS
from include.report.statistics import Z998, limits
from include.report.status import trust
from include.report.tables import Bar, Column, Entry, Row, Table

SHOWN = tuple(kpi for kpi in OF_REPS if kpi != RATE)
MOST = 30
"""Reps with a row of their own; the rest share one."""
LEAST = 3
"""So few reps with enough cases make no funnel."""


def ranked(material: Material) -> list[Place]:
    """Who did or sold anything this month, by money won; who is no one comes last."""
    found = [(name, cut) for name, cut in _cuts(material) if any(material.number(kpi, **cut) for kpi in SHOWN)]

    def weight(each: tuple[Value, Cut]) -> tuple[bool, float, float, str]:
        name, cut = each
        sold, met = (material.number(kpi, **cut) for kpi in ("bookings", "meetings_held"))
        return (name.value in NOBODY, -sold, -met, str(name.value))

    mean = material.cells.total(RATE, year_to(material.day))
    return [_rated(material, name, cut, mean) for name, cut in sorted(found, key=weight)]


def _cuts(material: Material) -> list[tuple[Value, Cut]]:
    if material.region.is_company:
        return [(Value("region", name), Cut(region=name)) for name in material.cells.members("region", *SHOWN)]
    return [(material.rep(id_), Cut(rep=id_)) for id_ in material.cells.members("rep", *SHOWN)]


def _rated(material: Material, name: Value, cut: Cut, mean: Cell | None) -> Place:
    rate = material.cells.total(RATE, year_to(material.day), **cut)
    return Place(name, cut, rate, _verdict(rate, mean), None if mean is None else mean.value)


def _verdict(rate: Cell | None, mean: Cell | None) -> str:
    standing = trust(rate)
    if standing is not None or rate is None or rate.value is None or not rate.n:
        return "few" if standing == "few" else "none"
    if trust(mean) or mean is None or mean.value is None:
        return "none"
    low, high = limits(mean.value, rate.n, Z998)
    return "below" if rate.value < low else "above" if rate.value > high else "inside"


def blocks(material: Material, found: list[Place]) -> tuple[tuple[Block, ...], ...]:
    """What each did; in a team's report also the win rates against the limits of chance."""
    shown = found[:MOST]
    rows: list[tuple[Block, ...]] = [(_volumes(material, shown, found[MOST:]),)]
    judged = sorted((each for each in shown if each.name.value not in NOBODY), key=lambda each: -_cases(each))
    if not material.region.is_company and any(each.rate is not None for each in judged):
        mean = material.cells.total(RATE, year_to(material.day))
        plot, rates = (build(material, judged, mean, "reps") for build in (place_tables.plot, place_tables.rates))
        rows.append((plot, rates) if plot else (rates,))  # type: ignore[arg-type]
    return tuple(rows)


def _cases(rep: Place) -> int:
    return (rep.rate.n or 0) if rep.rate is not None else 0


def _volumes(material: Material, found: list[Place], rest: list[Place]) -> Table:
    whose = "regions" if material.region.is_company else "reps"
    spans = {"now": Value("span", str(material.frame.now)), "currency": Value("data", material.region.currency)}
    top = max((material.number(SHOWN[0], **each.cut) for each in found), default=0.0)
    return Table(
        title=Message(f"reps.title.{whose}"),
        about=Message("reps.about", spans),
        first=Message("column.rep" if whose == "reps" else "column.place"),
        columns=tuple(Column(Message(f"column.{kpi}"), left=kpi == SHOWN[0]) for kpi in SHOWN),
        rows=(
            *(_row(material, each.name, [each.cut], top) for each in found),
            *([_row(material, _others(rest), [each.cut for each in rest], 0.0)] if rest else []),
            _row(material, Value("code", "total"), [{}], 0.0),
        ),
    )


def _others(rest: list[Place]) -> Value | Message:
    return rest[0].name if len(rest) == 1 else Message("chart.rest", {"n": Value("count", len(rest))}, plural="n")


def _row(material: Material, name: Value | Message, cuts: list[Cut], top: float) -> Row:
    def entry(kpi: str) -> Entry:
        cell = material.now(kpi, **cuts[0]) if len(cuts) == 1 else added(material.now(kpi, **cut) for cut in cuts)
        long = 0.0 if cell is None or cell.value is None or kpi != SHOWN[0] or top <= 0 else cell.value / top
        bar = Bar(long, "count") if long > 0 else None
        value = material.column(cell) if material.kpis[kpi].is_ratio else material.volume(kpi, cell)
        return Entry(value, bar, cell="" if cell is None or len(cuts) > 1 else cell.id)

    aside = isinstance(name, Message) or name.value in NOBODY
    return Row(name, tuple(map(entry, SHOWN)), "total" if cuts == [{}] else "aside" if aside else "row")
