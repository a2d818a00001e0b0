"""What the client makes of vendors that refuse, throttle, break off or lie."""

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import monotonic, sleep

import pytest
from urllib3 import Retry

from include.sources import AuthError, SourceError, client
from include.sources.oauth import OAuth
from include.sources.patience import RETRIES

from .vendor import Answer, Asked, Vendor, in_turn, serving

SECRET = "pat-na1-secret"
QUICK = Retry(
    total=3, status_forcelist=[429, 500, 503], allowed_methods=None, backoff_factor=0.001, raise_on_status=False
)


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with serving(in_turn(Answer({"ok": True}))) as serves:
        yield serves


def session_of(vendor: Vendor) -> client.Session:
    return client.session(vendor.url, {"Authorization": f"Bearer {SECRET}"}, retries=QUICK)


def test_an_answer_is_counted_and_tells_the_vendors_clock(vendor: Vendor) -> None:
    session = session_of(vendor)

    assert session.ask("GET", "/things") == {"ok": True}
    assert session.requests == 1
    assert session.began == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert vendor.asked[0].headers["Authorization"] == f"Bearer {SECRET}"


def test_a_fork_counts_and_clocks_by_itself(vendor: Vendor) -> None:
    session = session_of(vendor)
    fork = session.fork()
    fork.ask("GET", "/things")

    assert (fork.requests, session.requests) == (1, 0)
    assert session.began is None
    assert vendor.asked[0].headers["Authorization"] == f"Bearer {SECRET}"


def test_the_clock_is_that_of_the_first_answer(vendor: Vendor) -> None:
    later = {"Date": "Sun, 01 Nov 2026 12:05:00 GMT"}
    vendor.answer = in_turn(Answer({}), Answer({}, headers=later))
    session = session_of(vendor)
    session.ask("GET", "/a")
    session.ask("GET", "/b")

    assert session.began == datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_a_throttled_call_succeeds_the_second_time(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({}, 429, headers={"Retry-After": "0"}), Answer({"ok": 1}))

    assert session_of(vendor).ask("POST", "/things", json={}) == {"ok": 1}
    assert len(vendor.asked) == 2


def test_a_server_that_stays_down_is_given_up_with_a_next_step(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({"message": "boom"}, 500))
    with pytest.raises(SourceError, match=r"answered 500: .*boom.*Next: wait until the vendor is back"):
        session_of(vendor).ask("GET", "/things")

    assert len(vendor.asked) == 1 + 3


def test_refused_credentials_are_an_auth_error_without_the_secret(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({"message": f"token {SECRET} has expired"}, 401))
    with pytest.raises(AuthError) as told:
        session_of(vendor).ask("GET", "/things")

    assert "401" in str(told.value)
    assert "Next: check the secrets of its Airflow connection" in str(told.value)
    assert SECRET not in str(told.value)
    assert len(vendor.asked) == 1


def test_a_wrong_request_says_what_the_vendor_said(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({"message": "unknown property hs_typo"}, 400))
    with pytest.raises(SourceError, match="unknown property hs_typo"):
        session_of(vendor).ask("GET", "/things")


def test_a_page_cut_short_is_asked_for_again(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({"results": [1, 2, 3]}, cut=5), Answer({"results": [1, 2, 3]}))

    assert session_of(vendor).ask("GET", "/things") == {"results": [1, 2, 3]}


def test_json_that_ends_early_is_asked_for_again_and_then_given_up(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer(b'{"results": [{"id": "1"'))
    with pytest.raises(SourceError, match=r"JSON that ends early .*3 times.*Next: clear the task"):
        session_of(vendor).ask("GET", "/things")

    assert len(vendor.asked) == 3


def test_a_login_page_with_200_is_no_answer(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer(b"<html>Please log in</html>", kind="text/html; charset=utf-8"))
    with pytest.raises(SourceError, match=r"text/html; charset=utf-8 where JSON was due.*proxy or login page"):
        session_of(vendor).ask("GET", "/things")


def test_nobody_at_the_port() -> None:
    with serving(in_turn(Answer())) as left:
        pass
    gone = client.session(left.url, retries=Retry(total=0))
    with pytest.raises(SourceError, match=r"does not answer \(ConnectionError\).*Next: check the network"):
        gone.ask("GET", "/things")


def oauth() -> OAuth:
    return OAuth("id", "client-secret", "refresh-secret")


def test_credentials_do_not_print_their_secrets() -> None:
    assert "secret" not in repr(oauth())


def minting(accepted: str) -> Callable[[Asked], Answer]:
    """Mints t1, t2, … and lets in whoever brings `accepted`."""
    minted: list[str] = []

    def answer(asked: Asked) -> Answer:
        if asked.path == "/token":
            minted.append(f"t{len(minted) + 1}")
            return Answer({"access_token": minted[-1]})
        welcome = asked.headers.get("Authorization") == f"Bearer {accepted}"
        return Answer({"ok": True}) if welcome else Answer({"error": "expired"}, 401)

    return answer


def test_an_access_token_is_minted_once_for_all_forks(vendor: Vendor) -> None:
    vendor.answer = minting("t1")
    session = client.session(vendor.url, oauth=oauth(), retries=QUICK)
    session.fork().ask("GET", "/a")
    session.fork().ask("GET", "/b")

    assert vendor.paths() == ["POST /token", "GET /a", "GET /b"]
    assert "refresh_token=refresh-secret" in vendor.asked[0].body


def test_an_expired_access_token_is_minted_again(vendor: Vendor) -> None:
    vendor.answer = minting("t2")

    assert client.session(vendor.url, oauth=oauth(), retries=QUICK).ask("GET", "/a") == {"ok": True}
    assert vendor.paths() == ["POST /token", "GET /a", "POST /token", "GET /a"]


def test_a_refused_refresh_token_is_an_auth_error_without_secrets(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({"error": "invalid_grant", "said": "refresh-secret"}, 400))
    with pytest.raises(AuthError, match="refuses the refresh token") as told:
        client.session(vendor.url, oauth=oauth(), retries=QUICK).ask("GET", "/a")

    assert "refresh-secret" not in str(told.value)


def test_a_throttled_call_without_retry_after_is_asked_again_too(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({}, 429), Answer({}, 429), Answer({"ok": 1}))

    assert session_of(vendor).ask("POST", "/things", json={}) == {"ok": 1}
    assert len(vendor.asked) == 3


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "0"}], ids=["bare", "retry-after"])
def test_throttling_that_never_ends_is_given_up_with_a_next_step(vendor: Vendor, headers: dict[str, str]) -> None:
    vendor.answer = in_turn(Answer({"message": "slow down"}, 429, headers=headers))
    with pytest.raises(SourceError, match=r"answered 429: .*slow down.*Next: wait until the vendor is back"):
        session_of(vendor).ask("GET", "/things")


def test_a_vendor_that_asks_for_a_day_is_not_waited_for(vendor: Vendor) -> None:
    """The task's own retries come back later; a worker that sleeps is no use to anybody."""
    assert RETRIES.retry_after_max <= 120
    a_second = QUICK.new(retry_after_max=1)
    vendor.answer = in_turn(Answer({}, 429, headers={"Retry-After": "86400"}), Answer({"ok": 1}))
    began = monotonic()

    assert client.session(vendor.url, retries=a_second).ask("GET", "/things") == {"ok": 1}
    assert monotonic() - began < 10


def test_a_server_error_that_passes_costs_nothing(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer({}, 500), Answer({}, 503), Answer({"ok": 1}))

    assert session_of(vendor).ask("GET", "/things") == {"ok": 1}


def test_a_vendor_that_does_not_answer_in_time_is_given_up_with_a_next_step(vendor: Vendor) -> None:
    def slow(_: Asked) -> Answer:
        sleep(0.5)
        return Answer({})

    vendor.answer = slow
    session = client.session(vendor.url, retries=Retry(total=1, allowed_methods=None, backoff_factor=0))
    session.timeout = (1, 0.1)
    with pytest.raises(
        SourceError, match=r"/things does not answer .* after several attempts\. Next: check the network"
    ):
        session.ask("GET", "/things")
    sleep(0.6)

    assert len(vendor.asked) == 2


def zipped(content: bytes, missing: int) -> Answer:
    """Compressed, and the last bytes lost on a way that knew no better: the length promised is that of what came."""
    packed = gzip.compress(content)
    return Answer(packed[: len(packed) - missing], headers={"Content-Encoding": "gzip"})


MANY = json.dumps({"results": [{"id": str(number)} for number in range(999)]}).encode()


@pytest.mark.parametrize("missing", [1, 9, 400])
def test_a_zipped_page_that_ends_early_is_asked_for_again(vendor: Vendor, missing: int) -> None:
    vendor.answer = in_turn(zipped(MANY, missing), zipped(MANY, 0))

    assert len(session_of(vendor).ask("GET", "/things")["results"]) == 999


@pytest.mark.parametrize("missing", [9, 400])
def test_a_zipped_file_that_ends_early_is_never_taken_for_whole(vendor: Vendor, missing: int) -> None:
    vendor.answer = in_turn(zipped(MANY, missing), zipped(MANY, 0))

    assert session_of(vendor).fetch("/things") == MANY


def test_a_page_that_is_not_zipped_at_all_is_given_up_with_a_next_step(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer(b"plain", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(SourceError, match=r"broke off in the middle.*3 times.*Next: clear the task"):
        session_of(vendor).ask("GET", "/things")


def test_a_file_cut_short_is_asked_for_again(vendor: Vendor) -> None:
    vendor.answer = in_turn(Answer(b"0123456789", cut=4), Answer(b"0123456789"))

    assert session_of(vendor).fetch("/file") == b"0123456789"
