"""What becomes of an invoice: paid at once, later, after reminders, never; credited and refunded."""

from sandbox.company.billing.papers import Credit, Invoice, Line, Refund
from sandbox.company.billing.periods import DAY, HOUR
from sandbox.company.chance import Draw

CREDITED, REFUNDED, FAILING, RECOVERING = 0.018, 0.004, 0.034, 0.91
GRACE = 26 * DAY
"""How long a customer may be past due before the subscription is canceled; shorter than any month."""
REASONS = ("order_change", "product_unsatisfactory", "duplicate")


def settle(draw: Draw, invoice: Invoice) -> int | None:
    """Draw the fate of an invoice. Returns when the subscription falls past due, None if it never does."""
    if invoice.total <= 0:
        invoice.paid = invoice.finalized
        return None
    if invoice.reason == "subscription_cycle" and draw.chance(FAILING):
        return _remind(draw, invoice)
    if invoice.due is None:
        invoice.paid = invoice.finalized + 2 + int(draw.u() * 50)
    else:
        invoice.paid = min(invoice.finalized + int(draw.lognormal(15, 0.5) * DAY), invoice.due - HOUR)
    _complain(draw, invoice)
    return None


def _remind(draw: Draw, invoice: Invoice) -> int:
    """The payment fails, then is tried again for up to four weeks."""
    failed = invoice.finalized if invoice.due is None else invoice.due
    recovered = failed + int(draw.between(7, 25) * DAY)
    tries = [failed, failed + 3 * DAY, failed + 5 * DAY, failed + 12 * DAY, failed + 19 * DAY]
    if draw.chance(RECOVERING):
        invoice.paid = recovered
        invoice.failures = [one for one in tries if one < recovered]
        return failed
    invoice.failures = tries
    given_up = failed + GRACE
    if draw.chance(0.5):
        invoice.voided = given_up
    else:
        invoice.uncollectible = given_up
    return failed


def _complain(draw: Draw, invoice: Invoice) -> None:
    """Some customers are credited in part, most of them get the money back; a few are refunded without a note."""
    if invoice.paid is None or not draw.chance(CREDITED + REFUNDED):
        return
    at = invoice.paid + int(draw.between(2, 25) * DAY)
    part = draw.between(0.1, 0.6)
    if draw.chance(CREDITED / (CREDITED + REFUNDED)):
        credit(invoice, invoice.lines[0], at, part, draw.pick(REASONS), refunded=draw.chance(0.65))
    else:
        invoice.refunds.append(Refund(f"re_{invoice.id[3:]}", at, max(1, int(invoice.total * part))))


def credit(invoice: Invoice, line: Line, at: int, part: float, reason: str, *, refunded: bool) -> None:
    """Credit a part of a line of a paid invoice, once."""
    net = int(line.net * part)
    if invoice.credits or net <= 0:
        return
    tax = round(net * invoice.owner.tax_rate)
    note = Credit(f"cn_{invoice.id[3:]}", at, line, net, tax, reason, refunded)
    invoice.credits.append(note)
    if refunded:
        invoice.refunds = [Refund(f"re_{invoice.id[3:]}", at, net + tax, note)]
