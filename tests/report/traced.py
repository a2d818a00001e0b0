"""A report.json held against the rows that its sentences name, read without any code of reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

KEY = ("kpi", "statistic", "grain", "period_start", "period_end", "age", "stage", "channel", "region", "country",
       "subdivision", "rep")  # fmt: skip
OTHER = ("city", "breakdown", "member")
COLUMNS = ("numerator", "denominator", "value", "n", "status")
NUMBERS = ("count", "number", "money", "amount", "percent", "share", "change", "lack", "points", "times", "mean",
           "days", "hours", "months", "age", "short", "move", "hundredths")  # fmt: skip


Known = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Rows:
    """The rows that a sentence may name, by key: scores, targets and what each source brought."""

    known: Known

    def number(self, trace: Mapping[str, Any]) -> float:
        """A trace worked out. Raises KeyError for a row that is not there."""
        how, parts = trace["how"], [self.number(part) for part in trace["of"]]
        if how == "row":
            found = self.known[trace["row"]][trace["column"]]
            return 0.0 if trace["column"] == "status" else float(found)
        if how == "days":
            first, last = (pa.scalar(each).cast(pa.date32()).as_py() for each in trace["row"].split("/"))
            return float((last - first).days + 1)
        if how == "count":
            return float(len(parts))
        if how == "sum":
            return sum(parts)
        if how == "size":
            return abs(parts[0])
        a, b = parts
        return {
            "difference": lambda: a - b, "ratio": lambda: a / b, "change": lambda: (a - b) / b,
            "product": lambda: a * b, "mean": lambda: (a + b) / 2,
        }[how]()  # fmt: skip


def rows(scores: pa.Table, currency: str, targets: Mapping[str, float], sources: Known) -> Rows:
    """`scores` as stored; money is the region's. `targets` by their key, `sources` by their name."""
    where = pc.field("currency").is_null() | (pc.field("currency") == currency)
    for name in OTHER:
        where &= pc.field(name).is_null()
    kept = scores.filter(where).select([*KEY, *COLUMNS]).to_pylist()
    known: dict[str, Mapping[str, Any]] = {
        "|".join("" if row[name] is None else str(row[name]) for name in KEY): row for row in kept
    }
    known |= {key: {"target": target} for key, target in targets.items()}
    return Rows(known | {f"source|{name}": row for name, row in sources.items()})


def sentences(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every sentence of page 1: verdict, claims and evidence, what to look at."""
    yield report["verdict"]
    for pair in report["why"]:
        yield from pair
    for line in report["watch"]:
        yield from (line["what"], line["why"], line["stake"])
    for card in report["cards"]:
        yield from (each for each in (card["beside"],) if each is not None)


def faults(report: Mapping[str, Any], known: Rows) -> list[str]:
    """Each number of a sentence that names no row, or is another than its rows give."""
    return [fault for said in sentences(report) for name, value in said["values"].items()
            if value["kind"] in NUMBERS and value["value"] is not None
            for fault in _fault(said, name, value["value"], known)]  # fmt: skip


def _fault(said: Mapping[str, Any], name: str, value: float, known: Rows) -> Iterator[str]:
    trace = said["traces"].get(name)
    if trace is None:
        yield f"{said['id']}: {name} = {value} names no row"
    elif not isclose(found := known.number(trace), value, rel_tol=1e-9, abs_tol=1e-9):
        yield f"{said['id']}: {name} = {value}, its rows say {found}"
