"""Tables that Fivetran keeps of other companies' HubSpot and Google Ads, sent through our mapping as the vendor would
tell them. They are small and most words are hashed, so much of it is rejected: every reason is told here.

The tables of property histories have hashed names and cannot be told as HubSpot would.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from include.company import Company
from include.sources import Days, build, client

from .crm import Crm, record
from .shared import moment, table
from .vendor import Answer, Asked, serving

SINCE = Days(date(2013, 1, 1), date(2026, 10, 31))
Rows = list[dict[str, Any]]


def iso(told: str) -> str:
    return moment(told).isoformat()


def told(company: Company, crm: Crm, name: str) -> tuple[Rows, Counter[tuple[str, ...]]]:
    """Rows of a table, and how often each set of reasons was given."""
    with serving(crm) as vendor:
        batches = list(build(company, "hubspot").pull(client.session(vendor.url), name, SINCE))
    rejects = [tuple(each["reasons"]) for batch in batches for each in batch.rejects.to_pylist()]
    return [row for batch in batches for row in batch.rows.to_pylist()], Counter(rejects)


def test_companies_are_rejected_since_their_countries_are_names(company: Company) -> None:
    """HubSpot's own field hs_country_region_code holds codes; these have the free text field beside it."""
    companies = [
        record(
            int(each["id"]), iso(each["property_createdate"]), iso(each["_fivetran_synced"]),
            name=each["property_name"], city=each["property_city"], industry=each["property_industry"],
            hs_state_code=each["property_state"], hs_country_region_code=each["property_country"],
        )
        for each in table("dbt_hubspot", "company_data")
    ]  # fmt: skip
    rows, reasons = told(company, Crm({"companies": companies}), "accounts")

    assert rows == []
    assert reasons == {
        ("country: 'United States' is no ISO 3166-1 code",): 22,
        ("country: 'United Kingdom' is no ISO 3166-1 code",): 2,
    }


def test_companies_land_when_their_countries_are_codes(company: Company) -> None:
    codes = {"United States": "US", "United Kingdom": "GB"}
    companies = [
        record(
            int(each["id"]), iso(each["property_createdate"]), iso(each["_fivetran_synced"]),
            name=each["property_name"], hs_country_region_code=codes[each["property_country"]],
        )
        for each in table("dbt_hubspot", "company_data")
    ]  # fmt: skip
    rows, reasons = told(company, Crm({"companies": companies}), "accounts")

    assert (len(rows), reasons) == (24, {})
    assert {(row["country"], company.region_of(row["country"], None)) for row in rows} == {
        ("US", "united_states"),
        ("GB", "unassigned"),
    }


def test_contacts_land_with_an_unknown_channel(company: Company) -> None:
    seeds = table("dbt_hubspot", "contact_data")
    contacts = [
        record(
            int(each["id"]), iso(each["property_createdate"]), iso(each["_fivetran_synced"]),
            email=each["property_email"],
        )
        for each in seeds
    ]  # fmt: skip
    rows, reasons = told(company, Crm({"contacts": contacts}), "leads")

    assert reasons == {}
    assert {row["lead_id"] for row in rows} == {each["id"] for each in seeds}
    assert {(row["channel"], row["is_test"], row["country"]) for row in rows} == {("unknown", False, None)}


def test_deals_without_stage_and_currency_are_rejected_for_both(company: Company) -> None:
    deals = [
        record(
            int(each["deal_id"]), iso(each["property_createdate"]), iso(each["property_createdate"]),
            dealname=each["property_dealname"], hubspot_owner_id=each["owner_id"],
        )
        for each in table("dbt_hubspot", "deal_data")
    ]  # fmt: skip
    rows, reasons = told(company, Crm({"deals": deals}), "opportunities")

    assert rows == []
    assert reasons == {("stage: '' is in no [hubspot.dealstage] of funnel.toml",): 44}


def test_stages_in_words_of_no_map_are_rejected_one_by_one(company: Company) -> None:
    seeds = table("dbt_hubspot", "deal_stage_data")
    deals = [
        record(int(each["deal_id"]), iso(each["date_entered"]), iso(each["_fivetran_synced"]), dealstage=each["value"])
        for each in seeds
    ]
    rows, reasons = told(company, Crm({"deals": deals}), "crm_stage_history")

    assert rows == []
    expected = Counter(each["value"] for each in seeds)
    assert reasons == {
        (f"stage: {word!r} is in no [hubspot.dealstage] of funnel.toml",): many for word, many in expected.items()
    }
    assert len(expected) == 3


def test_owners_land_as_reps(company: Company) -> None:
    seeds = table("dbt_hubspot", "owner_data")
    owners = [
        {
            "id": each["owner_id"], "firstName": each["first_name"], "lastName": each["last_name"],
            "createdAt": iso(each["created_at"]), "updatedAt": iso(each["updated_at"]), "archived": False,
        }
        for each in seeds
    ]  # fmt: skip
    rows, reasons = told(company, Crm(owners=owners), "reps")

    assert (len(rows), reasons) == (100, {})
    assert {row["rep_id"] for row in rows} == {each["owner_id"] for each in seeds}


def test_calls_meetings_and_mails_land(company: Company) -> None:
    meetings = [
        record(
            int(each["engagement_id"]), iso(each["start_time"]), iso(each["_fivetran_synced"]),
            hs_timestamp=iso(each["start_time"]), hs_meeting_outcome=each["meeting_outcome"],
        )
        for each in table("dbt_hubspot", "engagement_meeting_data")
    ]  # fmt: skip
    others = {
        kind: [
            record(
                int(each["engagement_id"]), iso(each["property_hs_createdate"]), iso(each["_fivetran_synced"]),
                hs_timestamp=iso(each["property_hs_timestamp"]),
            )
            for each in table("dbt_hubspot", f"engagement_{kind[:-1]}_data")
        ]
        for kind in ("calls", "emails")
    }  # fmt: skip
    rows, reasons = told(company, Crm({"meetings": meetings, **others}), "activities")

    assert reasons == {}
    assert Counter(row["type"] for row in rows) == {"call": 1, "email": 1, "meeting": 100}
    assert {row["outcome"] for row in rows} == {None}


ZONE = "America/Los_Angeles"


def campaigns(each: dict[str, str], zone: str = ZONE, **told: str) -> dict[str, Any]:
    """A day of a campaign as Google Ads tells it: names and words from the tables of campaigns and accounts."""
    (name, kind) = next(
        (one["name"], one["advertising_channel_type"])
        for one in table("dbt_ad_reporting", "google_ads_campaign_history_data")
        if one["id"] == "9935249409"
    )
    (account,) = table("dbt_ad_reporting", "google_ads_account_history_data")
    return {
        "segments": {"date": each["date"]},
        "customer": {
            "id": each["customer_id"], "currencyCode": account["currency_code"], "timeZone": zone,
        },
        "campaign": {"id": each["id"], "name": name, "advertisingChannelType": kind},
        "metrics": {
            "costMicros": each["cost_micros"], "impressions": each["impressions"], "clicks": each["clicks"],
            "conversions": float(each["conversions"]), "conversionsValue": float(each["conversions_value"]),
        }
        | told,
    }  # fmt: skip


def spent(company: Company, results: list[dict[str, Any]]) -> tuple[Rows, list[list[str]], int]:
    def answer(asked: Asked) -> Answer:
        return Answer([{"results": [] if "geographic_view" in asked.body["query"] else results}])

    section = company.sources["google_ads"]
    one = type(section)(**{**section.model_dump(), "customers": ["2121450128"]})
    with serving(answer) as vendor:
        source = build(company.model_copy(update={"sources": {"google_ads": one}}), "google_ads")
        batches = list(source.pull(client.session(vendor.url), "ad_spend_daily", SINCE))
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    reasons = [each["reasons"] for batch in batches for each in batch.rejects.to_pylist()]
    return rows, reasons, sum(batch.superseded for batch in batches)


def test_the_account_whose_row_is_a_cell_short_has_no_time_zone_and_its_days_are_rejected(company: Company) -> None:
    """In the table of accounts one cell is missing, so that its zone stands under `test_account`."""
    (account,) = table("dbt_ad_reporting", "google_ads_account_history_data")
    seeds = table("dbt_ad_reporting", "google_ads_campaign_stats_data")
    rows, reasons, _ = spent(company, [campaigns(each, account["time_zone"]) for each in seeds])

    assert (rows, account["test_account"]) == ([], ZONE)
    assert reasons == [["account_timezone: missing"]] * len(seeds)


def test_campaign_days_land_to_the_last_micro(company: Company) -> None:
    seeds = table("dbt_ad_reporting", "google_ads_campaign_stats_data")
    rows, reasons, superseded = spent(company, [campaigns(each) for each in seeds])

    assert (reasons, superseded) == ([], 0)
    spending = [each for each in seeds if int(each["cost_micros"]) or int(each["impressions"])]
    assert len(rows) == len(spending) > 10
    assert sum(row["spend"] for row in rows) == sum(Decimal(each["cost_micros"]) / 1_000_000 for each in seeds)
    assert sum(row["clicks"] for row in rows) == sum(int(each["clicks"]) for each in seeds)
    assert {(row["channel"], row["currency"], row["country"]) for row in rows} == {("paid_search", "USD", None)}
    assert {row["account_timezone"] for row in rows} == {"America/Los_Angeles"}


def test_a_campaign_day_with_money_taken_away_is_rejected(company: Company) -> None:
    first, *others = table("dbt_ad_reporting", "google_ads_campaign_stats_data")
    rows, reasons, _ = spent(company, [campaigns(first, costMicros="-36150000"), *map(campaigns, others)])

    assert reasons == [["spend: Decimal('-36.15') is negative"]]
    assert first["date"] not in {str(row["date"]) for row in rows}
