"""Airflow's connections and the environment become sessions, mailbox, lake and outbox."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import connections
import pytest

from include.delivery import Delivery
from include.sources.oauth import OAuth

ROOT = Path(__file__).parents[2]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Defines an Airflow connection for the test."""

    def define(name: str, **fields: Any) -> None:
        monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", json.dumps(fields))

    return define


def test_a_password_is_a_bearer_token_kept_out_of_what_is_said(connect: Any) -> None:
    connect("hubspot", conn_type="http", schema="https", host="api.hubapi.com", password="hunter2")
    session = connections.session("hubspot")
    assert session is not None
    assert session.base_url == "https://api.hubapi.com"
    assert session.headers["Authorization"] == "Bearer hunter2"
    assert "Authorization" in session.private


def test_a_connection_without_a_scheme_is_https(connect: Any) -> None:
    connect("fx", conn_type="http", host="127.0.0.1", port=8930, password="x")
    session = connections.session("fx")
    assert session is not None
    assert session.base_url == "https://127.0.0.1:8930"


def test_an_oauth_client_in_the_extra_makes_the_password_a_refresh_token(connect: Any) -> None:
    extra = {
        "client_id": "client",
        "client_secret": "secret",
        "developer_token": "developer",
        "login_customer_id": "1234567890",
        "token_url": "https://oauth2.googleapis.com/token",
    }
    connect(
        "google_ads", conn_type="http", schema="https", host="googleads.googleapis.com", password="refresh", extra=extra
    )
    session = connections.session("google_ads")
    assert session is not None
    assert session.auth == OAuth(
        "client", "secret", "refresh", "https://oauth2.googleapis.com/token", lock=session.auth.lock
    )
    assert session.headers["developer-token"] == "developer"
    assert session.headers["login-customer-id"] == "1234567890"
    assert "Authorization" not in session.headers


def test_a_key_of_stripe_may_be_for_a_connected_account(connect: Any) -> None:
    extra = {"stripe_account": "acct_1"}
    connect("stripe", conn_type="http", schema="https", host="api.stripe.com", password="rk_1", extra=extra)
    session = connections.session("stripe")
    assert session is not None
    assert (session.headers["Authorization"], session.headers["Stripe-Account"]) == ("Bearer rk_1", "acct_1")


def test_files_need_no_session() -> None:
    assert connections.session("planning") is None


@pytest.mark.parametrize(
    ("extra", "tls", "port"),
    [
        ({}, "ssl", 465),
        ({"disable_ssl": False}, "ssl", 465),
        ({"disable_ssl": True}, "starttls", 587),
        ({"disable_ssl": True, "disable_tls": True}, "none", 25),
    ],
    ids=["nothing said", "ssl", "starttls", "none"],
)
def test_mail_is_encrypted_unless_the_connection_says_otherwise(connect: Any, extra: Any, tls: str, port: int) -> None:
    connect("mailbox", conn_type="smtp", host="mail.example.com", login="corong@example.com", password="p", extra=extra)
    mailbox = connections.mailbox()
    assert (mailbox.tls, mailbox.port, mailbox.sender) == (tls, port, "corong@example.com")


def test_the_sender_may_have_a_name(connect: Any) -> None:
    connect("mailbox", conn_type="smtp", host="mail.example.com", extra={"from_email": "Corong <corong@example.com>"})
    assert connections.mailbox().sender == "Corong <corong@example.com>"


def test_places_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LAKE_URI", str(tmp_path / "lake"))
    monkeypatch.setenv("REPORTS_URI", str(tmp_path / "reports"))
    monkeypatch.setenv("DELIVERY_URL", f"sqlite:///{tmp_path}/delivery.db")
    assert connections.lake().root == tmp_path / "lake"
    assert connections.reports() == tmp_path / "reports"
    delivery = Delivery(date(2026, 10, 31), "spain", "es_ES", "a@example.com", "a" * 64)
    connections.outbox().intend(delivery)
    assert connections.outbox().of(delivery.day, "spain", "es_ES") == [delivery]


def test_places_left_out_lie_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG_DIR", "LAKE_URI", "REPORTS_URI"):
        monkeypatch.delenv(name, raising=False)
    assert connections.config() == ROOT / "config"
    assert connections.lake().root == ROOT / "data" / "lake"
    assert connections.reports() == ROOT / "data" / "reports"


@pytest.mark.parametrize(("said", "size"), [(None, 8), ("", 8), ("1", 1), ("40", 40)])
def test_the_size_of_a_batch_is_one_setting(monkeypatch: pytest.MonkeyPatch, said: str | None, size: int) -> None:
    monkeypatch.delenv("REGIONS_PER_TASK", raising=False)
    if said is not None:
        monkeypatch.setenv("REGIONS_PER_TASK", said)
    assert connections.regions_per_task() == size


@pytest.mark.parametrize("said", ["0", "-1", "many", "2.5"])
def test_a_size_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("REGIONS_PER_TASK", said)
    with pytest.raises(ValueError, match=f"REGIONS_PER_TASK={said}: write how many regions"):
        connections.regions_per_task()
