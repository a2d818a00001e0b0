"""What stands before every vendor: credentials, and the rate limit that refuses a fixed 2 % of calls."""

from dataclasses import dataclass, field
from hashlib import blake2b

EVERY = 50
"""Each vendor refuses its 50th, 100th, ... call."""


@dataclass
class Gate:
    """The calls of one vendor. A request that was refused for its rate is let through when it comes again."""

    requests: int = 0
    throttled: int = 0
    _waiting: set[bytes] = field(default_factory=set)

    def admit(self, method: str, target: str, body: bytes) -> str | None:
        """None to let the call in, or the seconds to wait. One refusal in ten asks for a whole second."""
        self.requests += 1
        ticket = blake2b(b" ".join((method.encode(), target.encode(), body)), digest_size=16).digest()
        if ticket in self._waiting:
            self._waiting.discard(ticket)
            return None
        if self.requests % EVERY:
            return None
        self._waiting.add(ticket)
        self.throttled += 1
        return "1" if self.throttled % 10 == 0 else "0"
