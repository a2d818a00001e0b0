"""Scores of pipeline, activity, reps, POCs and conversion curves for the tests of reports."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from math import exp
from typing import Any

from include.report.periods import months_back

Row = dict[str, Any]
SHARE = (0.30, 0.25, 0.20, 0.15, 0.09, 0.01)
"""What each rep has of the team's deals and activities."""
LUCK = (1.0, 0.55, 1.2, 1.05, 1.3, 1.5)
"""How the win rate of each differs from the team's: one lies below the limits of chance, one has too few deals."""
NAMES = ("Aisyah Tan", "Ben Ooi", "Chong Wei Ling", "Devi Raman", "Elena Cruz", "Farid Osman")
STAGES = {"lead": (0.38, 1500, 1.0), "mql": (0.30, 560, 1.0), "sql": (0.5, 200, 0.9)}
"""Of each stage: who gets to the next in the end, how many enter a month, the part of them seen to."""
AGES = (7, 14, 30, 60, 90, 120, 150, 180)


def names(region: str) -> dict[str, str]:
    return {f"{region}-{number}": name for number, name in enumerate(NAMES)}


def rows(
    region: str | None, size: float, currency: str, rate: float, span: tuple[str, date, date, bool], flow: Any
) -> Iterator[Row]:
    """The scores of a month of a region (None: the company); those of its reps."""
    grain, first, last, running = span
    period = {"grain": grain, "period_start": first, "period_end": last, "statistic": "value"}
    period |= {"region": region, "status": "partial" if running else "ok"}
    part = (last - first).days + 1
    for kpi, score in {
        **_pipeline(flow, currency, rate),
        **_activity(size * part, last),
        **_poc(flow, rate),
        **_kept(currency, last),
    }.items():
        yield period | {"kpi": kpi} | score
    if region is not None:
        for number, id_ in enumerate(names(region)):
            for kpi, score in _of_rep(flow, size * part, number, currency, rate).items():
                yield period | {"kpi": kpi, "rep": id_} | score


def _pipeline(flow: Any, currency: str, rate: float) -> dict[str, Row]:
    won, still, goal = flow.bookings * rate, flow.bookings * 1.6 * rate, flow.bookings * 1.1 * rate
    return {
        "weighted_pipeline": _money(still * 0.4, currency, flow.won * 3),
        "pipeline_effectiveness_vs_goal": _money(won + still * 0.1, currency, flow.won, goal, "ratio"),
        "forecast_accuracy": _money(won * 0.8, currency, flow.won, won, "ratio"),
        "sales_cycle_length": _ratio(flow.won * 62, flow.won, "duration_days"),
    }


def _activity(days: float, last: date) -> dict[str, Row]:
    met = round(days * 2.4 * _wave(f"met{last}"))
    return {
        "meetings_held": _count(met),
        "appointments_booked": _count(round(met * 1.2)),
        "calls_made": _count(met * 4),
        "emails_sent": _count(met * 3),
        "connect_rate": _ratio(met * 1.3, met * 4),
        "activity_per_rep": _ratio(met * 8, len(SHARE)) | {"n": met * 8},
        "lead_response_time": _ratio(met * 20, met, "duration_hours"),
    }


def _poc(flow: Any, rate: float) -> dict[str, Row]:
    tried, passed, costs = flow.won * 2, round(flow.won * 1.4), flow.costs * rate
    return {
        "pocs_executed": _count(tried),
        "poc_pass_rate": _ratio(passed, tried),
        "cost_per_poc": _ratio(costs, tried, "money"),
        "poc_cost_per_accomplished_poc": _ratio(costs / 4, passed, "money"),
    }


def _kept(currency: str, last: date) -> dict[str, Row]:
    """What a single month kept of its opening revenue."""
    grown, kept = 1.004 + 0.02 * (_wave(f"nrr{last}") - 1), 0.99 + 0.05 * (_wave(f"grr{last}") - 1)
    return {
        "nrr": _money(1e6 * grown, currency, 180, 1e6, "ratio"),
        "grr": _money(1e6 * kept, currency, 180, 1e6, "ratio"),
    }


def _of_rep(flow: Any, days: float, number: int, currency: str, rate: float) -> dict[str, Row]:
    share, decided = SHARE[number], round((flow.won + flow.lost) * SHARE[number])
    won = round(decided * LUCK[number] * flow.won / max(flow.won + flow.lost, 1))
    sold, met = won * 18_500.0 * rate, round(days * 2.4 * share)
    return {
        "bookings": _money(sold, currency, won),
        "quota_attainment": _money(sold, currency, won, max(flow.bookings * 1.1 * share * rate, 1.0), "ratio"),
        "deals_won": _count(won),
        "win_rate": _ratio(won, decided),
        "meetings_held": _count(met),
        "calls_made": _count(met * 4),
        "emails_sent": _count(met * 3),
    }


def curves(day: date, region: str | None, size: float) -> Iterator[Row]:
    """How soon people moved on: of the month of D after a week, of two years' quarters at every age."""
    first = day.replace(day=1)
    for stage, (top, n, seen) in STAGES.items():
        entered = round(n * size * seen * ((day - first).days + 1) / 30.4 * 0.9)
        yield from _curve(stage, region, ("month", first, day), day, (7,), top, entered)
        for back in range(0, 27, 3):
            start = months_back(first, (first.month - 1) % 3 + back)
            end = min(months_back(start, -3) - timedelta(days=1), day)
            yield from _curve(
                stage, region, ("quarter", start, end), day, AGES, top * _wave(f"{stage}{end}"), 3 * entered
            )


def _curve(
    stage: str, region: str | None, span: tuple[str, date, date], day: date, ages: tuple[int, ...], top: float, n: int
) -> Iterator[Row]:
    for age in ages:
        share = top * (1 - exp(-age / 25))
        young = span[2] + timedelta(days=age) > day
        row = dict(zip(("grain", "period_start", "period_end"), span, strict=True))
        row |= {
            "kpi": "survival_conversion_curve",
            "region": region,
            "stage": stage,
            "age": age,
            "n": n,
            "unit": "ratio",
        }
        row |= {"status": "immature" if young else "ok"}
        yield row | {"statistic": "value", "value": share}
        yield row | {"statistic": "at_risk", "value": 1 - share}


def _wave(seed: str) -> float:
    return 0.9 + 0.2 * sha256(seed.encode()).digest()[0] / 255


def _count(number: int) -> Row:
    return {"numerator": Decimal(number), "value": float(number), "unit": "count", "n": number}


def _ratio(above: float, below: float, unit: str = "ratio") -> Row:
    known = {"numerator": _exact(above), "denominator": _exact(below), "unit": unit, "n": int(below)}
    return known | ({"value": above / below} if below else {"value": None, "status": "null"})


def _money(above: float, currency: str, n: int, below: float | None = None, unit: str = "money") -> Row:
    known = (
        _ratio(above, below, unit) if below is not None else {"numerator": _exact(above), "value": above, "unit": unit}
    )
    return known | {"currency": currency, "n": n}


def _exact(number: float) -> Decimal:
    return Decimal(str(round(number, 4)))
