"""How a call says who we are, where no fixed header does."""

import threading
from dataclasses import dataclass, field

import requests
from requests.auth import AuthBase


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

    @property
    def form(self) -> dict[str, str]:
        """What mints a token."""
        return {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
        }

    @property
    def secrets(self) -> tuple[str | None, ...]:
        return (self.client_secret, self.refresh_token, self.token)


class Anonymous(AuthBase):
    """Sends no credentials; without it requests would look for some in ~/.netrc."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request
