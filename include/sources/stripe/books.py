"""What documents refer to by id: customers (whose accounts they are), prices, coupons, discounts, subscriptions."""

from collections.abc import Iterable
from functools import cached_property
from threading import RLock
from typing import Any

from include.lake.reasons import Reason, Said
from include.sources.client import Session
from include.sources.stripe import api
from include.sources.stripe.api import Record
from include.sources.stripe.shapes import ident


class Books:
    """Read when first needed and kept for one pull; the pieces of one history share one.

    `account_key` is the field of a customer's metadata that holds the id of its company in the CRM.
    """

    def __init__(self, session: Session, account_key: str) -> None:
        self._session = session
        self._account_key = account_key
        self._lock = RLock()
        self._discounts: dict[str, Record] = {}
        self._given: dict[str, list[Record]] = {}

    def account(self, told: Record) -> tuple[str | None, tuple[Said, ...]]:
        """The account that `told` is of, and the reasons if that is not known. A customer whom nobody linked to the CRM
        is an account of its own."""
        customer = ident(told.get("customer"))
        with self._lock:
            if customer and customer not in self._customers:
                self._customers[customer] = api.one(self._session, f"/v1/customers/{customer}")
            known = self._customers.get(customer or "", {})
        if not customer:
            return None, (Reason.NOBODY.told(),)
        if known.get("deleted"):
            return None, (Reason.DELETED.told(cell=repr(customer)),)
        return (known.get("metadata") or {}).get(self._account_key) or customer, ()

    def price(self, cell: Any) -> Record:
        """The price that a line names or holds; of one that is not known only its id."""
        if isinstance(cell, dict) and len(cell) > 1:
            return cell
        with self._lock:
            return self._prices.get(ident(cell) or "", {"id": ident(cell)})

    @property
    def subscriptions(self) -> dict[str, Record]:
        """All that ever were, by id."""
        with self._lock:
            return self._subscriptions

    @property
    def credit_notes(self) -> list[Record]:
        with self._lock:
            return self._credit_notes

    def paid_with(self, refund: Record) -> Record:
        """The invoice whose payment a refund gives back; nothing for payments of no invoice."""
        charge, intent = refund.get("charge"), ident(refund.get("payment_intent"))
        invoice = ident(charge.get("invoice")) if isinstance(charge, dict) else None
        if invoice is None and intent is not None:
            by_intent = (("payment[type]", "payment_intent"), ("payment[payment_intent]", intent))
            payments = api.every(self._session, "/v1/invoice_payments", *by_intent)
            invoice = next((ident(each.get("invoice")) for each in payments), None)
        return api.one(self._session, f"/v1/invoices/{invoice}") if invoice else {}

    def told(self, line: Record) -> Record:
        """A line or item with its discounts as objects."""
        return line | {"discounts": self.discounts(line.get("discounts"))} if line.get("discounts") else line

    def discounts(self, cells: Iterable[Any] | None) -> list[Record]:
        """Discounts with their coupons; of one that nobody tells, only its id."""
        with self._lock:
            return [self._discount(cell) for cell in cells or () if cell]

    def given(self, invoice: Record | str) -> list[Record]:
        """The discounts of an invoice, or of the one with this id."""
        key = invoice if isinstance(invoice, str) else str(invoice.get("id"))
        with self._lock:
            if key not in self._given:
                expanded = api.expand("discounts.source.coupon")
                whole = (
                    api.one(self._session, f"/v1/invoices/{key}", *expanded) if isinstance(invoice, str) else invoice
                )
                self._given[key] = self.discounts(whole.get("discounts") or [whole.get("discount")])
            return self._given[key]

    def learn(self, discount: Record) -> None:
        """Keep a discount for those that only name it."""
        with self._lock:
            self._discounts[str(discount.get("id"))] = discount

    def look_up(self, subscription: str) -> None:
        """Learn the discounts that a subscription has now."""
        expanded = api.expand("discounts.source.coupon", "items.data.discounts")
        told = api.one(self._session, f"/v1/subscriptions/{subscription}", *expanded)
        items = (told.get("items") or {}).get("data") or ()
        for discount in (
            *(told.get("discounts") or ()),
            *(one for item in items for one in item.get("discounts") or ()),
        ):
            if isinstance(discount, dict):
                self.learn(discount)

    def knows(self, discount: Any) -> bool:
        return isinstance(discount, dict) or discount in self._discounts

    def _discount(self, cell: Any) -> Record:
        told: Record = cell if isinstance(cell, dict) else self._discounts.get(cell, {"id": cell})
        source = told.get("source") or {}
        coupon = source.get("coupon") or told.get("coupon")
        return told | {"coupon": self._coupons.get(coupon, coupon), "source": None} if isinstance(coupon, str) else told

    @cached_property
    def _customers(self) -> dict[str, Record]:
        return {each["id"]: each for each in api.every(self._session, "/v1/customers")}

    @cached_property
    def _prices(self) -> dict[str, Record]:
        return {each["id"]: each for each in api.every(self._session, "/v1/prices")}

    @cached_property
    def _coupons(self) -> dict[str, Record]:
        return {each["id"]: each for each in api.every(self._session, "/v1/coupons")}

    @cached_property
    def _subscriptions(self) -> dict[str, Record]:
        params = (("status", "all"), *api.expand("data.discounts.source.coupon"))
        return {each["id"]: each for each in api.every(self._session, "/v1/subscriptions", *params)}

    @cached_property
    def _credit_notes(self) -> list[Record]:
        return list(api.every(self._session, "/v1/credit_notes", *api.expand("data.invoice")))
