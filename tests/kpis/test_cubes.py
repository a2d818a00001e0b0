"""What a cube holds: every cell a KPI is scored in, and none that nobody asks for."""

from include.kpis import KPIS
from include.kpis.cubes import Cube, plan, source
from include.kpis.cuts import CITY, bits, cuts, fits
from include.kpis.grouping import cube_sql
from include.kpis.rules import readings

OF_LEADS = ("day", "region", "channel", "country", "subdivision", "city", "rep", "stage")


def cube(*kpis: str) -> Cube:
    """The one cube that the numerators of `kpis` are read from."""
    (found,) = plan(KPIS[name] for name in kpis).cubes.values()
    return found


def test_every_kpi_finds_each_grain_and_cut_the_interface_lists() -> None:
    made = plan(KPIS.values()).cubes

    for kpi in KPIS.values():
        read = readings(kpi)
        for part in read.parts:
            have = set(made[source(part)].levels)
            listed = {(grain, cut) for grain in kpi.grains for cut in cuts(kpi) if fits(cut, grain, is_recent=False)}
            assert listed <= have, kpi.id


def test_a_grain_that_no_kpi_of_a_cube_has_is_not_in_it() -> None:
    """Years and rolling months have the most cells, and few KPIs have them."""
    assert {grain for grain, _ in cube("leads_created", "mql_count").levels} == {"day", "week", "month", "quarter"}


def test_cities_are_counted_in_the_latest_months_alone() -> None:
    leads = cube("leads_created")

    assert [grain for grain, cut in leads.levels if cut == CITY] == ["month"]
    assert cube_sql(leads, OF_LEADS, own=None).count("and is_recent") == 1


def test_each_cut_has_a_number_of_its_own() -> None:
    leads = cube("leads_created")

    assert len({bits(cut) for cut in leads.cuts}) == len(leads.cuts)
