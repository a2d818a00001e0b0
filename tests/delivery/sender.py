"""A sender in a process of its own, killed around its first send:

python -m tests.delivery.sender DELIVERY_URL PORT intended|before|after|never RECIPIENT...
"""

import os
import signal
import sys
from datetime import UTC, datetime
from email.message import EmailMessage

from include.delivery import Delivery, Mailbox, Outbox, deliver
from include.delivery.message import Letter
from include.delivery.words import Words
from tests.delivery.conftest import DAY


class Killed(Mailbox):
    """A mailbox whose process does not survive a send."""

    def send(self, message: EmailMessage, recipient: str) -> None:
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super().send(message, recipient)
        if moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)


class Forgotten(Outbox):
    """An outbox whose process does not survive its first claim: the intents are down, nothing is sent."""

    def claim(self, delivery: Delivery) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return super().claim(delivery)


if __name__ == "__main__":
    url, port, moment, *recipients = sys.argv[1:]
    letter = Letter(
        region="china",
        locale="zh_Hans_CN",
        day=DAY,
        written=datetime(2026, 10, 31, 16, tzinfo=UTC),
        recipients=tuple(recipients),
        house="Sample Company",
        words=Words("subject", "text", "html"),
        pdf=b"pdf",
        content_hash="a" * 64,
    )
    outbox = Forgotten(url) if moment == "intended" else Outbox(url)
    deliver(outbox, Killed("127.0.0.1", int(port), "corong@example.com", tls="none"), [letter])
