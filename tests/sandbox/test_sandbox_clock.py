"""One clock: it stands still, moves forward only, and the same clock gives the same answer."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from sandbox.clock import Backwards, Clock, read
from tests.sandbox.served import Sandbox

ALL = {"filterGroups": [], "limit": 200, "properties": ["lifecyclestage"]}


def _move(sandbox: Sandbox, now: str) -> requests.Response:
    return requests.post(f"{sandbox.url}/_sandbox/clock", json={"now": now}, timeout=30)


def test_the_clock_does_not_go_back() -> None:
    clock = Clock(read("2026-11-01T12:00:00Z"))
    with pytest.raises(Backwards, match="forward only"):
        clock.move(read("2026-11-01T11:59:59Z"))


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        read("2026-11-01T12:00:00")


def test_now_is_an_instant_that_stands_still() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= read("now") <= datetime.now(UTC)
    assert read("now").microsecond == 0


def test_same_clock_same_answer_and_a_later_one_knows_more(sandbox: Sandbox) -> None:
    first = sandbox.hubspot("/crm/v3/objects/contacts/search", ALL)
    assert sandbox.hubspot("/crm/v3/objects/contacts/search", ALL).content == first.content
    assert _move(sandbox, "2026-11-05T12:00:00Z").status_code == 200
    second = sandbox.hubspot("/crm/v3/objects/contacts/search", ALL)
    assert second.headers["Date"] == "Thu, 05 Nov 2026 12:00:00 GMT"
    assert second.json()["total"] > first.json()["total"]
    newest = max(record["updatedAt"] for record in second.json()["results"])
    assert newest <= "2026-11-05T12:00:00.000Z"


def test_moving_back_is_refused(sandbox: Sandbox) -> None:
    answer = _move(sandbox, "2025-01-01T00:00:00Z")
    assert answer.status_code == 400
    assert "forward only" in answer.json()["error"]


def test_an_unknown_field_is_refused(sandbox: Sandbox) -> None:
    answer = requests.post(f"{sandbox.url}/_sandbox/clock", json={"time": "2026-12-01T00:00:00Z"}, timeout=10)
    assert answer.status_code == 400


def test_the_drop_follows_the_clock(sandbox: Sandbox) -> None:
    file = sandbox.drop / "web_sessions_daily.csv"
    before = file.read_text()
    now = json.loads(_move(sandbox, "2026-11-20T12:00:00Z").content)["now"]
    assert file.read_text() != before
    assert "day,2026-11-18" in file.read_text()
    assert {_stamp(one) for one in sandbox.drop.iterdir()} == {read(now).timestamp()}


def _stamp(file: Path) -> float:
    return file.stat().st_mtime
