"""One thin HTTP client: base URL, credentials, time-outs, retries that obey Retry-After, the vendor's clock.

Every call we make reads, also by POST, so every one may be sent again.
"""

import json
import threading
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from include.sources.errors import AuthError, SourceError

Answer = TypeVar("Answer")
CONNECT_SECONDS, READ_SECONDS = 5.0, 60.0
ATTEMPTS_A_BODY = 3
RETRIES = Retry(
    total=8,
    connect=3,  # nobody listens: that is known after seconds, and the task is retried anyway
    status_forcelist=[429, 500, 502, 503, 504],
    allowed_methods=None,
    respect_retry_after_header=True,
    backoff_factor=0.2,
    backoff_max=30,
    backoff_jitter=0.3,
    retry_after_max=120,  # a vendor that asks for an hour is asked again by the task's next try, not waited for
    raise_on_status=False,
)


@dataclass
class OAuth(AuthBase):
    """A bearer token minted from a refresh token (POST `token_url`), once, and again when the vendor refuses it.

    `token_url` may be a path below the session's base URL.
    """

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    token_url: str = "/token"
    token: str | None = field(default=None, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request

    def mint(self, session: "Session") -> None:
        """Ask for a token. Raises AuthError when the refresh token is not accepted."""
        form = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
        }
        answer = session.exchange("POST", self.token_url, data=form, auth=Anonymous())
        if answer.status_code in (400, 401, 403):
            raise AuthError(f"{session.address(self.token_url)} refuses the refresh token", session.renew)
        self.token = session.body("POST", self.token_url, answer)["access_token"]


class Anonymous(AuthBase):
    """Sends no credentials; without it requests would look for some in ~/.netrc."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Session(requests.Session):
    """A requests session bound to one vendor. Make one with `session(...)`; give each thread a `fork()`."""

    base_url: str = ""
    timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS)
    renew = "check the secrets of its Airflow connection and clear the task"

    def __init__(self) -> None:
        super().__init__()
        self.requests = 0
        self.began: datetime | None = None

    def fork(self) -> "Session":
        """The same connections and credentials with its own count of requests and its own clock."""
        twin = Session()
        twin.__dict__.update(self.__dict__)
        twin.requests = 0
        twin.began = None
        return twin

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """The JSON answer to one call. Raises AuthError or SourceError; a body cut short is asked for again."""
        return self._until_whole(lambda: self.body(method, path, self._authorised(method, path, **options)))

    def fetch(self, path: str) -> bytes:
        """The bytes behind `path`: a file, not JSON. Raises as `ask` does."""

        def once() -> bytes:
            answer = self._authorised("GET", path, stream=True, headers={"Accept-Encoding": "gzip"})
            self._refuse(path, answer)
            return _whole(self.address(path), answer)

        return self._until_whole(once)

    def exchange(self, method: str, path: str, **options: Any) -> requests.Response:
        """One call with retries; counts it and keeps the vendor's clock of the first answer."""
        self.requests += 1
        try:
            answer = self.request(method, self.address(path), timeout=self.timeout, **options)
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as fault:
            raise CutShort(f"{self.address(path)} broke off in the middle of its answer") from fault
        except requests.exceptions.RequestException as fault:
            what = f"{self.address(path)} does not answer ({type(fault).__name__}) after several attempts"
            raise SourceError(what, "check the network and the host of its Airflow connection") from fault
        if self.began is None and "Date" in answer.headers:
            self.began = parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
        return answer

    def body(self, method: str, path: str, answer: requests.Response) -> Any:
        """The JSON of an answer that is one."""
        self._refuse(path, answer)
        kind = answer.headers.get("Content-Type", "")
        if "json" not in kind:
            what = f"{method} {self.address(path)} answered {kind or 'nothing we know'} where JSON was due"
            raise SourceError(what, "check the host of its Airflow connection: a proxy or login page may answer there")
        try:
            return json.loads(answer.content)
        except ValueError as fault:
            raise CutShort(
                f"{method} {self.address(path)} answered JSON that ends early or is none: {fault}"
            ) from fault

    def address(self, path: str) -> str:
        return path if path.startswith("http") else self.base_url + path

    def _until_whole(self, once: Callable[[], Answer]) -> Answer:
        for _ in range(ATTEMPTS_A_BODY - 1):
            with suppress(CutShort):
                return once()
        try:
            return once()
        except CutShort as fault:
            raise SourceError(
                f"{fault} ({ATTEMPTS_A_BODY} times)", "clear the task; if it stays, ask the vendor"
            ) from fault

    def _authorised(self, method: str, path: str, **options: Any) -> requests.Response:
        if not isinstance(self.auth, OAuth):
            return self.exchange(method, path, **options)
        with self.auth.lock:
            if self.auth.token is None:
                self.auth.mint(self)
        answer = self.exchange(method, path, **options)
        if answer.status_code != 401:
            return answer
        with self.auth.lock:
            self.auth.mint(self)
        return self.exchange(method, path, **options)

    def _refuse(self, path: str, answer: requests.Response) -> None:
        """Raise unless the vendor answered what was asked."""
        if answer.ok:
            return
        what = f"{self.address(path)} answered {answer.status_code}: {self._said(answer)}"
        if answer.status_code in (401, 403):
            raise AuthError(what, self.renew)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise SourceError(
                f"{what} (after {RETRIES.total} retries)", "wait until the vendor is back, clear the task"
            )
        raise SourceError(what, "compare the request with the vendor's documentation: its interface may have changed")

    def _said(self, answer: requests.Response) -> str:
        """The beginning of the vendor's own words, without any secret of ours."""
        said = " ".join(answer.text[:300].split())
        for secret in self._secrets():
            said = said.replace(secret, "***")
        return said

    def _secrets(self) -> list[str]:
        sent = [str(value).removeprefix("Bearer ") for name, value in self.headers.items() if name in self.private]
        auth = (
            [self.auth.client_secret, self.auth.refresh_token, self.auth.token] if isinstance(self.auth, OAuth) else []
        )
        return [secret for secret in (*sent, *auth) if secret]

    private: frozenset[str] = frozenset()
    """Names of the headers whose values are secrets."""


def _whole(address: str, answer: requests.Response) -> bytes:
    """The bytes of an answer, unzipped. requests takes a zipped one that ends early for whole; JSON betrays it, a file
    does not. Raises CutShort."""
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


class CutShort(Exception):
    """An answer ended early; asking again may help."""


def session(
    base_url: str,
    headers: Mapping[str, str] | None = None,
    oauth: OAuth | None = None,
    retries: Retry = RETRIES,
) -> Session:
    """A session for one vendor. `headers` are sent with every call and are taken to be secret."""
    made = Session()
    made.base_url = base_url.rstrip("/")
    made.headers.update(headers or {})
    made.private = frozenset(headers or {})
    made.auth = oauth or Anonymous()
    adapter = HTTPAdapter(max_retries=retries, pool_maxsize=8)
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made
