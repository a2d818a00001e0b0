"""The outbox holds on to one row a recipient and lets one sender at a time have it, through crashes and races."""

import multiprocessing
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from include.delivery import Delivery, Outbox
from include.delivery.delivery import State, summary
from include.delivery.outbox import LEASE
from tests.delivery.conftest import DAY

DUE = Delivery(DAY, "china", "zh_Hans_CN", "sales-cn@example.com", "a" * 64)


def states(outbox: Outbox) -> list[State]:
    return [delivery.state for delivery in outbox.of(DAY, "china", "zh_Hans_CN")]


def test_an_intent_is_on_record_before_anything_is_sent(outbox: Outbox, url: str) -> None:
    outbox.intend(DUE)
    assert states(Outbox(url)) == ["pending"]


def test_recipients_are_one_however_they_are_written(outbox: Outbox) -> None:
    outbox.intend(DUE)
    outbox.intend(replace(DUE, recipient="  Sales-CN@Example.com "))
    assert [delivery.recipient for delivery in outbox.of(DAY, "china", "zh_Hans_CN")] == ["sales-cn@example.com"]


@pytest.mark.parametrize(
    "other",
    [
        {"version": 2},
        {"report": "monthly"},
        {"recipient": "x@example.com"},
        {"day": DAY + timedelta(1)},
        {"region": "spain"},
        {"locale": "es_ES"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_every_part_of_the_key_makes_another_delivery(outbox: Outbox, other: dict[str, object]) -> None:
    outbox.intend(DUE)
    outbox.claim(DUE)
    assert outbox.intend(replace(DUE, **other)).state == "pending"  # type: ignore[arg-type]


def test_a_claim_is_had_once(outbox: Outbox) -> None:
    outbox.intend(DUE)
    assert outbox.claim(DUE)
    assert not outbox.claim(DUE)
    assert states(outbox) == ["sending"]


@pytest.mark.parametrize("state", ["sent", "failed", "unknown"])
def test_what_was_sent_failed_or_is_unknown_is_never_claimed_again(outbox: Outbox, state: State) -> None:
    outbox.intend(DUE)
    outbox.claim(DUE)
    outbox.mark(DUE, state, "because")
    on_record = outbox.intend(replace(DUE, content_hash="b" * 64))
    assert (on_record.state, on_record.content_hash, on_record.attempts) == (state, "a" * 64, 1)
    assert not outbox.claim(replace(DUE, content_hash="b" * 64))


def test_what_surely_did_not_leave_is_pending_again_and_goes_out_with_the_newest_bytes(outbox: Outbox) -> None:
    outbox.intend(DUE)
    outbox.claim(DUE)
    outbox.mark(DUE, "pending", "451 later")
    newer = outbox.intend(replace(DUE, content_hash="b" * 64))
    assert (newer.state, newer.content_hash) == ("pending", "b" * 64)
    assert outbox.claim(newer)
    assert [delivery.content_hash for delivery in outbox.of(DAY, "china", "zh_Hans_CN")] == ["b" * 64]


def test_another_process_that_is_alive_keeps_its_claim(outbox: Outbox, url: str) -> None:
    outbox.intend(DUE)
    outbox.claim(DUE)
    assert Outbox(url).intend(DUE).state == "sending"


def age(url: str, by: timedelta, sender: str) -> None:
    with create_engine(url).begin() as connection:
        connection.execute(
            text("update deliveries set changed_at = :then, sender = :sender"),
            {"then": (datetime.now(UTC) - by).strftime("%Y-%m-%d %H:%M:%S.%f"), "sender": sender},
        )


def test_a_claim_from_another_machine_is_given_up_only_after_its_lease(outbox: Outbox, url: str) -> None:
    outbox.intend(DUE)
    outbox.claim(DUE)
    age(url, LEASE - timedelta(minutes=1), "elsewhere:1")
    assert outbox.intend(DUE).state == "sending"
    age(url, LEASE + timedelta(minutes=1), "elsewhere:1")
    lost = outbox.intend(DUE)
    assert lost.state == "unknown"
    assert "elsewhere:1" in lost.reason


def test_a_sender_called_lost_that_comes_back_says_what_it_knows(outbox: Outbox, url: str) -> None:
    outbox.intend(DUE)
    outbox.claim(DUE)
    age(url, LEASE * 2, outbox._me)
    assert Outbox(url).intend(DUE).state == "unknown"
    outbox.mark(DUE, "sent")
    assert states(outbox) == ["sent"]


def test_nobody_closes_the_claim_of_another(outbox: Outbox, url: str) -> None:
    outbox.intend(DUE)
    outbox.claim(DUE)
    age(url, timedelta(0), "elsewhere:1")
    outbox.mark(DUE, "sent")
    assert states(outbox) == ["sending"]


KILLED = """
import os, signal, sys
from datetime import date
from include.delivery import Delivery, Outbox
outbox, due = Outbox(sys.argv[1]), Delivery(date(2026, 10, 31), "china", "zh_Hans_CN", "sales-cn@example.com", "a" * 64)
for step in (outbox.intend, outbox.claim, lambda due: outbox.mark(due, "sent")):
    step(due)
    if step.__name__ == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("after", "state"), [("intend", "pending"), ("claim", "unknown"), ("<lambda>", "sent")])
def test_a_process_killed_after_a_step_leaves_a_state_that_says_so(
    outbox: Outbox, url: str, after: str, state: State
) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, url, after], cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    assert outbox.intend(DUE).state == state


def _claim(url: str, start: "multiprocessing.synchronize.Barrier", won: "multiprocessing.Queue[int]") -> None:
    outbox = Outbox(url)
    for number in range(20):
        start.wait()
        due = replace(DUE, recipient=f"reader{number}@example.com")
        outbox.intend(due)
        if outbox.claim(due):
            won.put(number)


def test_of_four_processes_that_rush_for_twenty_deliveries_each_is_had_once(url: str) -> None:
    processes = multiprocessing.get_context("spawn")
    start, won = processes.Barrier(4), processes.Queue()
    racers = [processes.Process(target=_claim, args=(url, start, won)) for _ in range(4)]
    for racer in racers:
        racer.start()
    winners = sorted(won.get(timeout=30) for _ in range(20))
    for racer in racers:
        racer.join(30)
        assert racer.exitcode == 0
    assert winners == list(range(20))
    assert won.empty()


def test_a_summary_counts_states_in_the_order_they_come() -> None:
    assert (
        summary([replace(DUE, state="sent"), replace(DUE, state="unknown"), replace(DUE, state="sent")])
        == "2 sent, 1 unknown"
    )
    assert summary([]) == "nobody to mail"
