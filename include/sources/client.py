"""One thin HTTP client: base URL, credentials, time-outs, retries that obey Retry-After, the vendor's clock.

Every call we make reads, also by POST, so every one may be sent again.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from include.sources.answers import RENEW, CutShort, parsed, refuse, until_whole, unzipped
from include.sources.errors import AuthError, SourceError
from include.sources.oauth import Anonymous, OAuth
from include.sources.patience import CONNECT_SECONDS, READ_SECONDS, RETRIES


class Session(requests.Session):
    """A requests session bound to one vendor. Make one with `session(...)`; give each thread a `fork()`."""

    base_url: str = ""
    timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS)
    private: frozenset[str] = frozenset()
    """Names of the headers whose values are secrets."""

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
        return until_whole(lambda: self._json(method, path, self._authorised(method, path, **options)))

    def fetch(self, path: str) -> bytes:
        """The bytes behind `path`: a file, not JSON. Raises as `ask` does."""

        def once() -> bytes:
            answer = self._authorised("GET", path, stream=True, headers={"Accept-Encoding": "gzip"})
            refuse(self.address(path), answer, self._secrets())
            return unzipped(self.address(path), answer)

        return until_whole(once)

    def address(self, path: str) -> str:
        return path if path.startswith("http") else self.base_url + path

    def _authorised(self, method: str, path: str, **options: Any) -> requests.Response:
        """One call with credentials that the vendor has not refused: a token refused once is minted anew."""
        if not isinstance(self.auth, OAuth):
            return self._exchange(method, path, **options)
        with self.auth.lock:
            if self.auth.token is None:
                self._mint(self.auth)
        answer = self._exchange(method, path, **options)
        if answer.status_code != 401:
            return answer
        with self.auth.lock:
            self._mint(self.auth)
        return self._exchange(method, path, **options)

    def _mint(self, oauth: OAuth) -> None:
        """Ask for a token. Raises AuthError when the refresh token is not accepted."""
        answer = self._exchange("POST", oauth.token_url, data=oauth.form, auth=Anonymous())
        if answer.status_code in (400, 401, 403):
            raise AuthError(f"{self.address(oauth.token_url)} refuses the refresh token", RENEW)
        oauth.token = self._json("POST", oauth.token_url, answer)["access_token"]

    def _exchange(self, method: str, path: str, **options: Any) -> requests.Response:
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

    def _json(self, method: str, path: str, answer: requests.Response) -> Any:
        refuse(self.address(path), answer, self._secrets())
        return parsed(f"{method} {self.address(path)}", answer)

    def _secrets(self) -> list[str]:
        sent = [str(value).removeprefix("Bearer ") for name, value in self.headers.items() if name in self.private]
        minted = self.auth.secrets if isinstance(self.auth, OAuth) else ()
        return [secret for secret in (*sent, *minted) if secret]


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
