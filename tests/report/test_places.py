"""Places: what lies inside a team's country; its countries too where it has several; the company's where they are not
one for each region."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from include.report.cells import Cell, Cells
from include.report.material import Material
from include.report.places import places
from include.report.tables import Table
from tests.report import synthetic

DAY = date(2026, 10, 31)


def titles(material: Material) -> list[str]:
    return [block.title.id for row in places(material).rows for block in row]


def with_country(material: Material, like: str, region: str, country: str) -> Material:
    """A second country, as large as `like` is; inside it, nothing is known."""

    def all_of() -> Iterator[Cell]:
        for cell in material.cells.all():
            yield cell
            *start, _, stands_in, inside, rep = cell.key
            of_it = (stands_in, inside, rep, *cell.key[6:8]) == (like or None, None, None, None, None)
            if of_it and cell.key[8] == (cell.key[8] if like else region):
                yield replace(cell, key=(*start, region, country, None, None))

    return replace(material, cells=Cells(all_of(), None if material.region.is_company else material.region.id))


def test_a_team_of_one_country_lists_what_lies_inside(malaysia: Material) -> None:
    assert titles(malaysia)[0] == "places.title"


def test_a_team_of_two_countries_lists_both_before_what_lies_inside(malaysia: Material) -> None:
    made = with_country(malaysia, "MY", "malaysia", "SG")
    assert titles(made)[:2] == ["places.title.countries", "places.title"]
    table = places(made).rows[0][0]
    assert isinstance(table, Table)
    assert {row.head.value for row in table.rows if not hasattr(row.head, "id")} == {"MY", "SG", "total"}
    leads = {row.head.value: row.entries[0].value for row in table.rows if not hasattr(row.head, "id")}
    assert leads["MY"] == leads["SG"]


def test_the_company_lists_countries_where_they_are_not_one_for_each_region() -> None:
    made = synthetic.material(DAY, "company")
    assert titles(made)[0] == "places.title.regions"
    for region, country in (("malaysia", "MY"), ("malaysia", "SG"), ("spain", "ES"), ("mexico", "MX"),
                            ("china", "CN"), ("united_states", "US")):  # fmt: skip
        made = with_country(made, "", region, country)
    assert titles(made)[:2] == ["places.title.regions", "places.title.countries"]
