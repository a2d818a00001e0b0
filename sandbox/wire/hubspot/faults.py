"""HubSpot's error bodies."""

from typing import Any

CORRELATION = "aeb5f871-7f07-4993-9211-075dc63e7cbf"


class BadRequest(ValueError):
    """Answered with 400 and this message."""


def body(message: str, category: str = "VALIDATION_ERROR", **more: Any) -> dict[str, Any]:
    return {"status": "error", "message": message, "correlationId": CORRELATION, "category": category, **more}


def only(given: dict[str, Any], allowed: tuple[str, ...], where: str) -> None:
    """Refuse keys that HubSpot does not know. Raises BadRequest."""
    if unknown := sorted(set(given) - set(allowed)):
        raise BadRequest(f"Invalid input JSON: unknown field {unknown[0]!r} in {where}; known: {', '.join(allowed)}")
