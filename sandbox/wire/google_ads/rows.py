"""Spend as GoogleAdsRows: micros and counts as strings (int64), only the fields asked for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sandbox.company.ads import Spend, by_country, totals
from sandbox.company.calendar import FIRST
from sandbox.company.campaigns import Account
from sandbox.company.places import NUMERIC
from sandbox.wire.google_ads.gaql import LOCATION_TYPES, Query
from sandbox.world import World

CHUNK = 2_000


def stream(world: World, account: Account, query: Query, request_id: str) -> list[dict[str, Any]]:
    """The answer's chunks; one without results if there is nothing."""
    rows = [_picked(query.fields, full) for full in _rows(world, account, query)][: query.limit]
    mask = ",".join(_camel(name) for name in query.fields)
    chunks = [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)] or [[]]
    return [({"results": chunk} if chunk else {}) | {"fieldMask": mask, "requestId": request_id} for chunk in chunks]


def _rows(world: World, account: Account, query: Query) -> Iterator[dict[str, str | float]]:
    now = world.clock.now
    for day in range(max(query.first, FIRST), min(query.last, now.date().toordinal() + 1) + 1):
        for total in totals(world.seed, world.leads_per_year, account, day, now):
            if query.campaign not in (None, total.campaign.id):
                continue
            if query.resource == "campaign":
                yield _row(account, total)
            else:
                yield from _geo(account, total, query.location_type)


def _geo(account: Account, total: Spend, wanted: str | None) -> Iterator[dict[str, str | float]]:
    """Both kinds of location: unless one is asked for, everything comes twice, as it does at Google."""
    for kind in LOCATION_TYPES if wanted is None else (wanted,):
        for spend in by_country(account, total):
            criterion = str(2000 + NUMERIC[spend.country or ""])
            name = f"customers/{account.id}/geographicViews/{criterion}~{kind}"
            yield _row(account, spend) | {
                "geographic_view.country_criterion_id": criterion,
                "geographic_view.location_type": kind,
                "geographic_view.resource_name": name,
            }


def _row(account: Account, spend: Spend) -> dict[str, str | float]:
    return {
        "segments.date": date.fromordinal(spend.day).isoformat(),
        "customer.id": account.id,
        "customer.currency_code": account.market.currency,
        "customer.time_zone": account.market.zone,
        "customer.descriptive_name": f"Sample {account.market.team}",
        "campaign.id": spend.campaign.id,
        "campaign.name": spend.campaign.name,
        "campaign.status": "ENABLED",
        "campaign.advertising_channel_type": spend.campaign.type,
        "metrics.cost_micros": str(spend.cost),
        "metrics.impressions": str(spend.impressions),
        "metrics.clicks": str(spend.clicks),
        "metrics.conversions": spend.conversions,
        "metrics.conversions_value": spend.value,
    }


def _picked(fields: tuple[str, ...], full: dict[str, str | float]) -> dict[str, dict[str, str | float]]:
    row: dict[str, dict[str, str | float]] = {}
    for name in fields:
        resource, _, attribute = _camel(name).partition(".")
        row.setdefault(resource, {})[attribute] = full[name]
    return row


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part[0].upper() + part[1:] for part in tail)
