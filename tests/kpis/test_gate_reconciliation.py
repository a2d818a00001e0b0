"""Reconciliation reads one score and says nothing without it."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from include.kpis.gate.finding import Finding
from include.kpis.gate.reconciliation import KPI, reconciliation
from include.kpis.schema import SCORES
from include.thresholds import Reconciliation

D = date(2026, 10, 31)


def row(value: float | None, **cells: Any) -> dict[str, Any]:
    plain: dict[str, Any] = dict.fromkeys(SCORES.names)
    return plain | {
        "kpi": KPI, "statistic": "value", "grain": "month", "period_start": date(2026, 9, 1),
        "period_end": date(2026, 9, 30), "region": "spain", "unit": "ratio", "status": "ok", "n": 40, "value": value,
    } | cells  # fmt: skip


def found(*rows: dict[str, Any]) -> list[Finding]:
    return list(reconciliation(pa.Table.from_pylist(list(rows), SCORES), D, Reconciliation()))


@pytest.mark.parametrize(("value", "levels"), [(0.02, []), (0.15, ["warn"]), (0.4, ["hold"]), (None, [])])
def test_what_differs_warns_and_then_holds(value: float | None, levels: list[str]) -> None:
    assert [each.level for each in found(row(value))] == levels


def test_it_says_which_month_and_how_many_deals() -> None:
    [told] = found(row(0.4))
    assert (told.region, told.first, told.last, told.found, told.usual) == (
        "spain", date(2026, 9, 1), date(2026, 9, 30), 0.4, 40,
    )  # fmt: skip


def test_the_last_ripe_month_counts() -> None:
    october = {"period_start": date(2026, 10, 1), "period_end": D}
    assert found(row(0.4), row(0.01, **october)) == []
    assert [each.level for each in found(row(0.4), row(0.01, **october, status="immature"))] == ["hold"]


@pytest.mark.parametrize(
    "cells",
    [
        {"n": 9},
        {"status": "missing"},
        {"channel": "email"},
        {"kpi": "win_rate"},
        {"grain": "quarter"},
        {"period_start": date(2025, 9, 1), "period_end": date(2025, 9, 30)},
    ],
    ids=str,
)
def test_few_deals_other_cells_and_old_months_say_nothing(cells: dict[str, Any]) -> None:
    assert found(row(0.9, **cells)) == []


def test_the_whole_is_the_companys_and_two_currencies_say_it_once() -> None:
    told = found(row(0.2, region=None, currency="USD"), row(0.2, currency="EUR"), row(0.2, currency="USD"))
    assert sorted(str(each.region) for each in told) == ["company", "spain"]


def test_without_the_score_it_says_nothing() -> None:
    assert found() == []
