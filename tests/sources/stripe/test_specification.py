"""Every path and parameter that our client sends is in Stripe's own papers.

The last whole specification at hand is of August 2023. What is newer is judged by the parameters that Stripe's own
client for Python knows: it is generated from the specification of the very version we pin.
"""

import gzip
import importlib
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
import stripe
import yaml
from stripe._event import Event

from include.company import Company
from include.sources import Days, build, client
from include.sources.stripe.api import EVENTS, VERSION

from ..shared import shared
from ..vendor import serving
from .account import Account
from .objects import customer, discount, event, invoice, item, line, price, subscription
from .test_documents import credit_note, credited, refund
from .test_night import NIGHT, WHEN

ID = re.compile(r"_\w*\d$")
TYPED = {
    "/v1/customers": "Customer",
    "/v1/prices": "Price",
    "/v1/coupons": "Coupon",
    "/v1/subscriptions": "Subscription",
    "/v1/invoices": "Invoice",
    "/v1/invoices/{}/lines": "InvoiceLineItem",
    "/v1/invoiceitems": "InvoiceItem",
    "/v1/invoice_payments": "InvoicePayment",
    "/v1/credit_notes": "CreditNote",
    "/v1/refunds": "Refund",
    "/v1/events": "Event",
}
NEWER = {"/v1/invoice_payments"}
"""Paths that the specification of 2023 does not have yet."""


@pytest.fixture(scope="module")
def sent(company: Company) -> dict[str, set[str]]:
    """Parameters by path, ids taken out, of a history and a night that use every route."""
    source = build(company, "stripe")
    with serving(whole()) as vendor:
        session = client.session(vendor.url, {"Authorization": "Bearer sample-stripe-key"})
        for days in (*source.pieces(Days(date(2026, 5, 1), date(2026, 6, 30))), NIGHT):
            list(source.fetch(session, dict.fromkeys(source.tables, days)))
        found: dict[str, set[str]] = {}
        for each in vendor.asked:
            path = "/".join("{}" if ID.search(part) else part for part in each.path.split("/"))
            found.setdefault(path, set()).update(name for name, _ in each.params)
    return found


def whole() -> Account:
    """An account with something of everything, one object a page and one line a document."""
    account = Account({}, shown=1, most=1)
    lines = line(), line(2, item="si_2")
    named = subscription(item(), item(2), discounts=["di_7"])
    account.objects |= {
        "/v1/customers": [customer(), customer(2)],
        "/v1/prices": [price()],
        "/v1/subscriptions": [subscription(item(), item(2))],
        "/v1/invoices": [invoice(*lines), invoice(number=2)],
        "/v1/credit_notes": [credit_note(credited(), credited(id="cnli_2"), refunds=[{"refund": "re_9"}])],
        "/v1/charges": [{"id": "ch_1", "customer": "cus_1"}],
        "/v1/refunds": [refund(customer="cus_1", payment_intent="pi_1")],
        "/v1/invoice_payments": [{"id": "inpay_1", "invoice": "in_1", "payment": {"payment_intent": "pi_1"}}],
        "/v1/events": [
            event("customer.subscription.updated", named, WHEN, 1),
            event("customer.subscription.updated", subscription(discounts=["di_8"]), WHEN, 5),
            event("customer.discount.created", discount(7) | {"source": {"type": "coupon", "coupon": "C7"}}, WHEN, 4),
            event("credit_note.created", credit_note(), WHEN, 2),
            event("refund.created", refund(), WHEN, 3),
        ],
    }
    return account


@cache
def specification() -> dict[str, Any]:
    with gzip.open(shared("stripe/spec3.2023-08-16.yaml.gz")) as file:
        paths = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["paths"]
    return {re.sub(r"{\w+}", "{}", path): told["get"] for path, told in paths.items() if "get" in told}


def known(path: str) -> dict[str, set[str]]:
    """Query parameters by name with their parts: created has gte, types is a list (one part without a name)."""
    asked = [each for each in specification()[path]["parameters"] if each["in"] == "query"]
    return {each["name"]: parts(each["schema"]) for each in asked}


def parts(schema: dict[str, Any]) -> set[str]:
    shapes = [schema, *schema.get("anyOf", ())]
    lists = {""} if any(shape.get("type") == "array" for shape in shapes) else set()
    return lists | {name for shape in shapes for name in shape.get("properties", ())}


def test_every_path_is_in_the_specification(sent: dict[str, set[str]]) -> None:
    assert sent.keys() - specification().keys() == NEWER
    assert {"/v1/events", "/v1/invoices/{}/lines", "/v1/credit_notes/{}/lines", "/v1/subscriptions/{}"} <= sent.keys()


def test_every_parameter_is_in_the_specification(sent: dict[str, set[str]]) -> None:
    for path, names in sent.items():
        if path not in NEWER:
            for name in names:
                base, _, part = name.rstrip("]").partition("[")
                assert base in known(path), f"{path}: {name}"
                assert part in known(path)[base] or "[" not in name, f"{path}: {name}"


def test_credit_notes_have_no_created_to_ask_for(sent: dict[str, set[str]]) -> None:
    """Else the two tests above could not fail: one may be asked for and the other not."""
    assert "created" in known("/v1/invoices")
    assert "created" not in known("/v1/credit_notes")
    assert any(name.startswith("created[") for name in sent["/v1/invoices"])


@pytest.mark.parametrize("path", TYPED)
def test_stripes_own_client_knows_the_parameters_too(sent: dict[str, set[str]], path: str) -> None:
    typed = getattr(importlib.import_module("stripe.params"), f"{TYPED[path]}ListParams")
    for name in sent[path]:
        base, _, part = name.rstrip("]").partition("[")
        assert base in typed.__annotations__, f"{path}: {name}"
        if part:
            inner = getattr(importlib.import_module("stripe.params"), f"{TYPED[path]}ListParams{base.title()}")
            assert part in inner.__annotations__, f"{path}: {name}"


def test_the_pinned_version_is_the_one_of_stripes_own_client() -> None:
    assert stripe.api_version == VERSION


def test_the_events_we_ask_for_exist() -> None:
    assert set(EVENTS) <= set(re.findall(r"'([a-z_.]+)'", str(Event.__annotations__["type"])))
