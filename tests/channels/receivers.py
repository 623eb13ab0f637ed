"""Receivers on the loopback that do as they are told: an HTTP server and a mail server, each keeping what it took."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass
class Web:
    """What an HTTP server took, and the statuses and headers that it answers with, 204 in the end."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    body: bytes = b"{}"


@contextmanager
def web_receiver(*answers: tuple[int, dict[str, str]]) -> Iterator[Web]:
    """Serve HTTP on the loopback; the status 0 stands for closing the line without a word."""
    kept = Web(answers=[*answers])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept.asked.append(Asked(self.command, self.path, self.headers, body))
            status, headers = kept.answers.pop(0) if kept.answers else (200, {})
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(kept.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(kept.body)

        do_GET = do_PUT = do_POST  # noqa: N815 names of the base class

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Mailbox:
    """What a mail server took, and what it says to a recipient or a whole message instead of yes."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    logins: list[LoginPassword] = field(default_factory=list)
    says_to_recipient: str = ""
    says_to_message: str = ""

    async def handle_RCPT(  # noqa: N802 as aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.says_to_recipient:
            return self.says_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 as above
        if self.says_to_message:
            return self.says_to_message
        assert isinstance(envelope.content, bytes)
        parsed = BytesParser(_class=EmailMessage, policy=default).parsebytes(envelope.content)
        assert isinstance(parsed, EmailMessage)
        self.taken.append(parsed)
        self.options.append(envelope.mail_options)
        return "250 2.0.0 queued as 7F"


class _AnyPort(Controller):
    """Asks its own port, which the system chose, whether it listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_receiver(
    takes_login: Callable[[LoginPassword], bool] | None = None, host: str = "127.0.0.1", **says: str
) -> Iterator[Mailbox]:
    """Serve SMTP on the loopback."""
    kept = Mailbox(**says)

    def check(_server: object, _session: object, _envelope: object, _way: str, given: LoginPassword) -> AuthResult:
        kept.logins.append(given)
        return AuthResult(success=takes_login is not None and takes_login(given), handled=False)

    login = {"authenticator": check, "auth_require_tls": False} if takes_login else {}
    server = _AnyPort(kept, hostname=host, port=0, enable_SMTPUTF8=True, **login)
    server.start()
    try:
        kept.port = server.port
        yield kept
    finally:
        server.stop()
