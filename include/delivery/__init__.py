"""Published reports become mail: outbox, message, mailbox. Once, or shown as unknown; never silently twice."""

from include.delivery.deliver import NotPublished, Outcome, deliver, deliver_region
from include.delivery.delivery import Delivery
from include.delivery.hold import reasons_to_hold
from include.delivery.mailbox import Mailbox, MailError
from include.delivery.outbox import Outbox

__all__ = [
    "Delivery",
    "MailError",
    "Mailbox",
    "NotPublished",
    "Outbox",
    "Outcome",
    "deliver",
    "deliver_region",
    "reasons_to_hold",
]
