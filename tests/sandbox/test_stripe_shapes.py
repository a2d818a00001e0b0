"""The sandbox's Stripe against what Stripe itself publishes: fixtures of objects, the specification's parameters."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.wire.stripe.kinds import KINDS
from sandbox.wire.stripe.query import PAGING
from tests.sandbox.served import Sandbox

STRIPE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "stripe"
OBJECTS = {
    "customers": "customer", "products": "product", "prices": "price", "coupons": "coupon",
    "subscriptions?status=all": "subscription", "invoices": "invoice", "credit_notes": "credit_note",
    "refunds": "refund", "charges": "charge", "invoice_payments": "invoice_payment", "events": "event",
    "invoiceitems": "invoiceitem",
}  # fmt: skip
GONE = {
    "invoice": {"subscription"}, "charge": {"refunds", "source"}, "invoiceitem": {"subscription", "plan", "price"},
}  # fmt: skip
"""Fields of the fixtures that current answers hold only when expanded, or no more."""
NEWER = frozenset({"plan"})
"""Parameters of the current client that the specification of 2023 does not have."""
pytestmark = pytest.mark.skipif(not STRIPE.exists(), reason="Stripe's published fixtures are not beside this checkout")


@pytest.fixture(scope="module")
def fixtures() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((STRIPE / "fixtures3.head.json").read_text())["resources"]
    return found


@pytest.mark.parametrize("path", OBJECTS)
def test_an_object_has_the_fields_of_stripes_fixture(sandbox: Sandbox, fixtures: dict[str, Any], path: str) -> None:
    name = OBJECTS[path]
    ours = sandbox.stripe(f"/v1/{path}").json()["data"][0]
    theirs = {field: value for field, value in fixtures[name].items() if field not in GONE.get(name, ())}
    assert theirs.keys() - ours.keys() == set()
    assert _unlike(ours, theirs) == []


@pytest.mark.parametrize(("owner", "name"), [("invoices", "line_item"), ("credit_notes", "credit_note_line_item")])
def test_a_line_has_the_fields_of_stripes_fixture(
    sandbox: Sandbox, fixtures: dict[str, Any], owner: str, name: str
) -> None:
    line = sandbox.stripe(f"/v1/{owner}").json()["data"][0]["lines"]["data"][0]
    assert fixtures[name].keys() - line.keys() == set()
    assert _unlike(line, fixtures[name]) == []


def test_an_item_has_the_fields_of_stripes_fixture(sandbox: Sandbox, fixtures: dict[str, Any]) -> None:
    item = sandbox.stripe("/v1/subscriptions").json()["data"][0]["items"]["data"][0]
    assert fixtures["subscription_item"].keys() - item.keys() == set()
    assert _unlike(item, fixtures["subscription_item"]) == []


def _unlike(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Fields of another type, where neither is null."""
    both = [name for name in theirs if ours.get(name) is not None and theirs[name] is not None]
    return [name for name in both if type(ours[name]) is not type(theirs[name])]


@pytest.fixture(scope="module")
def parameters() -> dict[str, set[str]]:
    """Query parameters of each list route in Stripe's specification, read without a YAML parser."""
    text = gzip.decompress((STRIPE / "spec3.2023-08-16.yaml.gz").read_bytes()).decode()
    found: dict[str, set[str]] = {}
    for name in KINDS:
        route = re.search(rf'^  "?/v1/{name}"?:\n(.*?)(?=^  "?/v1/)', text, re.MULTILINE | re.DOTALL)
        if route:
            reading = re.search(r"^    get:\n(.*?)(?=^    \w|\Z)", route[1], re.MULTILINE | re.DOTALL)
            assert reading
            found[name] = set(re.findall(r"^ +(?:- )?name: (\w+)$", reading[1], re.MULTILINE))
    return found


def test_no_parameter_that_stripe_does_not_have(parameters: dict[str, set[str]]) -> None:
    assert len(parameters) >= 11
    for name, known in parameters.items():
        ours = {parameter.partition("[")[0] for parameter in KINDS[name].parameters} - NEWER
        assert ours - known == set(), name
        assert known >= PAGING
        assert ("created" in ours) == ("created" in known), name
