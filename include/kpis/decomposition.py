"""Why a ratio changed since the month before: its parts' shares moved (mix), or their rates did.

A part of the cell above holds N of its numerator and D of its denominator, so it brings N / D_above = share x rate to
the ratio. What it brings now less what it brought then is the change of its share at the mean of its rates (mix_effect)
plus the change of its rate at the mean of its shares (rate_effect), exactly; all of a cut add up to the change above.
"""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from include.kpis.arithmetic import Operation
from include.kpis.kpi import Kpi
from include.kpis.measure import Measure
from include.kpis.relations import facts
from include.kpis.schema import sorted_scores

STATISTICS = ("mix_effect", "rate_effect")
_CELL = ("region", "stage", "channel", "country", "currency")
Cell = tuple[Any, ...]
Row = Mapping[str, Any]
_ABOVE = {("channel",): (), ("region",): (), ("region", "channel"): ("region",), ("region", "country"): ("region",)}
"""The cuts that are explained, and the cell that each adds up to."""


def applies(kpi: Kpi) -> bool:
    """Whether it is the ratio of two sums over the same cell, by month."""
    terms = (kpi.numerator, kpi.denominator)
    own = not (kpi.rule.of or kpi.rule.aged)
    return "month" in kpi.grains and own and all(term is not None and _is_sum(term) for term in terms)


def _is_sum(node: Any) -> bool:
    if isinstance(node, Operation):
        scaled = node.sign == "*" and isinstance(node.left, int)
        return ((node.sign in "+-" and _is_sum(node.left)) or scaled) and _is_sum(node.right)
    return isinstance(node, Measure) and node.kind != "distinct" and "channel" not in facts()[node.fact].distinct


def effects(kpi: Kpi, values: pa.Table) -> dict[str, pa.Table]:
    """By statistic, the effects in the latest month of `values`, all scores of `kpi` (SCORES)."""
    rows = _plain(values).to_pylist() if applies(kpi) else []
    latest = max((row["period_start"] for row in rows), default=None)
    now = {_cell(row): row for row in rows if row["period_start"] == latest}
    if latest is None or not now:
        return {}
    before = _before(latest, next(iter(now.values()))["period_end"])
    then = {_cell(row): row for row in rows if (row["period_start"], row["period_end"]) == before}
    found = [effect for cell in sorted({*now, *then}, key=str) for effect in _effects(cell, now, then)]
    return {name: sorted_scores(row for row in found if row["statistic"] == name) for name in STATISTICS}


def _plain(values: pa.Table) -> pa.Table:
    """The months' cells that are explained or add up to one that is."""
    keep = pc.equal(values["grain"], "month")
    for name in ("subdivision", "city", "rep", "breakdown"):
        keep = pc.and_(keep, pc.is_null(values[name]))
    known = values.filter(keep)
    if not known.num_rows:
        return known
    latest = pc.max(known["period_start"]).as_py()
    return known.filter(pc.greater_equal(known["period_start"], _before(latest, latest)[0]))


def _cell(row: Row) -> Cell:
    return tuple(row[name] for name in _CELL)


def _before(start: date, end: date) -> tuple[date, date]:
    """The month before, as far as the one from `start` to `end` has run; all of it where that is over."""
    last = start - timedelta(days=1)
    first = last.replace(day=1)
    is_over = end.day == calendar.monthrange(end.year, end.month)[1]
    return first, last if is_over else min(first + (end - start), last)


def _effects(cell: Cell, now: Mapping[Cell, Row], then: Mapping[Cell, Row]) -> Iterable[dict[str, Any]]:
    named = dict(zip(_CELL, cell, strict=True))
    cut = tuple(name for name in ("region", "channel", "country") if named[name] is not None)
    if cut not in _ABOVE:
        return
    above = tuple(
        value if name in (*_ABOVE[cut], "stage", "currency") else None for name, value in zip(_CELL, cell, strict=True)
    )
    if above not in now or above not in then:
        return
    wholes, like = (now[above], then[above]), now.get(cell) or {**then[cell], "n": 0, **_period(now[above])}
    defined = all(whole["denominator"] is not None and whole["denominator"] > 0 for whole in wholes)
    parts, sums = ([_sums(row) for row in rows] for rows in ((now.get(cell), then.get(cell)), wholes))
    known = _split(parts, sums) if defined else None
    for name, value in zip(STATISTICS, known or (None, None), strict=True):
        status = _status(wholes, value)
        yield {**like, "statistic": name, "numerator": None, "denominator": None, "value": value, "status": status}


def _period(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("period_start", "period_end")}


def _status(wholes: tuple[Row, Row], value: float | None) -> str:
    """The first that applies, of the change of the cell above."""
    if "missing" in {row["status"] for row in wholes}:
        return "missing"
    return "null" if value is None else str(wholes[0]["status"])


Sums = tuple[Fraction, Fraction]


def _sums(row: Row | None) -> Sums:
    """Numerator and denominator: nothing where a cell has no row, or brings what is not known and so was not added."""
    return (Fraction(0), Fraction(0)) if row is None else (_exact(row["numerator"]), _exact(row["denominator"]))


def _exact(known: Any) -> Fraction:
    return Fraction(known or 0)


def _split(parts: list[Sums], wholes: list[Sums]) -> tuple[float, float]:
    """Mix and rate effect of a part, now and then. What a part without a denominator brings in both months is a rate;
    where it has one in one of them, the part came or went: mix."""
    (n1, d1), (n0, d0) = parts
    (_, above1), (_, above0) = wholes
    change = n1 / above1 - n0 / above0
    if d1 == 0 or d0 == 0:
        return (0.0, float(change)) if d1 == d0 else (float(change), 0.0)
    rate = (d1 / above1 + d0 / above0) / 2 * (n1 / d1 - n0 / d0)
    return float(change - rate), float(rate)
