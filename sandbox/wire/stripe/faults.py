"""Stripe's error bodies."""

from typing import Any


class Refused(ValueError):
    """Answered with `status` and Stripe's error shape; `param` is the parameter at fault."""

    def __init__(self, message: str, code: str | None = None, param: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.param, self.status = code, param, status


def body(message: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """{"error": {...}}, without the fields that have nothing to say."""
    error = {"message": message, "type": "invalid_request_error", "code": code, "param": param}
    if code:
        error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
    return {"error": {name: value for name, value in error.items() if value is not None}}


def unknown(name: str) -> Refused:
    return Refused(f"Received unknown parameter: {name}", "parameter_unknown", name)


def missing(kind: str, value: str, param: str, status: int = 404) -> Refused:
    return Refused(f"No such {kind}: '{value}'", "resource_missing", param, status)
