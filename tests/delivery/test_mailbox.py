"""A mailbox answers one question: did the message leave? Real servers, honest and rude, ask it back."""

import socket
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest

from include.delivery import Mailbox
from include.delivery.mailbox import OutcomeUnknown, Refused, Unavailable
from tests.delivery.conftest import Kept, Script

TO = "reader@example.com"


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["To"] = "中国销售报告", TO
    made.set_content("first line\n.a line that begins with a dot\n..two\n", cte="7bit")
    return made


def test_a_message_taken_arrives_byte_for_byte_for_one_recipient(server: Kept, message: EmailMessage) -> None:
    server.mailbox.send(message, TO)
    [(recipients, content)] = server.messages
    assert recipients == [TO]
    assert content == message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


@pytest.mark.parametrize("answer", ["421 closing", "450 greylisted, come back", "451 try later", "452 no space"])
def test_a_4xx_answer_to_the_recipient_can_be_tried_again(server: Kept, message: EmailMessage, answer: str) -> None:
    server.rcpt[TO] = answer
    with pytest.raises(Unavailable, match=answer[:3]):
        server.mailbox.send(message, TO)
    assert server.messages == []


@pytest.mark.parametrize("answer", ["550 no such user", "553 not allowed"])
def test_a_5xx_answer_to_the_recipient_is_final(server: Kept, message: EmailMessage, answer: str) -> None:
    server.rcpt[TO] = answer
    with pytest.raises(Refused, match=answer):
        server.mailbox.send(message, TO)


def test_a_451_after_the_message_was_not_taken(server: Kept, message: EmailMessage) -> None:
    server.data = "451 local error"
    with pytest.raises(Unavailable, match="451 local error"):
        server.mailbox.send(message, TO)


def test_a_552_after_the_message_is_final(server: Kept, message: EmailMessage) -> None:
    server.data = "552 too much"
    with pytest.raises(Refused, match="552 too much"):
        server.mailbox.send(message, TO)


def test_a_message_over_the_announced_size_is_not_even_begun(server: Kept, message: EmailMessage) -> None:
    message.add_attachment(b"x" * 40_000_000, maintype="application", subtype="pdf", filename="report.pdf")
    with pytest.raises(Refused, match="takes messages of up to 33,554,432 bytes"):
        server.mailbox.send(message, TO)
    assert server.messages == []


def test_nobody_listening_can_be_tried_again(server: Kept, message: EmailMessage) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        mailbox = replace(server.mailbox, port=unused.getsockname()[1])
        with pytest.raises(Unavailable, match="refused"):
            mailbox.send(message, TO)


def test_tls_that_the_server_lacks_is_never_left_out(server: Kept, message: EmailMessage) -> None:
    with pytest.raises(Unavailable, match="STARTTLS"):
        replace(server.mailbox, tls="starttls").send(message, TO)
    assert server.messages == []


def test_an_address_beyond_ascii_is_refused_by_name(server: Kept, message: EmailMessage) -> None:
    with pytest.raises(Refused, match="ASCII form"):
        server.mailbox.send(message, "señal@example.com")


def test_the_password_is_in_no_picture_of_the_mailbox(server: Kept) -> None:
    assert "hunter2" not in repr(replace(server.mailbox, password="hunter2"))


def play(*, at: bytes, end: Callable[[socket.socket], None]) -> Script:
    """An SMTP server that answers politely until a chunk ends with `at`, then does `end`."""

    def script(connection: socket.socket) -> None:
        connection.sendall(b"220 hello\r\n")
        read = b""
        while chunk := connection.recv(65536):
            read += chunk
            if read.endswith(at):
                end(connection)
                return
            if b"DATA\r\n" not in read:
                connection.sendall(b"250 yes\r\n")
            elif read.endswith(b"DATA\r\n"):
                connection.sendall(b"354 go on\r\n")

    return script


def hang_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def wait_for_it(connection: socket.socket) -> None:
    connection.settimeout(5)
    connection.recv(1)  # the client gives up first


DOT = b"\r\n.\r\n"
Scripted = Callable[[Script], Mailbox]


@pytest.mark.parametrize(
    "end", [hang_up, wait_for_it, lambda c: c.sendall(b"garbage\r\n")], ids=["dropped", "silent", "garbled"]
)
def test_no_answer_after_the_final_dot_is_unknown(
    scripted: Scripted, message: EmailMessage, end: Callable[[socket.socket], None]
) -> None:
    with pytest.raises(OutcomeUnknown, match="after the whole message was sent"):
        scripted(play(at=DOT, end=end)).send(message, TO)


@pytest.mark.parametrize(
    "at", [b"\r\n", b"rcpt TO:<reader@example.com>\r\n", b"DATA\r\n"], ids=["greeting", "rcpt", "data"]
)
@pytest.mark.parametrize("end", [hang_up, wait_for_it], ids=["dropped", "silent"])
def test_a_connection_lost_before_the_final_dot_can_be_tried_again(
    scripted: Scripted, message: EmailMessage, at: bytes, end: Callable[[socket.socket], None]
) -> None:
    with pytest.raises(Unavailable):
        scripted(play(at=at, end=end)).send(message, TO)


def test_a_connection_lost_in_the_middle_of_a_large_message_can_be_tried_again(
    scripted: Scripted, message: EmailMessage
) -> None:
    message.add_attachment(b"x" * 20_000_000, maintype="application", subtype="pdf", filename="report.pdf")

    def after_the_first_part(connection: socket.socket) -> None:
        connection.sendall(b"354 go on\r\n")
        connection.recv(1000)

    with pytest.raises(Unavailable):
        scripted(play(at=b"DATA\r\n", end=after_the_first_part)).send(message, TO)


def test_a_rude_goodbye_after_the_message_was_taken_changes_nothing(scripted: Scripted, message: EmailMessage) -> None:
    scripted(play(at=DOT, end=lambda connection: connection.sendall(b"250 taken\r\n"))).send(message, TO)
