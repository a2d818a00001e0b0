"""Answers from the shelves of one clock: single objects, pages, and ids expanded into what they name."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.wire.stripe import money
from sandbox.wire.stripe.faults import Refused
from sandbox.wire.stripe.kinds import KINDS
from sandbox.wire.stripe.shelf import Shelf, shelve
from sandbox.world import World

DEEPEST = 4
_BY_PREFIX = {
    "cus": "customers", "prod": "products", "price": "prices", "sub": "subscriptions", "in": "invoices",
    "ch": "charges", "re": "refunds", "cn": "credit_notes", "di": "discounts",
}  # fmt: skip


@dataclass
class Desk:
    """Shelves are made when first asked for, and again after the clock has moved."""

    world: World
    _now: int = 0
    _shelves: dict[str, Shelf] = field(default_factory=dict)

    @property
    def now(self) -> int:
        return self.world.clock.ms // 1000

    def shelf(self, name: str) -> Shelf:
        if self._now != self.now:
            self._now, self._shelves = self.now, {}
        if name not in self._shelves:
            kind = KINDS[name]
            self._shelves[name] = shelve(kind, kind.entries(self.world.customers, self.now), self.now)
        return self._shelves[name]

    def shown(self, name: str, thing: Any, paths: list[str]) -> dict[str, Any]:
        """An object as of now, with everything the paths ask for."""
        found = KINDS[name].shown(thing, self.now)
        for path in paths:
            steps = path.split(".")
            if len(steps) > DEEPEST:
                raise Refused(f"You cannot expand more than {DEEPEST} levels of a property", None, "expand")
            found = self._expanded(found, steps, path)
        return found

    def _expanded(self, found: Any, steps: list[str], path: str) -> Any:
        if not steps:
            return found
        if isinstance(found, list):
            return [self._expanded(one, steps, path) for one in found]
        name, rest = steps[0], steps[1:]
        if found is None:
            return None
        if isinstance(found, dict) and name == "payments" and found.get("object") == "invoice":
            found = found | {"payments": self._payments(found["id"])}
        if not isinstance(found, dict) or name not in found:
            raise Refused(f"This property cannot be expanded ({path}).", None, "expand")
        return found | {name: self._expanded(self._named(name, found[name], path, last=not rest), rest, path)}

    def _named(self, name: str, value: Any, path: str, *, last: bool) -> Any:
        """The object an id stands for; lists and objects that are there already as they are."""
        if isinstance(value, list):
            return [self._named(name, one, path, last=last) for one in value]
        if isinstance(value, dict) and (not last or "object" in value):
            return value
        kind = "coupons" if name == "coupon" else _BY_PREFIX.get(str(value).partition("_")[0])
        if value is None:
            return None
        if not isinstance(value, str) or kind is None:
            raise Refused(f"This property cannot be expanded ({path}).", None, "expand")
        return KINDS[kind].shown(self.shelf(kind).one(value), self.now)

    def _payments(self, invoice: str) -> dict[str, Any]:
        bill = self.shelf("invoices").one(invoice)
        paid = bill.paid is not None and bill.paid <= self.now and bill.total > 0
        url = f"/v1/invoice_payments?invoice={invoice}"
        return {"object": "list", "data": [money.payment(bill)] if paid else [], "has_more": False, "url": url}
