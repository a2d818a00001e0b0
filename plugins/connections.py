"""Where Airflow ends: connections and the environment become sessions, lake, outbox, mailbox and company.

Airflow imports every file of this folder in each of its processes, so heavy rooms are imported where they are used.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import Connection

if TYPE_CHECKING:
    from include.company import Company
    from include.delivery import Mailbox, Outbox
    from include.delivery.mailbox import Tls
    from include.lake import Lake
    from include.sources import Source
    from include.sources.client import Session

ROOT = Path(__file__).resolve().parent.parent
PORTS = {"ssl": 465, "starttls": 587, "none": 25}
HEADERS = {
    "developer_token": "developer-token",
    "login_customer_id": "login-customer-id",
    "stripe_account": "Stripe-Account",
}
"""Fields of a connection's extra that vendors want as headers."""


def config() -> Path:
    """The folder of regions.toml, funnel.toml, channels.toml and sources.toml."""
    return ROOT / os.environ.get("CONFIG_DIR", "config")


def reports() -> Path:
    """The folder of the published reports."""
    return ROOT / os.environ.get("REPORTS_URI", "data/reports")


def regions_per_task() -> int:
    """How many regions one task renders, in one warm process: REGIONS_PER_TASK. Raises ValueError."""
    asked = os.environ.get("REGIONS_PER_TASK") or "8"
    if not asked.isdecimal() or int(asked) == 0:
        raise ValueError(f"REGIONS_PER_TASK={asked}: write how many regions one task renders, 1 or more")
    return int(asked)


def company() -> "Company":
    """The company as configured. Raises ConfigError with what to change."""
    from include.company import load

    known = load(config())
    if any(region.kpis for region in known.regions.values()):
        from include.kpis.cards import check

        check(known)
    return known


def lake() -> "Lake":
    """The lake at LAKE_URI."""
    from include.lake import Lake

    return Lake(ROOT / os.environ.get("LAKE_URI", "data/lake"))


def outbox() -> "Outbox":
    """The outbox at DELIVERY_URL."""
    from include.delivery import Outbox

    return Outbox(os.environ.get("DELIVERY_URL") or f"sqlite:///{ROOT}/data/delivery.db")


def mailbox() -> "Mailbox":
    """The mail server of connection `mailbox`, with the extra fields of Airflow's own SMTP connections: from_email,
    timeout, disable_ssl (no TLS from the first byte) and disable_tls (no STARTTLS either).
    """
    from include.delivery import Mailbox

    known = Connection.get("mailbox")
    extra = known.extra_dejson
    tls = _tls(extra)
    return Mailbox(
        host=known.host or "localhost",
        port=known.port or PORTS[tls],
        sender=str(extra.get("from_email") or known.login or "corong@localhost"),
        user=known.login or "",
        password=known.password or "",
        tls=tls,
        timeout=float(extra.get("timeout", 60)),
    )


def source(name: str) -> "Source":
    """The source `name` of sources.toml. Raises ConfigError if its section is at fault."""
    from include.sources import build

    return build(company(), name, root=ROOT)


def session(name: str) -> "Session | None":
    """The HTTP session of a source's connection; None for a source that has none (files)."""
    connection = company().sources[name].connection
    return None if connection is None else _http(Connection.get(connection))


def _http(known: Connection) -> "Session":
    """The password is a bearer token or, where the extra names an OAuth client, the refresh token that mints one."""
    from include.sources import client
    from include.sources.oauth import OAuth

    extra = known.extra_dejson
    base = f"{known.schema or 'https'}://{known.host}" + (f":{known.port}" if known.port else "")
    headers = {header: str(extra[field]) for field, header in HEADERS.items() if field in extra}
    secret = known.password or ""
    if "client_id" not in extra:
        return client.session(base, headers | ({"Authorization": f"Bearer {secret}"} if secret else {}))
    token_url = str(extra.get("token_url", "/token"))
    oauth = OAuth(str(extra["client_id"]), str(extra["client_secret"]), secret, token_url)
    return client.session(base, headers, oauth)


def _tls(extra: dict[str, Any]) -> "Tls":
    if not extra.get("disable_ssl", False):
        return "ssl"
    return "none" if extra.get("disable_tls", False) else "starttls"
