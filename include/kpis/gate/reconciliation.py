"""Reconciliation: whether what the CRM says was won is what was billed, by region.

Read from the score crm_billing_variance, which says how: of the last closed month with enough deals whose first term is
billed. Where no KPI of that name is declared, or no month is ripe, the rule says nothing.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from include.company import COMPANY
from include.kpis.gate.finding import Finding, Level
from include.kpis.kpi import DIMENSIONS
from include.thresholds import Reconciliation

KPI = "crm_billing_variance"
RIPE = ("ok", "partial")
RECENT = timedelta(days=100)
"""An older month is no news."""


def reconciliation(scores: pa.Table, day: date, limits: Reconciliation) -> Iterator[Finding]:
    """Regions whose deals differ from their bills, from the scores of a night."""
    recent = [row for row in _months(scores, limits.least) if day - row["period_end"] <= RECENT]
    for region, row in _latest(recent).items():
        share = float(row["value"])
        if level := _level(share, limits):
            yield Finding(
                "reconciliation", level, "billing_lines", region, "", KPI, row["period_start"],
                min(row["period_end"], day), share, float(row["n"]),
            )  # fmt: skip


def _months(scores: pa.Table, least: int) -> list[dict[str, Any]]:
    """The KPI's months of whole regions that are ripe; one currency says as much as two."""
    plain = [name for name in (*DIMENSIONS, "breakdown", "member") if name != "region"]
    wanted = (pc.field("kpi") == KPI) & (pc.field("grain") == "month") & (pc.field("statistic") == "value")
    for name in plain:
        wanted &= pc.field(name).is_null()
    rows: list[dict[str, Any]] = scores.filter(wanted & pc.field("value").is_valid()).to_pylist()
    return [row for row in rows if row["status"] in RIPE and row["n"] >= least]


def _latest(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["period_end"]):
        known[str(row["region"] or COMPANY)] = row
    return known


def _level(share: float, limits: Reconciliation) -> Level | None:
    return "hold" if share > limits.hold_above else "warn" if share > limits.warn_above else None
