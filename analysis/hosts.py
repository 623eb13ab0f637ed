"""Which hosts are a source's own: those its entry names, and their `www.`, mobile and AMP twins."""

from __future__ import annotations

from urllib.parse import urlsplit

from analysis import urls
from analysis.records import Source


def host_of(url: str) -> str:
    """Return the host of an address in lower case and ASCII, without port and without `www.`, `m.` or `amp.`.

    A twin prints the same articles (`urls.canonical` gives them one name), and is asked at the same pace.
    """
    return urls.host(urls.canonical(url))


def origin_of(url: str) -> str:
    """Return the scheme, host and port of an http(s) address: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def home_hosts(source: Source) -> frozenset[str]:
    """Return the hosts of a source, and of its ways of discovery, as `host_of` writes them."""
    named = [f"https://{host}/" for host in source.hosts] + [discovery.url for discovery in source.discovery]
    return frozenset(host_of(address) for address in named)
