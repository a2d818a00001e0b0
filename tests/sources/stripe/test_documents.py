"""Invoices, payments, credit notes and refunds as lines."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from include.sources import Days, Source, client
from include.sources.stripe.money import ZERO_DECIMAL, major

from .account import Account, at
from .objects import JUNE, MAY, customer, invoice, line, price, subscription

Rows = list[dict[str, Any]]
Pull = Callable[[], tuple[Rows, Rows]]
TAX = {"taxes": [{"amount": 7840, "tax_behavior": "exclusive"}]}
LATER = at("2026-05-25T10:00:00")


def moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)


@pytest.fixture
def history(account: Account, source: Source, session: client.Session) -> Pull:
    """Rows and rejects of a history, by document and stamp."""
    account.objects.setdefault("/v1/subscriptions", [subscription()])

    def pulled() -> tuple[Rows, Rows]:
        pieces = source.pieces(Days(date(2026, 5, 1), date(2026, 7, 31)))
        batches = [batch for piece in pieces for batch in source.pull(session, "billing_lines", piece)]
        rows = [row for batch in batches for row in batch.rows.to_pylist()]
        rejects = [row for batch in batches for row in batch.rejects.to_pylist()]
        assert sum(batch.landed for batch in batches) == len(rows) + len(rejects)
        return sorted(rows, key=lambda row: (row["doc_id"], row["line_id"], row["updated_at"])), rejects

    return pulled


def credit_note(*lines: dict[str, Any], **told: Any) -> dict[str, Any]:
    return {
        "id": "cn_1",
        "object": "credit_note",
        "invoice": "in_1",
        "customer": "cus_1",
        "currency": "usd",
        "created": LATER,
        "status": "issued",
        "voided_at": None,
        "lines": list(lines),
        "refunds": [],
        "total": sum(each["amount"] for each in lines),
    } | told


def credited(amount: Any = 9800, **told: Any) -> dict[str, Any]:
    return {
        "id": "cnli_1",
        "object": "credit_note_line_item",
        "type": "invoice_line_item",
        "invoice_line_item": "il_1",
        "amount": amount,
        "quantity": 2,
        "discount_amounts": [],
        "taxes": [],
    } | told


def refund(**told: Any) -> dict[str, Any]:
    return {
        "id": "re_1",
        "object": "refund",
        "amount": 11368,
        "currency": "usd",
        "created": LATER + 60,
        "status": "succeeded",
        "charge": "ch_1",
    } | told


def test_a_line_is_landed_without_tax_and_after_discounts(account: Account, history: Pull) -> None:
    off = [{"amount": 4900, "discount": "di_1"}]
    account.objects["/v1/invoices"] = [invoice(line(discount_amounts=off, **TAX))]

    rows, _ = history()
    row = rows[0]
    assert (row["doc_id"], row["line_id"], row["doc_type"]) == ("in_1", "il_1", "invoice")
    assert (row["amount_net"], row["tax"], row["currency"]) == (441, Decimal("78.4"), "USD")
    assert (row["account_id"], row["subscription_id"], row["opportunity_id"]) == ("901", "sub_1", "70")
    assert (row["product"], row["quantity"], row["is_recurring"], row["is_proration"]) == ("prod_1", 10, True, False)
    assert (row["service_period_start"], row["service_period_end"]) == (date(2026, 5, 5), date(2026, 6, 5))
    assert row["issued_at"] == row["updated_at"] == moment(MAY)


def test_tax_inside_an_amount_is_taken_out_of_it(account: Account, history: Pull) -> None:
    within = [{"amount": 9000, "tax_behavior": "inclusive"}]
    account.objects["/v1/invoices"] = [invoice(line(taxes=within))]

    rows, _ = history()
    assert (rows[0]["amount_net"], rows[0]["tax"]) == (400, 90)


def test_each_turn_of_an_invoice_is_a_version(account: Account, history: Pull) -> None:
    moments = {"paid_at": None, "marked_uncollectible_at": JUNE, "voided_at": JUNE + 60}
    account.objects["/v1/invoices"] = [invoice(line(), status="void", moments=moments)]

    rows, _ = history()
    assert [(row["status"], row["updated_at"]) for row in rows] == [
        ("open", moment(MAY)),
        ("uncollectible", moment(JUNE)),
        ("void", moment(JUNE + 60)),
    ]


def test_a_paid_invoice_has_a_payment_of_one_line(account: Account, history: Pull) -> None:
    taxed = {"total": 56840, "total_taxes": [{"amount": 7840}], "amount_paid": 56840}
    account.objects["/v1/invoices"] = [invoice(line(**TAX), **taxed)]

    rows, _ = history()
    assert [(row["doc_id"], row["doc_type"], row["status"], row["paid_at"]) for row in rows] == [
        ("in_1", "invoice", "open", None),
        ("in_1", "invoice", "paid", moment(MAY + 3600)),
        ("in_1:payment", "payment", "paid", moment(MAY + 3600)),
    ]
    assert (rows[2]["amount_net"], rows[2]["tax"], rows[2]["original_doc_id"]) == (490, Decimal("78.4"), "in_1")
    assert (rows[2]["issued_at"], rows[2]["is_recurring"]) == (moment(MAY + 3600), False)


def test_a_draft_is_no_document_yet(account: Account, history: Pull) -> None:
    account.objects["/v1/invoices"] = [invoice(line(), status="draft", moments={"finalized_at": None, "paid_at": None})]

    assert history() == ([], [])


def test_prorations_and_usage_are_told_apart(account: Account, history: Pull) -> None:
    account.objects["/v1/prices"].append(price(2, 3, recurring={"usage_type": "metered"}))
    once = line(4, 5000, parent={"type": "invoice_item_details", "invoice_item_details": {"proration": False}})
    lines = line(1), line(2, -100, proration=True), line(3, 900, item="si_2", price="price_2"), once
    account.objects["/v1/invoices"] = [invoice(*lines, moments={"paid_at": None}, status="open")]

    rows, _ = history()
    assert [(row["line_id"], row["is_recurring"], row["is_proration"], row["amount_net"]) for row in rows] == [
        ("il_1", True, False, 490),
        ("il_2", True, True, -1),
        ("il_3", False, False, 9),
        ("il_4", False, False, 50),
    ]


def costing(account: Account, cost: str) -> None:
    account.objects["/v1/prices"] = [price(metadata={"unit_cost": cost}), price(2)]


def test_a_line_costs_what_its_units_cost_and_a_proration_its_part(account: Account, history: Pull) -> None:
    costing(account, "9.80")
    back, more = line(2, -2450, proration=True), line(3, 7350, proration=True)
    account.objects["/v1/invoices"] = [invoice(line(), back, more, line(4, 100, price="price_2"), status="open")]

    rows = {row["line_id"]: row["variable_cost"] for row in history()[0]}
    assert rows["il_1"] == 98
    assert (rows["il_2"], rows["il_3"]) == (Decimal("-4.9"), Decimal("14.7"))
    assert rows["il_4"] is None


def test_a_credit_note_gives_back_no_cost(account: Account, history: Pull) -> None:
    costing(account, "9.80")
    account.objects["/v1/invoices"] = [invoice(line())]
    account.objects["/v1/credit_notes"] = [credit_note(credited())]

    assert [row["variable_cost"] for row in history()[0] if row["doc_type"] == "credit_note"] == [0]


def test_a_unit_cost_that_is_no_number_rejects_its_lines(account: Account, history: Pull) -> None:
    costing(account, "a lot")
    account.objects["/v1/invoices"] = [invoice(line(), moments={"paid_at": None}, status="open")]

    rows, rejects = history()
    assert (rows, [each["reasons"] for each in rejects]) == ([], [["variable_cost: 'a lot' is no number"]])


def test_a_credit_note_is_positive_and_names_its_invoice(account: Account, history: Pull) -> None:
    account.objects["/v1/invoices"] = [invoice(line())]
    account.objects["/v1/credit_notes"] = [credit_note(credited(**TAX))]

    row = next(row for row in history()[0] if row["doc_type"] == "credit_note")
    assert (row["original_doc_id"], row["amount_net"], row["tax"]) == ("in_1", 98, Decimal("78.4"))
    assert (row["status"], row["issued_at"], row["quantity"]) == ("paid", moment(LATER), 2)
    assert (row["opportunity_id"], row["subscription_id"], row["is_recurring"]) == ("70", "sub_1", True)
    assert row["service_period_end"] == date(2026, 6, 5)


def test_a_voided_credit_note_is_a_later_version(account: Account, history: Pull) -> None:
    account.objects["/v1/invoices"] = [invoice(line(), status="open", moments={"paid_at": None})]
    account.objects["/v1/credit_notes"] = [credit_note(credited(), status="void", voided_at=JUNE)]

    rows = [row for row in history()[0] if row["doc_type"] == "credit_note"]
    assert [(row["status"], row["updated_at"]) for row in rows] == [("open", moment(LATER)), ("void", moment(JUNE))]


def test_a_refund_takes_its_invoice_and_tax_from_the_credit_note_that_names_it(account: Account, history: Pull) -> None:
    account.objects["/v1/charges"] = [{"id": "ch_1", "customer": "cus_1"}]
    account.objects["/v1/invoices"] = [invoice(line())]
    whole = {"total": 11368, "total_taxes": [{"amount": 1568}], "refunds": [{"refund": "re_1"}]}
    account.objects["/v1/credit_notes"] = [credit_note(credited(), **whole)]
    account.objects["/v1/refunds"] = [refund()]

    row = next(row for row in history()[0] if row["doc_type"] == "refund")
    assert (row["doc_id"], row["original_doc_id"], row["account_id"]) == ("re_1", "in_1", "901")
    assert (row["amount_net"], row["tax"], row["status"]) == (98, Decimal("15.68"), "paid")
    assert row["opportunity_id"] == "70"


def test_a_refund_that_no_credit_note_names_is_of_the_invoice_that_was_paid(account: Account, history: Pull) -> None:
    paid = {"total": 56840, "total_taxes": [{"amount": 7840}], "amount_paid": 56840}
    account.objects["/v1/invoices"] = [invoice(line(**TAX), **paid)]
    account.objects["/v1/refunds"] = [refund(charge=None, customer="cus_1", payment_intent="pi_1", amount=5684)]
    payment = {"payment_intent": "pi_1", "type": "payment_intent"}
    account.objects["/v1/invoice_payments"] = [{"id": "inpay_1", "invoice": "in_1", "payment": payment}]

    row = next(row for row in history()[0] if row["doc_type"] == "refund")
    assert (row["original_doc_id"], row["amount_net"], row["tax"]) == ("in_1", 49, Decimal("7.84"))


def test_a_refund_of_no_invoice_is_all_net(account: Account, history: Pull) -> None:
    account.objects["/v1/charges"] = [{"id": "ch_1", "customer": "cus_1"}]
    account.objects["/v1/refunds"] = [refund(status="failed")]

    rows, _ = history()
    assert [(row["amount_net"], row["tax"], row["original_doc_id"], row["status"]) for row in rows] == [
        (Decimal("113.68"), 0, None, "void")
    ]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"amount": "lots"}, "amount_net: 'lots' is no whole number of minor units"),
        ({"amount": 12.5}, "amount_net: 12.5 is no whole number of minor units"),
        ({"quantity": "ten"}, "quantity: 'ten' is no number"),
        ({"period": {"start": "soon", "end": JUNE}}, "service_period_start: 'soon' is no date (YYYY-MM-DD)"),
        ({"taxes": [{"amount": None}]}, "tax: None is no whole number of minor units"),
    ],
)
def test_a_line_that_cannot_be_read_is_rejected_whole(
    account: Account, history: Pull, told: dict[str, Any], reason: str
) -> None:
    account.objects["/v1/invoices"] = [
        invoice(line(1, 100), line(2, 1) | told, total=100, status="open", moments={"paid_at": None})
    ]

    rows, rejects = history()
    assert [row["line_id"] for row in rows] == ["il_1"]
    assert [(each["reasons"], each["origin"]) for each in rejects] == [([reason], "invoice in_1")]
    assert '"il_2"' in rejects[0]["record"]


def test_a_currency_that_is_none_is_rejected(account: Account, history: Pull) -> None:
    account.objects["/v1/invoices"] = [invoice(line(), currency="xqx", status="open", moments={"paid_at": None})]

    assert [each["reasons"] for each in history()[1]] == [["currency: 'XQX' is no ISO 4217 code"]]


def test_a_customer_not_linked_to_the_crm_is_an_account_of_its_own(account: Account, history: Pull) -> None:
    account.objects["/v1/customers"] = [customer(metadata={})]
    account.objects["/v1/invoices"] = [invoice(line())]

    assert {row["account_id"] for row in history()[0]} == {"cus_1"}


def test_lines_of_a_deleted_customer_are_rejected(account: Account, history: Pull) -> None:
    account.objects["/v1/customers"] = [customer(deleted=True)]
    account.objects["/v1/invoices"] = [invoice(line(), status="open", moments={"paid_at": None})]

    reason = "account_id: customer 'cus_1' is deleted, and with it whose account it was"
    assert [each["reasons"] for each in history()[1]] == [[reason]]


@pytest.mark.parametrize("code", sorted(ZERO_DECIMAL))
def test_currencies_without_decimals_are_whole_already(code: str) -> None:
    assert major(500, code.lower()) == 500


@pytest.mark.parametrize(("code", "amount"), [("usd", 5), ("UGX", 5), ("isk", 5), ("huf", 5), ("twd", 5)])
def test_all_others_have_two(code: str, amount: int) -> None:
    assert major(500, code) == amount


@pytest.mark.parametrize("code", ["bhd", "JOD", "kwd", "omr", "tnd"])
def test_or_three(code: str) -> None:
    assert major(5120, code) == Decimal("5.12")
