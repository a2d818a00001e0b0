"""Which vendor a path belongs to, whether the caller may pass, and the vendor's words for refusing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.wire.google_ads import routes as google_ads
from sandbox.wire.hubspot import faults
from sandbox.wire.stripe import faults as stripe_faults
from sandbox.wire.stripe import routes as stripe

HUBSPOT_TOKEN = "sample-hubspot-token"
FX_TOKEN = "sample-fx-token"


@dataclass(frozen=True)
class Vendor:
    """`passes` takes the request's headers (lower case)."""

    name: str
    owns: Callable[[str], bool]
    passes: Callable[[str, Mapping[str, str]], bool]
    unauthorized: Any
    too_many: Any


def _bearer(token: str) -> Callable[[str, Mapping[str, str]], bool]:
    return lambda _, headers: headers.get("authorization") == f"Bearer {token}"


def _google(path: str, headers: Mapping[str, str]) -> bool:
    if path == "/token":
        return True
    known = headers.get("authorization") == f"Bearer {google_ads.ACCESS_TOKEN}"
    return known and headers.get("developer-token") == google_ads.DEVELOPER_TOKEN


VENDORS = (
    Vendor(
        "hubspot", lambda path: path.startswith("/crm/"), _bearer(HUBSPOT_TOKEN),
        faults.body(
            "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more "
            "details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
            "INVALID_AUTHENTICATION",
        ),
        faults.body(
            "You have reached your secondly limit.", "RATE_LIMITS", errorType="RATE_LIMIT", policyName="SECONDLY"
        ),
    ),
    Vendor(
        "google_ads", lambda path: path == "/token" or path.startswith(f"/{google_ads.VERSION}/"), _google,
        google_ads.fault(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
        google_ads.fault(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
    ),
    Vendor(
        "fx", lambda path: path.startswith("/stats/"), _bearer(FX_TOKEN),
        {"error": "unauthorized"}, {"error": "too many requests"},
    ),
    Vendor(
        "stripe", lambda path: path.startswith(stripe.PREFIX), _bearer(stripe.KEY),
        stripe_faults.body("Invalid API Key provided."),
        stripe_faults.body(
            "Too many requests in a short time: exceeded the rate limit of this sandbox. Please retry.", "rate_limit"
        ),
    ),
)  # fmt: skip


def vendor_of(path: str) -> Vendor | None:
    return next((vendor for vendor in VENDORS if vendor.owns(path)), None)
