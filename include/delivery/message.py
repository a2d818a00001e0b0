"""The mail of an edition to one recipient: the same bytes on every try, so that mailboxes know a second copy."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from include.delivery.delivery import Delivery
from include.delivery.words import Words


@dataclass(frozen=True)
class Letter:
    """A published edition and who reads it. `written` dates the mail: the region's cutoff, never the clock."""

    region: str
    locale: str
    day: date
    written: datetime
    recipients: tuple[str, ...]
    house: str
    words: Words
    pdf: bytes
    content_hash: str


def compose(letter: Letter, delivery: Delivery, sender: str) -> EmailMessage:
    """The message of `letter` from `sender` ("Name <address>", or an address) to the recipient of `delivery`."""
    name, address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.words.subject
    message["From"] = Address(name or letter.house, addr_spec=address)
    message["To"] = Address(addr_spec=delivery.recipient)
    message["Date"] = format_datetime(letter.written)
    message["Message-ID"] = f"<{_digest(delivery.name)}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.words.text, cte="quoted-printable")
    message.add_alternative(letter.words.html, subtype="html", cte="quoted-printable")
    _attach(message, letter)
    message["Content-Language"] = letter.locale.replace("_", "-")  # last: headers named Content-… move into the body
    _fix_boundaries(message, delivery)
    return message


def _attach(message: EmailMessage, letter: Letter) -> None:
    """The PDF, under the subject as its name (RFC 2231), and a plain ASCII one for readers that know no other."""
    plain = f"{letter.region}_{letter.day}_{letter.locale}.pdf"
    shown = re.sub(r'[\\/:*?"<>|\s]+', " ", letter.words.subject).strip() + ".pdf"
    message.add_attachment(letter.pdf, maintype="application", subtype="pdf", filename=shown, params={"name": plain})


def _fix_boundaries(message: EmailMessage, delivery: Delivery) -> None:
    """Boundaries are drawn by lot otherwise."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{_digest(delivery.name)}_{number}")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
