"""Google Ads' wire format."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.wire.google_ads.gaql import QueryError, parse
from tests.sandbox.served import Sandbox

DAYS = "segments.date BETWEEN '2026-10-01' AND '2026-10-07'"
FIELDS = "segments.date, customer.currency_code, campaign.id, campaign.name, metrics.cost_micros, metrics.clicks"


def test_totals_are_micros_as_text_and_cover_their_countries(sandbox: Sandbox) -> None:
    totals = sandbox.google_ads(f"SELECT {FIELDS} FROM campaign WHERE {DAYS}").json()
    places = sandbox.google_ads(
        f"SELECT {FIELDS}, geographic_view.country_criterion_id FROM geographic_view "
        f"WHERE {DAYS} AND geographic_view.location_type = 'LOCATION_OF_PRESENCE'"
    ).json()
    whole, parts = _spent(totals), _spent(places)
    assert Decimal("0.94") * whole < parts < whole
    assert {row["geographicView"]["countryCriterionId"] for row in places[0]["results"]} == {"2840", "2124"}
    assert {row["segments"]["date"] for row in totals[0]["results"]} == {f"2026-10-{day:02d}" for day in range(1, 8)}
    assert "<script>alert(1)</script>" in {row["campaign"]["name"] for row in totals[0]["results"]}


def _spent(chunks: list[dict[str, Any]]) -> Decimal:
    rows = [row for chunk in chunks for row in chunk["results"]]
    assert all(isinstance(row["metrics"]["costMicros"], str) for row in rows)
    return sum((Decimal(row["metrics"]["costMicros"]) for row in rows), Decimal())


def test_without_a_location_type_everything_comes_twice(sandbox: Sandbox) -> None:
    query = f"SELECT metrics.cost_micros FROM geographic_view WHERE {DAYS}"
    once = f"{query} AND geographic_view.location_type = 'AREA_OF_INTEREST'"
    assert _spent(sandbox.google_ads(query).json()) == 2 * _spent(sandbox.google_ads(once).json())


def test_the_future_is_empty(sandbox: Sandbox) -> None:
    ahead = "SELECT campaign.id FROM campaign WHERE segments.date BETWEEN '2026-11-02' AND '2026-11-05'"
    assert "results" not in sandbox.google_ads(ahead).json()[0]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"SELECT metrics.cost FROM campaign WHERE {DAYS}", "UNRECOGNIZED_FIELD"),
        (f"SELECT campaign.id FROM campaigns WHERE {DAYS}", "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE"),
        ("SELECT campaign.id FROM campaign WHERE segments.dat = '2026-10-01'", "UNRECOGNIZED_FIELD"),
        (
            f"SELECT geographic_view.location_type FROM campaign WHERE {DAYS}",
            "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE",
        ),
        ("SELECT campaign.id", "UNEXPECTED_INPUT"),
        ("SELECT campaign.id FROM campaign", "EXPECTED_FILTERS_ON_DATE"),
    ],
)
def test_queries_google_would_refuse(query: str, code: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(query)
    assert refused.value.code == code


def test_a_refusal_has_googles_shape(sandbox: Sandbox) -> None:
    answer = sandbox.google_ads(f"SELECT metrics.cost FROM campaign WHERE {DAYS}")
    assert answer.status_code == 400
    detail = answer.json()[0]["error"]["details"][0]
    assert detail["errors"][0]["errorCode"] == {"queryError": "UNRECOGNIZED_FIELD"}
    assert sandbox.google_ads("SELECT campaign.id FROM campaign", "999").status_code == 403
