"""Billing tells one story in three ways: what was drawn, the events of thirty days, and the invoices alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.clock import DEFAULT, Clock, read
from sandbox.company.billing.papers import Subscription
from sandbox.ledger.accounts import last_before, recurring
from sandbox.wire.stripe.desk import Desk
from sandbox.wire.stripe.kinds import KINDS
from sandbox.world import World

NOW = int(read(DEFAULT).timestamp())
DAY = 86_400
MIDNIGHTS = [int(datetime(2026, 11, 1, tzinfo=UTC).timestamp()) - n * DAY for n in range(30)]
COUPONS = "discounts.source.coupon"
PAYING = ("active", "past_due")
MONTHS = {"month": 1, "year": 12}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(World(Clock(read(DEFAULT)), leads_per_year=8_000))


def _all(desk: Desk, name: str, *expand: str) -> list[dict[str, Any]]:
    assert name in KINDS
    return [desk.shown(name, thing, list(expand)) for _, _, thing in reversed(desk.shelf(name).entries)]


@pytest.fixture(scope="module")
def drawn(desk: Desk) -> dict[str, Subscription]:
    return {one.id: one for _, _, one in desk.shelf("subscriptions").entries}


@pytest.fixture(scope="module")
def contracts(desk: Desk) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in _all(desk, "subscriptions", COUPONS)}


@pytest.fixture(scope="module")
def coupons(desk: Desk) -> dict[str, dict[str, Any]]:
    """Discounts by id, as invoices show them when asked."""
    bills = _all(desk, "invoices", COUPONS)
    return {cut["id"]: cut["source"]["coupon"] for bill in bills for cut in bill["discounts"]}


def _monthly(price: dict[str, Any], quantity: int, coupon: dict[str, Any] | None) -> float:
    gross = price["unit_amount"] * quantity
    if coupon:
        gross -= coupon["amount_off"] or gross * coupon["percent_off"] / 100
    return max(gross, 0) / MONTHS[price["recurring"]["interval"]]


def _truth(one: Subscription, at: int) -> float:
    state = last_before(one, at * 1000)
    return float(recurring(state)) * (1 if one.currency == "JPY" else 100) if state else 0.0


def test_events_tell_what_was_drawn(desk: Desk, drawn: dict[str, Any], coupons: dict[str, Any]) -> None:
    seen: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for event in _all(desk, "events"):
        if event["type"].startswith("customer.subscription."):
            seen.setdefault(event["data"]["object"]["id"], []).append((event["created"], event["data"]["object"]))
    compared = 0
    for name, versions in seen.items():
        for at in MIDNIGHTS:
            known = [shown for created, shown in versions if created < at]
            if known:
                assert _of_version(known[-1], coupons) == pytest.approx(_truth(drawn[name], at)), (name, at)
                compared += 1
    assert compared > 3_000


def _of_version(shown: dict[str, Any], coupons: dict[str, Any]) -> float:
    if shown["status"] not in PAYING:
        return 0.0
    coupon = coupons[shown["discounts"][0]] if shown["discounts"] else None
    seats = (item for item in shown["items"]["data"] if item["price"]["recurring"]["usage_type"] == "licensed")
    return sum(_monthly(item["price"], item["quantity"], coupon) for item in seats)


def test_invoices_tell_what_was_drawn(
    desk: Desk, drawn: dict[str, Any], contracts: dict[str, Any], coupons: dict[str, Any]
) -> None:
    """Lines of finalised invoices, items that wait for one, and the ends of subscriptions."""
    prices = {one["id"]: one for one in _all(desk, "prices")}
    lines: dict[str, list[dict[str, Any]]] = {}
    for bill in _all(desk, "invoices"):
        if bill["status"] != "draft":
            owner = bill["parent"]["subscription_details"]["subscription"]
            some = desk.shelf("invoices").one(bill["id"]).lines
            lines.setdefault(owner, []).extend(bill["lines"]["data"])
            assert len(some) == len(bill["lines"]["data"]) or bill["lines"]["has_more"]
    for waiting in _all(desk, "invoiceitems"):
        lines[waiting["parent"]["subscription_details"]["subscription"]].append(waiting)
    for name, one in contracts.items():
        versions = sorted(_versions(one, lines.get(name, []), prices, coupons))
        for at in MIDNIGHTS:
            assert _rebuilt(one, versions, at) == pytest.approx(_truth(drawn[name], at)), (name, at)


Version = tuple[int, int, float]


def _versions(
    one: dict[str, Any], lines: list[dict[str, Any]], prices: dict[str, Any], coupons: dict[str, Any]
) -> Iterator[Version]:
    """(from, to, monthly) of each recurring line after the trial."""
    for line in lines:
        price = prices[line["pricing"]["price_details"]["price"]]
        start, end = line["period"]["start"], line["period"]["end"]
        metered = price["recurring"]["usage_type"] == "metered"
        if metered or start < (one["trial_end"] or 0) or line["description"].startswith("Unused"):
            continue
        changed = line["description"].startswith("Remaining")
        applied = _discount_at(lines, start) if changed else line["discounts"]
        yield start, end, _monthly(price, line["quantity"], coupons[applied[0]] if applied else None)


def _discount_at(lines: list[dict[str, Any]], at: int) -> list[str]:
    """The discount of the period in which a change falls: changes are told net."""
    whole = [one for one in lines if one["description"].startswith(tuple("0123456789"))]
    covering = [one for one in whole if one["period"]["start"] <= at < one["period"]["end"]]
    return [name for one in covering for name in one["discounts"]][:1]


def _rebuilt(one: dict[str, Any], versions: list[Version], at: int) -> float:
    if one["ended_at"] is not None and one["ended_at"] < at:
        return 0.0
    begun = [version for version in versions if version[0] < at]
    return begun[-1][2] if begun and at <= begun[-1][1] else 0.0
