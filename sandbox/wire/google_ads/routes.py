"""Google's routes: /token and searchStream."""

from itertools import count
from typing import Any
from urllib.parse import parse_qs

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.company.campaigns import GOOGLE
from sandbox.wire.answers import answer
from sandbox.wire.google_ads.gaql import QueryError, parse
from sandbox.wire.google_ads.rows import stream
from sandbox.world import World

VERSION = "v26"
CLIENT = {
    "client_id": "sample-client",
    "client_secret": "sample-client-secret",
    "refresh_token": "sample-google-refresh",
}
DEVELOPER_TOKEN = "sample-developer-token"
ACCESS_TOKEN = "ya29.sample-access"
_ACCOUNTS = {account.id: account for account in GOOGLE}


def fault(code: int, status: str, message: str, query_error: str | None = None) -> dict[str, Any]:
    """Google's error shape."""
    error: dict[str, Any] = {"code": code, "message": message, "status": status}
    if query_error:
        detail = {"errorCode": {"queryError": query_error}, "message": message}
        kind = f"type.googleapis.com/google.ads.googleads.{VERSION}.errors.GoogleAdsFailure"
        error |= {"message": "Request contains an invalid argument.", "details": [{"@type": kind, "errors": [detail]}]}
    return {"error": error}


def routes(world: World) -> list[Route]:
    numbers = count(1)

    async def token(request: Request) -> Response:
        form = {name: values[-1] for name, values in parse_qs((await request.body()).decode()).items()}
        if form.get("grant_type") != "refresh_token":
            return answer({"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}, 400)
        if any(form.get(name) != value for name, value in CLIENT.items()):
            wrong = "invalid_grant" if form.get("refresh_token") != CLIENT["refresh_token"] else "invalid_client"
            return answer(
                {"error": wrong, "error_description": "Bad Request"}, 400 if wrong == "invalid_grant" else 401
            )
        scope = "https://www.googleapis.com/auth/adwords"
        return answer({"access_token": ACCESS_TOKEN, "expires_in": 3599, "scope": scope, "token_type": "Bearer"})

    async def searching(request: Request) -> Response:
        account = _ACCOUNTS.get(request.path_params["customer"])
        if account is None:
            return answer([fault(403, "PERMISSION_DENIED", "The caller does not have permission")], 403)
        try:
            given = msgspec.json.decode(await request.body())
            if not isinstance(given, dict) or set(given) - {"query", "summaryRowSetting"} or "query" not in given:
                raise QueryError("UNEXPECTED_INPUT", "Invalid JSON payload: a query is expected, and nothing unknown.")
            query = parse(str(given["query"]))
        except msgspec.DecodeError as error:
            return answer([fault(400, "INVALID_ARGUMENT", f"Invalid JSON payload received. {error}")], 400)
        except QueryError as error:
            return answer([fault(400, "INVALID_ARGUMENT", str(error), error.code)], 400)
        return answer(stream(world, account, query, f"sample{next(numbers):08d}"))

    return [
        Route("/token", token, methods=["POST"]),
        Route(f"/{VERSION}/customers/{{customer}}/googleAds:searchStream", searching, methods=["POST"]),
    ]
