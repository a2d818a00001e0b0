"""The sandbox as one ASGI application: four vendors and a control room."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from sandbox.clock import read
from sandbox.wire import ecb
from sandbox.wire.answers import answer
from sandbox.wire.front import Front
from sandbox.wire.google_ads import routes as google_ads
from sandbox.wire.hubspot import routes as hubspot
from sandbox.wire.stripe import routes as stripe
from sandbox.world import World


def build(world: World, moved: Callable[[], None] = lambda: None) -> Front:
    """The application; `moved` is called after every move of the clock."""
    front: Front

    async def clock(request: Request) -> Response:
        try:
            given = msgspec.json.decode(await request.body(), type=dict[str, str])
            world.move(_wanted(given))
        except (msgspec.DecodeError, ValueError) as fault:
            return answer({"error": str(fault)}, 400)
        moved()
        return answer({"now": f"{world.clock.now:%Y-%m-%dT%H:%M:%SZ}"})

    async def stats(_: Request) -> Response:
        gates = front.gates.items()
        return answer({name: {"requests": gate.requests, "throttled": gate.throttled} for name, gate in gates})

    async def ready(_: Request) -> Response:
        return answer(
            {"now": f"{world.clock.now:%Y-%m-%dT%H:%M:%SZ}", "seed": world.seed, "leads_per_year": world.leads_per_year}
        )

    control = [
        Route("/_sandbox/clock", clock, methods=["POST"]),
        Route("/_sandbox/stats", stats),
        Route("/_sandbox/ready", ready),
    ]
    routes = [*hubspot.routes(world), *google_ads.routes(world), *ecb.routes(world), *stripe.routes(world), *control]
    front = Front(Router(routes=routes, redirect_slashes=False), world)
    return front


def _wanted(given: dict[str, str]) -> datetime:
    if set(given) != {"now"}:
        raise ValueError('the body is {"now": "2026-11-02T12:00:00Z"}')
    return read(given["now"])
