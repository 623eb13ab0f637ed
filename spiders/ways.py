"""The ways of discovery: what a feed, a sitemap or a listing names, read from its bytes."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.feeds import read_feed
from analysis.listings import read_listing
from analysis.records import Discovery, Entry, Way
from analysis.sitemaps import read_sitemap


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What one answer names: entries, and the addresses of sitemaps to ask next, the newest first."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_found(discovery: Discovery, body: bytes, base_url: str) -> Found:
    """Read the answer of one way of discovery, found at `base_url`."""
    match discovery.way:
        case Way.FEED:
            return Found(entries=read_feed(body, base_url))
        case Way.LISTING:
            return Found(entries=read_listing(body, base_url, discovery.links or "a"))
        case Way.SITEMAP:
            read = read_sitemap(body, base_url)
            return Found(entries=read.entries, sitemaps=read.sitemaps)
