"""All outlets of the registry at once, each of their hosts at an address of its own on loopback."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import registry_press

from analysis import urls
from analysis.hosts import host_of
from analysis.records import Discovery, Source, Way

ARTICLE = b"<html><head><title>Une visite</title></head><body><p>Une visite.</p></body></html>"
HEAD = "HTTP/1.1 {} OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n"


@dataclass(kw_only=True)
class RegistrySites:
    """The sources as they are served here; `named` are the pages that each source's lists named, `asked` its lists."""

    port: int
    places: dict[str, str]
    sources: dict[str, Source] = field(default_factory=dict)
    named: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    asked: defaultdict[str, list[Discovery]] = field(default_factory=lambda: defaultdict(list))

    def here(self, address: str) -> str:
        """Write an address, or a selector that holds one, as it is here."""
        for host, place in self.places.items():
            for scheme in ("https", "http"):
                address = address.replace(f"{scheme}://{host}/", f"http://{place}:{self.port}/")
        return address

    def add(self, source: Source) -> None:
        """Serve a source."""
        ways = [
            replace(way, url=self.here(way.url), links=way.links and self.here(way.links)) for way in source.discovery
        ]
        hosts = tuple(dict.fromkeys(self.places[host] for host in source.hosts))
        served = replace(source, home=self.here(source.home), hosts=hosts, discovery=tuple(ways), delay_seconds=0.0)
        self.sources[source.id] = served

    def answer(self, place: str, path: str) -> tuple[int, bytes]:
        """Answer as the way would that is at this address; whatever else is asked for is an article."""
        if path == "/robots.txt":
            return 404, b""
        asked = f"http://{place}:{self.port}{path}"
        for source in self.sources.values():
            for way in source.discovery:
                if is_of(way, asked):
                    answer = registry_press.answer(way, asked)
                    self.asked[source.id].append(way)
                    self.named[source.id] |= {urls.canonical(page) for page in answer.pages}
                    return 200, answer.body
        return 200, ARTICLE


def is_of(way: Discovery, asked: str) -> bool:
    """Tell whether an address is one that this way asks: as it is, for a phrase, or with parameters of its own."""
    first = way.url.replace("{page}", "1")
    begin, phrase, end = first.partition("{phrase}")
    if phrase:
        return asked.startswith(begin) and asked.endswith(end)
    own = way.way in (Way.WORDPRESS, Way.SITEMAP)
    return asked == first or (own and asked.partition("?")[0] == way.url.partition("?")[0])


@contextmanager
def serve_registry(sources: Sequence[Source]) -> Iterator[RegistrySites]:
    """Serve all sources while the `with` lasts."""
    loop = asyncio.new_event_loop()
    places = dict(_places(sources))
    sites = RegistrySites(port=0, places=places)
    addresses = sorted(set(places.values()))

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                status, body = sites.answer(writer.get_extra_info("sockname")[0], path)
                writer.write(HEAD.format(status, len(body)).encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def begin() -> list[asyncio.Server]:
        first = await asyncio.start_server(handle, addresses[0], 0)
        sites.port = first.sockets[0].getsockname()[1]
        return [first, *[await asyncio.start_server(handle, each, sites.port) for each in addresses[1:]]]

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    servers = asyncio.run_coroutine_threadsafe(begin(), loop).result(30)
    for source in sources:
        sites.add(source)
    yield sites
    loop.call_soon_threadsafe(lambda: [server.close() for server in servers])
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def _places(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """Give each host an address; `www.` and none are one host, as pages are told apart."""
    hosts = [(host, host_of(f"https://{host}/")) for source in sources for host in hosts_of(source)]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(name for _, name in hosts))}
    for host, name in hosts:
        yield host, f"127.0.{2 + numbers[name] // 200}.{1 + numbers[name] % 200}"


def hosts_of(source: Source) -> list[str]:
    """List the hosts of a source as they are written, and those of its ways."""
    return [*source.hosts, *(urlsplit(way.url).hostname or "" for way in source.discovery)]
