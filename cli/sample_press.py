"""The sample press: six outlets written for marsad, served on loopback for the demo and the tests.

Each outlet has an address of its own (127.0.0.11 to 127.0.0.16); all share one port. Requests are counted, so that
a test can prove that nothing was fetched twice.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import parse_qsl, unquote, urlsplit

import typer
import yaml

from analysis.errors import MarsadError
from cli.sample_outlet import Answer, Outlet

PORT = 8099
HIGHEST_PORT = 65_535
FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "sample"
COUNTS = "/__requests"
TRIES = 20


class SamplePressError(MarsadError):
    """The sample press cannot be served: its port is taken or its folder is not there."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    outlet: Outlet
    press: SamplePress


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for the outlet of its server."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer with the body."""
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers a GET would have."""
        self._reply(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is http.server's
        """Say nothing: the requests are counted."""

    def _reply(self, *, with_body: bool) -> None:
        address = urlsplit(self.path)
        if address.path == COUNTS:
            facts = json.dumps(self.server.press.requests()).encode()
            answer = Answer(body=facts, headers={"Content-Type": "application/json"})
        else:
            self.server.press.count(self.server.outlet.base + self.path)
            answer = self.server.outlet.answer(unquote(address.path), dict(parse_qsl(address.query)))
        self._send(answer, with_body=with_body)

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        headers = dict(answer.headers)
        if answer.modified_at is not None:
            headers["ETag"] = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
            headers["Last-Modified"] = format_datetime(answer.modified_at.astimezone(UTC), usegmt=True)
        status, body = (304, b"") if self._is_known(headers) else (answer.status, answer.body)
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _is_known(self, headers: dict[str, str]) -> bool:
        """Tell whether the client has it already; an ETag decides alone where one was sent (RFC 9110, 13.2.2)."""
        if "ETag" not in headers:
            return False
        if known := self.headers.get("If-None-Match"):
            return headers["ETag"] in (tag.strip().removeprefix("W/") for tag in known.split(","))
        return self.headers.get("If-Modified-Since") == headers["Last-Modified"]


class SamplePress:
    """The served outlets; close it, or use it in a `with`."""

    def __init__(self, folder: Path, servers: list[_Server]) -> None:
        """Serve the folder's outlets, each from the server bound to its address."""
        self.folder, self.port = folder, servers[0].server_port
        self._servers, self._requests, self._lock = servers, Counter[str](), threading.Lock()
        found = [Outlet(place.parent, self.port) for place in folder.glob("*/site.yml")]
        outlets = {outlet.host: outlet for outlet in found}
        for server in servers:
            server.press, server.outlet = self, outlets[str(server.server_address[0])]
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def outlets(self) -> list[Outlet]:
        """The outlets, in the order of their addresses."""
        return [server.outlet for server in self._servers]

    def sources(self) -> str:
        """Return `sources.yml` with the addresses of this press."""
        return self._here("sources.yml")

    def manifest(self) -> str:
        """Return `manifest.yml`, what is true of each page, with the addresses of this press."""
        return self._here("manifest.yml")

    def requests(self) -> dict[str, int]:
        """Return how often each address was asked for since the press opened, by full URL."""
        with self._lock:
            return dict(self._requests)

    def count(self, url: str) -> None:
        """Count one request."""
        with self._lock:
            self._requests[url] += 1

    def close(self) -> None:
        """Stop serving and free the port."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def _here(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8").replace(f":{PORT}", f":{self.port}")

    def __enter__(self) -> Self:
        """Hand out the open press."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


def serve(folder: Path = FOLDER, port: int = PORT) -> SamplePress:
    """Serve the sample press on one port of its six addresses; port 0 takes any that is free on all of them.

    Raises SamplePressError where the port is taken.
    """
    hosts = read_hosts(folder)
    for _ in range(TRIES if port == 0 else 1):
        servers = _bind(hosts, port)
        if servers:
            return SamplePress(folder, servers)
    where = f"port {port} is taken on one of {hosts[0]} to {hosts[-1]}"
    raise SamplePressError(f"{where}: stop what listens there, or take another with --port")


def read_hosts(folder: Path) -> list[str]:
    """Return the addresses of the folder's outlets; raises SamplePressError where there is none."""
    hosts = [yaml.safe_load(place.read_text("utf-8"))["host"] for place in folder.glob("*/site.yml")]
    if not hosts:
        raise SamplePressError(f"{folder} holds no outlet of the sample press")
    return sorted(hosts)


def _bind(hosts: Sequence[str], port: int) -> list[_Server]:
    """Bind all addresses on one port; none where one of them is taken."""
    servers: list[_Server] = []
    try:
        for host in hosts:
            servers.append(_Server((host, port), _Handler))
            port = servers[0].server_port
    except OSError:
        for server in servers:
            server.server_close()
        return []
    return servers


def sample_press(
    port: Annotated[int, typer.Option(min=1, max=HIGHEST_PORT, help="The port of all six addresses.")] = PORT,
) -> None:
    """Serve the sample press on loopback until Ctrl-C: six small outlets whose news is invented."""
    with serve(port=port) as press:
        for outlet in press.outlets:
            typer.echo(f"{outlet.base}  {outlet.facts['name']}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("closed")
