"""A letter, an outbox on disk, and real SMTP servers on ports the system hands out."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from include.delivery import Mailbox, Outbox
from include.delivery.message import Letter
from include.delivery.words import Words

DAY = date(2026, 10, 31)


@pytest.fixture
def letter() -> Letter:
    return Letter(
        region="china",
        locale="zh_Hans_CN",
        day=DAY,
        written=datetime(2026, 10, 31, 16, tzinfo=UTC),
        recipients=("Sales-CN@example.com ", "second@example.com"),
        house="Sample Company",
        words=Words("中国销售报告，2026年10月31日", "报告见附件。\n.一行以点开头\n", "<p>报告见附件。</p>\n"),
        pdf=b"%PDF-1.7\r\n.\n..\n\x00\xff" * 999,
        content_hash="a" * 64,
    )


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/made/here/delivery.db"


@pytest.fixture
def outbox(url: str) -> Outbox:
    return Outbox(url)


@dataclass
class Kept:
    """What a mail server took: (recipients, bytes) in order. `answers` overrides its answer to RCPT or DATA."""

    port: int = 0
    messages: list[tuple[list[str], bytes]] = field(default_factory=list)
    rcpt: dict[str, str] = field(default_factory=dict)
    data: str = "250 taken"

    @property
    def mailbox(self) -> Mailbox:
        return Mailbox("127.0.0.1", self.port, "Corong <corong@example.com>", tls="none", timeout=2)

    async def handle_RCPT(  # noqa: N802 aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.rcpt.get(address, "250 known")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 aiosmtpd's name
        if self.data.startswith("250"):
            self.messages.append((envelope.rcpt_tos, envelope.original_content or b""))
        return self.data


@pytest.fixture
def server() -> Iterator[Kept]:
    """A mail server that keeps what it takes."""
    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    kept.port = controller.port
    yield kept
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Script = Callable[[socket.socket], None]


@pytest.fixture
def scripted() -> Iterator[Callable[[Script], Mailbox]]:
    """A raw server that plays `script` on every connection: for what no honest server does."""
    listening = socket.create_server(("127.0.0.1", 0))

    def start(script: Script) -> Mailbox:
        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    script(connection)

        threading.Thread(target=serve, daemon=True).start()
        return Mailbox("127.0.0.1", listening.getsockname()[1], "corong@example.com", tls="none", timeout=0.5)

    yield start
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
