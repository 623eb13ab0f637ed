"""RSS and Atom bytes to entries, by feedparser, which is given bytes only and so fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from html import unescape
from io import BytesIO
from typing import Any

import feedparser

from analysis.errors import UnreadableListError
from analysis.publication import CASABLANCA, read_date
from analysis.records import Entry
from analysis.urls import join


def read_feed(body: bytes, base_url: str) -> tuple[Entry, ...]:
    """Read the entries of a feed in its order, those that lead nowhere left out.

    A broken feed gives the entries that can be read; UnreadableListError where the bytes are no feed at all.
    """
    feed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise UnreadableListError(f"{base_url} answers with something that is no feed")
    # feedparser calls the Dublin Core date of RSS "updated"; in Atom that is the date of the last change.
    fields = ("published",) if feed.get("version", "").startswith("atom") else ("published", "updated")
    read = (_entry(each, base_url, fields) for each in feed.entries)
    return tuple(entry for entry in read if entry is not None)


def _entry(stated: Mapping[str, Any], base_url: str, date_fields: tuple[str, ...]) -> Entry | None:
    url = join(base_url, stated.get("link") or _permanent_id(stated))
    if url is None:
        return None
    printed = (stated[field] for field in date_fields if field in stated)
    published_at = next((at for date in printed if (at := moment_of(date))), None)
    return Entry(url=url, title=plain_title(stated.get("title")), published_at=published_at)


def _permanent_id(stated: Mapping[str, Any]) -> str:
    """Return the identifier where it is an address, as in feeds that give no link."""
    name = str(stated.get("id") or "")
    return name if name.startswith(("http://", "https://")) else ""


def moment_of(printed: str | None) -> datetime | None:
    """Read a date of a list: without a zone it is Casablanca's, and a day without a time is its midnight there."""
    found = read_date(printed, CASABLANCA) if printed else None
    if found is None:
        return None
    return found.at or datetime.combine(found.on, time(), tzinfo=CASABLANCA)


def plain_title(title: str | None) -> str | None:
    """Return a title as one line of text without escapes; None where nothing is left."""
    bare = unescape(title or "").replace("\x00", "").encode(errors="replace").decode()
    return " ".join(bare.split()) or None
