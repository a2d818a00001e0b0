"""The scores of the sample company: a named cell for every status, unique keys, and sums that agree across files."""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from include.company import load
from include.kpis import KPIS, Kpi, decomposition, limits
from include.kpis.arithmetic import Operation
from include.kpis.measure import Measure
from include.kpis.schema import KEY, STATUSES
from tests.end_to_end.conftest import MID_MONTH, MONTH_END, ROOT, Sample

pytestmark = pytest.mark.slow

COMPANY = load(ROOT / "config")
REGIONS_OF = {night.id: night.regions for night in COMPANY.nights.values()}
CELL = ("stage", "channel", "country", "subdivision", "city", "rep", "breakdown", "member")


OF_THE_WHOLE = [name for name, kpi in KPIS.items() if kpi.rule.of == "place"]
NOT_AGAINST_THE_COMPANY = (
    f"not list_contains({OF_THE_WHOLE}, kpi) and (not list_contains({[*limits.STATISTICS, *decomposition.STATISTICS]}, "
    "statistic) or rep is not null or (channel is not null or country is not null) and statistic like '%effect')"
)
"""Scores of a region that do not set it against the company: those that do are in the company's night alone."""


def adds_up(kpi: Kpi) -> bool:
    """Whether its numerator and denominator are sums of what regions hold."""
    return not (kpi.rule.of or kpi.rule.ages or kpi.rule.horizon_months) and all(
        is_sum(term) for term in (kpi.numerator, kpi.denominator) if term is not None
    )


def is_sum(term: Any) -> bool:
    if isinstance(term, Operation):
        scaled = term.sign == "*" and isinstance(term.left, int)
        return (scaled or (term.sign in "+-" and is_sum(term.left))) and is_sum(term.right)
    if isinstance(term, Kpi):
        return term.denominator is None and adds_up(term)
    return isinstance(term, Measure) and term.kind != "distinct"


class Cell(NamedTuple):
    """A score of a region (None: the company) without any further cut, in the region's own money."""

    kpi: str
    region: str | None
    grain: str
    first: str
    last: str


CELLS = {
    MONTH_END: {
        # China counts no visitors: no source of web sessions serves it.
        Cell("visitors", "china", "month", "2026-10-01", "2026-10-31"): "missing",
        Cell("visitor_to_lead_rate", "china", "month", "2026-10-01", "2026-10-31"): "missing",
        # Two months before December 2024 there are no data that its rate could be of.
        Cell("mql_to_sql_rate_lagged", None, "month", "2024-12-01", "2024-12-31"): "null",
        Cell("pipeline_coverage", "china", "month", "2026-09-01", "2026-09-30"): "target_met",
        # Leads of October have until the end of November to become MQLs.
        Cell("lead_to_mql_rate", "spain", "month", "2026-10-01", "2026-10-31"): "immature",
        Cell("leads_created", "malaysia", "quarter", "2026-10-01", "2026-10-31"): "partial",
        Cell("leads_created", "mexico", "month", "2026-10-01", "2026-10-31"): "ok",
    },
    MID_MONTH: {
        Cell("visitors", "china", "month", "2026-09-01", "2026-09-30"): "missing",
        Cell("mql_to_sql_rate_lagged", "united_states", "month", "2024-11-01", "2024-11-30"): "null",
        Cell("pipeline_coverage", "china", "month", "2026-09-01", "2026-09-30"): "target_met",
        Cell("lead_to_mql_rate", None, "month", "2026-10-01", "2026-10-14"): "immature",
        Cell("leads_created", "mexico", "month", "2026-10-01", "2026-10-14"): "partial",
        Cell("leads_created", "mexico", "month", "2026-09-01", "2026-09-30"): "ok",
    },
}


def scores(sample: Sample, day: str, night: str) -> duckdb.DuckDBPyRelation:
    return read(sample.data / "lake" / "scores" / f"day={day}" / f"night={night}" / "data.parquet")


def read(file: Path) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().sql(f"select * from read_parquet('{file}', hive_partitioning = false)")


def uncut(cell: Cell, known: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    """The rows of a cell: one, or one in each of its region's two currencies."""
    region = "region is null" if cell.region is None else f"region = '{cell.region}'"
    wanted = (
        f"statistic = 'value' and kpi = '{cell.kpi}' and {region} and grain = '{cell.grain}' "
        f"and period_start = date '{cell.first}' and period_end = date '{cell.last}'"
    )
    uncut_by = " and ".join(f"{name} is null" for name in CELL)
    return list(known.filter(f"{wanted} and {uncut_by}").to_arrow_table().to_pylist())


@pytest.mark.parametrize(("day", "cell"), [(day, cell) for day, cells in CELLS.items() for cell in cells])
def test_the_cell_has_the_status_that_its_reason_gives_it(sample: Sample, day: str, cell: Cell) -> None:
    found = uncut(cell, scores(sample, day, "americas"))
    assert {row["status"] for row in found} == {CELLS[day][cell]}


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
def test_the_named_cells_show_every_status(day: str) -> None:
    assert set(CELLS[day].values()) == set(STATUSES)


@pytest.mark.parametrize(("day", "cell"), [(day, cell) for day, cells in CELLS.items() for cell in cells])
def test_only_what_is_known_has_a_value(sample: Sample, day: str, cell: Cell) -> None:
    for row in uncut(cell, scores(sample, day, "americas")):
        said = row["status"] in ("immature", "partial", "ok")
        assert (row["value"] is not None) == said, row
        if row["status"] == "missing":
            assert (row["numerator"], row["denominator"], row["n"]) == (None, None, 0)
        if row["status"] == "target_met":
            assert row["denominator"] <= 0


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize("night", REGIONS_OF)
def test_key_columns_are_unique(sample: Sample, day: str, night: str) -> None:
    known = scores(sample, day, night)
    doubled = known.aggregate(f"{', '.join(KEY)}, count(*) as rows").filter("rows > 1").limit(3)
    assert known.count("*").fetchall() != [(0,)]
    assert doubled.fetchall() == []


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize("night", REGIONS_OF)
def test_no_period_of_a_report_ends_after_its_day(sample: Sample, day: str, night: str) -> None:
    ((last,),) = scores(sample, day, night).max("period_end").fetchall()
    assert last == date.fromisoformat(day)


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize("night", ["asia", "europe"])
def test_a_night_of_its_own_scores_its_regions_as_the_company_night_does(sample: Sample, day: str, night: str) -> None:
    """The later night knows changes that came after a region's midnight, and must not let them count."""
    own, company = (
        scores(sample, day, name).filter(NOT_AGAINST_THE_COMPANY).to_arrow_table() for name in (night, "americas")
    )
    names = ", ".join(f"'{name}'" for name in REGIONS_OF[night])
    connection = duckdb.connect()
    theirs = connection.from_arrow(company).filter(f"region in ({names})").to_arrow_table()
    assert set(own["region"].unique().to_pylist()) == set(REGIONS_OF[night])
    assert own.num_rows == theirs.num_rows
    assert connection.sql("from own except all from theirs limit 3").fetchall() == []


SUMMED = """
with totals as (from {file} select * where region is null),
parts as (
    from {file}
    select {key}, sum(numerator) as numerator, sum(denominator) as denominator, sum(n) as n
    where region is not null group by all
)
select totals.kpi, totals.grain, totals.period_start, totals.numerator, parts.numerator, totals.denominator,
    parts.denominator
from totals join parts on {same}
where totals.status not in ('missing', 'null')
    and (totals.numerator is distinct from parts.numerator or totals.denominator is distinct from parts.denominator
        or totals.n is distinct from parts.n)
limit 5"""


def test_regions_add_up_to_the_company(sample: Sample) -> None:
    """Counts and money, to the last digit, in every cut; with what is unassigned and what nobody could allocate.

    Left out are quotients, and the KPI whose `unassigned` has no value where the company has one: nobody set a target
    for no region.
    """
    file = sample.data / "lake" / "scores" / f"day={MONTH_END}" / "night=americas" / "data.parquet"
    key = [name for name in KEY if name != "region"]
    same = " and ".join(f"totals.{name} is not distinct from parts.{name}" for name in key)
    connection = duckdb.connect()
    connection.execute(
        f"create view scored as from read_parquet('{file}', hive_partitioning = false) where statistic = 'value' "
        f"and (currency is null or currency = '{COMPANY.currency}') "
        f"and list_contains({[name for name, kpi in KPIS.items() if adds_up(kpi)]}, kpi) and kpi <> 'pipeline_coverage'"
    )
    compared = connection.sql("from scored select count(distinct kpi), count(*) where region is null").fetchall()
    ((kpis, cells),) = compared
    assert kpis >= 140
    assert cells > 10_000
    assert connection.sql(SUMMED.format(file="scored", key=", ".join(key), same=same)).fetchall() == []


def test_leads_and_visitors_of_the_rate_add_up_where_they_are_counted(sample: Sample) -> None:
    """The visitors of the company are those of the regions that count them."""
    known = scores(sample, MONTH_END, "americas").filter("kpi = 'visitors' and grain = 'month' and channel is null")
    rows = known.filter("country is null and subdivision is null and period_start = date '2026-10-01'").to_arrow_table()
    of = {row["region"]: row["value"] for row in rows.to_pylist()}
    assert of["china"] is None
    assert of[None] == sum(value or 0 for region, value in of.items() if region)


def test_every_kpi_is_ok_in_some_region_and_month(sample: Sample) -> None:
    """The issue asks for 150 of 162; whatever falls out of it belongs in docs/kpis.md with the reason."""
    ok = scores(sample, MONTH_END, "americas").filter("region is not null and grain = 'month' and status = 'ok'")
    assert {kpi for (kpi,) in ok.project("kpi").distinct().fetchall()} == set(KPIS)
