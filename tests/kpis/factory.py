"""Small lakes for tests: rows by table, with every column a test does not care about filled in plainly."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from include.company import Company
from include.kpis import KPIS
from include.kpis.kpi import DIMENSIONS, Kpi
from include.kpis.score import scores
from include.lake import TABLES, Entry, Lake, Landing, Pull, partition
from include.lake.landing import days_of, start_of

Row = Mapping[str, Any]
HISTORY = (date(2024, 11, 1), date(2026, 12, 31))
PULLED = datetime(2027, 1, 5, tzinfo=UTC)

DEFAULTS: dict[str, dict[str, Any]] = {
    "leads": {"channel": "paid_search", "country": "US", "is_test": False},
    "accounts": {"name": "Account", "country": "US", "is_test": False},
    "opportunities": {"account_id": "A", "type": "new", "status": "open", "currency": "USD", "is_test": False},
    "crm_stage_history": {"entity_type": "lead", "is_stage_change": True},
    "ad_spend_daily": {
        "platform": "google_ads", "ad_account_id": "1", "account_timezone": "UTC", "campaign_id": "c1",
        "campaign_name": "One", "channel": "paid_search", "country": "US", "currency": "USD", "impressions": 0,
        "clicks": 0,
    },
    "pocs": {"type": "poc", "goals_planned": 1, "is_test": False},
    "product_events": {"account_id": "A"},
    "sales_costs": {"cost_type": "other", "acquisition_scope": "new", "currency": "USD"},
    "web_sessions_daily": {"period_grain": "month", "channel": "all", "country": "US", "sessions": 0},
    "fx_rates": {"base_currency": "EUR", "rate_type": "daily_close"},
    "targets": {"metric": "bookings", "currency": "USD"},
    "subscription_items": {
        "product": "crm", "plan": "starter-monthly", "status": "active", "quantity": 1, "currency": "USD",
        "billing_interval": "month", "interval_count": 1, "is_metered": False,
    },
    "billing_lines": {
        "line_id": "1", "doc_type": "invoice", "status": "paid", "quantity": 1, "tax": 0, "currency": "USD",
        "is_recurring": True, "is_proration": False,
    },
    "activities": {"type": "call", "direction": "outbound", "is_automated": False},
    "reps": {"name": "Rep", "valid_from": datetime(2024, 1, 1, tzinfo=UTC)},
}  # fmt: skip


_STAMPS = ("created_at", "valid_from", "issued_at", "started_at")
"""What a row without `updated_at` was last changed at."""


def at(day: str, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of `day`; at noon UTC it is that day in every region of the sample."""
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=UTC)


def rows(table: str, given: Sequence[Row]) -> pa.Table:
    """`given` in the table's schema; stamps that are not given follow the row's own."""
    return pa.Table.from_pylist([_row(table, row) for row in given], schema=TABLES[table].schema)


def _row(table: str, given: Row) -> dict[str, Any]:
    row = {"_source": "test", **DEFAULTS.get(table, {}), **given}
    if table == "crm_stage_history":
        row = {"valid_from": row["entered_at"], "recorded_at": row["entered_at"], "source_stage": row["stage"], **row}
    elif TABLES[table].filed_by == "updated_at":
        row = {"updated_at": next(row[name] for name in _STAMPS if name in row), **row}
    elif table == "targets":
        row = {"period_end": _month_end(row["period_start"]), **row}
    kinds = {field.name: field.type for field in TABLES[table].schema}
    return {name: Decimal(str(value)) if _decimal(kinds[name], value) else value for name, value in row.items()}


def _decimal(kind: pa.DataType, value: Any) -> bool:
    return pa.types.is_decimal(kind) and value is not None


def _month_end(start: date) -> date:
    return (start.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def land(
    root: Path,
    tables: Mapping[str, Sequence[Row]],
    *,
    covered: Sequence[str] = tuple(TABLES),
    source: str = "test",
    first: date = HISTORY[0],
    pulled: datetime = PULLED,
) -> Lake:
    """A lake with `tables`, as one complete pull of every table in `covered`."""
    lake = Lake(root)
    last = min(HISTORY[1], pulled.date() - timedelta(days=1))
    for table in covered:
        landed = rows(table, [{**row, "_source": source} for row in tables.get(table, ())])
        for day, part in partition.by_day(landed, days_of(TABLES[table], landed)):
            lake.land(Landing(source, table, day, day, pulled, part, part.num_rows))
        since = start_of(first) if TABLES[table].kind == "log" else None
        lake.record(source, [Entry(source, table, landed.num_rows, pulls=(Pull(first, last, pulled, since),))])
    return lake


class Scored:
    """A night's scores, asked for by KPI, period and cell."""

    def __init__(self, table: pa.Table) -> None:
        self.rows: list[dict[str, Any]] = table.to_pylist()
        self._of: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows:
            self._of.setdefault(row["kpi"], []).append(row)

    def all(self, kpi: str, **said: Any) -> list[dict[str, Any]]:
        return [row for row in self._of.get(kpi, ()) if all(row[name] == said[name] for name in said)]

    def row(self, kpi: str, end: str, grain: str = "month", **cell: Any) -> dict[str, Any]:
        """The one row of a period that ends on `end`; cell columns not named are rolled up."""
        said: dict[str, Any] = {"statistic": "value", **dict.fromkeys((*DIMENSIONS, "breakdown", "member")), **cell}
        found = self.all(kpi, grain=grain, period_end=date.fromisoformat(end), **said)
        assert len(found) == 1, f"{len(found)} rows of {kpi} {grain} {end} {cell}: {found}"
        return found[0]

    def value(self, kpi: str, end: str, grain: str = "month", **cell: Any) -> float | None:
        value: float | None = self.row(kpi, end, grain, **cell)["value"]
        return value


def score(lake: Lake, company: Company, day: str, *kpis: str | Kpi, night: str = "americas") -> Scored:
    """The scores of `kpis`, declared ones by name (all, if none is named), as of `day`."""
    wanted = [KPIS[each] if isinstance(each, str) else each for each in kpis or KPIS]
    return Scored(scores(lake, company, night, date.fromisoformat(day), wanted))
