"""A delivery: one document to one recipient, and how far it got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["pending", "sending", "sent", "failed", "unknown"]


@dataclass(frozen=True)
class Delivery:
    """One document to one recipient, with its state. Everything before `state` is the key.

    `content_hash` is that of the bytes sent, once they are; `reason` says what the mail server said.
    """

    day: date
    region: str
    locale: str
    recipient: str
    content_hash: str
    report: str = "nightly_report"
    version: int = 1
    state: State = "pending"
    reason: str = ""
    attempts: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "recipient", self.recipient.strip().lower())

    @property
    def name(self) -> str:
        """The key in one line, the same for every attempt: what a Message-ID is made of."""
        return f"{self.report}/{self.day}/{self.version}/{self.region}/{self.locale}/{self.recipient}"


def summary(deliveries: Sequence[Delivery]) -> str:
    """`2 sent, 1 failed`: how many in which state."""
    states = [delivery.state for delivery in deliveries]
    return ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states)) or "nobody to mail"
