"""Stripe's wire format, read by a plain client and by Stripe's own."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import stripe

from sandbox.clock import DEFAULT, read
from tests.sandbox.served import STRIPE_KEY, STRIPE_VERSION, Sandbox

NOW = int(read(DEFAULT).timestamp())
DAY = 86_400
LISTS = {
    "customers": "", "products": "", "prices": "", "coupons": "", "subscriptions": "status=all", "invoices": "",
    "invoiceitems": "", "credit_notes": "", "refunds": "", "charges": "", "invoice_payments": "", "events": "",
}  # fmt: skip
SERVICES: dict[str, Callable[[Any], Any]] = {
    "customers": lambda v1: v1.customers, "products": lambda v1: v1.products, "prices": lambda v1: v1.prices,
    "coupons": lambda v1: v1.coupons, "subscriptions": lambda v1: v1.subscriptions,
    "invoices": lambda v1: v1.invoices, "invoiceitems": lambda v1: v1.invoice_items,
    "credit_notes": lambda v1: v1.credit_notes, "refunds": lambda v1: v1.refunds, "charges": lambda v1: v1.charges,
    "invoice_payments": lambda v1: v1.invoice_payments, "events": lambda v1: v1.events,
}  # fmt: skip
CLASSES: dict[str, Any] = {
    "customers": stripe.Customer, "products": stripe.Product, "prices": stripe.Price, "coupons": stripe.Coupon,
    "subscriptions": stripe.Subscription, "invoices": stripe.Invoice, "invoiceitems": stripe.InvoiceItem,
    "credit_notes": stripe.CreditNote, "refunds": stripe.Refund, "charges": stripe.Charge,
    "invoice_payments": stripe.InvoicePayment, "events": stripe.Event,
}  # fmt: skip
EXTRA: dict[str, set[str]] = {}
BY_CREATED = ("customers", "subscriptions", "invoices", "events", "refunds", "charges")


@pytest.fixture(scope="module")
def client(sandbox: Sandbox) -> Any:
    return stripe.StripeClient(STRIPE_KEY, base_addresses={"api": sandbox.url}).v1


@pytest.fixture(scope="module")
def everything(sandbox: Sandbox) -> dict[str, list[dict[str, Any]]]:
    return {name: sandbox.stripe_pages(f"/v1/{name}?{query}".rstrip("?")) for name, query in LISTS.items()}


def _pages(listing: Callable[..., Any], parameters: dict[str, Any]) -> list[str]:
    """All ids by Stripe's own client, which does not wait when told to."""
    found: list[str] = []
    while True:
        try:
            page = listing({**parameters, "limit": 100, **({"starting_after": found[-1]} if found else {})})
        except stripe.RateLimitError:
            continue
        found += [one.id for one in page.data]
        if not page.has_more:
            return found


@pytest.mark.parametrize("name", LISTS)
def test_stripes_own_client_finds_the_same(client: Any, everything: dict[str, list[Any]], name: str) -> None:
    parameters = {"status": "all"} if name == "subscriptions" else {}
    ids = [one["id"] for one in everything[name]]
    assert _pages(SERVICES[name](client).list, parameters) == ids
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("name", LISTS)
def test_newest_first(everything: dict[str, list[Any]], name: str) -> None:
    stamps = [one.get("created", one.get("date")) for one in everything[name]]
    assert stamps == sorted(stamps, reverse=True)
    assert stamps[0] <= NOW


@pytest.mark.parametrize("name", LISTS)
def test_no_field_that_stripe_does_not_have(everything: dict[str, list[Any]], name: str) -> None:
    known = set(CLASSES[name].__annotations__) | EXTRA.get(name, set())
    assert {field for one in everything[name] for field in one} - known == set()


@pytest.mark.parametrize("name", LISTS)
def test_one_alone_is_the_one_of_the_list(sandbox: Sandbox, everything: dict[str, list[Any]], name: str) -> None:
    middle = everything[name][len(everything[name]) // 2]
    assert sandbox.stripe(f"/v1/{name}/{middle['id']}").json() == middle


def test_the_version_is_told_and_another_is_refused(sandbox: Sandbox, client: Any) -> None:
    assert sandbox.stripe("/v1/products").headers["Stripe-Version"] == STRIPE_VERSION
    assert sandbox.stripe("/v1/products").headers["Date"] == "Sun, 01 Nov 2026 12:00:00 GMT"
    with pytest.raises(stripe.InvalidRequestError, match="2020-08-27"):
        _patiently(lambda: client.products.list(options={"stripe_version": "2020-08-27"}))


def test_another_key_is_refused(sandbox: Sandbox) -> None:
    stranger = stripe.StripeClient("sk_other", base_addresses={"api": sandbox.url})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.customers.list()


def _patiently(asking: Callable[[], Any]) -> Any:
    while True:
        try:
            return asking()
        except stripe.RateLimitError:
            continue


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_parameter_is_refused(sandbox: Sandbox, name: str) -> None:
    answer = sandbox.stripe(f"/v1/{name}?colour=red")
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["type"], error["code"], error["param"]) == ("invalid_request_error", "parameter_unknown", "colour")


@pytest.mark.parametrize("limit", ["0", "101", "ten", "-1"])
def test_a_page_has_one_to_a_hundred(sandbox: Sandbox, limit: str) -> None:
    answer = sandbox.stripe(f"/v1/invoices?limit={limit}")
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "limit")
    assert len(sandbox.stripe("/v1/invoices").json()["data"]) == 10


@pytest.mark.parametrize("name", BY_CREATED)
def test_created_bounds_a_list(sandbox: Sandbox, everything: dict[str, list[Any]], name: str) -> None:
    stamps = sorted({one["created"] for one in everything[name]})
    low, high = stamps[len(stamps) // 3], stamps[len(stamps) // 2]
    status = "&status=all" if name == "subscriptions" else ""
    found = sandbox.stripe_pages(f"/v1/{name}?created[gte]={low}&created[lt]={high}{status}")
    assert found == [one for one in everything[name] if low <= one["created"] < high]
    assert found
    assert sandbox.stripe_pages(f"/v1/{name}?created[gt]={low}&created[lte]={low}{status}") == []


@pytest.mark.parametrize("path", ["/v1/credit_notes?", "/v1/subscription_items?subscription=sub_1&"])
def test_where_stripe_has_no_created_there_is_none(sandbox: Sandbox, path: str) -> None:
    answer = sandbox.stripe(f"{path}created[gte]=1")
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "created[gte]")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/customers/cus_nobody", 404, "resource_missing"),
        ("/v1/invoices?starting_after=in_none", 400, "resource_missing"),
        ("/v1/subscription_items", 400, "parameter_missing"),
        ("/v1/subscriptions?status=frozen", 400, "parameter_invalid_string"),
        ("/v1/invoices?created[since]=1", 400, "parameter_unknown"),
        ("/v1/invoices?created[gte]=yesterday", 400, "parameter_invalid_integer"),
        ("/v1/events?types=invoice.paid", 400, "parameter_invalid_array"),
        ("/v1/events?types[]=invoice.*", 400, None),
        ("/v1/events?types[]=invoice.paid&type=invoice.paid", 400, None),
        ("/v1/invoices?expand[]=data.colour", 400, None),
        ("/v1/invoices?expand[]=customer", 400, None),
        ("/v1/balance", 404, None),
    ],
)
def test_refusals_have_stripes_shape(sandbox: Sandbox, path: str, status: int, code: str | None) -> None:
    answer = sandbox.stripe(path)
    assert (answer.status_code, answer.json()["error"].get("code")) == (status, code)
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_canceled_subscriptions_need_to_be_asked_for(sandbox: Sandbox, everything: dict[str, list[Any]]) -> None:
    shown = sandbox.stripe_pages("/v1/subscriptions")
    assert shown == [one for one in everything["subscriptions"] if one["status"] != "canceled"]
    assert len(shown) < len(everything["subscriptions"])


def test_backwards_is_the_same_list(client: Any, everything: dict[str, list[Any]]) -> None:
    ids = [one["id"] for one in everything["invoices"]]
    page = _patiently(lambda: client.invoices.list({"limit": 7, "ending_before": ids[20]}))
    assert ([one.id for one in page.data], page.has_more) == (ids[13:20], True)


def test_lines_beyond_the_tenth_have_a_list_of_their_own(sandbox: Sandbox, everything: dict[str, list[Any]]) -> None:
    long = [one for one in everything["invoices"] if one["lines"]["has_more"]]
    for one in [*long, everything["invoices"][5]]:
        lines = sandbox.stripe_pages(one["lines"]["url"])
        assert lines[:10] == one["lines"]["data"]
        assert sum(each["amount"] for each in lines) == one["subtotal"]
        off = sum(cut["amount"] for each in lines for cut in each["discount_amounts"])
        tax = sum(part["amount"] for each in lines for part in each["taxes"])
        assert one["total"] == one["subtotal"] - off + tax
    assert long


def test_lines_say_what_was_billed(everything: dict[str, list[Any]]) -> None:
    prices = {one["id"]: one for one in everything["prices"]}
    for bill in everything["invoices"]:
        for line in bill["lines"]["data"]:
            price = prices[line["pricing"]["price_details"]["price"]]
            detail = line["parent"]["subscription_item_details"]
            assert detail["subscription"] == bill["parent"]["subscription_details"]["subscription"]
            assert price["currency"] == line["currency"] == bill["currency"]
            trial = line["description"].startswith("Trial")
            if not detail["proration"] and not trial:
                assert line["amount"] == line["quantity"] * price["unit_amount"]
            assert (detail["invoice_item"] is not None) == detail["proration"]
            assert line["period"]["start"] < line["period"]["end"]


def test_customers_and_subscriptions_know_the_crm(sandbox: Sandbox, everything: dict[str, list[Any]]) -> None:
    firms = {one["metadata"]["crm_company_id"] for one in everything["customers"]}
    body = {"inputs": [{"id": one} for one in sorted(firms)[:50]], "properties": ["name"]}
    known = sandbox.hubspot("/crm/v3/objects/companies/batch/read", body).json()["results"]
    assert {one["id"] for one in known} == set(sorted(firms)[:50])
    deals = [one["metadata"].get("crm_deal_id") for one in everything["subscriptions"]]
    assert 0.5 < sum(deal is not None for deal in deals) / len(deals) < 1
    assert len({deal for deal in deals if deal}) == sum(deal is not None for deal in deals)


def test_items_are_those_of_the_subscription(sandbox: Sandbox, everything: dict[str, list[Any]]) -> None:
    metered = next(one for one in everything["subscriptions"] if len(one["items"]["data"]) == 2)
    listed = sandbox.stripe_pages(metered["items"]["url"])
    by_id = {one["id"]: one for one in metered["items"]["data"]}
    assert {one["id"]: one for one in listed} == by_id
    usage = [one["price"]["recurring"]["usage_type"] for one in metered["items"]["data"]]
    assert usage == ["licensed", "metered"]
    assert "quantity" not in metered["items"]["data"][1]


def test_refunds_lead_to_their_invoice(everything: dict[str, list[Any]], sandbox: Sandbox) -> None:
    for refund in everything["refunds"][:5]:
        joint = "/v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]="
        payment = sandbox.stripe(joint + refund["payment_intent"]).json()["data"][0]
        bill = sandbox.stripe(f"/v1/invoices/{payment['invoice']}").json()
        assert bill["customer"] == refund["customer"]
        assert 0 < refund["amount"] <= bill["total"] == payment["amount_paid"]


def test_credit_notes_name_the_line_they_take_back(sandbox: Sandbox, everything: dict[str, list[Any]]) -> None:
    refunds = {one["id"] for one in everything["refunds"]}
    for note in everything["credit_notes"]:
        assert {one["refund"] for one in note["refunds"]} <= refunds
        assert note["total"] == note["subtotal"] + sum(tax["amount"] for tax in note["total_taxes"])
    note = everything["credit_notes"][0]
    lines = sandbox.stripe_pages(note["lines"]["url"])
    bill = sandbox.stripe(f"/v1/invoices/{note['invoice']}").json()
    assert lines[0]["invoice_line_item"] in {one["id"] for one in bill["lines"]["data"]}
    assert bill["post_payment_credit_notes_amount"] == note["total"]


def test_ids_are_expanded_when_asked_for(client: Any, everything: dict[str, list[Any]]) -> None:
    one = next(sub for sub in everything["subscriptions"] if sub["discounts"])
    paths = ["discounts.source.coupon", "customer", "latest_invoice", "items.data.price.product"]
    found = _patiently(lambda: client.subscriptions.retrieve(one["id"], {"expand": paths}))
    coupon = found.discounts[0].source.coupon
    assert coupon.percent_off or coupon.amount_off
    assert found.customer.metadata["crm_company_id"] in found.customer.id
    assert found.latest_invoice.id == one["latest_invoice"]
    assert found["items"].data[0].price.product.name


# --- events -------------------------------------------------------------------------------------------------------


def test_events_are_kept_for_thirty_days(everything: dict[str, list[Any]]) -> None:
    stamps = [one["created"] for one in everything["events"]]
    assert NOW - 30 * DAY <= min(stamps) < NOW - 29 * DAY
    assert NOW - DAY < max(stamps) <= NOW


def test_events_of_some_types_only(client: Any, everything: dict[str, list[Any]]) -> None:
    wanted = ["customer.subscription.updated", "invoice.paid"]
    since = NOW - 3 * DAY
    ids = _pages(client.events.list, {"types": wanted, "created": {"gte": since}})
    assert ids == [one["id"] for one in everything["events"] if one["type"] in wanted and one["created"] >= since]
    assert ids
    group = _pages(client.events.list, {"type": "customer.subscription.*"})
    assert group == [one["id"] for one in everything["events"] if one["type"].startswith("customer.subscription.")]


def test_an_event_shows_the_object_as_it_was(everything: dict[str, list[Any]]) -> None:
    """A renewal's invoice: a draft when created, open when finalised, paid or still open later."""
    as_of = {
        (one["data"]["object"]["id"], one["type"]): one["data"]["object"]
        for one in everything["events"]
        if one["type"].startswith("invoice.")
    }
    renewals = [
        name for (name, type_), bill in as_of.items() if type_ == "invoice.created" and bill["status"] == "draft"
    ]
    assert len(renewals) > 10
    for name in renewals:
        opened = as_of.get((name, "invoice.finalized"))
        if opened and opened["total"] > 0:
            assert opened["status"] == "open"
            assert opened["status_transitions"]["paid_at"] is None
        paid = as_of.get((name, "invoice.paid"))
        if paid:
            assert paid["status"] == "paid"


def test_a_changed_subscription_tells_what_it_was(everything: dict[str, list[Any]]) -> None:
    moved = [one["data"] for one in everything["events"] if one["type"] == "customer.subscription.updated"]
    assert moved
    for data in moved:
        before = data["previous_attributes"]
        assert before
        assert all(data["object"][name] != value for name, value in before.items())


def test_the_last_event_of_a_subscription_shows_its_present_items(everything: dict[str, list[Any]]) -> None:
    newest: dict[str, Any] = {}
    for one in everything["events"]:
        if one["type"].startswith("customer.subscription."):
            newest.setdefault(one["data"]["object"]["id"], one["data"]["object"])
    present = {one["id"]: one for one in everything["subscriptions"]}
    assert len(newest) > 20
    for name, shown in newest.items():
        assert (shown["status"], shown["items"]) == (present[name]["status"], present[name]["items"])


# --- the clock moves: last in this file, the sandbox is the module's ------------------------------------------------


def test_a_later_clock_knows_more_and_changes_nothing(sandbox: Sandbox, everything: dict[str, list[Any]]) -> None:
    requests.post(f"{sandbox.url}/_sandbox/clock", json={"now": "2026-11-10T12:00:00Z"}, timeout=60)
    events = sandbox.stripe_pages("/v1/events")
    assert max(one["created"] for one in events) > NOW
    kept = {one["id"]: one for one in events}
    old = [one for one in everything["events"] if one["created"] >= NOW - 21 * DAY]
    assert old
    assert [kept[one["id"]] for one in old] == old
    invoices = sandbox.stripe_pages("/v1/invoices")
    assert [one["id"] for one in invoices[-len(everything["invoices"]) :]] == [
        one["id"] for one in everything["invoices"]
    ]
    assert sandbox.stripe_pages("/v1/invoices") == invoices
