"""Stripe's routes: a list and a single object of every kind, and the lines of invoices and credit notes."""

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.wire.answers import answer
from sandbox.wire.stripe import bills, faults, money
from sandbox.wire.stripe.desk import Desk
from sandbox.wire.stripe.events import VERSION
from sandbox.wire.stripe.faults import Refused
from sandbox.wire.stripe.kinds import KINDS, NOT_CANCELED, Kind
from sandbox.wire.stripe.query import PAGING, Query, read
from sandbox.wire.stripe.shelf import shelve
from sandbox.world import World

PREFIX = "/v1/"
KEY = "sample-stripe-key"
MOST_TYPES = 20
Answering = Callable[[Request], dict[str, Any]]


def routes(world: World) -> list[Route]:
    desk, numbers = Desk(world), count(1)

    def route(path: str, answering: Answering) -> Route:
        async def respond(request: Request) -> Response:
            version = request.headers.get("stripe-version", VERSION)
            headers = {"Stripe-Version": version, "Request-Id": f"req_sample{next(numbers):08d}"}
            try:
                if version != VERSION:
                    raise Refused(f"Invalid Stripe API version: {version}; this sandbox speaks {VERSION}.")
                return answer(answering(request), 200, headers)
            except Refused as fault:
                return answer(faults.body(str(fault), fault.code, fault.param), fault.status, headers)

        return Route(path, respond, methods=["GET"])

    paths: list[Route] = []
    for name in KINDS:
        if name != "discounts":
            paths += [
                route(f"{PREFIX}{name}", partial(_list, desk, name)),
                route(f"{PREFIX}{name}/{{id}}", partial(_one, desk, name)),
            ]
    paths.append(route(f"{PREFIX}invoices/{{id}}/lines", partial(_invoice_lines, desk)))
    paths.append(route(f"{PREFIX}credit_notes/{{id}}/lines", partial(_credit_lines, desk)))
    return [*paths, route(f"{PREFIX}{{rest:path}}", _nothing)]


def _list(desk: Desk, name: str, request: Request) -> dict[str, Any]:
    query = read(request.url.query, KINDS[name].parameters)
    _check(name, query)
    things, more = desk.shelf(name).page(query)
    paths = [_inside(path) for path in query.expand]
    return _page(f"{PREFIX}{name}", [desk.shown(name, thing, paths) for thing in things], more=more)


def _check(name: str, query: Query) -> None:
    """What a list needs, refuses, or takes for granted."""
    if name == "subscription_items" and "subscription" not in query.filters:
        raise Refused("Missing required param: subscription.", "parameter_missing", "subscription")
    if name == "subscriptions" and "status" not in query.filters:
        query.filters["status"] = NOT_CANCELED
    if name == "events":
        types = query.lists.get("types", [])
        if types and "type" in query.filters:
            raise Refused("You may only specify one of these parameters: type, types.", None, "types")
        if len(types) > MOST_TYPES:
            raise Refused(f"You may send at most {MOST_TYPES} types.", None, "types")
        if unknown := [one for one in types if "*" in one]:
            raise Refused(f"Invalid event type: {unknown[0]}; groups belong into `type`.", None, "types")


def _inside(path: str) -> str:
    if not path.startswith("data."):
        raise Refused(f"This property cannot be expanded ({path}).", None, "expand")
    return path.removeprefix("data.")


def _one(desk: Desk, name: str, request: Request) -> dict[str, Any]:
    query = read(request.url.query, {"expand"})
    thing = desk.shelf(name).one(request.path_params["id"])
    return desk.shown(name, thing, query.expand)


def _invoice_lines(desk: Desk, request: Request) -> dict[str, Any]:
    bill = desk.shelf("invoices").one(request.path_params["id"])
    lines = [bills.line(bill, each) for each in bill.lines]
    return _lines(f"{PREFIX}invoices/{bill.id}/lines", lines, request)


def _credit_lines(desk: Desk, request: Request) -> dict[str, Any]:
    bill, note = desk.shelf("credit_notes").one(request.path_params["id"])
    return _lines(f"{PREFIX}credit_notes/{note.id}/lines", [money.credit_line(bill, note)], request)


def _lines(url: str, lines: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    """Lines come in the order of the paper, not by age."""
    query = read(request.url.query, PAGING - {"expand"})
    order = [(len(lines) - n, one["id"], one) for n, one in enumerate(lines)]
    found, more = shelve(Kind("line item", lambda _, __: order, lambda one, _: one), order, 0).page(query)
    return _page(url, found, more=more)


def _page(url: str, data: list[dict[str, Any]], *, more: bool) -> dict[str, Any]:
    return {"object": "list", "data": data, "has_more": more, "url": url}


def _nothing(request: Request) -> dict[str, Any]:
    path = request.url.path
    raise Refused(f"Unrecognized request URL ({request.method}: {path}).", None, None, 404)
