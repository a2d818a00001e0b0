"""Net and tax of lines and of whole documents, from Stripe's minor units to a currency's whole ones."""

from decimal import Decimal
from typing import Any

from include.sources.stripe.api import Record
from include.sources.stripe.money import major, units


def amounts(line: Record, told: Record) -> dict[str, Any]:
    code = told.get("currency")
    return {"amount_net": major(net(line), code), "tax": major(taxes(line)[0], code)}


def shared(cell: Any, whole: Record, told: Record) -> dict[str, Any]:
    """An amount with tax in it, parted as the `whole` document is; all of it net where nobody tells its tax."""
    amount, total, tax = units(cell, "amount_net"), whole.get("total") or 0, tax_of(whole)
    part = int((Decimal(amount) * tax / total).to_integral_value()) if total else 0
    return {"amount_net": major(amount - part, told.get("currency")), "tax": major(part, told.get("currency"))}


def tax_of(whole: Record) -> int:
    """The tax of a whole document. Raises UnreadableError."""
    told = whole.get("total_taxes") or whole.get("total_tax_amounts")
    if told:
        return sum(units(each["amount"], "tax") for each in told)
    return units(whole.get("tax") or 0, "tax")


def taxes(line: Record) -> tuple[int, int]:
    """All tax of a line, and how much of it is contained in its amount. Raises UnreadableError."""
    told = line.get("taxes") or line.get("tax_amounts") or ()
    within = [each for each in told if each.get("tax_behavior") == "inclusive" or each.get("inclusive")]
    return sum(units(each["amount"], "tax") for each in told), sum(units(each["amount"], "tax") for each in within)


def net(line: Record) -> int:
    """Minor units of a line without tax and after discounts. Raises UnreadableError."""
    off = sum(units(each["amount"], "discount_amounts") for each in line.get("discount_amounts") or ())
    return units(line.get("amount"), "amount_net") - off - taxes(line)[1]
