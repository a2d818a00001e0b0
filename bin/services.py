"""The local servers a sample run needs: the sandbox company and the mailbox, started and stopped with the run.

Each is started at once, and what its context gives waits until it is ready: the caller has other things to do first.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bin.environment import MAILBOX_PORT, ROOT, SANDBOX_CLOCK, SANDBOX_LEADS_PER_YEAR, SANDBOX_PORT, data


class Refused(RuntimeError):
    """The run cannot go on; the message is one line that says what to do."""


@contextmanager
def sandbox() -> Iterator[Callable[[], str]]:
    """The sample company's vendors on one port; the wait returns their base URL."""
    drop = data() / "drop"
    arguments = ["sandbox", "--port", str(SANDBOX_PORT), "--drop", str(drop), "--clock", SANDBOX_CLOCK.isoformat()]
    arguments += ["--leads-per-year", str(SANDBOX_LEADS_PER_YEAR)]
    with _server(arguments, "sandbox.log") as process:
        yield lambda: _answering(process, f"http://127.0.0.1:{SANDBOX_PORT}", data() / "sandbox.log")


@contextmanager
def mailbox() -> Iterator[Callable[[], None]]:
    """A real SMTP server that keeps every message in data/mailbox as an .eml file."""
    folder = data() / "mailbox"
    with _server(["sandbox.mailbox", "--port", str(MAILBOX_PORT), "--folder", str(folder)], "mailbox.log") as process:
        yield lambda: _spoken(process, data() / "mailbox.log")


@contextmanager
def _server(module: list[str], log: str) -> Iterator[subprocess.Popen[bytes]]:
    data().mkdir(parents=True, exist_ok=True)
    with (data() / log).open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", *module], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=10)


def _answering(process: subprocess.Popen[bytes], url: str, log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        _stop_if_ended(process, log)
        try:
            with urlopen(f"{url}/_sandbox/ready", timeout=1):
                return url
        except (URLError, OSError):
            time.sleep(0.05)
    raise Refused(f"the server behind {url} did not answer within a minute; see {log}")


def _spoken(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        _stop_if_ended(process, log)
        if log.stat().st_size:
            return
        time.sleep(0.05)
    raise Refused(f"the mailbox did not start within half a minute; see {log}")


def _stop_if_ended(process: subprocess.Popen[bytes], log: Path) -> None:
    if process.poll() is not None:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise Refused(lines[-1] if lines else f"a local server ended at once; see {log}")
