"""The sample company's vendors, read by the vendors' own clients: they find what our client finds."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import stripe
from hubspot import HubSpot
from hubspot.crm import companies, contacts, deals
from urllib3 import Retry

from include.sources import Days, client
from include.sources.hubspot import api as ours
from include.sources.stripe import api as stripe_ours

from .test_sandbox import NOON, sandbox

EVER = Days(date(2024, 11, 1), date(2026, 10, 31), since=datetime(1970, 1, 1, tzinfo=UTC))
KINDS = {
    "contacts": (contacts, ("email", "lifecyclestage", "hs_country_region_code")),
    "companies": (companies, ("name", "domain", "city")),
    "deals": (deals, ("dealname", "dealstage", "amount")),
}
LISTS = ("customers", "prices", "coupons", "invoices", "invoice_items", "credit_notes", "refunds", "events")
Told = dict[str, Any]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sandbox(tmp_path_factory.mktemp("clients") / "drop", f"2026-11-01{NOON}") as serves:
        yield serves


@pytest.mark.parametrize("kind", KINDS)
def test_hubspots_own_client_finds_the_records_that_ours_finds(url: str, kind: str) -> None:
    session = client.session(url, {"Authorization": "Bearer sample-hubspot-token"})
    _, properties = KINDS[kind]
    found = {each["id"]: each["properties"] for each in ours.search(session, kind, EVER, properties)}
    theirs = {each.id: each.properties for each in searched(url, kind)}

    assert len(theirs) > 200, "else one page would do"
    assert theirs.keys() == found.keys()
    for key, told in theirs.items():
        assert {name: told[name] for name in properties} == {name: found[key].get(name) for name in properties}


def searched(url: str, kind: str) -> Iterator[Any]:
    """Page by page, as HubSpot's documentation has it: `after` is the cursor of the page before."""
    module, properties = KINDS[kind]
    retry = Retry(total=8, status_forcelist=[429], allowed_methods=None, respect_retry_after_header=True)
    search = getattr(HubSpot(access_token="sample-hubspot-token", retry=retry).crm, kind).search_api
    search.api_client.configuration.host = url
    after: str | None = None
    by_id = {"propertyName": "hs_object_id", "direction": "ASCENDING"}
    while True:
        request = module.PublicObjectSearchRequest(
            limit=200, after=after, properties=list(properties), filter_groups=[], sorts=[by_id]
        )
        page = search.do_search(public_object_search_request=request)
        yield from page.results
        if page.paging is None:
            return
        after = page.paging.next.after


@pytest.mark.parametrize("kind", LISTS)
def test_stripes_own_client_finds_the_objects_that_ours_finds(url: str, kind: str) -> None:
    session = client.session(url, {"Authorization": "Bearer sample-stripe-key"})
    path = f"/v1/{kind.replace('invoice_items', 'invoiceitems')}"
    found = {each["id"]: each for each in stripe_ours.every(session, path)}
    theirs = {each["id"]: each for each in listed(url, kind)}

    assert found.keys() == theirs.keys()
    assert len(theirs) > 0
    for key in list(theirs)[:100]:
        assert theirs[key] == found[key]


def test_stripes_own_client_finds_subscriptions_of_every_status(url: str) -> None:
    session = client.session(url, {"Authorization": "Bearer sample-stripe-key"})
    found = {each["id"]: each for each in stripe_ours.every(session, "/v1/subscriptions", ("status", "all"))}
    theirs = {each["id"]: each for each in listed(url, "subscriptions", status="all")}

    assert theirs == found
    assert {each["status"] for each in theirs.values()} >= {"active", "canceled"}


def listed(url: str, kind: str, **filters: str) -> Iterator[Told]:
    """The client does not wait for a Retry-After by itself, and makes numbers of decimals that are told as text."""
    own = stripe.StripeClient("sample-stripe-key", base_addresses={"api": url})
    after: Told = {}
    while True:
        try:
            page = getattr(own.v1, kind).list({"limit": 100, **filters, **after})
        except stripe.RateLimitError:
            continue
        yield from (json.loads(json.dumps(each.to_dict(), default=str)) for each in page.data)
        if not page.has_more:
            return
        after = {"starting_after": page.data[-1].id}
