"""The ways of discovery: what each asks now, and what its answer names, read from the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from analysis.feeds import read_feed
from analysis.listings import read_listing
from analysis.records import Discovery, Entry, Way
from analysis.records.followed import PAGE, PHRASE
from analysis.sitemaps import Child, read_sitemap
from analysis.wordpress import next_address, posts_address, read_posts


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What one answer names: entries, and the sitemaps to ask next, the newest first.

    `more` is the address of further, older entries where there are any: worth asking only while they bring news.
    """

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Child, ...] = ()
    more: str | None = None


def questions(
    discovery: Discovery, searches: Sequence[str], since: datetime | None, before: datetime | None = None
) -> tuple[str, ...]:
    """Return the addresses to ask now: one, or for a search one for each phrase of `searches`.

    WordPress is asked for what was published `since` the last answer (None: it never answered), with two days to
    spare, and for a backfill `before` a time; other ways know no times. What `discovery.url` is asked for is known by
    that and the phrase: the parameters of time change each day.
    """
    asked = tuple(url.replace(PAGE, "1") for url in phrased(discovery, searches))
    if discovery.way is Way.WORDPRESS:
        return tuple(posts_address(url, since, before) for url in asked)
    return asked


def phrased(discovery: Discovery, searches: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses of a way, for a search one for each phrase; `{page}` still stands where it does."""
    if not discovery.is_search:
        return (discovery.url,)
    return tuple(discovery.url.replace(PHRASE, quote(phrase, safe="")) for phrase in searches)


def read_found(discovery: Discovery, body: bytes, base_url: str, pages: int | None = None) -> Found:
    """Read the answer of one way of discovery, found at `base_url`; UnreadableListError where it is none.

    `pages` is what the header X-WP-TotalPages says, None where it was not sent.
    """
    match discovery.way:
        case Way.FEED:
            return Found(entries=read_feed(body, base_url))
        case Way.LISTING:
            return Found(entries=read_listing(body, base_url, discovery.links or "a"))
        case Way.SITEMAP:
            read = read_sitemap(body, base_url)
            return Found(entries=read.entries, sitemaps=read.sitemaps)
        case Way.WORDPRESS:
            posts = read_posts(body, base_url)
            return Found(entries=posts, more=next_address(base_url, len(posts), pages))
