"""The front door, plain ASGI: the clock's Date on every answer, credentials, and the rate limit, before any route."""

from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.wire.answers import answer
from sandbox.wire.gate import Gate
from sandbox.wire.vendors import VENDORS, Vendor, vendor_of
from sandbox.world import World


class Front:
    """Wraps the routes. `gates` count each vendor's calls."""

    def __init__(self, inner: ASGIApp, world: World) -> None:
        self._inner, self._world = inner, world
        self.gates = {vendor.name: Gate() for vendor in VENDORS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"date", self._world.clock.http.encode())]
            await send(message)

        vendor = vendor_of(scope["path"])
        if vendor is None:
            await self._inner(scope, receive, dated)
            return
        body = await _read(receive)
        refusal = self._refusal(vendor, scope, body)
        await (refusal or self._inner)(scope, _again(body), dated)

    def _refusal(self, vendor: Vendor, scope: Scope, body: bytes) -> Any:
        target = scope["path"] + "?" + scope["query_string"].decode()
        if not vendor.passes(scope["path"], Headers(scope=scope)):
            return answer(vendor.unauthorized, 401)
        wait = self.gates[vendor.name].admit(scope["method"], target, body)
        return None if wait is None else answer(vendor.too_many, 429, {"Retry-After": wait})


async def _read(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes) -> Receive:
    """The body once more, for whoever answers."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
