"""`make stack`, from nothing to nothing: generated secrets, a history, one night by the scheduler on a Celery worker,
its mail through an outbox in Postgres, and after SIGTERM no process and no port. Postgres and Redis are real."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import pytest
import requests

from bin import local_services
from bin.services import Refused
from include.delivery import Outbox
from include.delivery.delivery import Delivery
from tests.end_to_end.conftest import ROOT, free_port

NIGHT, REGION, LOCALE, ZONE = "nightly_report_europe", "spain", "es_ES", ZoneInfo("Europe/Madrid")
PORTS = ("POSTGRES_PORT", "REDIS_PORT", "UI_PORT", "SANDBOX_PORT", "MAILBOX_PORT")
PATIENCE = 600
"""Seconds for each step, on a machine that does other things too: quiet ones take less than a minute and a half."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A data folder, a configuration and ports of its own."""
    data = tmp_path_factory.mktemp("stack")
    config = shutil.copytree(ROOT / "config", data / "config")
    sources = config / "sources.toml"
    sources.write_text(sources.read_text().replace('"data/drop"', f'"{data / "drop"}"'))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "LAKE", "REPORTS"))}
    own = {"DATA_DIR": str(data), "CONFIG_DIR": str(config), "PYTHONPATH": str(ROOT), "SANDBOX_LEADS_PER_YEAR": "1000"}
    return {**kept, **own, **{port: str(free_port()) for port in PORTS}}


@dataclass
class Seen:
    """What was seen of one start: while it ran, and after it was told to stop."""

    data: Path
    day: date
    history: str
    night: str
    reason: str
    anonymous: int
    listening: set[str]
    secrets_told: list[str]
    deliveries: list[Delivery]
    exit_code: int = -1
    left: list[str] = field(default_factory=list)
    ports_open: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(settings: dict[str, str]) -> Iterator[Seen]:
    try:
        local_services.check_servers()
    except Refused as lacking:
        if os.environ.get("NO_SKIP"):
            raise
        pytest.skip(str(lacking))
    data, output = Path(settings["DATA_DIR"]), Path(settings["DATA_DIR"]) / "output.txt"
    with output.open("wb") as text:
        stack = subprocess.Popen([sys.executable, "-m", "bin.stack"], cwd=ROOT, env=settings, stdout=text, stderr=text)
    family: list[psutil.Process] = []
    try:
        _wait_for_start(stack, output)
        seen = _use(data, settings)
        family = psutil.Process(stack.pid).children(recursive=True)
        seen.listening, seen.secrets_told = _addresses(family), _told(family, data / "stack" / "secrets")
        stack.send_signal(signal.SIGTERM)
        seen.exit_code = stack.wait(120)
        seen.left = [str(process) for process in family if process.is_running()]
        seen.ports_open = [int(settings[port]) for port in PORTS if _answers(int(settings[port]))]
        yield seen
    finally:
        if stack.poll() is None:
            stack.terminate()
            stack.wait(120)
        for process in (process for process in family if process.is_running()):
            process.kill()


def test_the_night_runs_on_the_stack_and_its_report_is_there(seen: Seen) -> None:
    assert seen.history == "success"
    assert (seen.night, seen.reason) == ("success", "")
    folder = seen.data / "stack" / "reports" / seen.day.isoformat() / REGION / LOCALE
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "report.html").exists()


def test_its_mail_left_once_and_the_outbox_in_postgres_says_so(seen: Seen) -> None:
    mails = [mail.name for mail in (seen.data / "stack" / "mailbox").iterdir()]
    assert len(mails) == 1
    assert "_ventas-es@example.com_" in mails[0]
    assert [(sent.recipient, sent.state, sent.attempts) for sent in seen.deliveries] == [
        ("ventas-es@example.com", "sent", 1)
    ]


def test_nobody_else_reaches_it(seen: Seen) -> None:
    assert seen.anonymous == 401
    assert seen.listening == {"127.0.0.1"}


def test_secrets_lie_in_private_files_and_nowhere_else(seen: Seen) -> None:
    secrets = list((seen.data / "stack" / "secrets").iterdir())
    assert {file.stat().st_mode & 0o777 for file in secrets} == {0o600}
    assert seen.secrets_told == []


def test_after_sigterm_nothing_is_left(seen: Seen) -> None:
    assert seen.exit_code == 0
    assert seen.left == []
    assert seen.ports_open == []


def test_a_taken_port_is_named_with_the_setting_that_moves_it(settings: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        own = {"DATA_DIR": str(tmp_path), "REDIS_PORT": str(taken.getsockname()[1])}
        ran = subprocess.run(
            [sys.executable, "-m", "bin.stack"], cwd=ROOT, env={**settings, **own}, capture_output=True, text=True
        )
    assert ran.returncode == 2
    assert "choose another: REDIS_PORT=… make stack" in ran.stdout
    assert len(ran.stdout.strip().splitlines()) == 1


def _wait_for_start(stack: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while "All services are healthy" not in output.read_text(encoding="utf-8"):
        assert stack.poll() is None, output.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, "the stack was not healthy in time"
        time.sleep(1)


def _use(data: Path, settings: dict[str, str]) -> Seen:
    """Load two months, then let the scheduler run a night: once unpaused, it runs for its last interval, and mails."""
    airflow = Airflow(f"http://127.0.0.1:{settings['UI_PORT']}", data / "stack" / "secrets" / "passwords.json")
    yesterday = datetime.now(ZONE).date() - timedelta(days=1)
    history = airflow.trigger("load_history", {"from": str(yesterday - timedelta(days=60)), "to": str(yesterday)})
    ended = airflow.wait("load_history", history)
    airflow.unpause(NIGHT)
    night = airflow.wait(NIGHT, airflow.newest(NIGHT)["dag_run_id"])
    run = airflow.newest(NIGHT)
    day = datetime.fromisoformat(run["data_interval_start"]).astimezone(ZONE).date()
    password = (data / "stack" / "secrets" / "postgres_password").read_text(encoding="utf-8")
    outbox = Outbox(f"postgresql+psycopg2://corong:{password}@127.0.0.1:{settings['POSTGRES_PORT']}/corong")
    return Seen(
        data=data,
        day=day,
        history=ended,
        night=night,
        reason="" if night == "success" else airflow.reason(NIGHT, run["dag_run_id"]),
        anonymous=requests.get(f"{airflow.url}/api/v2/dags", timeout=60).status_code,
        listening=set(),
        secrets_told=[],
        deliveries=outbox.of(day, REGION, LOCALE),
    )


class Airflow:
    """Airflow's REST API, as its admin."""

    def __init__(self, url: str, passwords: Path) -> None:
        self.url = url
        login = {"username": "admin", "password": json.loads(passwords.read_text(encoding="utf-8"))["admin"]}
        answer = requests.post(f"{url}/auth/token", json=login, timeout=120)
        answer.raise_for_status()
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def call(self, method: str, path: str, content: dict[str, Any] | None = None) -> Any:
        answer = requests.request(
            method, f"{self.url}/api/v2/{path}", json=content, headers=self._headers, timeout=120
        )  # fmt: skip
        assert answer.ok, answer.text
        return answer.json()

    def trigger(self, dag: str, conf: dict[str, str]) -> str:
        run = self.call("POST", f"dags/{dag}/dagRuns", {"logical_date": None, "conf": conf})
        self.unpause(dag)
        return str(run["dag_run_id"])

    def unpause(self, dag: str) -> None:
        self.call("PATCH", f"dags/{dag}", {"is_paused": False})

    def newest(self, dag: str) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if runs := self.call("GET", f"dags/{dag}/dagRuns?order_by=-run_after")["dag_runs"]:
                return dict(runs[0])
            time.sleep(1)
        raise AssertionError(f"{dag} was not scheduled")

    def wait(self, dag: str, run: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while (state := self.call("GET", f"dags/{dag}/dagRuns/{run}")["state"]) not in ("success", "failed"):
            assert time.monotonic() < deadline, f"{dag} is still {state}"
            time.sleep(1)
        return str(state)

    def reason(self, dag: str, run: str) -> str:
        return str(self.call("GET", f"dags/{dag}/dagRuns/{run}/taskInstances/verdict/xcomEntries/reason")["value"])


def _addresses(family: list[psutil.Process]) -> set[str]:
    """The addresses on which processes listen."""
    found: set[str] = set()
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):  # a task's ended meanwhile
            connections = process.net_connections()
            found |= {connection.laddr.ip for connection in connections if connection.status == psutil.CONN_LISTEN}
    return found


def _told(family: list[psutil.Process], secrets: Path) -> list[str]:
    """Secrets that can be read off a process: its command line or its environment."""
    values = {file.name: file.read_text(encoding="utf-8").strip() for file in secrets.iterdir()}
    told = []
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            words = [*process.cmdline(), *process.environ().values()]
            told += [f"{name}: {process}" for name, value in values.items() if any(value in word for word in words)]
    return told


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
