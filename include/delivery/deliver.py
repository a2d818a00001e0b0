"""From published reports to mailboxes: each recipient of a region gets each edition once, or it is shown why not."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol

from include.company import Company, Edition
from include.delivery.delivery import Delivery, State, summary
from include.delivery.mailbox import OutcomeUnknown, Refused, Unavailable
from include.delivery.message import Letter, compose
from include.delivery.outbox import Outbox
from include.delivery.words import words


class Sends(Protocol):
    """A mailbox: include.delivery.mailbox.Mailbox, or one that tests hold."""

    @property
    def sender(self) -> str: ...

    def send(self, message: EmailMessage, recipient: str) -> None: ...


NEXT = {
    "failed": "correct the address in regions.toml, or ask whoever keeps the mail server, then clear deliver",
    "unknown": "ask them whether it came; it is never sent again by itself",
    "pending": "clear deliver when the mail server is back, if no try is left",
    "sending": "wait until the other run is over",
}
"""What a person does about a delivery that is not sent."""


class NotPublished(Exception):
    """There is no report to send for an edition; the message names the file that is missing."""


@dataclass(frozen=True)
class Outcome:
    """What became of a region's mail on a day."""

    region: str
    deliveries: tuple[Delivery, ...]

    @property
    def waiting(self) -> tuple[Delivery, ...]:
        """Not sent, surely, and due again: a later try may succeed."""
        return tuple(item for item in self.deliveries if item.state in ("pending", "sending"))

    @property
    def lost(self) -> tuple[Delivery, ...]:
        """Refused for good, or nobody knows: a person has to look."""
        return tuple(item for item in self.deliveries if item.state in ("failed", "unknown"))

    def __str__(self) -> str:
        open_ones = (*self.lost, *self.waiting)
        faults = [f"{item.recipient} ({item.locale}) {item.state}: {item.reason}" for item in open_ones]
        days = sorted({f", {item.day}" for item in self.deliveries})
        steps = dict.fromkeys(NEXT[item.state] for item in open_ones if item.state in NEXT)
        said = "; ".join([f"{self.region}{''.join(days)}: {summary(self.deliveries)}", *faults])
        return f"{said}. Next: {'; '.join(steps)}" if steps else said


def deliver_region(company: Company, region: str, day: date, reports: Path, outbox: Outbox, mailbox: Sends) -> Outcome:
    """Send the published editions of `region` to its recipients, as the outbox allows. Raises NotPublished."""
    letters = [published(company, edition, day, reports) for edition in company.regions[region].editions]
    return Outcome(region, tuple(deliver(outbox, mailbox, letters)))


def deliver(outbox: Outbox, mailbox: Sends, letters: Iterable[Letter]) -> list[Delivery]:
    """Every intent first, then one message a recipient, so that a crash forgets nobody."""
    due = [
        (letter, outbox.intend(Delivery(letter.day, letter.region, letter.locale, address, letter.content_hash)))
        for letter in letters
        for address in dict.fromkeys(address.strip().lower() for address in letter.recipients)
    ]
    return [_send(outbox, mailbox, letter, delivery) for letter, delivery in due]


def published(company: Company, edition: Edition, day: date, reports: Path) -> Letter:
    """The letter of an edition, from what `reports`/day/region/locale holds."""
    region = edition.region
    folder = reports / day.isoformat() / region.id / edition.locale
    manifest = _manifest(folder)
    return Letter(
        region=region.id,
        locale=edition.locale,
        day=day,
        written=region.cutoff(day),
        recipients=region.recipients[edition.locale],
        house=company.name,
        words=words(company, edition, day, manifest["subject"], manifest["pages"]),
        pdf=(folder / "report.pdf").read_bytes(),
        content_hash=manifest["content_hash"],
    )


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise NotPublished(f"{folder}/manifest.json is missing: render this report before you send it") from fault
    return manifest


def _send(outbox: Outbox, mailbox: Sends, letter: Letter, delivery: Delivery) -> Delivery:
    if delivery.state != "pending":
        return delivery
    message = compose(letter, delivery, mailbox.sender)
    if not outbox.claim(delivery):
        return outbox.intend(delivery)
    state: State = "unknown"
    reason = "the sender was stopped while sending"
    try:
        state, reason = _attempt(mailbox, message, delivery.recipient)
    finally:  # also when the task is stopped or times out in the middle
        closed = outbox.mark(delivery, state, reason)
    return closed


def _attempt(mailbox: Sends, message: EmailMessage, recipient: str) -> tuple[State, str]:
    try:
        mailbox.send(message, recipient)
    except Unavailable as fault:
        return "pending", str(fault)
    except Refused as fault:
        return "failed", str(fault)
    except OutcomeUnknown as fault:
        return "unknown", str(fault)
    return "sent", ""
