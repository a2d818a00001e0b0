"""Before every vendor: credentials, the Date of the clock, and a fixed share of refusals."""

import socket
import subprocess
import sys

import pytest
import requests

from tests.sandbox.served import ROOT, Sandbox

OWNERS = "/crm/v3/owners"
TOKEN = {
    "grant_type": "refresh_token",
    "client_id": "sample-client",
    "client_secret": "sample-client-secret",
    "refresh_token": "sample-google-refresh",
}


@pytest.mark.parametrize("token", [None, "Bearer wrong", "sample-hubspot-token"])
@pytest.mark.parametrize("path", [OWNERS, "/stats/eurofxref/eurofxref-hist.zip", "/v1/customers"])
def test_wrong_credentials_are_turned_away(sandbox: Sandbox, token: str | None, path: str) -> None:
    answer = requests.get(sandbox.url + path, headers={"Authorization": token} if token else {}, timeout=10)
    assert answer.status_code == 401
    assert answer.headers["Date"] == "Sun, 01 Nov 2026 12:00:00 GMT"


def test_google_needs_a_minted_token_and_a_developer(sandbox: Sandbox) -> None:
    minted = requests.post(f"{sandbox.url}/token", data=TOKEN, timeout=10).json()["access_token"]
    url = f"{sandbox.url}/v26/customers/1000000001/googleAds:searchStream"
    body = {"query": "SELECT campaign.id FROM campaign WHERE segments.date BETWEEN '2026-10-01' AND '2026-10-01'"}
    bearer = {"Authorization": f"Bearer {minted}"}
    assert requests.post(url, json=body, headers=bearer, timeout=10).status_code == 401
    developer = {"developer-token": "sample-developer-token"}
    assert requests.post(url, json=body, headers=bearer | developer, timeout=10).status_code == 200


@pytest.mark.parametrize("wrong", ["client_id", "client_secret", "refresh_token", "grant_type"])
def test_no_token_for_strangers(sandbox: Sandbox, wrong: str) -> None:
    answer = requests.post(f"{sandbox.url}/token", data=TOKEN | {wrong: "other"}, timeout=10)
    assert answer.status_code in (400, 401)
    assert "access_token" not in answer.json()


def test_two_percent_are_refused_and_welcome_when_they_come_again(sandbox: Sandbox) -> None:
    before = requests.get(f"{sandbox.url}/_sandbox/stats", timeout=10).json()["hubspot"]
    with requests.Session() as session:
        session.headers["Authorization"] = "Bearer sample-hubspot-token"
        answers = [session.get(f"{sandbox.url}{OWNERS}?after={n}", timeout=10) for n in range(500)]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) == 10
        assert {answer.headers["Retry-After"] for answer in refused} <= {"0", "1"}
        assert all(answer.json()["errorType"] == "RATE_LIMIT" for answer in refused)
        assert all(session.get(answer.url, timeout=10).status_code == 200 for answer in refused)
    after = requests.get(f"{sandbox.url}/_sandbox/stats", timeout=10).json()["hubspot"]
    assert after["requests"] - before["requests"] == 510
    assert after["throttled"] - before["throttled"] == 10


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "sandbox", "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
