"""Posts of WordPress by its REST interface (`/wp-json/wp/v2/posts`): the addresses that ask for them, and the answers.

The interface: https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from analysis.errors import UnreadableListError
from analysis.listed import moment_of, plain_title, read_json
from analysis.records import Entry
from analysis.urls import join

POSTS_AT_ONCE = 50  # of the hundred it allows
OVERLAP = timedelta(days=2)  # it reads times as the site's own; and a post of two days may have changed

_ASKED = {"per_page": str(POSTS_AT_ONCE), "orderby": "date", "order": "desc"}
_FIELDS = "link,title,date_gmt,modified_gmt"
_TAGS = re.compile(r"<[^<>]*>")


def posts_address(url: str, since: datetime | None = None, before: datetime | None = None) -> str:
    """Ask for the newest posts, published `since` a time or a little earlier, and `before` another or a little later.

    Times are rounded to days, so that the address stays the same for a day, for the caches on the way.
    """
    asked = {"after": since and _midnight(since - OVERLAP), "before": before and _midnight(before + OVERLAP)}
    stated = {name: moment for name, moment in asked.items() if moment}
    return _with(url, {**_ASKED, **stated, "_fields": _FIELDS})


def next_address(url: str, posts: int, pages: int | None = None) -> str | None:
    """Return the address of the posts after those `url` answered with, None where there are none.

    `posts` is how many came, `pages` what the header X-WP-TotalPages says, None where it was not sent.
    """
    page, wanted = _number(url, "page", 1), _number(url, "per_page", 10)  # 10: what it sends unasked
    is_last = posts < wanted if pages is None else page >= pages
    return None if is_last else _with(url, {"page": str(page + 1)})


def read_posts(body: bytes, base_url: str) -> tuple[Entry, ...]:
    """Read the posts of an answer in its order, those that lead nowhere left out.

    Warnings of PHP before the JSON and remarks of caches after it are passed over. UnreadableListError, with what the
    answer says of itself, where it holds no posts.
    """
    answer = read_json(body)
    if isinstance(answer, dict) and "message" in answer:
        raise UnreadableListError(f"{base_url} answers: {plain_title(str(answer['message']))} ({answer.get('code')})")
    if not isinstance(answer, list):
        raise UnreadableListError(f"{base_url} answers with something that is no list of posts")
    read = (_entry(stated, base_url) for stated in answer if isinstance(stated, dict))
    return tuple(entry for entry in read if entry is not None)


def _with(url: str, stated: Mapping[str, str]) -> str:
    """Set parameters of an address, in the place of those of the same name."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in stated]
    return parts._replace(query="&".join([*kept, urlencode(stated, safe=",:")])).geturl()


def _number(url: str, name: str, otherwise: int) -> int:
    stated = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    return int(stated) if re.fullmatch(r"[0-9]{1,6}", stated) else otherwise


def _midnight(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}T00:00:00"


def _entry(stated: Mapping[str, Any], base_url: str) -> Entry | None:
    url = join(base_url, str(stated.get("link") or ""))
    if url is None:
        return None
    title = stated.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    return Entry(
        url=url,
        title=plain_title(_TAGS.sub("", str(rendered or ""))),
        published_at=_moment(stated.get("date_gmt")),
        updated_at=_moment(stated.get("modified_gmt")),
    )


def _moment(stated: object) -> datetime | None:
    """Read a time of the REST interface, which states UTC without saying so."""
    return moment_of(f"{stated}Z") if isinstance(stated, str) else None
