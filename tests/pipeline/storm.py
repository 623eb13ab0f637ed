"""Receivers in bad weather: they fail, answer late, close the line half-way, and are down for a while."""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LATE_SECONDS = 0.3


@dataclass
class Weather:
    """What befalls a request, by chance; `is_down` closes every line. Keeps what arrived: its keys, by receiver."""

    chance: random.Random
    is_down: bool = False
    arrived: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    befallen: list[str] = field(default_factory=list)

    def fate(self) -> str:
        """Say what befalls the next request: a third fail, others are late or lose the line before or after."""
        fates = ("fails", "late", "cut before", "cut after", "good")
        one = "down" if self.is_down else self.chance.choices(fates, (33, 3, 3, 3, 58))[0]
        self.befallen.append(one)
        return one


class _Post(BaseHTTPRequestHandler):
    weather: Weather

    def do_POST(self) -> None:
        assert json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fate = self.weather.fate()
        if fate == "late":
            time.sleep(LATE_SECONDS)
        if fate in {"late", "good", "cut after"}:
            self.weather.arrived[self.path[1:]].append(self.headers["webhook-id"])
        if fate in {"down", "cut before", "cut after"}:
            self.close_connection = True
            return
        self.send_response(503 if fate == "fails" else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Mail:
    def __init__(self, weather: Weather) -> None:
        self._weather = weather

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 aiosmtpd's
        fate = self._weather.fate()
        if fate == "late":
            await asyncio.sleep(LATE_SECONDS)
        if fate in {"late", "good", "cut after"}:
            headers = BytesHeaderParser().parsebytes(envelope.content)
            name = envelope.rcpt_tos[0].partition("@")[0]
            self._weather.arrived[name].append(headers["Message-ID"].strip("<>").partition("@")[0])
        if fate in {"down", "cut before", "cut after"}:
            server.transport.close()
        return "451 4.3.0 not now" if fate == "fails" else "250 2.0.0 taken"


class _AnyPort(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def receivers(weather: Weather) -> Iterator[tuple[int, int]]:
    """Serve mail and HTTP on the loopback, and lend their ports."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Post,), {"weather": weather}))
    threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    mail = _AnyPort(_Mail(weather), hostname="127.0.0.1", port=0)
    mail.start()
    try:
        yield mail.port, web.server_port
    finally:
        mail.stop()
        web.shutdown()
        web.server_close()
