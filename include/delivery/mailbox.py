"""The mail server: one message to one recipient, and a clear answer to "did it leave?".

smtplib's own `sendmail` calls a connection lost before and after the final dot by the same error. The difference
decides whether a retry sends twice, so the dialogue is held here, command by command.
"""

import re
import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

Tls = Literal["none", "starttls", "ssl"]


class MailError(Exception):
    """A message that was not surely delivered. The text is what the server said, or why it was not reached."""


class Unavailable(MailError):
    """Nothing was taken, and a later try may succeed: no connection, no login, or a 4xx answer."""


class Refused(MailError):
    """The server will not take this message for this recipient, now or later: a 5xx answer."""


class OutcomeUnknown(MailError):
    """The whole message went out and no answer came: it may have been delivered."""


@dataclass(frozen=True)
class Mailbox:
    """Where mail is handed over. `tls` is kept, never lowered; `timeout` in seconds bounds every wait."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = "starttls"
    timeout: float = 60

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Hand `message` over for `recipient`. Raises Unavailable, Refused or OutcomeUnknown; else it was taken."""
        if not recipient.isascii():
            raise Refused("the address has letters that mail servers do not take everywhere; use its ASCII form")
        payload = message.as_bytes(policy=SMTP)
        try:
            with closing(self._connected()) as server:
                self._greet(server)
                self._announce(server, recipient, len(payload))
                _transfer(server, payload)
        except (OSError, smtplib.SMTPException) as fault:
            raise Unavailable(f"{self.host}:{self.port}: {fault}") from fault

    def _connected(self) -> smtplib.SMTP:
        if self.tls == "ssl":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=ssl.create_default_context())
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)

    def _greet(self, server: smtplib.SMTP) -> None:
        if self.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if self.user:
            server.login(self.user, self.password)

    def _announce(self, server: smtplib.SMTP, recipient: str, size: int) -> None:
        limit = int(server.esmtp_features.get("size") or 0)
        if limit and size > limit:
            raise Refused(f"{self.host} takes messages of up to {limit:,} bytes; this one has {size:,}")
        # A sender that is refused is a fault of the set-up, not of one recipient: it can be mended and tried again.
        _expect(server.mail(self.sender), (250,), permanent=Unavailable)
        _expect(server.rcpt(recipient), (250, 251), permanent=Refused)


def _transfer(server: smtplib.SMTP, payload: bytes) -> None:
    _expect(server.docmd("DATA"), (354,), permanent=Refused)
    # An error while writing means that the final dot, which comes last, was not written.
    server.send(re.sub(rb"(?m)^\.", b"..", payload).removesuffix(b"\r\n") + b"\r\n.\r\n")
    try:
        code, text = server.getreply()
    except smtplib.SMTPException as fault:
        raise OutcomeUnknown(f"no answer after the whole message was sent: {fault}") from fault
    if not 200 <= code < 600:
        raise OutcomeUnknown(f"no readable answer after the whole message was sent: {text!r}")
    _expect((code, text), (250,), permanent=Refused)
    with suppress(OSError, smtplib.SMTPException):  # it was taken; a rude goodbye changes nothing
        server.quit()


def _expect(answer: tuple[int, bytes], codes: tuple[int, ...], permanent: type[MailError]) -> None:
    code, text = answer
    if code not in codes:
        said = f"{code} {text.decode('utf-8', 'replace')}"
        raise (permanent if code >= 500 else Unavailable)(said)
