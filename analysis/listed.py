"""What a list says of a page, whatever its form: when it was published, its title; and the JSON of an answer."""

from __future__ import annotations

import json
import re
from datetime import datetime, time
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from analysis.clocks import CASABLANCA
from analysis.publication import read_date

_MEDIA = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico|mp[34]|m4[av]|webm|mov|ogg)/?$", re.IGNORECASE)
_JSON_BEGINS = re.compile(r'\[\s*[{\]]|\{\s*["}]')


def moment_of(printed: object) -> datetime | None:
    """Read a date of a list: without a zone it is Casablanca's, and a day without a time is its midnight there."""
    found = read_date(printed, CASABLANCA) if isinstance(printed, str) else None
    if found is None:
        return None
    return found.at or datetime.combine(found.on, time(), tzinfo=CASABLANCA)


def plain_title(title: object) -> str | None:
    """Return a title as one line of text without escapes; None where nothing is left, or it is no text."""
    bare = unescape(title if isinstance(title, str) else "").replace("\x00", "").encode(errors="replace").decode()
    return " ".join(bare.split()) or None


def is_media(url: str) -> bool:
    """Tell a picture, sound or film by its address: sitemaps list them among pages, and thumbnails link to them."""
    return _MEDIA.search(urlsplit(url).path) is not None


def read_json(body: bytes) -> Any:  # noqa: ANN401 whatever the JSON is
    """Read the first JSON object or list of an answer, None where there is none.

    Warnings of a program before it and remarks of a cache after it are passed over.
    """
    text = body.decode("utf-8", errors="replace")
    begin = _JSON_BEGINS.search(text)
    try:
        return json.JSONDecoder().raw_decode(text, begin.start())[0] if begin else None
    except (ValueError, RecursionError):
        return None
