"""Why a row was rejected, in a reader's words: what the lake notes is English and meant for who mends the source."""

from include.lake.reasons import read
from include.report.figures import Message, Value

COUNTS = ("n", "heads")


def told(said: str) -> Message:
    """A stored reason as a sentence; one that is declared no more as it came."""
    known = read(said)
    if known is None:
        return Message("value", {"it": Value("data", said)})
    reason, gaps = known
    return Message(f"rejected.{reason.name.lower()}", {name: _value(name, text) for name, text in gaps.items()})


def _value(name: str, text: str) -> Value:
    return Value("count", int(text)) if name in COUNTS else Value("data", text.strip("'\""))
