"""The scores of the sample company equal the ledger of the truth, counted without them, in every cell it knows."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from include.kpis.catalogue import KPIS
from sandbox.clock import DEFAULT, Clock, read
from sandbox.ledger import Row, ledger
from sandbox.world import World
from tests.end_to_end.conftest import MID_MONTH, MONTH_END, Sample

pytestmark = pytest.mark.slow

CELL = ("kpi", "period_start", "region", "channel", "currency", "stage", "age")
ROLLED_UP = ("country", "subdivision", "city", "rep", "breakdown", "member")

Cell = tuple[Any, ...]


def scored(sample: Sample, day: str) -> dict[Cell, dict[str, Any]]:
    """The company night's monthly rows in the ledger's cells."""
    file = sample.data / "lake" / "scores" / f"day={day}" / "night=americas" / "data.parquet"
    wanted = (pc.field("grain") == "month") & (pc.field("statistic") == "value")
    for name in ROLLED_UP:
        wanted &= pc.field(name).is_null()
    rows = pq.read_table(file, partitioning=None, filters=wanted).to_pylist()
    return {tuple(row[name] for name in CELL): row for row in rows if is_whole(row, date.fromisoformat(day))}


def is_whole(row: dict[str, Any], day: date) -> bool:
    """A whole month or the running one up to `day`, not a part of an earlier one to compare it with."""
    month_end = (row["period_start"] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return bool(row["period_end"] in (month_end, day))


def counted(day: str) -> dict[Cell, Row]:
    """Of the KPIs that the catalogue has."""
    world = World(Clock(read(DEFAULT)))
    rows = [row for row in ledger(world, date.fromisoformat(day)) if row.kpi in KPIS]
    return {(row.kpi, row.month, row.region, row.channel, row.currency, row.stage, row.age): row for row in rows}


def differs(ours: Decimal | None, truth: Decimal | None) -> bool:
    """Beyond a millionth, since one side rounds each converted amount to nine decimals. Null is nothing counted."""
    a, b = ours or Decimal(0), truth or Decimal(0)
    return abs(a - b) > Decimal("1e-6") * max(1, abs(b))


@dataclass(frozen=True)
class Both:
    """A day's scores and its truth, by cell."""

    scores: dict[Cell, dict[str, Any]]
    truth: dict[Cell, Row]


@pytest.fixture(scope="module", params=[MID_MONTH, MONTH_END])
def both(sample: Sample, request: pytest.FixtureRequest) -> Both:
    return Both(scored(sample, request.param), counted(request.param))


def test_scores_equal_the_ledger_of_the_truth(both: Both) -> None:
    wrong = [
        f"{' '.join(map(str, cell))}: {score['numerator']} / {score['denominator']} ({score['status']}), "
        f"truth {row.numerator} / {row.denominator}"
        for cell, row in both.truth.items()
        if (score := both.scores.get(cell)) is not None
        and (differs(score["numerator"], row.numerator) or differs(score["denominator"], row.denominator))
    ]
    assert wrong == []


def test_no_cell_of_the_ledger_lacks_a_score(both: Both) -> None:
    counted_at_all = [cell for cell, row in both.truth.items() if row.numerator or row.denominator]
    assert [cell for cell in counted_at_all if cell not in both.scores] == []
    assert len({kpi for kpi, *_ in counted_at_all}) >= 40


def test_a_score_that_the_ledger_does_not_know_claims_no_value(both: Both) -> None:
    known = {kpi for kpi, *_ in both.truth}
    unknown = [cell for cell in both.scores if cell[0] in known and cell not in both.truth]
    assert [cell for cell in unknown if both.scores[cell]["value"]] == []
