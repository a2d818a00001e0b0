"""Where everything lies: the settings of the fixed interface as environment variables, and Airflow's home.

Set before Airflow is imported, since Airflow reads its settings once.
"""

import json
import os
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SANDBOX_HOST = os.environ.get("SANDBOX_HOST", "127.0.0.1")
SANDBOX_PORT = int(os.environ.get("SANDBOX_PORT", "8930"))
MAILBOX_HOST = os.environ.get("MAILBOX_HOST", "127.0.0.1")
MAILBOX_PORT = int(os.environ.get("MAILBOX_PORT", "8925"))
SANDBOX_CLOCK = datetime.fromisoformat(os.environ.get("SANDBOX_CLOCK", "2026-11-01T12:00:00+00:00"))
"""What time it is in the sample company: its last day is 31 October 2026, over everywhere since six hours."""
SANDBOX_LEADS_PER_YEAR = int(os.environ.get("SANDBOX_LEADS_PER_YEAR", "20000"))
UI_PORT = int(os.environ.get("UI_PORT", "8080"))


def data() -> Path:
    """The folder of all that is made here; tests and benchmarks choose another by DATA_DIR."""
    return Path(os.environ.get("DATA_DIR", ROOT / "data"))


def prepare(*, sample: bool) -> None:
    """Fill in what the caller's environment leaves open, and the sample company's connections where it is sample."""
    wanted = settings(data())
    if sample:
        wanted |= {f"AIRFLOW_CONN_{name.upper()}": json.dumps(made) for name, made in sample_connections().items()}
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    os.environ["PYTHONPATH"] = str(ROOT)
    data().mkdir(parents=True, exist_ok=True)


def settings(folder: Path) -> dict[str, str]:
    """What every process is told. docker-compose.yml says the same of its own places (a test holds them together)."""
    return {
        "CONFIG_DIR": str(ROOT / "config"),
        "LAKE_URI": str(folder / "lake"),
        "REPORTS_URI": str(folder / "reports"),
        "DELIVERY_URL": f"sqlite:///{folder / 'delivery.db'}",
        "FONTS_DIR": str(ROOT / "data" / "fonts"),
        "AIRFLOW_HOME": str(folder / "airflow"),
        **_airflow(folder),
    }


def _airflow(folder: Path) -> dict[str, str]:
    return {
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder / 'airflow' / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "airflow" / "logs"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        # The usual flags of a machine that reaches nothing but its own sources.
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(UI_PORT),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{UI_PORT}/execution/",
    }


def sample_connections() -> dict[str, dict[str, object]]:
    """Connections of the sample company: its credentials open nothing but the local sandbox."""
    http = {"conn_type": "http", "schema": "http", "host": SANDBOX_HOST, "port": SANDBOX_PORT}
    google = {
        "client_id": "sample-client",
        "client_secret": "sample-client-secret",
        "developer_token": "sample-developer-token",
    }
    mail = {"from_email": "Corong <corong@example.com>", "disable_ssl": True, "disable_tls": True}
    return {
        "hubspot": {**http, "password": "sample-hubspot-token"},
        "google_ads": {**http, "password": "sample-google-refresh", "extra": google},
        "stripe": {**http, "password": "sample-stripe-key"},
        "fx": {**http, "password": "sample-fx-token"},
        "mailbox": {"conn_type": "smtp", "host": MAILBOX_HOST, "port": MAILBOX_PORT, "extra": mail},
    }
