"""A press with archives of several years: a sitemap index, posts of WordPress, and a list of numbered pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from sites import Answer, Handler, Site, page, says, serve

FIRST, LAST = date(2021, 1, 3), date(2024, 12, 28)
EVERY = timedelta(days=5)
A_PAGE = 12  # links of a listing


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One article of an archive: its day and its path."""

    day: date
    path: str


def pieces(kind: str) -> list[Piece]:
    """Return an article every five days for four years, the oldest first; paths of a listing have the day in them."""
    days = [FIRST + EVERY * number for number in range((LAST - FIRST) // EVERY + 1)]
    paths = {"listing": "/{day:%Y/%m/%d}/piece-{number}", "sitemap": "/piece-{number}", "wordpress": "/post-{number}"}
    return [Piece(day=day, path=paths[kind].format(day=day, number=number)) for number, day in enumerate(days)]


def of(kind: str, first: date, last: date) -> set[str]:
    """Return the paths of the articles of a period."""
    return {piece.path for piece in pieces(kind) if first <= piece.day <= last}


@contextmanager
def archive_press(kind: str) -> Iterator[Site]:
    """Serve an archive of one kind."""
    with serve(lambda site: {**_pages(kind), **_LISTS[kind](site)}) as site:
        yield site


def _pages(kind: str) -> dict[str, Answer]:
    return {piece.path: page(f"Le {piece.day}") for piece in pieces(kind)}


# ---------------------------------------------------------------- a sitemap index


def _sitemaps(site: Site) -> Mapping[str, Answer]:
    months: dict[str, list[Piece]] = {}
    for piece in pieces("sitemap"):
        months.setdefault(f"{piece.day:%Y-%m}", []).append(piece)
    maps = {f"/sitemap-{month}.xml": _urlset(site, listed) for month, listed in months.items()}
    index = "".join(f"<sitemap><loc>{site.base}{path}</loc></sitemap>" for path in reversed(maps))
    return {**maps, "/sitemap_index.xml": says(f"<sitemapindex>{index}</sitemapindex>", kind="text/xml")}


def _urlset(site: Site, listed: Sequence[Piece]) -> Answer:
    lines = "".join(
        f"<url><loc>{site.base}{piece.path}</loc><lastmod>{piece.day}T09:00:00+00:00</lastmod></url>"
        for piece in listed
    )
    return says(f"<urlset>{lines}</urlset>", kind="text/xml")


# ---------------------------------------------------------------- WordPress


def _wordpress(site: Site) -> Mapping[str, Answer]:
    def answer(handler: Handler) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        size, number = int(asked["per_page"]), int(asked.get("page", 1))
        chosen = [piece for piece in reversed(pieces("wordpress")) if _is_asked(piece, asked)]
        pages = -(-len(chosen) // size)
        if number > max(1, pages):
            says('{"code": "rest_post_invalid_page_number"}', status=400, kind="application/json")(handler)
            return
        listed = chosen[(number - 1) * size : number * size]
        posts = [{"link": site.base + piece.path, "date_gmt": f"{piece.day}T09:00:00"} for piece in listed]
        says(json.dumps(posts), kind="application/json", X_WP_TotalPages=str(pages))(handler)

    return {"/wp-json/wp/v2/posts": answer}


def _is_asked(piece: Piece, asked: Mapping[str, str]) -> bool:
    moment = f"{piece.day}T09:00:00"
    return asked.get("after", "") < moment < asked.get("before", "9")


# ---------------------------------------------------------------- a list of numbered pages


def _listing(_site: Site) -> Mapping[str, Answer]:
    newest = list(reversed(pieces("listing")))
    parts = [newest[begin : begin + A_PAGE] for begin in range(0, len(newest), A_PAGE)]
    return {f"/archive/{number}": _section(part) for number, part in enumerate([*parts, parts[-1], parts[-1]], start=1)}


def _section(listed: Sequence[Piece]) -> Answer:
    return says("".join(f'<article><a href="{piece.path}">Le {piece.day}</a></article>' for piece in listed))


_LISTS = {"sitemap": _sitemaps, "wordpress": _wordpress, "listing": _listing}
