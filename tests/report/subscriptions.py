"""Scores of recurring revenue for the tests of reports: opening, movements and closing add up in every cell."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

import pyarrow as pa

from include.report.periods import month, months_back, year_to

SIZE = {"united_states": 260_000.0, "mexico": 90_000.0, "spain": 80_000.0, "china": 140_000.0, "malaysia": 110_000.0}
"""MRR in US dollars at the start of 2024."""
PRICE = 310.0
CHURN, SHRUNK, GROWN, BACK, RATES = 0.016, 0.007, 0.02, 0.004, 0.0015
AGES = 25
YOUNG = {"spain": 11, "china": 34}
"""Customers won in a month; some of Spain's cohorts are too few to show."""


KPIS = ("mrr", "new_mrr", "expansion_mrr", "reactivation_mrr", "contraction_mrr", "churned_mrr", "fx_mrr",
        "net_new_mrr", "nrr", "grr", "arpa", "logo_churn_rate", "renewal_rate", "cohort_retention_curve")  # fmt: skip


def missing(table: pa.Table) -> pa.Table:
    """The same scores where no source brought subscriptions."""
    found = [
        row | {"status": "missing", "value": None, "numerator": None, "denominator": None}
        if row["kpi"] in KPIS
        else row
        for row in table.to_pylist()
    ]
    return pa.Table.from_pylist(found, schema=table.schema)


def rows(day: date, region: str | None, rate: float, spans: list[tuple[str, date, date, bool]]) -> Iterator[dict]:  # type: ignore[type-arg]
    """Every score of recurring revenue of a region (None: the company) in a currency worth `rate` to the dollar."""
    for grain, first, last, running in spans:
        if grain == "month":
            for score in _month(region, first, last, rate):
                yield _row(grain, first, last) | score | {"status": "partial" if running else "ok"}
    for end in (*year_to(day), months_back(day, 11) - timedelta(days=1)):
        start = months_back(end + timedelta(days=1), 12)
        for kpi, value in (("nrr", 1.02), ("grr", 0.91)):
            kept = value + 0.02 * _wave(region, f"{kpi}{end}") + 0.002 * (end.year * 12 + end.month - 24300)
            yield _row("rolling_12m", start, end) | _ratio(kpi, kept * 1e6 * rate, 1e6 * rate, 180) | {"status": "ok"}
    yield from _due(day, region)
    yield from _curves(day, region)


def _month(region: str | None, first: date, last: date, rate: float) -> Iterator[dict]:  # type: ignore[type-arg]
    start, end = _level(region, first), _level(region, last + timedelta(days=1))
    part = ((last - first).days + 1) / 30.4
    churned, shrunk = CHURN * start * part, SHRUNK * start * part
    grown, back, rates = GROWN * start * part, BACK * start * part, RATES * start * _wave(region, str(last))
    new = end - start + churned + shrunk - grown - back - rates
    accounts = round(end / PRICE)
    sums = {"mrr": end, "new_mrr": new, "expansion_mrr": grown, "reactivation_mrr": back, "contraction_mrr": shrunk,
            "churned_mrr": churned, "fx_mrr": rates, "net_new_mrr": end - start - rates}  # fmt: skip
    for kpi, amount in sums.items():
        yield _money(kpi, amount * rate, None, accounts)
    yield _money("arpa", end * rate, accounts, accounts)
    yield _ratio("logo_churn_rate", round(0.014 * part * accounts), accounts, accounts) | {"currency": None}


def _level(region: str | None, day: date) -> float:
    """MRR when `day` begins: three percent more a month, a little unevenly."""
    if region is None:
        return sum(_level(name, day) for name in SIZE)
    months = day.year * 12 + day.month - 24289 + (day.day - 1) / 31
    return SIZE[region] * 1.03**months * (1 + 0.004 * _wave(region, day.isoformat()))


def _due(day: date, region: str | None) -> Iterator[dict]:  # type: ignore[type-arg]
    """Renewals of the contracts that ended in a month, open until thirty days after it."""
    for end in year_to(day):
        status = "ok" if day >= month(end.replace(day=1)).last + timedelta(days=30) else "immature"
        score = _ratio("renewal_rate", 38 + 4 * _wave(region, f"due{end}"), 46, 46) | {"currency": None}
        yield _row("month", end.replace(day=1), end) | score | {"status": status}


def _curves(day: date, region: str | None) -> Iterator[dict]:  # type: ignore[type-arg]
    for back in range(AGES):
        first = months_back(day, back)
        size = YOUNG.get(region or "", 26) + round(10 * _wave(region, f"cohort{first}"))
        left = size
        for age in range(back + 1):
            left -= round(0.03 * size * (1 + _wave(region, f"left{first}{age}"))) if age else 0
            running = age == back and day != month(day.replace(day=1)).last
            score = _ratio("cohort_retention_curve", left, size, size) | {"currency": None, "age": age}
            end = min(month(first).last, day)
            yield _row("month", first, end) | score | {"status": "immature" if running else "ok"}


def _row(grain: str, first: date, last: date) -> dict:  # type: ignore[type-arg]
    return {"grain": grain, "period_start": first, "period_end": last, "statistic": "value"}


def _money(kpi: str, above: float, below: float | None, n: int) -> dict:  # type: ignore[type-arg]
    return {"kpi": kpi, "unit": "money", "numerator": _exact(above), "denominator": _exact(below), "n": n,
            "value": above if below is None else above / below}  # fmt: skip


def _ratio(kpi: str, above: float, below: float, n: int) -> dict:  # type: ignore[type-arg]
    return {"kpi": kpi, "unit": "ratio", "numerator": _exact(above), "denominator": _exact(below), "n": n,
            "value": above / below}  # fmt: skip


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(round(number, 4)))


def _wave(region: str | None, what: str) -> float:
    """From −1 to 1, always the same for the same thing."""
    return 2 * sha256(f"{region}{what}".encode()).digest()[0] / 255 - 1
