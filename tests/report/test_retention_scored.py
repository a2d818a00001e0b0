"""The retention section out of scores that a night made of landed subscriptions: what it asks for is what is scored."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from include.company import SourceConfig
from include.kpis import KPIS
from include.kpis.schema import SCORES
from include.report.blocks import Heat, Waterfall
from include.report.figures import Value
from include.report.lines import Lines
from include.report.material import Material
from include.report.retention import retention
from include.report.scores import read
from include.report.tables import Table
from tests.kpis.billing import account, ended, item
from tests.kpis.factory import land, score
from tests.report import subscriptions, synthetic

DAY = date(2026, 10, 14)
EACH = 24
"""Customers who begin in a month, for 100 a month; every sixth leaves in their fourth month, on the 20th."""


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Material:
    items, accounts = [], []
    for month in range(24):
        first, left = (f"{2024 + (10 + at) // 12}-{(10 + at) % 12 + 1:02d}" for at in (month, month + 3))
        for number in range(EACH):
            name = f"A{month:02d}{number:02d}"
            accounts.append(account(name))
            items.append(item(name, f"{first}-10", 100))
            if number % 6 == 0 and f"{left}-20" <= "2026-10-14":
                items.append(ended(name, f"{left}-20"))
    lake = land(tmp_path_factory.mktemp("lake"), {"accounts": accounts, "subscription_items": items})
    company = synthetic.company().model_copy(update={"sources": {"test": SourceConfig(name="test", kind="files")}})
    night = score(lake, company, DAY.isoformat(), *(kpi for kpi in subscriptions.KPIS if kpi in KPIS))
    made = synthetic.material(DAY, "united_states")
    table = pa.Table.from_pylist(night.rows, schema=SCORES)
    return replace(made, cells=read(table, made.region), targets={})


def blocks(material: Material) -> list[object]:
    section = retention(material)
    assert section is not None
    return [block for row in section.rows for block in row]


def test_it_has_every_part(scored: Material) -> None:
    assert [type(block) for block in blocks(scored)] == [Waterfall, Lines, Table, Heat]


def test_its_bridge_is_what_happened(scored: Material) -> None:
    bridge = next(block for block in blocks(scored) if isinstance(block, Waterfall))
    numbers = {move.name.id: move.number for move in bridge.moves if move.kind != "level"}
    assert numbers["moves.new_mrr"] == EACH * 100  # October's, who began on the 10th
    assert numbers["moves.churned_mrr"] == 0  # those who leave do so on the 20th
    levels = [move.number for move in bridge.moves if move.kind == "level"]
    assert levels == [EACH * 100 * 23 - 4 * 100 * 20, EACH * 100 * 24 - 4 * 100 * 20]


def test_its_cohorts_are_those_who_began_and_stay(scored: Material) -> None:
    heat = next(block for block in blocks(scored) if isinstance(block, Heat))
    january = next(row for row in heat.cohorts if row.head == Value("year_month", "2026-01-01"))
    assert january.n == Value("count", EACH)
    assert [shade.value.value for shade in january.shades] == pytest.approx([1, 1, 1, *[20 / 24] * 7])
    assert [shade.running for shade in january.shades] == [False] * 9 + [True]
    assert [len(row.shades) for row in heat.cohorts[:-1]] == list(range(12, 0, -1))


def test_its_year_is_the_rolling_one(scored: Material) -> None:
    table = next(block for block in blocks(scored) if isinstance(block, Table))
    nrr = next(row for row in table.rows if row.entries[0].cell.startswith("nrr|value|rolling_12m"))
    active = 12 * EACH - 8 * 4  # a year ago those of twelve months had begun, and of eight months four had left
    assert nrr.entries[0].value is not None
    assert nrr.entries[0].value.value == pytest.approx((active - 4 * 4) / active)
