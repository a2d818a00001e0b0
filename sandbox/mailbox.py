"""The sample company's mail server: takes every message over SMTP and keeps it as one .eml file.

python -m sandbox.mailbox --port 8925 --folder data/mailbox
"""

import argparse
import re
import sys
import threading
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeper:
    """Writes each message as <day of its Date>_<recipient>_<digest>.eml; a second copy gets a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 aiosmtpd calls it by this name and position
        content = envelope.original_content or b""
        sent = message_from_bytes(content, policy=default)["Date"]
        day = f"{sent.datetime:%Y-%m-%d}" if sent and sent.datetime else "undated"
        readers = re.sub(r"[^\w@.+-]|\.\.", "_", "_".join(envelope.rcpt_tos))
        _new_file(self.folder, f"{day}_{readers}_{sha256(content).hexdigest()[:8]}").write_bytes(content)
        return "250 kept"


def _new_file(folder: Path, name: str) -> Path:
    copies = len(list(folder.glob(f"{name}*.eml")))
    return folder / f"{name}{f'_copy{copies}' if copies else ''}.eml"


def serve(port: int, folder: Path, host: str = "127.0.0.1") -> Controller:
    """A running server on host:port. Raises OSError if the port is taken."""
    controller = Controller(Keeper(folder), hostname=host, port=port, data_size_limit=50_000_000)
    controller.start()
    return controller


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox.mailbox", description="Keep every message as a file.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8925)
    parser.add_argument("--folder", type=Path, default=Path("data/mailbox"))
    arguments = parser.parse_args()
    try:
        controller = serve(arguments.port, arguments.folder, arguments.host)
    except OSError as fault:
        sys.stderr.write(
            f"mailbox: port {arguments.port} on {arguments.host} is taken ({fault.strerror}); choose another\n"
        )
        return 2
    sys.stdout.write(f"mailbox on {arguments.host}:{arguments.port}, messages in {arguments.folder}\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        controller.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
