"""HubSpot's routes."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.wire.answers import answer
from sandbox.wire.hubspot import faults, reading
from sandbox.wire.hubspot.faults import BadRequest
from sandbox.wire.hubspot.objects import TIMELINES
from sandbox.wire.hubspot.search import search
from sandbox.wire.hubspot.stages import pipeline
from sandbox.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(world: World) -> list[Route]:
    """Everything under /crm."""

    async def _body(request: Request) -> dict[str, Any]:
        try:
            given = msgspec.json.decode(await request.body())
        except msgspec.DecodeError as fault:
            raise BadRequest(f"Invalid input JSON: {fault}") from fault
        if not isinstance(given, dict):
            raise BadRequest("Invalid input JSON: an object is expected")
        return given

    def kind(request: Request, name: str = "object") -> str:
        if (asked := request.path_params[name]) not in TIMELINES:
            raise BadRequest(f"Unable to infer object type from: {asked}")
        return str(asked)

    async def searching(request: Request) -> Response:
        return answer(search(world.shelf(kind(request)), await _body(request)))

    async def batch(request: Request) -> Response:
        status, found = reading.batch_read(world.shelf(kind(request)), await _body(request))
        return answer(found, status)

    async def listing(request: Request) -> Response:
        return answer(reading.listing(world.shelf(kind(request)), dict(request.query_params)))

    async def associations(request: Request) -> Response:
        shelf = world.shelf(kind(request, "origin"))
        status, found = reading.associations(shelf, request.path_params["to"], await _body(request))
        return answer(found, status)

    async def pipelines(request: Request) -> Response:
        faults.only(dict(request.query_params), (), "the query")
        return answer({"results": [pipeline()]})

    async def owners(request: Request) -> Response:
        return answer(reading.owners(world.reps, dict(request.query_params), world.clock.ms))

    return [
        Route("/crm/v3/objects/{object}/search", _refusing(searching), methods=["POST"]),
        Route("/crm/v3/objects/{object}/batch/read", _refusing(batch), methods=["POST"]),
        Route("/crm/v3/objects/{object}", _refusing(listing)),
        Route("/crm/v4/associations/{origin}/{to}/batch/read", _refusing(associations), methods=["POST"]),
        Route("/crm/v3/pipelines/deals", _refusing(pipelines)),
        Route("/crm/v3/owners", _refusing(owners)),
        Route("/crm/v3/owners/", _refusing(owners)),
    ]


def _refusing(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with HubSpot's 400 for what it refuses."""

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except BadRequest as fault:
            return answer(faults.body(str(fault)), 400)

    return guarded
