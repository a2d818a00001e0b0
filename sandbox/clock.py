"""The one clock of the sandbox: fixed when it starts, moved forward by the control route, never by time itself."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

DEFAULT = "2026-11-01T12:00:00Z"


class Backwards(ValueError):
    """The clock was asked to move into its own past."""


@dataclass
class Clock:
    """Now, in whole seconds, UTC: what every route answers as of."""

    now: datetime

    @property
    def ms(self) -> int:
        """Now in epoch milliseconds."""
        return int(self.now.timestamp() * 1000)

    @property
    def http(self) -> str:
        """Now as a Date header."""
        return format_datetime(self.now, usegmt=True)

    def move(self, to: datetime) -> None:
        """Set the clock forward. Raises Backwards if `to` is earlier than now."""
        if to < self.now:
            raise Backwards(f"the clock stands at {self.now:%Y-%m-%dT%H:%M:%SZ} and moves forward only")
        self.now = to


def read(text: str) -> datetime:
    """An ISO 8601 instant with a zone, to the second, or `now`. Raises ValueError."""
    moment = datetime.now(UTC) if text == "now" else datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; write it as {DEFAULT}")
    return moment.astimezone(UTC).replace(microsecond=0)
