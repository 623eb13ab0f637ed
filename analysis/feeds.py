"""Feeds to entries: RSS and Atom by feedparser, which is given bytes only and so fetches nothing; JSON Feed; Arc XP.

JSON Feed: https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import feedparser

from analysis.errors import UnreadableListError
from analysis.listed import moment_of, plain_title, read_json
from analysis.records import Entry
from analysis.urls import join


def read_feed(body: bytes, base_url: str) -> tuple[Entry, ...]:
    """Read the entries of a feed in its order, those that lead nowhere left out.

    A broken feed gives the entries that can be read; UnreadableListError where the bytes are no feed at all.
    """
    read = _read_json(body, base_url) if _is_json(body) else _read_xml(body, base_url)
    if read is None:
        raise UnreadableListError(f"{base_url} answers with something that is no feed")
    return tuple(entry for entry in read if entry is not None)


def _is_json(body: bytes) -> bool:
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _first(stated: Mapping[str, Any], names: Iterable[str]) -> Iterator[Any]:
    return (stated[name] for name in names if stated.get(name))


def _address(name: object) -> str:
    """Return an identifier where it is an address, as in feeds that give no link."""
    return name if isinstance(name, str) and name.startswith(("http://", "https://")) else ""


# ---------------------------------------------------------------- RSS and Atom


def _read_xml(body: bytes, base_url: str) -> Iterator[Entry | None] | None:
    feed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        return None
    is_atom = feed.get("version", "").startswith("atom")
    return (_entry(each, base_url, is_atom=is_atom) for each in feed.entries)


def _entry(stated: Mapping[str, Any], base_url: str, *, is_atom: bool) -> Entry | None:
    url = join(base_url, stated.get("link") or _address(stated.get("id")))
    if url is None:
        return None
    # feedparser calls the Dublin Core date of RSS "updated"; in Atom that is the date of the last change alone.
    published_at = moment_of(stated.get("published"))
    updated_at = moment_of(stated["updated"]) if "updated" in stated else None  # `get` would answer with "published"
    return Entry(
        url=url,
        title=plain_title(stated.get("title")),
        published_at=published_at if is_atom else published_at or updated_at,
        updated_at=updated_at,
    )


# ---------------------------------------------------------------- JSON Feed, and the stories of Arc XP

_ADDRESSES = ("url", "external_url", "canonical_url", "website_url")
_PUBLISHED = ("date_published", "first_publish_date", "publish_date", "display_date")
_UPDATED = ("date_modified", "last_updated_date")


def _read_json(body: bytes, base_url: str) -> Iterator[Entry | None] | None:
    feed = read_json(body)
    stated = feed.get("items", feed.get("content_elements")) if isinstance(feed, dict) else None
    if not isinstance(stated, list):
        return None
    return (_story(each, base_url) for each in stated if isinstance(each, dict))


def _story(stated: Mapping[str, Any], base_url: str) -> Entry | None:
    links = [link for link in _first(stated, _ADDRESSES) if isinstance(link, str)]
    url = join(base_url, links[0] if links else _address(stated.get("id")))
    if url is None:
        return None
    headlines = stated.get("headlines")
    return Entry(
        url=url,
        title=plain_title(headlines.get("basic") if isinstance(headlines, dict) else stated.get("title")),
        published_at=next((at for date in _first(stated, _PUBLISHED) if (at := moment_of(date))), None),
        updated_at=next((at for date in _first(stated, _UPDATED) if (at := moment_of(date))), None),
    )
