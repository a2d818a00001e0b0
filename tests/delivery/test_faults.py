"""What a mail server does wrong to one of three readers: the other two have their mail, nobody has it twice, and the
next run sends what surely did not leave."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pytest

from include.delivery import Mailbox, Outbox, Outcome, deliver
from include.delivery.message import Letter
from tests.delivery.conftest import DAY, Kept

ROOT = Path(__file__).parents[2]
READERS = ("a@example.com", "b@example.com", "c@example.com")
B = READERS[1]


@dataclass
class Rude:
    """A mail server that is rude to `victim` at one moment; `taken` is whose messages it keeps, in order.

    Moments: rcpt and data answer with `fault` to the recipient or to the message; before and after drop the connection
    before the message or behind its final dot (`lost` when the message is lost with it). For a drop in the middle of a
    large one see test_mailbox.py; a small one is out of our hands by then, so the drop is as one behind the dot.
    """

    moment: Literal["rcpt", "data", "before", "after", "polite"]
    fault: str = ""
    lost: bool = False
    victim: str = B
    taken: list[str] = field(default_factory=list)
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def mailbox(self) -> Mailbox:
        return Mailbox("127.0.0.1", self.listening.getsockname()[1], "corong@example.com", tls="none", timeout=2)

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", buffering=0) as wire:
                wire.write(b"220 hello\r\n")
                self.converse(wire)  # type: ignore[arg-type]

    def converse(self, wire: socket.SocketIO) -> None:
        reader = ""
        while line := wire.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                reader = line.decode().split("<")[1].split(">")[0]
                wire.write(self.answer("rcpt", reader, "250 known"))
            elif word == b"DATA":
                if not self.take(wire, reader):
                    return
            else:
                wire.write(b"221 bye\r\n" if word == b"QUIT" else b"250 yes\r\n")

    def take(self, wire: socket.SocketIO, reader: str) -> bool:
        """Read the message; whether the connection still stands."""
        rude = reader == self.victim
        if rude and self.moment == "before":
            return False
        wire.write(b"354 go on\r\n")
        while wire.readline() not in (b".\r\n", b""):
            pass
        if not (rude and (self.lost or self.moment == "data")):
            self.taken.append(reader)
        if rude and self.moment == "after":
            return False
        wire.write(self.answer("data", reader, "250 taken"))
        return True

    def answer(self, moment: str, reader: str, otherwise: str) -> bytes:
        rude = reader == self.victim and self.moment == moment
        return f"{self.fault if rude else otherwise}\r\n".encode()


@pytest.fixture
def three(letter: Letter) -> Letter:
    return replace(letter, recipients=READERS)


@pytest.fixture
def started() -> Iterator[list[Rude]]:
    servers: list[Rude] = []
    yield servers
    for server in servers:
        server.listening.shutdown(socket.SHUT_RDWR)
        server.listening.close()


def start(servers: list[Rude], server: Rude) -> Rude:
    servers.append(server)
    threading.Thread(target=server.serve, daemon=True).start()
    return server


FAULTS = [
    (Rude("rcpt", "421 closing"), "pending", "sent", 1),
    (Rude("rcpt", "451 greylisted"), "pending", "sent", 1),
    (Rude("rcpt", "550 no such user"), "failed", "failed", 0),
    (Rude("data", "421 closing"), "pending", "sent", 1),
    (Rude("data", "451 local error"), "pending", "sent", 1),
    (Rude("data", "550 spam"), "failed", "failed", 0),
    (Rude("before"), "pending", "sent", 1),
    (Rude("after"), "unknown", "unknown", 1),
    (Rude("after", lost=True), "unknown", "unknown", 0),
]
"""The fault, the state it leaves, the state after the next run, and how often the reader has the mail in the end."""


@pytest.mark.parametrize(
    ("rude", "state", "later", "copies"),
    FAULTS,
    ids=[f"{each[0].moment} {each[0].fault} {each[0].lost}" for each in FAULTS],
)
def test_one_of_three(
    outbox: Outbox, three: Letter, started: list[Rude], rude: Rude, state: str, later: str, copies: int
) -> None:
    server = start(started, replace(rude, taken=[], listening=socket.create_server(("127.0.0.1", 0))))
    first = deliver(outbox, server.mailbox, [three])
    assert [each.state for each in first] == ["sent", state, "sent"]
    polite = start(started, Rude("polite", listening=socket.create_server(("127.0.0.1", 0))))
    assert [each.state for each in deliver(outbox, polite.mailbox, [three])] == ["sent", later, "sent"]
    everything = [*server.taken, *polite.taken]
    assert {reader: everything.count(reader) for reader in READERS} == {READERS[0]: 1, B: copies, READERS[2]: 1}


@pytest.mark.parametrize(
    ("rude", "said"),
    [
        (FAULTS[2][0], "failed: 550 no such user. Next: correct the address in regions.toml"),
        (FAULTS[1][0], "pending: 451 greylisted. Next: clear deliver when the mail server is back"),
        (FAULTS[7][0], "the whole message was sent: Connection unexpectedly closed. Next: ask them whether it came"),
    ],
    ids=["failed", "pending", "unknown"],
)
def test_what_is_open_is_told_with_region_day_reader_and_next_step(
    outbox: Outbox, three: Letter, started: list[Rude], rude: Rude, said: str
) -> None:
    server = start(started, replace(rude, taken=[], listening=socket.create_server(("127.0.0.1", 0))))
    told = str(Outcome("china", tuple(deliver(outbox, server.mailbox, [three]))))
    assert told.startswith("china, 2026-10-31: 2 sent, 1 ")
    assert f"{B} (zh_Hans_CN) " in told
    assert said in told


def test_an_outcome_without_a_fault_asks_for_nothing(outbox: Outbox, three: Letter, server: Kept) -> None:
    assert str(Outcome("china", tuple(deliver(outbox, server.mailbox, [three])))) == "china, 2026-10-31: 3 sent"


@pytest.mark.parametrize(("moment", "states", "copies"), [
    ("intended", ["sent", "sent", "sent"], 1),
    ("before", ["unknown", "sent", "sent"], 0),
    ("after", ["unknown", "sent", "sent"], 1),
])  # fmt: skip
def test_a_sender_killed_between_outbox_send_and_mark(
    outbox: Outbox, url: str, three: Letter, server: Kept, moment: str, states: list[str], copies: int
) -> None:
    """`kill -9` after the intents, before the send, and between the send and its mark."""
    command = [sys.executable, "-m", "tests.delivery.sender", url, str(server.port), moment, *READERS]
    killed = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [each.state for each in deliver(outbox, server.mailbox, [three])] == states
    had = [address for recipients, _ in server.messages for address in recipients]
    assert {reader: had.count(reader) for reader in READERS} == {READERS[0]: copies, B: 1, READERS[2]: 1}
    assert {each.day for each in outbox.of(DAY, "china", "zh_Hans_CN")} == {DAY}
