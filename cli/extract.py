"""`marsad extract`: one page, from a file or the web, read as `marsad process` would read it; nothing is kept."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis import urls
from analysis.encodings import decode_body
from analysis.errors import BrokenBodyError, MarsadError, SwollenBodyError
from analysis.opening import MOST_BYTES
from analysis.records import Article, Page, Published, Rejection
from analysis.settings import Settings
from cli.context import counted, say, say_json, settings
from pipeline.seeds import SOURCES, read_source_files, seeds_directory

STANDARD_INPUT = "-"
_GZIP_MAGIC = b"\x1f\x8b"
NOWHERE = "https://saved.example/"  # the address of a file that was given none


class NothingToReadError(MarsadError):
    """There is no such file, or the address brought no page."""


def extract(
    place: Annotated[
        str, typer.Argument(metavar="FILE_OR_URL", help="A saved page, - for standard input, an address.")
    ],
    url: Annotated[
        str | None, typer.Option(help="Where a saved page is from: its date and outlet may stand there.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Say too whether it is on the topic, and what it names.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Read one page: title, date with its grounds, author, section, text and the rest, or why it is no article.

    An address is asked for once, as its robots.txt allows. A file counts as fetched when it was last changed: no date
    after that is believed. Nothing is kept.
    """
    from analysis.extract import extract as read_page  # noqa: PLC0415 it takes a moment to load, and --help needs none

    said = settings()
    page = _fetched(place, said) if "://" in place else _saved(place, url or NOWHERE)
    found = read_page(page, _country(page.url, said))
    judged = _judged(found, said) if full and isinstance(found, Article) else {}
    if as_json:
        say_json({"url": page.url, **_facts(found), **judged})
        return
    for name, fact in (*_lines(found), *judged.items()):
        say(f"{name:<10} {fact}")
    if isinstance(found, Article):
        say(f"\n{found.text}")


# ---------------------------------------------------------------- the page


def _saved(place: str, url: str) -> Page:
    try:
        if place == STANDARD_INPUT:
            body, changed = sys.stdin.buffer.read(), datetime.now(UTC)
        else:
            body, changed = Path(place).read_bytes(), datetime.fromtimestamp(Path(place).stat().st_mtime, UTC)
    except OSError as error:
        raise NothingToReadError(f"{place}: {error.strerror}") from error
    return _page(url, changed, _unpacked(body, place), None)


def _unpacked(body: bytes, place: str) -> bytes:
    """Decompress a page that was saved with gzip, as archives of pages are."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    try:
        return decode_body(body, "gzip", MOST_BYTES)
    except (BrokenBodyError, SwollenBodyError) as error:
        raise NothingToReadError(f"{place}: {error}") from error


def _fetched(url: str, said: Settings) -> Page:
    from spiders.polite import Fetch, Heard, Polite  # noqa: PLC0415 Scrapy takes a second to load
    from spiders.survey_fetch import run_survey  # noqa: PLC0415 as above

    if not url.startswith(("http://", "https://")):
        raise NothingToReadError(f"{url}: expected an address that begins with http:// or https://")
    answers: list[Heard] = []

    async def work(fetch: Fetch) -> None:
        answers.append(await Polite(fetch=fetch, pause=asyncio.sleep, delay_seconds=1).ask(url))

    run_survey(work, said.user_agent, public_only=not said.allow_private_addresses)
    answer = answers[0]
    if answer.detail:
        raise NothingToReadError(f"{answer.url}: {answer.detail}")
    return _page(answer.url, datetime.now(UTC), answer.body, answer.content_type)


def _page(url: str, fetched_at: datetime, body: bytes, content_type: str | None) -> Page:
    return Page(
        source_id="by-hand",
        url=url,
        canonical_url=urls.canonical(url),
        fetched_at=fetched_at,
        content_type=content_type,
        body=body,
    )


def _country(url: str, said: Settings) -> str | None:
    """Return the country of the source that an address belongs to: its pages print the clock of that country."""
    listed = read_source_files(seeds_directory(said) / SOURCES)
    host = urls.host(url)
    return next((each.country for each in listed if host in map(_host, each.hosts)), None)


def _host(name: str) -> str:
    return urls.host(f"https://{name}/")


# ---------------------------------------------------------------- what is said of it


def _judged(article: Article, said: Settings) -> dict[str, object]:
    from analysis.reading import read  # noqa: PLC0415 the automata take a moment to load
    from pipeline.library import open_library  # noqa: PLC0415 as above

    reading = read(article, open_library(seeds_directory(said)).reader)
    judgement = reading.judgement
    tags = dict.fromkeys(tag.id for tag in reading.tags)
    return {
        "relevant": judgement.relevant,
        "score": judgement.score,
        "because": "; ".join(judgement.because),
        "names": ", ".join(tags),
    }


def _facts(found: Article | Rejection) -> dict[str, object]:
    return {"rejection": asdict(found)} if isinstance(found, Rejection) else asdict(found)


def _lines(found: Article | Rejection) -> Iterator[tuple[str, object]]:
    if isinstance(found, Rejection):
        yield "rejected", f"{found.reason}: {found.detail}"
        return
    yield "title", found.title
    yield "subtitle", found.subtitle or "none"
    yield "published", _when(found.published) or f"no date: {found.undated_because}"
    yield "author", found.author or "not said"
    yield "section", found.section or "not said"
    yield "its tags", ", ".join(found.outlet_tags) or "none"
    yield "image", found.image or "none"
    yield "language", f"{found.language}, {counted(len(found.text.split()), 'word')}"


def _when(published: Published | None) -> str:
    if published is None:
        return ""
    moment = f" ({published.at:%Y-%m-%d %H:%M %z})" if published.at else ""
    doubt = f"; {published.doubt}" if published.doubt else ""
    return f"{published.on}{moment}, found in: {published.basis}, {published.sure}{doubt}"
