"""A look at an outlet that is not followed yet: which ways to its pages answer, and what its pages become.

Few requests, in the order of what they tell: the first page, feeds, sitemaps, WordPress, a search, two articles.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from analysis import urls
from analysis.errors import ExtractionError, MarsadError, UnreadableListError
from analysis.extract import extract
from analysis.failures import is_parking
from analysis.firstpages import FirstPage, read_first_page
from analysis.hosts import origin_of
from analysis.proposals import Sample, Survey, Tried, country_of, newest_of
from analysis.records import (
    Article,
    ClosureReason,
    Discovery,
    Entry,
    Language,
    Page,
    Rejection,
    RejectionReason,
    Way,
)
from analysis.records.followed import PAGE, PHRASE
from analysis.urls import join
from spiders.apart import List, read_list
from spiders.polite import ROBOT, Heard, Polite
from spiders.ways import Found, questions

ARC_FEED = "/arc/outboundfeeds/rss/?outputType=xml"
ARC_NEWS = "/arc/outboundfeeds/sitemap-news/?outputType=xml"
FEEDS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/xml/syndication.rss", "/spip.php?page=backend")
SITEMAPS = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap_index.xml", "/sitemap.xml")
SEARCH = f"/?s={PHRASE}&feed=rss2&paged={PAGE}"
POSTS = "/wp/v2/posts"
MOST_NAMED = 4  # of the feeds or sitemaps that an outlet names itself
SAMPLES = 2
_OF_ARTICLES = re.compile(r"post|news|article|actu|story|stories", re.IGNORECASE)
_REFUSALS = (401, 403, 406, 429, 451)
_WALLS = {RejectionReason.CHALLENGE: ClosureReason.REFUSES_ROBOTS, RejectionReason.PARKED: ClosureReason.UNREACHABLE}


class SurveyError(MarsadError):
    """The outlet has no first page to look at."""


Searches = Callable[[Language], Sequence[str]]


@dataclass(kw_only=True, slots=True)
class Surveyor:
    """Looks at one outlet; `searches` gives what to search for in a language, `note` is told of each try as it ends."""

    polite: Polite
    searches: Searches
    note: Callable[[Tried], None]
    tried: list[Tried] = field(default_factory=list)

    async def survey(self, url: str) -> Survey:
        """Look at the outlet whose first page is at `url`."""
        await self._robots(url)
        heard = await self.polite.ask(url)
        first = read_first_page(heard.body, heard.content_type, heard.url)
        refusal = _refusal(heard, url)
        self._keep(Tried(url=url, what="first page", came=_came(heard, url), forbidden=heard.forbidden))
        name = first.name if refusal is None else ""  # a wall has a name of its own
        seen = Survey(home=_home(heard.url), name=name, language=first.language, refusal=refusal)
        if refusal is None:
            await self._lists(first, seen.home)
            seen = replace(seen, tried=tuple(self.tried))
            seen = replace(seen, samples=tuple([each async for each in self._samples(seen)]))
        hosts = _hosts(seen, (url, heard.url))
        return replace(seen, hosts=hosts, tried=tuple(self.tried), delay_seconds=self.polite.delay_seconds)

    async def _robots(self, url: str) -> None:
        rules = await self.polite.rules(url)
        pause, named = rules.crawl_delay(ROBOT), len(list(rules.sitemaps))
        came = f"sitemaps named: {named}" + (f", {pause:g} seconds asked for between two requests" if pause else "")
        silent = self.polite.silent.get(origin_of(url))
        self._keep(Tried(url=join(url, "/robots.txt") or url, what="robots.txt", came=silent or came))

    async def _lists(self, first: FirstPage, home: str) -> None:
        """Ask every kind of list; what a page or robots.txt names comes before what is usual."""
        named = (await self.polite.rules(home)).sitemaps
        sitemaps = sorted((url for each in named if (url := join(home, each))), key=lambda url: "news" not in url)
        arc_feed, arc_news = (ARC_FEED, ARC_NEWS) if first.is_arc else ("", "")
        await self._first_of(Way.FEED, _at(home, arc_feed, *first.feeds[:MOST_NAMED], *FEEDS))
        await self._first_of(Way.SITEMAP, _at(home, arc_news, *sitemaps[:MOST_NAMED], *SITEMAPS))
        if first.rest is not None:
            await self._try(Discovery(way=Way.WORDPRESS, url=first.rest.rstrip("/") + POSTS))
            await self._try(Discovery(way=Way.FEED, url=home.rstrip("/") + SEARCH), first.language)
        if first.links is not None and not any(tried.discovery for tried in self.tried):
            await self._try(Discovery(way=Way.LISTING, url=home, links=first.links))

    async def _first_of(self, way: Way, addresses: Iterable[str]) -> None:
        """Ask one address after the other until one answers with entries."""
        for url in dict.fromkeys(addresses):
            if await self._try(Discovery(way=way, url=url)):
                return

    async def _try(self, discovery: Discovery, language: Language | None = None) -> bool:
        """Ask one address, for a search with one phrase; tell whether it answered with entries."""
        searched = self.searches(language or Language.ARABIC)[:1]
        for question in questions(discovery, searched, None)[:1]:
            what = "search" if discovery.is_search else discovery.way.value
            heard = await self.polite.ask(question)
            if urls.host(heard.url) != urls.host(question) and heard.body:
                heard = replace(heard, detail=f"it leads away, to {heard.url}")
            read = await _read(discovery, heard)
            if read.sitemaps and not read.entries:
                read = await self._newest(discovery, read)
            tried = Tried(url=question, what=what, came=_found(heard, read, discovery), forbidden=heard.forbidden)
            if read.entries:
                found_at = discovery.url if discovery.is_search or discovery.way is Way.WORDPRESS else heard.url
                tried = replace(tried, discovery=replace(discovery, url=found_at), entries=read.entries)
            self._keep(tried)
            return bool(read.entries)
        return False

    async def _newest(self, discovery: Discovery, index: Found) -> Found:
        """Read the newest sitemap of an index, rather one of articles than of tags or authors."""
        newest = min(index.sitemaps, key=lambda child: _OF_ARTICLES.search(child.url) is None)
        heard = await self.polite.ask(newest.url)
        return replace(await _read(discovery, heard), sitemaps=index.sitemaps)

    async def _samples(self, seen: Survey) -> AsyncIterator[Sample]:
        """Read the newest pages that its lists name, at home."""
        entries = [entry for tried in seen.answered for entry in tried.entries]
        away = {urls.canonical(seen.home)}
        at_home = [entry for entry in entries if _is_kin(urls.host(entry.url), seen.home)]
        named: dict[str, Entry] = {}
        for entry in sorted(at_home, key=_age):
            named.setdefault(urls.canonical(entry.url), entry)
        for entry in [entry for name, entry in named.items() if name not in away][:SAMPLES]:
            heard = await self.polite.ask(entry.url)
            sample = _sample(heard, entry, country_of(seen.home))
            self._keep(Tried(url=entry.url, what="article", came=_came(heard, entry.url), forbidden=heard.forbidden))
            yield sample

    def _keep(self, tried: Tried) -> None:
        self.tried.append(tried)
        self.note(tried)


# ---------------------------------------------------------------- what an answer comes to


def _refusal(heard: Heard, asked: str) -> tuple[ClosureReason, str] | None:
    """Say why an outlet cannot be followed, by its first page; None where it can. Raises SurveyError without any."""
    if heard.forbidden:
        return ClosureReason.ROBOTS_FORBID, f"its robots.txt forbids {heard.url}"
    if is_parking(urls.host(heard.url)):
        return ClosureReason.UNREACHABLE, f"its name is for sale: {asked} leads to {urls.host(heard.url)}"
    read = _read_page(heard) if heard.body else None
    if isinstance(read, Rejection) and read.reason in _WALLS:
        return _WALLS[read.reason], f"{_status(heard)}: {read.reason.value} ({read.detail})"
    if heard.status in _REFUSALS:
        return ClosureReason.REFUSES_ROBOTS, f"HTTP {heard.status} to a robot that said who it was"
    if heard.detail:
        raise SurveyError(f"{asked} shows no first page: {heard.detail}")
    return None


def _status(heard: Heard) -> str:
    return heard.detail or f"HTTP {heard.status}"


def _read_page(heard: Heard, entry: Entry | None = None, country: str | None = None) -> Article | Rejection:
    page = Page(
        source_id="survey",
        url=heard.url,
        canonical_url=urls.canonical(heard.url),
        fetched_at=datetime.now(UTC),
        content_type=heard.content_type,
        body=heard.body,
        entry=entry,
    )
    try:
        return extract(page, country)
    except ExtractionError as error:
        return Rejection(reason=RejectionReason.UNDECODABLE, detail=str(error))


def _sample(heard: Heard, entry: Entry, country: str | None) -> Sample:
    if heard.detail:
        return Sample(url=entry.url, article=None, because=heard.detail)
    read = _read_page(heard, entry, country)
    if isinstance(read, Article):
        return Sample(url=heard.url, article=read)
    return Sample(url=heard.url, article=None, because=f"{read.reason.value} ({read.detail})")


async def _read(discovery: Discovery, heard: Heard) -> Found:
    if heard.detail:
        return Found()
    try:
        return await read_list(List(discovery=discovery, body=heard.body, url=heard.url))
    except UnreadableListError:
        return Found()


def _came(heard: Heard, asked: str) -> str:
    where = "" if heard.url == asked else f", found at {heard.url}"
    return (heard.detail or f"{len(heard.body)} bytes") + where


def _found(heard: Heard, read: Found, discovery: Discovery) -> str:
    if heard.detail:
        return heard.detail
    if not read.entries:
        return f"no {discovery.way.value}" if not read.sitemaps else "an index without entries in its newest sitemap"
    newest = newest_of(read.entries)
    of = f", the newest of {newest:%Y-%m-%d}" if newest else ", undated"
    within = f" in the newest of {len(read.sitemaps)} sitemaps" if read.sitemaps else ""
    return f"{len(read.entries)} entries{within}{of}"


# ---------------------------------------------------------------- where it lives


def _home(url: str) -> str:
    """Return the first page without what only this visit was sent with."""
    parts = urlsplit(url)
    return parts._replace(query="", fragment="", path=parts.path or "/").geturl()


def _at(home: str, *addresses: str) -> list[str]:
    return [url for each in addresses if each and (url := join(home, each))]


def _hosts(seen: Survey, been: Iterable[str]) -> tuple[str, ...]:
    """List the hosts that are the same outlet, home's first: those that led there, those of its lists and pages."""
    named = [*been, *(entry.url for tried in seen.answered for entry in tried.entries)]
    named += [tried.discovery.url for tried in seen.answered if tried.discovery]
    hosts = [urlsplit(url).hostname or "" for url in (seen.home, *named)]
    return tuple(dict.fromkeys(host for host in hosts if _is_kin(host, seen.home)))


def _is_kin(host: str, home: str) -> bool:
    """Tell a host that is home's, or under it, or over it."""
    host, own = urls.host(f"https://{host}/"), urls.host(home)
    return host == own or host.endswith(f".{own}") or own.endswith(f".{host}")


def _age(entry: Entry) -> float:
    """Order by what is said of the date, the newest first; undated ones come last, in the order of their lists."""
    at = entry.published_at or entry.updated_at
    return -at.timestamp() if at else 0.0
