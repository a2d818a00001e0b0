"""A Stripe account small enough to read: objects given by a test, answered by the rules of its interface."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.sources.vendor import Answer, Asked

Record = dict[str, Any]
PARAMS = {
    "/v1/customers": {"created"},
    "/v1/prices": {"created"},
    "/v1/coupons": {"created"},
    "/v1/subscriptions": {"created", "status", "customer", "price"},
    "/v1/invoices": {"created", "status", "customer", "subscription"},
    "/v1/invoiceitems": {"created", "pending", "customer", "invoice"},
    "/v1/credit_notes": {"customer", "invoice"},
    "/v1/refunds": {"created", "charge", "payment_intent"},
    "/v1/invoice_payments": {"payment[type]", "payment[payment_intent]", "invoice", "status"},
    "/v1/events": {"created", "type", "types[]"},
}
"""Beside limit, starting_after, ending_before and expand[]."""
PAGING = {"limit", "starting_after", "ending_before", "expand[]"}


def at(text: str) -> int:
    """Seconds since 1970 of a moment in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@dataclass
class Account:
    """Objects by the path of their list, the oldest first. `lines` are kept whole; a document shows `shown` of them."""

    objects: dict[str, list[Record]] = field(default_factory=dict)
    shown: int = 10
    most: int = 100

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != "Bearer sample-stripe-key":
            return fault(401, "Invalid API Key provided")
        if asked.headers.get("Stripe-Version") != "2026-10-28.endive":
            return fault(400, "Invalid Stripe API version")
        if asked.path in PARAMS:
            return self.whole_list(asked)
        parent, _, last = asked.path.rpartition("/")
        if last == "lines":
            return self.page(asked, self.find(*parent.rsplit("/", 1))["lines"])
        known = self.find(parent, last)
        return Answer(self.told(known, asked)) if known else fault(404, f"No such object: '{last}'")

    def whole_list(self, asked: Asked) -> Answer:
        names = {name.partition("[")[0] if "[g" in name or "[l" in name else name for name, _ in asked.params}
        if unknown := names - PARAMS[asked.path] - PAGING:
            return fault(400, f"Received unknown parameter: {sorted(unknown)[0]}")
        found = [each for each in self.objects.get(asked.path, [])[::-1] if matches(each, asked)]
        return self.page(asked, found)

    def page(self, asked: Asked, found: list[Record]) -> Answer:
        limit = int(asked.query.get("limit", "10"))
        if not 1 <= limit <= 100:
            return fault(400, f"Invalid integer: limit {limit}")
        ids = [each["id"] for each in found]
        begin = ids.index(asked.query["starting_after"]) + 1 if "starting_after" in asked.query else 0
        data = found[begin : begin + min(limit, self.most)]
        more = begin + len(data) < len(found)
        return Answer({"object": "list", "data": [self.told(each, asked) for each in data], "has_more": more})

    def told(self, each: Record, asked: Asked) -> Record:
        """With the first lines, and ids where nobody asked for the object."""
        expanded = {value.removeprefix("data.") for name, value in asked.params if name == "expand[]"}
        shown = {**each}
        if isinstance(each.get("lines"), list):
            data = each["lines"][: self.shown]
            shown["lines"] = {"object": "list", "data": data, "has_more": len(each["lines"]) > len(data)}
        if "discounts" in each and not any(name.startswith("discounts") for name in expanded):
            shown["discounts"] = [one["id"] for one in each["discounts"]]
        for name, path in (("invoice", "/v1/invoices"), ("charge", "/v1/charges")):
            if name in expanded and each.get(name):
                shown[name] = self.told(self.find(path, each[name]), asked)
        return shown

    def find(self, path: str, key: str) -> Record:
        return next((each for each in self.objects.get(path, []) if each["id"] == key), {})


def matches(each: Record, asked: Asked) -> bool:
    types = [value for name, value in asked.params if name == "types[]"]
    status = asked.query.get("status")
    return (
        (not types or each["type"] in types)
        and each.get("created", 0) >= int(asked.query.get("created[gte]", 0))
        and each.get("created", 0) < int(asked.query.get("created[lt]", 2**40))
        and (asked.path != "/v1/subscriptions" or status == "all" or each["status"] != "canceled")
        and asked.query.get("payment[payment_intent]") in (None, (each.get("payment") or {}).get("payment_intent"))
        and asked.query.get("customer") in (None, each.get("customer"))
    )


def fault(status: int, message: str) -> Answer:
    return Answer({"error": {"type": "invalid_request_error", "message": message}}, status)
