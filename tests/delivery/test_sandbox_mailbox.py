"""The sample company's mail server, as `make report` starts it."""

import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from include.delivery import Mailbox
from tests.delivery.conftest import free_port

ROOT = Path(__file__).parents[2]


def start(port: int, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sandbox.mailbox", "--port", str(port), "--folder", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    port = free_port()
    process = start(port, tmp_path / "kept")
    assert process.stdout
    assert process.stdout.readline() == f"mailbox on 127.0.0.1:{port}, messages in {tmp_path}/kept\n"
    yield Mailbox("127.0.0.1", port, "corong@example.com", tls="none", timeout=5)
    process.terminate()
    process.communicate(timeout=10)


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["Date"] = "销售报告", "Sat, 31 Oct 2026 16:00:00 +0000"
    made.set_content("text\n")
    made.add_attachment(b"x" * 3_000_000, maintype="application", subtype="pdf", filename="report.pdf")
    return made


def test_every_message_is_a_file_also_a_second_copy(mailbox: Mailbox, tmp_path: Path, message: EmailMessage) -> None:
    for _ in range(2):
        mailbox.send(message, "reader@example.com")
    first, second = sorted((tmp_path / "kept").glob("*.eml"), key=lambda file: len(file.name))
    assert first.name.startswith("2026-10-31_reader@example.com_")
    assert first.read_bytes() == second.read_bytes()
    assert message_from_bytes(first.read_bytes(), policy=default)["Subject"] == "销售报告"


def test_a_recipient_names_no_path(mailbox: Mailbox, tmp_path: Path, message: EmailMessage) -> None:
    mailbox.send(message, '"../../elsewhere"@example.com')
    [kept] = tmp_path.rglob("*.eml")
    assert kept.parent == tmp_path / "kept"


@pytest.mark.usefixtures("mailbox")
def test_a_port_that_is_taken_is_one_clear_line(mailbox: Mailbox, tmp_path: Path) -> None:
    second = start(mailbox.port, tmp_path / "kept")
    _, said = second.communicate(timeout=30)
    assert second.returncode == 2
    assert said.startswith(f"mailbox: port {mailbox.port} on 127.0.0.1 is taken")
    assert said.count("\n") == 1
