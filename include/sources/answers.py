"""What a vendor answered: what was asked, a refusal, or something cut short."""

import json
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

import requests
from urllib3.exceptions import HTTPError

from include.sources.errors import AuthError, SourceError
from include.sources.patience import ATTEMPTS_A_BODY, RETRIES

Answer = TypeVar("Answer")
RENEW = "check the secrets of its Airflow connection and clear the task"


class CutShort(Exception):
    """An answer ended early; asking again may help."""


def until_whole(once: Callable[[], Answer]) -> Answer:
    """What `once` answers, asked again while it is cut short. Raises SourceError."""
    for _ in range(ATTEMPTS_A_BODY - 1):
        with suppress(CutShort):
            return once()
    try:
        return once()
    except CutShort as fault:
        raise SourceError(
            f"{fault} ({ATTEMPTS_A_BODY} times)", "clear the task; if it stays, ask the vendor"
        ) from fault


def refuse(address: str, answer: requests.Response, secrets: Iterable[str]) -> None:
    """Raise AuthError or SourceError unless the vendor answered what was asked."""
    if answer.ok:
        return
    what = f"{address} answered {answer.status_code}: {_said(answer, secrets)}"
    if answer.status_code in (401, 403):
        raise AuthError(what, RENEW)
    if answer.status_code == 429 or answer.status_code >= 500:
        raise SourceError(f"{what} (after {RETRIES.total} retries)", "wait until the vendor is back, clear the task")
    raise SourceError(what, "compare the request with the vendor's documentation: its interface may have changed")


def _said(answer: requests.Response, secrets: Iterable[str]) -> str:
    """The beginning of the vendor's own words, without any secret of ours."""
    said = " ".join(answer.text[:300].split())
    for secret in secrets:
        said = said.replace(secret, "***")
    return said


def parsed(call: str, answer: requests.Response) -> Any:
    """The JSON of an answer. Raises SourceError where it is of another kind, CutShort where it ends early."""
    kind = answer.headers.get("Content-Type", "")
    if "json" not in kind:
        what = f"{call} answered {kind or 'nothing we know'} where JSON was due"
        raise SourceError(what, "check the host of its Airflow connection: a proxy or login page may answer there")
    try:
        return json.loads(answer.content)
    except ValueError as fault:
        raise CutShort(f"{call} answered JSON that ends early or is none: {fault}") from fault


def unzipped(address: str, answer: requests.Response) -> bytes:
    """The bytes of an answer. requests takes a zipped one that ends early for whole; JSON betrays it, a file does not.
    Raises CutShort."""
    try:
        sent: bytes = answer.raw.read(decode_content=False)
        if answer.headers.get("Content-Encoding", "identity") == "identity":
            return sent
        zipped = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        content = zipped.decompress(sent)
    except (HTTPError, zlib.error) as fault:
        raise CutShort(f"{address} broke off in the middle of its answer") from fault
    if not zipped.eof:
        raise CutShort(f"{address} broke off in the middle of its zipped answer")
    return content
