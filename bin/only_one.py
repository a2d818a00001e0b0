"""One command at a time on a data folder: `make report` and `make ui` share its lake, and all of them their ports."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bin.environment import data
from bin.services import Refused

INSTEAD = {
    "make ui": "stop it (Ctrl-C in its terminal), or start the night in its browser: Dags › nightly_report_… › Trigger",
    "make stack": "stop it (Ctrl-C in its terminal)",
    "make report": "wait for it to end, or stop it with Ctrl-C in its terminal",
}


@contextmanager
def only_one(command: str) -> Iterator[None]:
    """Hold the data folder for `command`, or refuse and name the one that holds it."""
    data().mkdir(parents=True, exist_ok=True)
    with (data() / ".running").open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            held.seek(0)
            other = held.read().strip() or "another command"
            raise Refused(f"{other} is running on {data()}; {INSTEAD.get(other, 'wait for it to end')}") from fault
        held.truncate(0)
        held.write(command)
        held.flush()
        yield
