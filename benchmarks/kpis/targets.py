"""What the catalogue is to cost beside its rivals, and what it did."""

import os
from collections.abc import Mapping

from rich.table import Table

from benchmarks.kpis.landed import MEMORY
from benchmarks.kpis.rounds import Taken

LARGE = 50_000_000
NOT_RUN = "not run"
Measured = Mapping[str, Taken]


def table(taken: Measured, events: int) -> Table:
    """Target by target, what was measured; `taken` by contestant."""
    made = Table("target", "against", "measured", title=f"{events:,} lead-stage events")
    pandas = f"{_over(taken, 'pandas', 'catalogue', 'wall')}, {_over(taken, 'pandas', 'catalogue')}"
    made.add_row("five tables ≤ 1.3× CPU", "hand-tuned DuckDB SQL", _over(taken, "catalogue", "tuned"))
    made.add_row("additive cube ≤ 3× CPU", "a pure scan of its columns", _over(taken, "cube", "cube_scan", "work"))
    made.add_row("≥ 3× faster (wall), ≥ 1.8× less CPU", "careful pandas", pandas)
    made.add_row("≤ 0.7× CPU", "dbt-core + dbt-duckdb", _over(taken, "catalogue", "dbt"))
    made.add_row("a night ≤ 5 % of a full recompute", "itself", _over(taken, "night", "catalogue"))
    made.add_row("50M events within 2 GB", "out of memory", _large(taken, events))
    return made


def _over(taken: Measured, one: str, other: str, of: str = "cpu") -> str:
    """How many times as much `one` took as `other`."""
    if one not in taken or other not in taken:
        return NOT_RUN
    return f"{getattr(taken[one], of) / getattr(taken[other], of):.2f}×"


def _large(taken: Measured, events: int) -> str:
    limit = os.environ.get(MEMORY)
    if events < LARGE or not limit or "catalogue" not in taken:
        return NOT_RUN
    return f"ended within {limit}, peak {taken['catalogue'].peak:.0f} MB"
