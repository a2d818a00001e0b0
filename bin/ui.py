"""`make ui`: Airflow in the browser, with the sample company, its connections and its pools behind it.

The sample's clock moves to the present first, so that last night's run finds last night's data. Dags start paused:
unpause the nights you want. Ctrl-C stops everything.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from rich.console import Console

from bin import nights, provision, services
from bin.environment import ROOT, UI_PORT, data, prepare
from bin.only_one import only_one
from include.company import ConfigError, load


def main() -> int:
    """Run until interrupted; 2 if it cannot start."""
    console = Console(highlight=False)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore Ctrl-C
    try:
        with only_one("make ui"):
            _run(console)
    except (services.Refused, ConfigError) as refused:
        console.print(f"[red]make ui:[/] {refused}")
        return 2
    return 0


def _run(console: Console) -> None:
    company = load(Path(os.environ.get("CONFIG_DIR", ROOT / "config")))
    prepare(sample=False)
    log = data() / "logs" / "ui.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        with console.status("Airflow's database"), nights.migrated(log):
            pass
        if company.is_sample:
            _start_sample(stack, console)
        with console.status("connections and pools"), nights.logged_to(log):
            provision.pools(company)
            provision.connections(company)
        password = _password()
        with console.status("Airflow, about half a minute"):
            process = stack.enter_context(_standalone(log))
            _wait(process, log)
        console.print(f"Airflow   http://127.0.0.1:{UI_PORT}   user [bold]admin[/]   password [bold]{password}[/]")
        console.print(f"Reports   {os.environ['REPORTS_URI']}   mail {data() / 'mailbox'}   log {log}   Ctrl-C stops")
        with contextlib.suppress(KeyboardInterrupt):
            process.wait()


def _start_sample(stack: contextlib.ExitStack, console: Console) -> None:
    with console.status("sample company and mailbox"):
        url = stack.enter_context(services.sandbox())()
        stack.enter_context(services.mailbox())()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        body = json.dumps({"now": now}).encode()
        with urlopen(Request(f"{url}/_sandbox/clock", body, {"Content-Type": "application/json"}), timeout=60):
            pass


def _password() -> str:
    """The admin's password, made once and kept where Airflow's simple login reads it."""
    file = data() / "airflow" / "passwords.json"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(json.dumps({"admin": secrets.token_urlsafe(9)}), encoding="utf-8")
    os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] = "admin:admin"
    os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"] = str(file)
    return str(json.loads(file.read_text(encoding="utf-8"))["admin"])


@contextlib.contextmanager
def _standalone(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`airflow standalone` in a group of its own: one signal to its parent leaves its servers running. It starts them
    by their name `airflow`, so the folder of this Python comes first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "airflow", "standalone"],
            cwd=ROOT, env={**os.environ, "PATH": path}, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group, and wait for all of it: a server's worker may outlive its parent and hold the port."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        deadline = time.monotonic() + 5
        while _is_alive(process) and time.monotonic() < deadline:
            time.sleep(0.05)


def _is_alive(group: subprocess.Popen[bytes]) -> bool:
    group.poll()  # reaped, its leader no longer counts
    try:
        os.killpg(group.pid, 0)
    except ProcessLookupError:
        return False
    return True


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise services.Refused(
                f"Airflow ended at once (is port {UI_PORT} taken? choose another: UI_PORT=8081 make ui); see {log}"
            )
        try:
            with urlopen(f"http://127.0.0.1:{UI_PORT}/api/v2/monitor/health", timeout=2) as answer:
                if json.load(answer)["scheduler"]["status"] == "healthy":
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.5)
    raise services.Refused(f"Airflow did not become healthy within four minutes; see {log}")


if __name__ == "__main__":
    sys.exit(main())
