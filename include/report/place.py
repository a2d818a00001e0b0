"""A place of a report: which cells are its, and whether its win rate differs from the rest by more than chance."""

from dataclasses import dataclass

from include.report.cells import Cell, Cut
from include.report.figures import Value
from include.report.material import NOBODY, Material
from include.report.periods import year_to
from include.report.statistics import limits
from include.report.status import trust

VOLUMES = ("leads_created", "sql_count", "deals_won", "bookings")
COUNTED = (*VOLUMES, "ad_spend")
RATE = "win_rate"


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


def ranked(material: Material) -> list[Place]:
    """Every place with a lead, a deal or a cost, by leads; what has no place comes last."""
    return _ranked(material, _cuts(material))


def countries(material: Material) -> list[Place]:
    """The countries, by leads, where they say more than `ranked`: several of a team that lists what lies inside them;
    the company's, where they are not one for each region."""
    if not material.region.is_company:
        inside = {country for country, _ in material.cells.subdivisions(*VOLUMES)}
        names: list[tuple[str | None, str]] = [(None, each) for each in material.cells.members("country", *VOLUMES)]
        names = names if inside else []
    else:
        names = list(material.cells.pairs("region", "country", *VOLUMES))
    found = _ranked(material, [(Value("place", country), _country(region, country)) for region, country in names])
    known = [place for place in found if place.name.value not in NOBODY]
    regions = [name for name in material.cells.members("region", *VOLUMES) if name not in NOBODY]
    least = len(regions) if material.region.is_company else 1
    return found if len(known) > least else []


def _country(region: str | None, country: str) -> Cut:
    return Cut(country=country, subdivision=None) if region is None else Cut(region=region, country=country)


def _ranked(material: Material, cuts: list[tuple[Value, Cut]]) -> list[Place]:
    found = [(name, cut) for name, cut in cuts if any(material.number(kpi, **cut) for kpi in COUNTED)]

    def weight(place: tuple[Value, Cut]) -> tuple[bool, float, str]:
        name, cut = place
        return (name.value in NOBODY, -material.number("leads_created", **cut), str(name.value))

    mean = material.cells.total(RATE, year_to(material.day))
    return [_place(material, name, cut, mean) for name, cut in sorted(found, key=weight)]


def _cuts(material: Material) -> list[tuple[Value, Cut]]:
    """The cuts a report lists: regions (company), else subdivisions, else countries where there is no finer place."""
    if material.region.is_company:
        return [(Value("region", name), Cut(region=name)) for name in material.cells.members("region", *COUNTED)]
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
