"""Google Ads: what each campaign spent, by day and by the country in which people were.

Two queries a customer: the campaigns' totals, and the geographic view. The view misses spend whose place Google does
not know, so what it lacks of the total is landed without a country: the rows of a campaign add up to its total.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from include.company import Company, SourceConfig
from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.places import NUMERIC
from include.sources.source import Days, Source
from include.sources.strict import Raw

Result = dict[str, Any]
METRICS = {
    "impressions": "impressions",
    "clicks": "clicks",
    "spend": "costMicros",
    "platform_conversions": "conversions",
    "platform_conversion_value": "conversionsValue",
}
MICROS = Decimal(1_000_000)
COLUMNS = (
    "segments.date, customer.id, customer.currency_code, customer.time_zone, campaign.id, campaign.name, "
    "campaign.advertising_channel_type, metrics.cost_micros, metrics.impressions, metrics.clicks, "
    "metrics.conversions, metrics.conversions_value"
)
GEOGRAPHY = "geographic_view.country_criterion_id, geographic_view.location_type"
COUNTRY_CRITERIA = 2000
"""The criterion id of a country is 2000 and its ISO 3166-1 numeric code (Google Ads geo targets)."""


class GoogleAds(Source):
    """The customers named in its section, read with the interface `version` named there."""

    tables = ("ad_spend_daily",)

    def fetch(self, session: Session | None, asked: Mapping[str, Days]) -> Iterator[tuple[str, list[Raw]]]:
        if session is None:
            raise SourceError("Google Ads needs a connection", f"name it in sources.toml, [{self.name}]")
        extra = self.config.model_extra or {}
        for table, days in asked.items():
            yield table, []
            for customer in extra.get("customers", ()):
                yield table, self._customer(session, str(customer), extra["version"], days)

    def _customer(self, session: Session, customer: str, version: str, days: Days) -> list[Raw]:
        path = f"/{version}/customers/{customer}/googleAds:searchStream"
        between = f"segments.date BETWEEN '{days.first}' AND '{days.last}'"
        totals = _stream(session, path, f"SELECT {COLUMNS} FROM campaign WHERE {between}")
        places = _stream(
            session,
            path,
            f"SELECT {COLUMNS}, {GEOGRAPHY} FROM geographic_view "
            f"WHERE {between} AND geographic_view.location_type = 'LOCATION_OF_PRESENCE'",
        )
        placed = [self._raw(result, _metrics(result), _country(result)) for result in places]
        return [*placed, *self._unplaced(totals, places)]

    def _unplaced(self, totals: list[Result], places: list[Result]) -> Iterator[Raw]:
        """What a campaign's total of a day has more than its places. A place that will be rejected is none."""
        known: dict[tuple[str, str], dict[str, Decimal]] = {}
        for result in places:
            if _is_sound(result):
                sums = known.setdefault(_campaign_day(result), dict.fromkeys(METRICS, Decimal(0)))
                for name, value in _metrics(result).items():
                    sums[name] += Decimal(str(value or 0))
        for result in totals:
            sums = known.get(_campaign_day(result), {})
            try:
                rest = {name: Decimal(str(value or 0)) - sums.get(name, 0) for name, value in _metrics(result).items()}
            except InvalidOperation:
                yield self._raw(result, _metrics(result), None)
                continue
            if any(rest.values()):
                yield self._raw(result, rest, None)

    def _raw(self, result: Result, metrics: Mapping[str, Any], country: str | None) -> Raw:
        campaign, customer = result.get("campaign", {}), result.get("customer", {})
        date = result.get("segments", {}).get("date")
        row = {
            "date": date,
            "platform": "google_ads",
            "ad_account_id": customer.get("id"),
            "account_timezone": customer.get("timeZone"),
            "campaign_id": campaign.get("id"),
            "campaign_name": campaign.get("name"),
            "channel": self._channel(campaign.get("advertisingChannelType")),
            "country": country,
            "currency": customer.get("currencyCode"),
            **metrics,
        }
        return Raw(row, result, f"customer {customer.get('id')}, campaign {campaign.get('id')}, {date}")

    def _channel(self, word: str | None) -> str:
        found = (channel.id for channel in self.company.channels.values() if word in channel.google_ads)
        return next(found, "unknown")


def _stream(session: Session, path: str, query: str) -> list[Result]:
    """The results of all chunks of the answer."""
    chunks = session.ask("POST", path, json={"query": query})
    return [result for chunk in chunks for result in chunk.get("results", ())]


def _metrics(result: Result) -> dict[str, Any]:
    """Google writes int64 as text and leaves zeros out; money is in millionths."""
    told = result.get("metrics", {})
    cells = {name: told.get(word, 0) for name, word in METRICS.items()}
    return cells | {"spend": _money(cells["spend"])}


def _money(micros: Any) -> Any:
    """In units. What is no number stays as it is, to be rejected under its own face."""
    try:
        return Decimal(str(micros)) / MICROS
    except InvalidOperation:
        return micros


def _country(result: Result) -> str:
    criterion = str(result.get("geographicView", {}).get("countryCriterionId", ""))
    number = int(criterion) - COUNTRY_CRITERIA if criterion.isdecimal() else 0
    return NUMERIC.get(number, f"criterion {criterion}")


def _is_sound(result: Result) -> bool:
    """Whether this place will be accepted as far as its country and numbers go."""
    try:
        numbers = [Decimal(str(value or 0)) for value in _metrics(result).values()]
    except InvalidOperation:
        return False
    return not _country(result).startswith("criterion") and all(n.is_finite() and n >= 0 for n in numbers)


def _campaign_day(result: Result) -> tuple[str, str]:
    return str(result.get("campaign", {}).get("id")), str(result.get("segments", {}).get("date"))


def build(company: Company, config: SourceConfig, root: Path) -> GoogleAds:
    return GoogleAds(company, config, root)
