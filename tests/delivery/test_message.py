"""The message: readable in every mailbox, identical on every try, and closed to tricks in what it quotes."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from include.delivery import Delivery
from include.delivery.message import Letter, compose
from include.delivery.words import Words
from tests.delivery.conftest import DAY, Kept

SENDER = "Corong <corong@example.com>"


@pytest.fixture
def delivery(letter: Letter) -> Delivery:
    return Delivery(DAY, letter.region, letter.locale, letter.recipients[0], letter.content_hash)


@pytest.fixture
def received(letter: Letter, delivery: Delivery, server: Kept) -> EmailMessage:
    """What a reader's mailbox holds after a trip through a real server."""
    server.mailbox.send(compose(letter, delivery, SENDER), delivery.recipient)
    [(_, content)] = server.messages
    assert max(map(len, content.split(b"\r\n"))) <= 998
    content.decode("ascii")
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_chinese_subject_comes_back_as_it_left(received: EmailMessage, letter: Letter) -> None:
    assert received["Subject"] == letter.words.subject


def test_headers_say_who_when_and_that_a_machine_wrote(received: EmailMessage) -> None:
    assert received["To"] == "sales-cn@example.com"
    assert received["From"] == SENDER
    assert received["Date"] == "Sat, 31 Oct 2026 16:00:00 +0000"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Content-Language"] == "zh-Hans-CN"
    assert received["Message-ID"].endswith("@example.com>")


def test_plain_text_html_and_pdf_arrive_whole(received: EmailMessage, letter: Letter) -> None:
    body = {kind: received.get_body((kind,)) for kind in ("plain", "html")}
    assert {kind: part.get_content().replace("\r\n", "\n") for kind, part in body.items() if part} == {
        "plain": letter.words.text,
        "html": letter.words.html,
    }
    [attached] = received.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == letter.pdf


def test_the_pdf_has_a_localized_name_and_an_ascii_one(received: EmailMessage) -> None:
    [attached] = received.iter_attachments()
    assert attached.get_filename() == "中国销售报告，2026年10月31日.pdf"
    assert attached["Content-Type"].params["name"] == "china_2026-10-31_zh_Hans_CN.pdf"


def test_a_retry_has_the_same_bytes(letter: Letter, delivery: Delivery) -> None:
    first, second = (compose(letter, delivery, SENDER).as_bytes(policy=SMTP) for _ in range(2))
    assert first == second


def test_the_message_id_is_of_the_delivery_not_of_the_bytes(letter: Letter, delivery: Delivery) -> None:
    other_bytes = replace(letter, pdf=b"other", content_hash="b" * 64)
    assert compose(other_bytes, delivery, SENDER)["Message-ID"] == compose(letter, delivery, SENDER)["Message-ID"]
    second = replace(delivery, recipient="second@example.com")
    assert compose(letter, second, SENDER)["Message-ID"] != compose(letter, delivery, SENDER)["Message-ID"]
    corrected = replace(delivery, version=2)
    assert compose(letter, corrected, SENDER)["Message-ID"] != compose(letter, delivery, SENDER)["Message-ID"]


def test_a_sender_without_a_name_signs_with_the_company(letter: Letter, delivery: Delivery) -> None:
    assert compose(letter, delivery, "corong@example.com")["From"] == "Sample Company <corong@example.com>"


def test_a_subject_that_smuggles_a_header_is_no_message(letter: Letter, delivery: Delivery) -> None:
    smuggled = replace(letter, words=replace(letter.words, subject="report\r\nBcc: thief@example.com"))
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        compose(smuggled, delivery, SENDER)


def test_a_file_name_holds_no_path(letter: Letter, delivery: Delivery) -> None:
    crooked = replace(letter, words=Words("a/../b\\c: 31/10", "t", "h"))
    [attached] = compose(crooked, delivery, SENDER).iter_attachments()
    assert attached.get_filename() == "a .. b c 31 10.pdf"
