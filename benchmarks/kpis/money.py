"""What is spent by day and country, and the rates of the working days."""

import numpy as np
import pyarrow as pa

from benchmarks.kpis.columns import Numbers, ids, table, words
from benchmarks.kpis.company import FIRST, LANDED, PLACES
from benchmarks.kpis.leads import CHANNELS, SUBDIVISIONS

PER_EURO = {
    "EUR": 1.0, "USD": 1.09, "CAD": 1.49, "MXN": 20.1, "COP": 4500.0, "CNY": 7.8, "MYR": 4.7, "SGD": 1.45,
    "IDR": 17200.0, "BRL": 6.1,
}  # fmt: skip
_TYPES = ("rep_pay", "commission", "travel", "tools", "agency", "event", "content", "other")
_STAGES = ("lead", "mql", "sql", "opportunity", None)
_PAID = (1, 2, 3, 6)
DAYS = (LANDED - FIRST).days + 1


def ad_spend(first: int, last: int, campaigns: int) -> pa.Table:
    """Days `first` to `last` of history by number: each campaign in most countries, some of it in no country."""
    random = np.random.default_rng((11, first))
    day, campaign, country = (
        each.ravel()
        for each in np.meshgrid(np.arange(first, last + 1), np.arange(campaigns), np.arange(len(PLACES) + 1))
    )
    runs = random.random(len(day)) < 0.6
    day, campaign, country = day[runs], campaign[runs], country[runs]
    factor = np.array([*(PER_EURO[each.currency] for each in PLACES), 1.09])[country]
    names: list[str | None] = [each.country for each in PLACES]
    known = {
        "date": _dates(day),
        "platform": "google_ads",
        "ad_account_id": "1",
        "account_timezone": "UTC",
        "campaign_id": ids("c", campaign),
        "campaign_name": "Campaign",
        "channel": words(np.array(_PAID)[campaign % len(_PAID)], CHANNELS),
        "country": words(country, [*names, None]),
        "subdivision": words(*_part(country, campaign, names)),
        "currency": words(country, [*(each.currency for each in PLACES), "USD"]),
        "impressions": random.integers(100, 9000, len(day)),
        "clicks": random.integers(0, 90, len(day)),
        "spend": np.round(np.exp(random.normal(4, 1, len(day))) * factor, 2),
    }
    return table("ad_spend_daily", len(day), known)


def _part(country: Numbers, campaign: Numbers, names: list[str | None]) -> tuple[Numbers, list[str | None]]:
    """Two of three campaigns know the subdivision they are shown in."""
    parts = [f"{name}-{part}" for name in names for part in range(SUBDIVISIONS)]
    known = (country < len(names)) & (campaign % 3 > 0)
    return np.where(known, country * SUBDIVISIONS + campaign % SUBDIVISIONS, len(parts)), [*parts, None]


def sales_costs() -> pa.Table:
    """An entry a day, type and country; one in ten of no channel."""
    random = np.random.default_rng(13)
    day, kind, country = (
        each.ravel() for each in np.meshgrid(np.arange(DAYS), np.arange(len(_TYPES)), np.arange(len(PLACES)))
    )
    factor = np.array([PER_EURO[each.currency] for each in PLACES])[country]
    channel = np.where(random.random(len(day)) < 0.1, len(CHANNELS), random.integers(0, len(CHANNELS), len(day)))
    known = {
        "cost_id": ids("K", np.arange(len(day))),
        "cost_date": _dates(day),
        "cost_type": words(kind, _TYPES),
        "acquisition_scope": words((random.random(len(day)) < 0.2).astype(np.int64), ["new", "existing"]),
        "stage": words(random.integers(0, len(_STAGES), len(day)), _STAGES),
        "channel": words(channel, [*CHANNELS, None]),
        "country": words(country, [each.country for each in PLACES]),
        "amount": np.round(np.exp(random.normal(5, 1, len(day))) * factor, 2),
        "currency": words(country, [each.currency for each in PLACES]),
    }
    return table("sales_costs", len(day), known)


def fx_rates() -> pa.Table:
    """What a euro was worth at the close of every working day."""
    random = np.random.default_rng(17)
    days = np.arange(-12, DAYS)
    days = days[np.is_busday(np.datetime64(FIRST) + days)]
    quoted = [name for name in PER_EURO if name != "EUR"]
    moves = np.exp(np.cumsum(random.normal(0, 0.004, (len(quoted), len(days))), axis=1))
    rates = np.array([PER_EURO[name] for name in quoted])[:, None] * moves
    known = {
        "rate_date": _dates(np.tile(days, len(quoted))),
        "base_currency": "EUR",
        "quote_currency": words(np.repeat(np.arange(len(quoted)), len(days)), quoted),
        "rate_type": "daily_close",
        "rate": rates.ravel(),
    }
    return table("fx_rates", rates.size, known)


def _dates(numbers: Numbers) -> pa.Array:
    return pa.array((np.datetime64(FIRST) + numbers).astype("datetime64[D]"))
