"""What campaigns spent, by day and country, and what no country explains."""

from datetime import date
from decimal import Decimal
from typing import Any

from include.company import Company
from include.sources import Days, build, client

from .vendor import Answer, Asked, serving

D = Days(date(2026, 10, 1), date(2026, 10, 31))


def result(micros: str, country: str | None = None, **metrics: Any) -> dict[str, Any]:
    """As the wire has it: int64 as text, fractions as numbers, zeros left out."""
    told = {
        "segments": {"date": "2026-10-03"},
        "customer": {"id": "1000000002", "currencyCode": "MXN", "timeZone": "America/Mexico_City"},
        "campaign": {"id": "77", "name": "=1+1", "advertisingChannelType": "SEARCH"},
        "metrics": {"costMicros": micros} | metrics,
    }
    view = {"geographicView": {"countryCriterionId": country, "locationType": "LOCATION_OF_PRESENCE"}}
    return told | (view if country else {})


def pulled(company: Company, totals: list[Any], places: list[Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows and rejects of one customer; totals come in two chunks."""
    asked_for: list[str] = []

    def answer(asked: Asked) -> Answer:
        asked_for.append(asked.body["query"])
        geographic = "FROM geographic_view" in asked.body["query"]
        chunks = [places] if geographic else [totals[:1], totals[1:]]
        return Answer([{"results": chunk, "requestId": "r"} for chunk in chunks if chunk])

    section = company.sources["google_ads"]
    one = type(section)(**{**section.model_dump(), "customers": ["1000000002"]})
    with serving(answer) as vendor:
        source = build(company.model_copy(update={"sources": {"google_ads": one}}), "google_ads")
        batches = list(source.pull(client.session(vendor.url), "ad_spend_daily", D))
        assert {each.path for each in vendor.asked} == {"/v26/customers/1000000002/googleAds:searchStream"}
    assert all("BETWEEN '2026-10-01' AND '2026-10-31'" in query for query in asked_for)
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    return rows, [row for batch in batches for row in batch.rejects.to_pylist()]


def test_spend_is_landed_by_country_in_the_accounts_currency(company: Company) -> None:
    rows, _ = pulled(company, [result("2500000", clicks="3")], [result("2500000", "2484", clicks="3")])

    (row,) = rows
    assert (row["country"], row["spend"], row["currency"], row["clicks"]) == ("MX", Decimal("2.5"), "MXN", 3)
    assert (row["channel"], row["campaign_name"], row["date"]) == ("paid_search", "=1+1", date(2026, 10, 3))
    assert (row["account_timezone"], row["ad_account_id"]) == ("America/Mexico_City", "1000000002")


def test_what_the_places_lack_of_the_total_has_no_country(company: Company) -> None:
    totals = [result("10000000", impressions="9", conversions=1.5)]
    rows, _ = pulled(company, totals, [result("6000000", "2484", impressions="4", conversions=1.0)])

    assert [(row["country"], row["spend"], row["impressions"], row["platform_conversions"]) for row in rows] == [
        ("MX", 6, 4, 1),
        (None, 4, 5, Decimal("0.5")),
    ]


def test_a_campaign_without_any_place_is_landed_whole(company: Company) -> None:
    rows, _ = pulled(company, [result("10000000"), result("0")], [])

    assert [(row["country"], row["spend"]) for row in rows] == [(None, 10)]


def test_a_place_that_is_no_country_is_rejected_and_its_spend_kept_without_place(company: Company) -> None:
    rows, rejects = pulled(company, [result("10000000")], [result("4000000", "2999")])

    assert [(row["country"], row["spend"]) for row in rows] == [(None, 10)]
    assert [each["reasons"] for each in rejects] == [["country: 'criterion 2999' is no ISO 3166-1 code"]]
    assert rejects[0]["origin"] == "customer 1000000002, campaign 77, 2026-10-03"


def test_negative_spend_is_rejected(company: Company) -> None:
    rows, rejects = pulled(company, [result("-5000000")], [])

    assert rows == []
    assert rejects[0]["reasons"] == ["spend: Decimal('-5') is negative"]


def test_spend_that_is_no_number_is_rejected_under_its_own_face(company: Company) -> None:
    rows, rejects = pulled(company, [result("lots")], [])

    assert rows == []
    assert rejects[0]["reasons"] == ["spend: 'lots' is no number"]
