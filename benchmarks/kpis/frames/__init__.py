"""The same cells by pandas, written with care: columns that are read, categories, numbers for ids, sums before sets."""

from pathlib import Path

import pandas as pd

from benchmarks.kpis.cells import CELL, names
from benchmarks.kpis.frames import costs, funnel, retention, visits
from benchmarks.kpis.frames.known import Known


def run(folder: Path, out: Path) -> None:
    """Write <out>/<table>.parquet for each of the five."""
    known = Known(folder)
    ways = funnel.Ways(known)
    ways.cube = funnel.cube(ways)
    made = {
        "funnel": lambda: funnel.cells(ways),
        "conversion_windows": lambda: funnel.windows(ways),
        "time_in_stage": lambda: visits.cells(known),
        "costs": lambda: costs.cells(known, ways),
        "retention": lambda: retention.cells(known),
    }
    for name in names():
        _whole(made[name]()).to_parquet(out / f"{name}.parquet", index=False)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with every column of a cell; its month is a number of months since 1970."""
    months = frame["month"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    frame = frame.assign(month=months).reindex(columns=list(CELL))
    texts = dict.fromkeys(CELL[4:-3], "string") | {"age": "Int64"}
    return frame.assign(month=frame["month"].dt.date).astype(texts | dict.fromkeys(CELL[-3:], "float64"))
