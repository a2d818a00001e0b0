"""One row of the scores: a KPI in a period and a cell. The columns are a fixed interface; reports read them.

Null in a cell column means rolled up. Numerator and denominator are exact decimals (money in `currency`). Value is
their ratio, or the numerator where a KPI has no denominator; a ratio is a fraction, a duration days or hours (`unit`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

_TEXT, _DAY, _EXACT = pa.string(), pa.date32(), pa.decimal128(38, 9)


def _column(name: str, kind: pa.DataType, nullable: bool = True) -> pa.Field:
    return pa.field(name, kind, nullable=nullable)


SCORES: pa.Schema = pa.schema(
    [
        _column("kpi", _TEXT, False),
        _column("statistic", _TEXT, False),
        _column("grain", _TEXT, False),
        _column("period_start", _DAY, False),
        _column("period_end", _DAY, False),
        _column("age", pa.int32()),
        _column("region", _TEXT),
        _column("stage", _TEXT),
        _column("channel", _TEXT),
        _column("country", _TEXT),
        _column("subdivision", _TEXT),
        _column("city", _TEXT),
        _column("rep", _TEXT),
        _column("breakdown", _TEXT),
        _column("member", _TEXT),
        _column("currency", _TEXT),
        _column("numerator", _EXACT),
        _column("denominator", _EXACT),
        _column("value", pa.float64()),
        _column("unit", _TEXT, False),
        _column("status", _TEXT, False),
        _column("n", pa.int64(), False),
    ]
)

KEY: tuple[str, ...] = tuple(SCORES.names[: SCORES.names.index("numerator")])
"""Unique in one night's file."""


def sorted_scores(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows with the columns of SCORES as such a table, sorted by key; null first."""
    known = sorted(rows, key=lambda row: [(row[name] is not None, row[name]) for name in KEY])
    return pa.Table.from_pylist(known, schema=SCORES)


STATUSES = ("missing", "null", "target_met", "immature", "partial", "ok")
"""The first that applies is a score's status."""

GRAINS = ("day", "week", "month", "quarter", "year", "rolling_12m")
