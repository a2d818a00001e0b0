"""A running `make ui`: started on a sample of its own, asked over its REST API, ended as Ctrl-C does."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.end_to_end.conftest import ROOT, Sample, free_port

READY = re.compile(r"Airflow +(http://127\.0\.0\.1:\d+) +user (\w+) +password (\S+)")


@dataclass(frozen=True)
class Ui:
    """A running `make ui`, and the output so far."""

    process: subprocess.Popen[bytes]
    sample: Sample
    printed: Path

    @property
    def ports(self) -> list[int]:
        return [int(self.sample.environment[name]) for name in ("UI_PORT", "SANDBOX_PORT", "MAILBOX_PORT")]

    def credentials(self) -> tuple[str, str, str]:
        """Address, user and password as they were printed."""
        found = READY.search(self.printed.read_text())
        assert found, self.printed.read_text()
        return found[1], found[2], found[3]

    def ask(self, path: str, body: dict[str, Any] | None = None, method: str | None = None, **headers: str) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **headers}
        with urlopen(Request(self.credentials()[0] + path, sent, headers, method=method), timeout=60) as answer:
            return json.load(answer)

    def api(self, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        """What its REST API answers to the printed user."""
        _, user, password = self.credentials()
        token = self.ask("/auth/token", {"username": user, "password": password})["access_token"]
        return self.ask(f"/api/v2/{path}", body, method, Authorization=f"Bearer {token}")


@contextmanager
def started(sample: Sample, leads_per_year: int) -> Iterator[Ui]:
    """`make ui` on the sample's folder, with a small company behind it; ready when its address is printed."""
    small = {"UI_PORT": str(free_port()), "SANDBOX_LEADS_PER_YEAR": str(leads_per_year)}
    made = Sample(sample.data, sample.environment | small)
    printed = made.data / "printed.txt"
    with printed.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bin.ui"],
            cwd=ROOT, env=made.environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        ready = eventually(lambda: process.poll() is not None or bool(READY.search(printed.read_text())), 280)
        assert ready, printed.read_text()
        yield Ui(process, made, printed)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=60)


def eventually(what: Callable[[], bool], seconds: float) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while not (done := what()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return done
