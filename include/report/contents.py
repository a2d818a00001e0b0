"""What a report holds, found wherever in it that stands."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from include.report.figures import Value


def values(part: Any) -> Iterator[Value]:
    """Every value anywhere in a report or a part of it."""
    if isinstance(part, Value):
        yield part
    elif is_dataclass(part) and not isinstance(part, type):
        for entry in fields(part):
            yield from values(getattr(part, entry.name))
    elif isinstance(part, dict):
        yield from values(tuple(part.values()))
    elif isinstance(part, tuple):
        for entry in part:
            yield from values(entry)


def cells(part: Any) -> Iterator[str]:
    """The ids of the cells that a part of a report names, in reading order."""
    if isinstance(part, tuple):
        for entry in part:
            yield from cells(entry)
    elif is_dataclass(part) and not isinstance(part, type):
        yield from (cell for cell in (getattr(part, "cell", ""), *getattr(part, "cells", ())) if cell)
        for entry in fields(part):
            yield from cells(getattr(part, entry.name))
