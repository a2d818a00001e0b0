"""A declaration that names what is not there fails `make check` with its file, its id and the reason."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from bin.declarations import faults, main
from bin.environment import ROOT
from include.company import load
from include.kpis import KPIS, Kpi, calendar
from include.kpis.kpi import DERIVED
from include.kpis.materialise import materialise
from include.kpis.measure import count, money, total
from include.kpis.relations import facts
from include.lake import Lake

WIN_RATE = KPIS["win_rate"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A night of a lake in which nothing has landed."""
    with closing(Lake(tmp_path_factory.mktemp("lake")).connect()) as connection:
        calendar.prepare(connection, load(ROOT / "config"), date(2026, 10, 31))
        materialise(connection, facts())
        yield connection


@pytest.mark.parametrize(
    ("kpi", "told"),
    [
        (replace(WIN_RATE, numerator=count("deels")), "there is no fact 'deels' in include/kpis/facts/"),
        (replace(WIN_RATE, numerator=total("deals", "amuont")), 'deals.sql cannot be read so: Binder Error: Ref'),
        (replace(WIN_RATE, numerator=money("deals", "worth")), 'Referenced column "worth_region" not found'),
        (replace(WIN_RATE, numerator=count("deals", "stauts = 'won'")), 'Referenced column "stauts" not found'),
        (replace(WIN_RATE, numerator=count("deals", on="closed")), 'does not have a column named "closed"'),
        (replace(WIN_RATE, lasting=total("stage_visits", "weeks")), 'stage_visits.sql cannot be read so'),
        (replace(WIN_RATE, unit="bananas"), "the unit 'bananas' is none of ratio, money, count"),
        (replace(WIN_RATE, by=("chanel",)), "'chanel' is none of region, stage, channel"),
        (replace(WIN_RATE, grains=("fortnight",)), "'fortnight' is none of day, week"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(kpi: Kpi, told: str, empty: duckdb.DuckDBPyConnection) -> None:
    (fault,) = faults([kpi], empty)
    assert fault.startswith("include/kpis/funnel.py, win_rate: ")
    assert told in fault


def test_a_kpi_derived_from_itself_names_the_way_round(empty: duckdb.DuckDBPyConnection) -> None:
    above = replace(WIN_RATE, id="above", rule=DERIVED)
    below = replace(WIN_RATE, id="below", rule=DERIVED, numerator=above)
    object.__setattr__(above, "numerator", below)  # frozen: a declaration cannot, two that import each other might
    (fault,) = faults([above], empty)
    assert fault.endswith("it is derived from itself: above from below from above")


def test_all_that_is_declared_is_there() -> None:
    assert main() == 0
