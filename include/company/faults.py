"""What is wrong with the configuration, told so that whoever edits it knows where and what to change."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError


class ConfigError(ValueError):
    """The configuration contradicts itself; the message says where and what to change."""


def told(file: Path, fault: ValidationError, page: str) -> str:
    """Every fault of a file, and the page of the documentation that explains its keys."""
    said = "; ".join(_said(error["loc"], error["msg"], error["input"]) for error in fault.errors())
    return f"{file}: {said}; {page} explains every key"


def _said(place: tuple[int | str, ...], said: str, given: Any) -> str:
    """`volume.warn_below: Input should be less than or equal to 1 (it is 50)`."""
    key = ".".join(str(part) for part in place)
    said = said.removeprefix("Value error, ").replace("Extra inputs are not permitted", "no such key; remove it")
    return f"{key}: {said}" + (f" (it is {given!r})" if not isinstance(given, dict) else "")
