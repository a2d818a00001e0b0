"""Score a night: the lake as known at each region's cutoff, through facts and cubes, to one file of scores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from include.company import Company
from include.kpis import (
    basis,
    cells,
    decomposition,
    gaps,
    gate,
    limits,
    restated,
    settled,
    stored,
    survival,
    targets,
    workspace,
)
from include.kpis.assembly import Known, assemble, encoded
from include.kpis.catalogue import KPIS
from include.kpis.cubes import Plan, plan
from include.kpis.grouping import cube_sql
from include.kpis.kpi import Kpi
from include.kpis.materialise import Make, materialise
from include.kpis.preparation import prepare
from include.kpis.reading import Readings
from include.kpis.relations import columns
from include.kpis.schema import ENCODED, SCORES
from include.kpis.scoring import scores_sql
from include.lake import Lake, partition


def score(lake: Lake, company: Company, night: str, day: date) -> Path:
    """Write <root>/scores/day=<day>/night=<night>/data.parquet, whole or not at all; the same bytes for the same lake.

    The night's own regions; the company's night is complete: every region, unassigned, unallocated and the whole.
    Beside it gaps.parquet says what could not be counted, gate.parquet what is unusual or implausible, targets.parquet
    what was planned, restated.parquet which months changed since the day before, contents.parquet from how many rows;
    basis what all of it was made of: where that is still so, there is nothing to do.
    """
    target, made_of = stored.file(lake.root, night, day), basis.basis(lake, company, night, day)
    if not stored.made_of(target, made_of):
        lake.compact()
        target.with_name(stored.BASIS).unlink(missing_ok=True)
        _write(lake, company, night, day, target)
        partition.write(target.with_name(stored.BASIS), pa.py_buffer(made_of.encode()))
    return target


def _write(lake: Lake, company: Company, night: str, day: date, target: Path) -> None:
    with closing(lake.connect()) as connection:
        made = replace(plan(KPIS.values()), also=(*gate.NEEDS, *gaps.NEEDS, *targets.NEEDS, *restated.NEEDS))
        make = partial(settled.materialise, lake, company, day)
        known = stored.encode(scored(connection, lake, company, night, day, made, make))
        found = gate.measured(connection, lake, company, night, day, _billed(known))
        partition.write(target.with_name("gate.parquet"), partition.encode(found))
        partition.write(target.with_name("gaps.parquet"), partition.encode(gaps.gaps(connection, day)))
        partition.write(target.with_name("targets.parquet"), partition.encode(targets.monthly(connection)))
        changed = restated.restated(connection, lake, company, day)
        partition.write(target.with_name("restated.parquet"), partition.encode(changed))
        partition.write(target.with_name("contents.parquet"), partition.encode(lake.contents(connection, day)))
    partition.write(target, known)


def _billed(known: pa.Buffer) -> pa.Table:
    """Of a night's scores, those the gate reads."""
    return pq.read_table(pa.BufferReader(known), filters=[("kpi", "=", gate.RECONCILED)])


def scores(lake: Lake, company: Company, night: str, day: date, kpis: Iterable[Kpi] = KPIS.values()) -> pa.Table:
    """The scores of a night as SCORES, sorted by key."""
    with closing(lake.connect()) as connection:
        parts = scored(connection, lake, company, night, day, plan(kpis))
        return pa.concat_tables([SCORES.empty_table(), *(part.cast(SCORES) for part in parts)])


def scored(
    connection: duckdb.DuckDBPyConnection,
    lake: Lake,
    company: Company,
    night: str,
    day: date,
    made: Plan,
    make: Make = materialise,
) -> Iterator[pa.Table]:
    """A table each KPI and statistic, in the order of the key."""
    own = None if company.nights[night].company else company.nights[night].regions
    prepare(connection, lake, company, day, made, own, make)
    by_cell = _by_cell(connection, made, own)
    workspace.run_and_drop(connection, _from_facts(made, by_cell), keep=made.also)
    cells.number(connection, list(by_cell))
    known = Known(*(encoded(connection.sql(each).to_arrow_table()) for each in (_PERIODS, _CELLS)))
    jobs = (_job(kpi, parts, made, day, known) for kpi, parts in sorted(made.kpis, key=lambda each: each[0].id))
    for tables in workspace.side_by_side(connection, jobs):
        yield from tables


_PERIODS = "select period_grain, period_start, period_end from periods order by period_id"
_CELLS = f"select {', '.join(f'cast({name} as varchar) as {name}' for name in cells.CELL)} from cells order by cell_id"
"""As text, so that only names that occur are numbered: an enumeration has those of all facts, other regions' too."""


def _by_cell(connection: duckdb.DuckDBPyConnection, made: Plan, own: Sequence[str] | None) -> dict[str, str]:
    """The queries of all that is grouped by cell, by the name of their table."""
    cubes = {name.table: cube_sql(cube, columns(connection, name.fact), own) for name, cube in made.cubes.items()}
    lasting = {survival.table(kpi): survival.lasting_sql(kpi, kpi.lasting, own) for kpi, _ in made.kpis if kpi.lasting}
    return {**lasting, **cubes}


def _from_facts(made: Plan, by_cell: dict[str, str]) -> list[tuple[str, str]]:
    """The statements that make what is grouped by cell, each with the fact it reads; those of one fact together."""
    read = {name.table: name.fact for name in made.cubes}
    read |= {survival.table(kpi): kpi.lasting.fact for kpi, _ in made.kpis if kpi.lasting}
    order = sorted(by_cell, key=read.__getitem__)
    return [(f"create table raw_{name} as {by_cell[name]}", read[name]) for name in order]


def _job(
    kpi: Kpi, parts: Readings, made: Plan, day: date, known: Known
) -> Callable[[duckdb.DuckDBPyConnection], list[pa.Table]]:
    return lambda cursor: list(_scores(cursor, kpi, parts, made, day, known))


def _scores(
    cursor: duckdb.DuckDBPyConnection, kpi: Kpi, parts: Readings, made: Plan, day: date, known: Known
) -> Iterator[pa.Table]:
    """A table each statistic of `kpi`, in their order: what is read from cubes, and what follows from its values."""
    rows = {
        each: cursor.sql(scores_sql(kpi, each, parts, made.cubes, day)).to_arrow_table()
        for each in ("value", *kpi.quantiles, *survival.statistics(kpi))
    }
    own = {name: assemble(kpi, name, known, table) for name, table in rows.items()}
    values = assemble(kpi, "value", known, known.coarse(rows["value"]))
    more = {**decomposition.effects(kpi, values), **limits.intervals(kpi, values)}
    own |= {name: encoded(table).cast(ENCODED) for name, table in more.items()}
    yield from (own[each] for each in sorted(own))
