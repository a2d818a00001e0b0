"""Each recipient gets each edition once, or it is shown why not."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from include.company import load
from include.delivery import Delivery, NotPublished, Outbox, deliver, deliver_region
from include.delivery.message import Letter
from tests.delivery.conftest import DAY, Kept

ROOT = Path(__file__).parents[2]


def by_state(deliveries: list[Delivery]) -> dict[str, str]:
    return {delivery.recipient: delivery.state for delivery in deliveries}


def to(server: Kept) -> list[str]:
    return [address for recipients, _ in server.messages for address in recipients]


def test_every_recipient_gets_a_message_of_their_own(outbox: Outbox, server: Kept, letter: Letter) -> None:
    sent = deliver(outbox, server.mailbox, [letter])
    assert by_state(sent) == {"sales-cn@example.com": "sent", "second@example.com": "sent"}
    assert [recipients for recipients, _ in server.messages] == [["sales-cn@example.com"], ["second@example.com"]]


def test_twice_the_same_day_mails_once_also_with_other_bytes(outbox: Outbox, server: Kept, letter: Letter) -> None:
    deliver(outbox, server.mailbox, [letter])
    again = deliver(outbox, server.mailbox, [replace(letter, pdf=b"restated", content_hash="b" * 64)])
    assert [delivery.state for delivery in again] == ["sent", "sent"]
    assert {delivery.content_hash for delivery in again} == {"a" * 64}
    assert len(server.messages) == 2


def test_one_recipient_refused_costs_the_others_nothing(outbox: Outbox, server: Kept, letter: Letter) -> None:
    server.rcpt["sales-cn@example.com"] = "550 gone"
    refused, sent = deliver(outbox, server.mailbox, [letter])
    assert (refused.state, refused.reason) == ("failed", "550 gone")
    assert sent.state == "sent"


def test_a_greylisted_recipient_is_sent_by_the_next_try_and_nobody_else_again(
    outbox: Outbox, server: Kept, letter: Letter
) -> None:
    server.rcpt["sales-cn@example.com"] = "451 greylisted"
    first = deliver(outbox, server.mailbox, [letter])
    assert by_state(first) == {"sales-cn@example.com": "pending", "second@example.com": "sent"}
    server.rcpt.clear()
    second = deliver(outbox, server.mailbox, [letter])
    assert by_state(second) == {"sales-cn@example.com": "sent", "second@example.com": "sent"}
    assert to(server) == ["second@example.com", "sales-cn@example.com"]


class Stopped(Exception):
    """What a task is told when its time is over."""


class Interrupted:
    """A mailbox whose task is stopped in the middle of a send."""

    sender = "corong@example.com"

    def send(self, message: EmailMessage, recipient: str) -> None:  # noqa: ARG002
        raise Stopped


def test_a_task_stopped_in_the_middle_of_a_send_leaves_unknown_and_nobody_resends(
    outbox: Outbox, server: Kept, letter: Letter
) -> None:
    alone = replace(letter, recipients=("sales-cn@example.com",))
    with pytest.raises(Stopped):
        deliver(outbox, Interrupted(), [alone])
    [shown] = deliver(outbox, server.mailbox, [alone])
    assert shown.state == "unknown"
    assert server.messages == []


def run_sender(url: str, server: Kept, moment: str, *recipients: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.delivery.sender", url, str(server.port), moment, *recipients]
    return subprocess.Popen(command, cwd=ROOT)


@pytest.mark.parametrize(("moment", "taken"), [("before", 1), ("after", 2)])
def test_a_sender_killed_around_a_send_is_shown_and_the_rest_goes_out_once(
    outbox: Outbox, url: str, server: Kept, letter: Letter, moment: str, taken: int
) -> None:
    recipients = ("a@example.com", "b@example.com")
    assert run_sender(url, server, moment, *recipients).wait(60) == -signal.SIGKILL
    again = deliver(outbox, server.mailbox, [replace(letter, recipients=recipients)])
    assert by_state(again) == {"a@example.com": "unknown", "b@example.com": "sent"}
    assert "ask a@example.com before you send it again" in again[0].reason
    assert len(server.messages) == taken


def test_two_senders_at_once_mail_every_recipient_once(outbox: Outbox, url: str, server: Kept) -> None:
    many = [f"reader{number}@example.com" for number in range(10)]
    senders = [run_sender(url, server, "never", *many) for _ in range(2)]
    assert [sender.wait(60) for sender in senders] == [0, 0]
    assert sorted(to(server)) == sorted(many)
    assert {delivery.state for delivery in outbox.of(DAY, "china", "zh_Hans_CN")} == {"sent"}


SUBJECTS = {
    "ms_MY": "Malaysia: laporan jualan, 31 Oktober 2026",
    "en_MY": "Malaysia: sales report, 31 October 2026",
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Malaysia's two editions as the report room publishes them."""
    for locale in ("ms_MY", "en_MY"):
        folder = tmp_path / "reports" / str(DAY) / "malaysia" / locale
        folder.mkdir(parents=True)
        manifest = {"subject": SUBJECTS[locale], "content_hash": locale.ljust(64, "0"), "pages": 6}
        (folder / "report.pdf").write_bytes(f"%PDF {locale}".encode())
        (folder / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path / "reports"


def test_a_region_gets_its_editions_each_in_its_language(outbox: Outbox, server: Kept, reports: Path) -> None:
    outcome = deliver_region(load(ROOT / "config"), "malaysia", DAY, reports, outbox, server.mailbox)
    assert str(outcome) == "malaysia, 2026-10-31: 2 sent"
    messages = {recipients[0]: message_from_bytes(content, policy=default) for recipients, content in server.messages}
    malay, english = messages["jualan-my@example.com"], messages["regional-my@example.com"]
    assert {malay["To"]: malay["Subject"], english["To"]: english["Subject"]} == {
        "jualan-my@example.com": SUBJECTS["ms_MY"],
        "regional-my@example.com": SUBJECTS["en_MY"],
    }
    assert [part.get_content() for part in malay.iter_attachments()] == [b"%PDF ms_MY"]


def test_a_region_without_a_report_is_not_mailed_and_says_which_file_is_missing(
    outbox: Outbox, server: Kept, reports: Path
) -> None:
    with pytest.raises(NotPublished, match=r"mexico/es_MX/manifest\.json is missing"):
        deliver_region(load(ROOT / "config"), "mexico", DAY, reports, outbox, server.mailbox)
    assert server.messages == []


def test_an_outcome_names_whom_to_look_at(outbox: Outbox, server: Kept, reports: Path) -> None:
    server.rcpt |= {"jualan-my@example.com": "550 gone", "regional-my@example.com": "451 later"}
    outcome = deliver_region(load(ROOT / "config"), "malaysia", DAY, reports, outbox, server.mailbox)
    assert [item.recipient for item in outcome.lost] == ["jualan-my@example.com"]
    assert [item.recipient for item in outcome.waiting] == ["regional-my@example.com"]
    assert str(outcome) == (
        "malaysia, 2026-10-31: 1 failed, 1 pending; jualan-my@example.com (ms_MY) failed: 550 gone; "
        "regional-my@example.com (en_MY) pending: 451 later. Next: correct the address in regions.toml, or ask whoever "
        "keeps the mail server, then clear deliver; clear deliver when the mail server is back, if no try is left"
    )
