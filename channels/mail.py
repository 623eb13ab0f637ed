"""Mail by SMTP, in one connection for each letter; Message-ID and References are made of the letters' keys."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, EmailPolicy
from email.utils import format_datetime
from urllib.parse import quote

from analysis.records import Letter
from channels.channel import ChannelError
from channels.tls import trusted

TIMEOUT_SECONDS = 30.0
LOOPBACK = ("localhost", "127.0.0.1", "::1")
RECENT = 20
PERMANENT = 500  # an answer from here on will not change (RFC 5321, 4.2.1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mailbox behind one server; `is_tls` speaks TLS from the start, else as soon as the server offers it."""

    host: str
    port: int
    is_tls: bool
    sender: Address
    receiver: Address
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    timeout_seconds: float = TIMEOUT_SECONDS

    def send(self, letter: Letter) -> str:
        """Send it, and return what the server said when it had taken the whole of it."""
        try:
            with self._server() as server:
                return self._hand_over(server, letter)
        except smtplib.SMTPAuthenticationError as error:
            raise ChannelError(f"the mail server at {self.host} refuses the login ({error.smtp_code})") from None
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPException as error:
            raise ChannelError(f"the mail server at {self.host} broke off ({type(error).__name__})") from None
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise ChannelError(f"the mail server at {self.host} cannot be reached: {why}") from None

    def knows(self, letter: Letter) -> bool | None:  # noqa: ARG002 SMTP has no such question
        """A mail server cannot be asked; the stable Message-ID lets the mailbox see one letter."""
        return None

    @contextlib.contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        context = trusted()
        server = (
            smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_seconds, context=context)
            if self.is_tls
            else smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        )
        try:
            self._greet(server, context)
            yield server
        finally:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()  # what was taken is taken, however they part
            server.close()

    def _greet(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if not self.is_tls and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
        elif not self.is_tls and self.user and self.host not in LOOPBACK:
            raise ChannelError(f"the mail server at {self.host} offers no TLS, and a password is not sent in the open")
        if self.user:
            server.login(self.user, self.password or "")

    def _hand_over(self, server: smtplib.SMTP, letter: Letter) -> str:
        is_utf8 = not f"{self.sender.addr_spec}{self.receiver.addr_spec}".isascii()
        if is_utf8 and not server.has_extn("smtputf8"):
            raise ChannelError(f"the mail server at {self.host} takes no addresses beyond ASCII", is_final=True)
        is_eight_bit = is_utf8 or server.has_extn("8bitmime")
        policy = (SMTPUTF8 if is_utf8 else SMTP).clone(cte_type="8bit" if is_eight_bit else "7bit")
        options = ["BODY=8BITMIME"] * is_eight_bit + ["SMTPUTF8"] * is_utf8
        self._check(server.mail(self.sender.addr_spec, options))
        self._check(server.rcpt(self.receiver.addr_spec))
        return self._check(server.data(compose(letter, self, policy).as_bytes()))

    def _check(self, answer: tuple[int, bytes]) -> str:
        code, said = answer
        if not 200 <= code < 300:  # noqa: PLR2004 the answers that mean yes
            raise self._refused(code, said)
        return f"{code} {self._readable(said)}"

    def _refused(self, code: int, said: bytes | str) -> ChannelError:
        told = f"the mail server at {self.host} said {code} {self._readable(said)}"
        return ChannelError(told, is_final=code >= PERMANENT)

    def _readable(self, said: bytes | str) -> str:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        for secret in filter(None, (self.password, self.user)):
            text = text.replace(secret, "…")
        return " ".join(text.split())[:200]


def compose(letter: Letter, mail: Mail, policy: EmailPolicy[EmailMessage]) -> EmailMessage:
    """Make the message: plain text and HTML, threaded by the keys, the same bytes each time."""
    message = EmailMessage(policy=policy)
    message["From"] = mail.sender
    message["To"] = mail.receiver
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = message_id(letter.key, mail.sender)
    if letter.thread:
        thread = (letter.thread[0], *letter.thread[1:][-RECENT:])  # as RFC 5322, 3.6.4, lets long threads be cut
        before = [message_id(key, mail.sender) for key in thread]
        message["In-Reply-To"] = before[-1]
        message["References"] = " ".join(before)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"marsad <marsad.{mail.sender.domain}>"
    message["List-Unsubscribe"] = f"<mailto:{quote(mail.sender.addr_spec, safe='@')}?subject=unsubscribe>"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message.set_boundary(f"=_{letter.key}")  # by itself it is by chance
    message["Content-Language"] = letter.language
    return message


def message_id(key: str, sender: Address) -> str:
    """Return the Message-ID of a key: always the same for one sender's domain."""
    return f"<{key}@{sender.domain.encode('idna').decode()}>"
