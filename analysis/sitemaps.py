"""Sitemap bytes to entries, and to the addresses of further sitemaps: plain, news and index, gzipped or not."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from analysis.errors import UnreadableListError
from analysis.feeds import read_feed
from analysis.listed import is_media, moment_of, plain_title
from analysis.records import Entry
from analysis.urls import join

_KINDS = frozenset({"urlset", "sitemapindex"})
_FEEDS = frozenset({"rss", "feed", "RDF"})
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_BYTES = 100 * 1024 * 1024  # twice what the sitemap protocol allows


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """A sitemap that an index names, and when the index says that it last changed."""

    url: str
    changed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitemap:
    """What a sitemap names: pages in its order, and the sitemaps of an index, the newest first."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Child, ...] = ()


def read_sitemap(body: bytes, base_url: str) -> Sitemap:
    """Read a sitemap or an index of sitemaps (sitemaps.org, with Google's news extension).

    The protocol lets a feed stand for a sitemap, and a text with an address in each line. `published_at` is the
    publication date of the news extension, `updated_at` the date of the last change. A broken sitemap gives what can
    be read; UnreadableListError where the bytes are no sitemap at all.
    """
    plain = _unzip(body, base_url)
    root = _parse(plain)
    kind = None if root is None else etree.QName(root).localname
    if root is None or kind not in _KINDS:
        return Sitemap(entries=_read_other(plain, kind, base_url))
    if kind == "sitemapindex":
        return Sitemap(sitemaps=_sitemaps(root, base_url))
    read = (_entry(each, base_url) for each in root.iterchildren("{*}url"))
    return Sitemap(entries=tuple(entry for entry in read if entry is not None))


def _read_other(body: bytes, kind: str | None, base_url: str) -> tuple[Entry, ...]:
    if kind in _FEEDS:
        return read_feed(body, base_url)
    lines = body.decode("utf-8-sig", errors="replace").split()
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        raise UnreadableListError(f"{base_url} answers with something that is no sitemap")
    named = (join(base_url, line) for line in lines)
    return tuple(Entry(url=url) for url in named if url and not is_media(url))


def _unzip(body: bytes, base_url: str) -> bytes:
    if not body.startswith(_GZIP_MAGIC):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MOST_BYTES)
    except zlib.error as error:
        raise UnreadableListError(f"{base_url} answers with a broken gzip archive") from error


def _parse(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _entry(stated: etree._Element, base_url: str) -> Entry | None:
    url = join(base_url, _text(stated, "{*}loc"))
    if url is None or is_media(url):
        return None
    return Entry(
        url=url,
        title=plain_title(_text(stated, ".//{*}news/{*}title")),
        published_at=moment_of(_text(stated, ".//{*}news/{*}publication_date")),
        updated_at=moment_of(_text(stated, "{*}lastmod")),
    )


def _sitemaps(root: etree._Element, base_url: str) -> tuple[Child, ...]:
    """List the sitemaps of an index; those without a date stand last, in the order of the index."""
    named = [
        Child(url=url, changed_at=moment_of(_text(each, "{*}lastmod")))
        for each in root.iterchildren("{*}sitemap")
        if (url := join(base_url, _text(each, "{*}loc"))) is not None
    ]
    return tuple(sorted(named, key=lambda child: -child.changed_at.timestamp() if child.changed_at else 0.0))


def _text(parent: etree._Element, path: str) -> str:
    return str(parent.findtext(path) or "").strip()
