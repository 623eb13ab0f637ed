"""Small sites on loopback that answer as told, well or badly, and remember who asked for what and when."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from ssl import SSLContext
from typing import Any

from analysis.records import Discovery, Language, Promise, Source, Way

Answer = Callable[["Handler"], None]
ADDRESSES = count(21)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request: what for, and from when to when it was answered (monotonic seconds)."""

    path: str
    begun: float
    ended: float
    headers: Mapping[str, str]


@dataclass(kw_only=True)
class Site:
    """A server on an address of its own; `answers` maps each path to what is said there."""

    host: str
    port: int
    answers: dict[str, Answer]
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address of the site, without a slash at the end."""
        return f"{self.scheme}://{self.host}:{self.port}"

    def paths(self) -> Counter[str]:
        """Count how often each path was asked for."""
        return Counter(asked.path for asked in self.asked)

    def source(self, *ways: tuple[Way, str], **changes: Any) -> Source:
        """Build a source of this site: ways of discovery as pairs of a way and a path."""
        links = {Way.LISTING: "article a"}
        facts: dict[str, Any] = {
            "id": f"site-{self.host.rpartition('.')[2]}",
            "name": "A site",
            "country": "MA",
            "home": self.base,
            "hosts": (self.host,),
            "languages": (Language.FRENCH,),
            "kind": "news site",
            "tier": 2,
            "discovery": tuple(Discovery(way=way, url=self.base + path, links=links.get(way)) for way, path in ways),
            "promise": Promise(articles_a_day=(0, 10)),
            "delay_seconds": 0.0,
        }
        return Source(**{**facts, **changes})


class Handler(BaseHTTPRequestHandler):
    """Answers a GET as its site was told; what it was not told of is missing."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        """Answer, and remember what was asked for."""
        begun = time.monotonic()
        self.site.answers.get(self.path.partition("?")[0], says("nothing here", status=404))(self)
        self.site.asked.append(Asked(path=self.path, begun=begun, ended=time.monotonic(), headers=dict(self.headers)))

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status and the headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


class QuietServer(ThreadingHTTPServer):
    """A server to which a client that hangs up is no news."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def serve(
    answers: Callable[[Site], Mapping[str, Answer]], secured: Callable[[str], SSLContext] | None = None
) -> Iterator[Site]:
    """Serve a site while the `with` lasts; its answers may name its address. `secured` makes TLS for its host."""
    host = f"127.0.0.{next(ADDRESSES)}"
    with QuietServer((host, 0), type("SiteHandler", (Handler,), {})) as server:
        site = Site(host=host, port=server.server_port, answers={}, scheme="https" if secured else "http")
        if secured:
            server.socket = secured(host).wrap_socket(server.socket, server_side=True)
        site.answers |= answers(site)
        server.RequestHandlerClass.site = site
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield site
        server.shutdown()


@contextmanager
def serve_all(**sites: Callable[[Site], Mapping[str, Answer]]) -> Iterator[dict[str, Site]]:
    """Serve several sites at once, by name."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(serve(answers)) for name, answers in sites.items()}


# ---------------------------------------------------------------- well


def says(text: str | bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """Answer with a body of known length; `headers` have low lines for hyphens."""
    body = text.encode() if isinstance(text, str) else text
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: Handler) -> None:
        handler.head(status, {"Content-Type": kind, "Content-Length": str(len(body)), **named})
        handler.wfile.write(body)

    return answer


def page(title: str) -> Answer:
    """Answer with a small page."""
    return says(f"<html><head><title>{title}</title></head><body><p>{title}.</p></body></html>")


def feed(*links: str) -> Answer:
    """Answer with an RSS feed of these links."""
    lines = "".join(f"<item><title>Entry</title><link>{link.replace('&', '&amp;')}</link></item>" for link in links)
    text = f'<rss version="2.0"><channel><title>A feed</title><link>/</link>{lines}</channel></rss>'
    return says(text, kind="application/rss+xml")


def sitemap(*links: str) -> Answer:
    """Answer with a sitemap of these pages."""
    lines = "".join(f"<url><loc>{link}</loc></url>" for link in links)
    return says(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>', kind="text/xml")


def sitemap_index(*links: str) -> Answer:
    """Answer with an index of these sitemaps."""
    lines = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return says(
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</sitemapindex>', kind="text/xml"
    )


def listing(*links: str) -> Answer:
    """Answer with a section page that lists these links."""
    return says(
        "".join(f'<article><a href="{link}">An article</a></article>' for link in links) + '<a href="/us">Us</a>'
    )


def robots(*lines: str) -> Answer:
    """Answer with the rules of a robots.txt for everybody."""
    return says("\n".join(("User-agent: *", *lines)), kind="text/plain")


def redirect(where: str) -> Answer:
    """Send the client elsewhere."""
    return says("", status=302, Location=where)


def slowly(answer: Answer, seconds: float) -> Answer:
    """Wait before answering."""

    def wait(handler: Handler) -> None:
        time.sleep(seconds)
        answer(handler)

    return wait


def in_turn(*answers: Answer) -> Answer:
    """Give one answer after the other, the last one for ever."""
    left = list(answers)

    def answer(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


# ---------------------------------------------------------------- badly


def drip(handler: Handler) -> None:
    """Send a byte now and then, for longer than anybody waits."""
    handler.head(200, {"Content-Type": "text/html", "Content-Length": "1000"})
    for _ in range(200):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.05)


def flood(handler: Handler) -> None:
    """Send 24 MiB without having said how much it will be."""
    handler.head(200, {"Content-Type": "text/html", "Connection": "close"})
    for _ in range(24):
        handler.wfile.write(b"x" * 1024 * 1024)
    handler.close_connection = True


def cut(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.head(200, {"Content-Type": "text/html", "Content-Length": "1000", "Connection": "close"})
    handler.wfile.write(b"half")
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


GZIPPED = gzip.compress(b"<p>" + bytes(range(256)) * 40, mtime=0)
whole_gzip = says(GZIPPED, Content_Encoding="gzip")
no_gzip = says("<p>plain</p>", Content_Encoding="gzip")
half_gzip = says(GZIPPED[: len(GZIPPED) // 2], Content_Encoding="gzip")
bomb = says(gzip.compress(bytes(24 * 1024 * 1024), mtime=0), Content_Encoding="gzip")
