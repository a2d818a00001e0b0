"""A vendor on a real local port: answers what a test tells it to, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

CLOCK = "Sun, 01 Nov 2026 12:00:00 GMT"


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]
    params: list[tuple[str, str]] = field(default_factory=list)
    """The query as it was sent: a name may come several times."""


@dataclass(frozen=True)
class Answer:
    """`cut` bytes are missing at the end of what Content-Length promises."""

    content: Any = None
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0

    def body(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else json.dumps(self.content).encode()


@dataclass
class Vendor:
    url: str
    answer: Callable[[Asked], Answer]
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [f"{each.method} {each.path}" for each in self.asked]


@contextmanager
def serving(answer: Callable[[Asked], Answer]) -> Iterator[Vendor]:
    """Serve on a port the system chooses until the block ends."""
    vendor = Vendor("", answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            vendor.asked.append(self.asked(self.rfile.read(length)))
            self.send(vendor.answer(vendor.asked[-1]))

        do_GET = do_POST = handle_any  # noqa: N815 the names http.server looks for

        def asked(self, raw: bytes) -> Asked:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            is_json = "json" in (self.headers.get("Content-Type") or "")
            body = json.loads(raw) if is_json else raw.decode()
            return Asked(self.command, parts.path, query, body, dict(self.headers), parse_qsl(parts.query))

        def send(self, answer: Answer) -> None:
            body = answer.body()
            self.send_response_only(answer.status)
            headers = {"Date": CLOCK, "Content-Type": answer.kind, "Content-Length": str(len(body))} | answer.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) - answer.cut])
            self.close_connection = answer.cut > 0

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    vendor.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield vendor
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def in_turn(*answers: Answer) -> Callable[[Asked], Answer]:
    """The first answer first; the last one again and again."""
    left = list(answers)

    def answer(_: Asked) -> Answer:
        return left.pop(0) if len(left) > 1 else left[0]

    return answer
