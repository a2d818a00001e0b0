"""Why a pull failed, in a message that names source, days and the next step.

SourceError            the vendor, the network or a file cannot be read as a whole
└─ AuthError           the vendor refuses our credentials
"""

from datetime import date


class SourceError(Exception):
    """`what` happened and the next `step`; `source` and `days` are known to whoever asked for the pull."""

    def __init__(self, what: str, step: str) -> None:
        super().__init__(what, step)
        self.what = what
        self.step = step
        self.source = ""
        self.days = ""

    def located(self, source: str, first: date, last: date) -> "SourceError":
        """The same error, naming whose pull of which days it ended."""
        self.source = self.source or source
        self.days = self.days or (f"{first}" if first == last else f"{first}..{last}")
        return self

    def __str__(self) -> str:
        place = f"{self.source}, {self.days}: " if self.source else ""
        return f"{place}{self.what}. Next: {self.step}."


class AuthError(SourceError):
    """The vendor answers 401 or 403: nothing was read, and trying again will not help."""
