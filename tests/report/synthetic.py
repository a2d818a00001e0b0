"""A night's scores without a lake: small, deterministic, and with every status a score can have.

Numbers are drawn from a hash of what they measure, so that a cell is the same in every test and every order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from include.company import COMPANY, Company, load
from include.kpis import KPIS
from include.kpis.quality import Quality, SourceHealth
from include.kpis.restated import Change
from include.kpis.schema import SCORES
from include.report.material import Material
from include.report.periods import frame, last_days, month, months_back, weeks
from include.report.scores import read
from tests.report import selling, subscriptions

ROOT = Path(__file__).parents[2]
SUBDIVISIONS = {
    "US": ("US-CA", "US-TX", "US-NY", "US-FL", "US-WA"), "MX": ("MX-CMX", "MX-JAL", "MX-NLE", "MX-QUE", "MX-PUE"),
    "ES": ("ES-MD", "ES-CT", "ES-AN", "ES-VC", "ES-PV"), "CN": ("CN-SH", "CN-BJ", "CN-GD", "CN-ZJ", "CN-SC"),
    "MY": ("MY-10", "MY-14", "MY-01", "MY-07", "MY-12", "MY-09"),
}  # fmt: skip
SHARE = {"organic_search": 0.24, "paid_search": 0.28, "paid_social": 0.2, "email": 0.08, "referral": 0.07,
         "direct": 0.05, "event": 0.05, "partner": 0.02, "unknown": 0.01}  # fmt: skip
PLACE_SHARE = (0.34, 0.28, 0.18, 0.12, 0.06, 0.02)
UNITS = {"USD": 1.0, "MXN": 18.0, "EUR": 0.92, "CNY": 7.1, "MYR": 4.4}
SIZE = {"united_states": 2.2, "mexico": 0.8, "spain": 0.7, "china": 1.2, "malaysia": 1.0}
SPENT_DAYS = 35
DWELL = {"lead": 3.4, "mql": 6.8, "sql": 9.1, "opportunity": 12.0, "poc": 21.0, "negotiation": 8.5}


@dataclass(frozen=True)
class Flow:
    """What moved through a cell in a span: the counts and sums every KPI is made from."""

    visitors: int
    leads: int
    mql: int
    sql: int
    won: int
    lost: int
    bookings: float
    spend: float
    costs: float


@cache
def company() -> Company:
    return load(ROOT / "config")


@cache
def scores(day: date, regions: tuple[str, ...], whole: bool = False) -> pa.Table:
    """The scores of a night: the regions' cells, and the company's where `whole`."""
    rows = [row for region in regions for row in _region(day, region, company().regions[region].currency)]
    if whole:
        rows += list(_region(day, None, company().currency))
        rows += [row for region in SIZE for row in _span_rows(day, region, "USD", {})]
    return pa.Table.from_pylist(rows, schema=SCORES)


def targets(day: date, region: str) -> dict[str, float]:
    """Targets of the month of `day`: a tenth above what a plain month brings; a ceiling for costs."""
    flow = _flow(month(day.replace(day=1)), None if region == COMPANY else region, {})
    currency = company().regions[region].currency
    return {
        "bookings": round(flow.bookings * UNITS[currency] * 1.1, -4),
        "sql_count": round(flow.sql * 1.02, -1),
        "leads_created": round(flow.leads * 0.93, -1),
        "mql_to_sql_rate_period": 0.35,
        "win_rate": 0.25,
        "cac": round(flow.costs / max(flow.won, 1) * UNITS[currency] * 0.95, -2),
        "pipeline_coverage": 3.0,
        "nrr": 1.02,
        "grr": 0.98,
        "logo_churn_rate": 0.012,
    }


def material(day: date, region: str, table: pa.Table | None = None) -> Material:
    known = company()
    owner = known.regions[region]
    night = table if table is not None else scores(day, () if owner.is_company else (region,), owner.is_company)
    return Material(
        company=known,
        region=owner,
        day=day,
        frame=frame(day),
        cells=read(night, owner),
        kpis=KPIS,
        targets=targets(day, region),
        quality=quality(day, region),
        bills=True,
        plans={months_back(day, back): targets(day, region)["bookings"] * (1 - 0.01 * back) for back in range(25)},
        reps=selling.names(region),
        restated=restated(day),
        spent=spent(day, region),
    )


def spent(day: date, region: str) -> dict[date, float]:
    """What the report of the day before said of ad spend; since then a twentieth more is known of the last two days."""
    ends = [day - timedelta(days=back) for back in range(1, SPENT_DAYS + 1)]
    return {each: _spend(each, region) * (1 if day - each > timedelta(days=2) else 20 / 21) for each in ends}


def _spend(day: date, region: str) -> float:
    flow = _flow(month(day.replace(day=1)), None if region == COMPANY else region, {})
    return round(flow.spend * UNITS[company().regions[region].currency] / 30 * (1 + day.day / 100), 2)


def restated(day: date) -> tuple[Change, ...]:
    """Two corrections of the month before."""
    last = months_back(day, 1)
    return (Change("bookings", last, 1_640_000.0, 1_655_500.0), Change("leads_created", last, 1512.0, 1509.0))


def quality(day: date, region: str) -> Quality:
    """Three sources, one of them late; rejects, a missing rate, stays that end before they begin."""
    pulled = datetime(day.year, day.month, day.day, 21, 15, tzinfo=UTC)
    sources = (
        SourceHealth("hubspot", ("leads",), 184_020, 212, pulled, "ok", True),
        SourceHealth("google_ads", ("ad_spend_daily",), 12_400, 0, pulled, "ok", True),
        SourceHealth("planning", ("targets",), 1_260, 3, None if region == "china" else pulled, "late", False),
    )
    reasons = (("currency: 'XQX' is no ISO 4217 code", 120), ("created_at: not readable", 80), ("spend: negative", 15))
    unassigned = 7 if region == COMPANY else 0
    return Quality(sources, reasons, (("MXN", day, 2),), unassigned, missing_costs=0, negative_durations=3)


def _region(day: date, region: str | None, currency: str) -> Iterator[dict[str, object]]:
    yield from _span_rows(day, region, currency, {})
    for channel in SHARE:
        yield from _span_rows(day, region, currency, {"channel": channel})
    for country in company().regions[region].countries if region else ():
        yield from _span_rows(day, region, currency, {"country": country})
        for code in SUBDIVISIONS[country]:
            yield from _span_rows(day, region, currency, {"country": country, "subdivision": code})
    yield from _times(day, region)
    for row in subscriptions.rows(day, region, UNITS[currency], list(_spans(day))):
        yield dict.fromkeys(SCORES.names) | {"region": region, "currency": currency} | row
    yield from _selling(day, region, currency)
    for won_on, won in _won_by_day(day, region):
        said = _money("bookings", won * UNITS[currency], None, currency, 1)
        yield _row("day", won_on, won_on, {"region": region}) | said
    for back in range(SPENT_DAYS):
        spent_on = day - timedelta(days=back)
        said = _money("ad_spend", _spend(spent_on, region or COMPANY), None, currency, 3)
        yield _row("day", spent_on, spent_on, {"region": region}) | said


def _won_by_day(day: date, region: str | None) -> Iterator[tuple[date, float]]:
    """The bookings of the month so far and of the month before on their days, three a week, as far as days are kept."""
    for span in (month(frame(day).previous.first), frame(day).now):
        days = last_days(span.last, span.days)
        sold = [each for each in days if each.weekday() in (0, 2, 4)] or list(days[-1:])
        for each in (each for each in days if (day - each).days < SPENT_DAYS):
            yield each, _flow(span, region, {}).bookings / len(sold) if each in sold else 0.0


def _selling(day: date, region: str | None, currency: str) -> Iterator[dict[str, object]]:
    size = SIZE[region] if region else sum(SIZE.values())
    for span in _spans(day):
        if span[0] == "month":
            flow = _flow(type(frame(day).now)(span[1], span[2]), region, {})
            for row in selling.rows(region, size, currency, UNITS[currency], span, flow):
                yield dict.fromkeys(SCORES.names) | row
    for row in selling.curves(day, region, size):
        yield dict.fromkeys(SCORES.names) | row


def _spans(day: date) -> Iterator[tuple[str, date, date, bool]]:
    """Grain, first and last day, and whether the period still runs."""
    cut = frame(day)
    for back in range(24, 0, -1):
        whole = month(months_back(cut.now.first, back))
        yield "month", whole.first, whole.last, False
    yield "month", cut.now.first, day, cut.running
    for span in (cut.previous, cut.year_ago) if cut.running else ():
        if span != month(span.first):
            yield "month", span.first, span.last, False
    for span in weeks(day, 14):
        yield "week", span.first, span.last, span.days < 7


def _span_rows(day: date, region: str | None, currency: str, cut: dict[str, str]) -> Iterator[dict[str, object]]:
    for grain, first, last, running in _spans(day):
        span = type(frame(day).now)(first, last)
        flow = _flow(span, region, cut)
        place = {"region": region} | cut
        for row in _kpis(flow, span, day, region, currency, cut):
            status = "partial" if row["status"] == "ok" and running else row["status"]
            yield _row(grain, first, last, place) | row | {"status": status}


def _row(grain: str, first: date, last: date, place: dict[str, str | None]) -> dict[str, object]:
    empty = dict.fromkeys(SCORES.names)
    return empty | {"statistic": "value", "grain": grain, "period_start": first, "period_end": last} | place


def _flow(span, region: str | None, cut: dict[str, str]) -> Flow:  # type: ignore[no-untyped-def]
    if region is None:
        flows = [_flow(span, name, cut) for name in SIZE]
        return Flow(*(sum(parts) for parts in zip(*(vars(flow).values() for flow in flows), strict=True)))
    part = SHARE.get(cut.get("channel", ""), 1.0)
    places = SUBDIVISIONS.get(cut.get("country", ""), ())
    if "subdivision" in cut:
        part *= PLACE_SHARE[places.index(cut["subdivision"])]
    tired = cut.get("channel") == "paid_search" and (span.last.year, span.last.month) == (2026, 10)
    base = 1500 * SIZE[region] * part * span.days / 30.4
    leads = round(base * _wave(region, cut, span, 0.12))
    mql = round(leads * 0.38 * _wave(region, cut, span, 0.05, "mql"))
    sql = round(mql * (0.17 if tired else 0.36) * _wave(region, cut, span, 0.06, "sql"))
    low = cut.get("subdivision") in ("MY-01", "MX-NLE", "CN-GD", "ES-AN", "US-TX")
    decided = round(sql * 0.45 * _wave(region, cut, span, 0.1, "decided"))
    won = round(decided * (0.12 if low else 0.24))
    paid = cut.get("channel", "paid_search") in ("paid_search", "paid_social", "event")
    spend = 28 * leads * (1.0 if paid else 0.15)
    return Flow(leads * 25, leads, mql, sql, won, decided - won, won * 18_500.0 * _wave(region, cut, span, 0.1, "size"),
                spend, spend + 3_000.0 * won)  # fmt: skip


def _wave(region: str, cut: dict[str, str], span, width: float, what: str = "leads") -> float:  # type: ignore[no-untyped-def]
    """1 give or take `width`, always the same for the same cell."""
    seed = sha256(f"{region}{sorted(cut.items())}{span}{what}".encode()).digest()[0] / 255
    return 1 + width * (2 * seed - 1)


def _kpis(flow: Flow, span, day: date, region: str | None, currency: str, cut: dict[str, str]):  # type: ignore[no-untyped-def]
    rate = UNITS[currency]
    goal = 0.0 if cut else flow.bookings * 1.1
    yield from (
        _count("visitors", flow.visitors) if region != "china" else _missing("visitors", "count"),
        _count("leads_created", flow.leads),
        _count("mql_count", flow.mql),
        _count("sql_count", flow.sql),
        _count("opportunities_created", round(flow.sql * 0.8)),
        _count("deals_won", flow.won),
        _count("deals_lost", flow.lost),
        _count("new_customers", flow.won),
        _ratio("visitor_to_lead_rate", flow.leads, flow.visitors)
        if region != "china"
        else _missing("visitor_to_lead_rate", "ratio"),
        _cohort("lead_to_mql_rate", flow.mql, flow.leads, span, day, 30),
        _cohort("mql_to_sql_rate", flow.sql, flow.mql, span, day, 90),
        _cohort("sql_to_won_rate", flow.won, flow.sql, span, day, 180),
        _ratio("mql_to_sql_rate_period", flow.sql, flow.mql),
        _ratio("mql_to_sql_rate_lagged", flow.sql, flow.mql),
        _ratio("win_rate", flow.won, flow.won + flow.lost),
        _money("bookings", flow.bookings * rate, None, currency, flow.won),
        _money("average_deal_size", flow.bookings * rate, flow.won, currency, flow.won),
        _money("ad_spend", flow.spend * rate, None, currency, 30),
        _money("cost_per_lead", flow.spend * 1.2 * rate, flow.leads, currency, flow.leads),
        _money("cac", flow.costs * rate, flow.won, currency, flow.won),
        _money("roas", flow.bookings * 0.4 * rate, flow.spend * rate, currency, flow.won, "ratio"),
    )
    if "channel" not in cut:
        rest = goal * 0.3
        yield _money("pipeline_value", flow.bookings * 1.6 * rate, None, currency, flow.won * 3)
        yield _money("quota_attainment", flow.bookings * rate, goal * rate, currency, flow.won, "ratio")
        coverage = _money("pipeline_coverage", flow.bookings * 0.7 * rate, rest * rate, currency, flow.won * 2, "ratio")
        yield coverage if region != "spain" else coverage | {"status": "target_met", "value": None}


def _count(kpi: str, number: int) -> dict[str, object]:
    return _score(kpi, number, None, "count", None, number)


def _ratio(kpi: str, above: float, below: float) -> dict[str, object]:
    return _score(kpi, above, below, "ratio", None, int(below))


def _cohort(kpi: str, above: float, below: float, span, day: date, window: int) -> dict[str, object]:  # type: ignore[no-untyped-def]
    row = _ratio(kpi, above, below)
    return row if day >= span.last + timedelta(days=window) else row | {"status": "immature"}


def _money(
    kpi: str, above: float, below: float | None, currency: str, n: int, unit: str = "money"
) -> dict[str, object]:
    return _score(kpi, above, below, unit, currency, n)


def _missing(kpi: str, unit: str) -> dict[str, object]:
    return {"kpi": kpi, "unit": unit, "status": "missing", "n": 0}


def _score(kpi: str, above: float, below: float | None, unit: str, currency: str | None, n: int) -> dict[str, object]:
    value = above if below is None else above / below if below else None
    return {
        "kpi": kpi, "currency": currency, "numerator": _exact(above), "denominator": _exact(below),
        "value": None if value is None else float(value), "unit": unit, "n": n,
        "status": "null" if value is None else "ok",
    }  # fmt: skip


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(round(number, 4)))


def _times(day: date, region: str | None) -> Iterator[dict[str, object]]:
    size = SIZE[region] if region else sum(SIZE.values())
    for grain, first, last, running in _spans(day):
        for stage, days in DWELL.items():
            n = round(90 * size * DWELL["lead"] / days)
            mean = days * _wave(region or "company", {}, f"{first}{last}{stage}", 0.1)
            base = _row(grain, first, last, {"region": region, "stage": stage}) | {
                "kpi": "time_in_stage", "unit": "duration_days", "status": "partial" if running else "ok", "n": n,
            }  # fmt: skip
            yield base | {"numerator": _exact(mean * n), "denominator": Decimal(n), "value": mean}
            yield base | {"statistic": "median", "value": mean * 0.8}
            yield base | {"statistic": "p90", "value": mean * 2.4}
