"""Places: where leads come from and deals are won; regions in the company's report, subdivisions in a team's."""

from include.report import place_tables
from include.report.cells import Cell
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.periods import year_to
from include.report.place import RATE, VOLUMES, Place, countries, ranked
from include.report.section import Block, Section

MOST = 18
"""Places with a row of their own, by leads; the rest share one."""


def places(material: Material) -> Section:
    """The places of the month so far by leads, with their win rate of twelve months."""
    found = ranked(material)
    shown, rest = found[:MOST], len(found) - MOST
    mean = material.cells.total(RATE, year_to(material.day))
    plot = place_tables.plot(material, shown, mean)
    rates = place_tables.rates(material, shown, mean)
    more = (Message("places.note.more", {"n": Value("count", rest)}, plural="n"),) if rest > 0 else ()
    return Section(
        id="places",
        lead=_lead(material, found),
        rows=(*_volumes(material, shown, found[MOST:]), (plot, rates) if plot else (rates,)),
        notes=(*more, Message("places.note")),
    )


def _volumes(material: Material, shown: list[Place], rest: list[Place]) -> list[tuple[Block, ...]]:
    """From large to small: countries and what lies inside them, or regions and their countries."""
    tables = [place_tables.volumes(material, shown, rest)]
    if found := countries(material):
        tables.append(place_tables.volumes(material, found[:MOST], found[MOST:], "places.title.countries"))
    return [(table,) for table in (tables if material.region.is_company else reversed(tables))]


def _lead(material: Material, found: list[Place]) -> Message:
    low = [place for place in found if place.verdict == "below"]
    high = [place for place in found if place.verdict == "above"]
    if not found:
        return Message("lead.missing" if material.gone(VOLUMES[0]) else "places.lead.none")
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
