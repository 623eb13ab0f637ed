"""Feeds, sitemaps, listings and robots.txt that misbehave, and certificates: each ends as the right visit."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest
import sites
from certificates import EXPIRED, TO_COME, authority, context, write_root
from kept_crawl import crawl_into
from misbehaving import HEAD, MEBIBYTE, Ends, bomb, for_ever, good_page, zipped
from sites import Answer, Site, feed, listing, page, redirect, robots, says, serve, sitemap, sitemap_index
from sqlalchemy import select

from analysis.records import VisitState, Way
from models.archive import Archive
from models.database import make_engine
from models.pages import PageRow, VisitRow
from postgres import create_database, drop_database
from spiders.settings import Limits

LIMITS = Limits(new_pages=3, requests_at_once=64, public_only=False)
IMPATIENT = replace(LIMITS, timeout_seconds=2.5)
DRIPS = "robots.txt that drips"
"""The one that no limit but time ends; the others have the usual time, however busy the machine is."""
FEED, SITEMAP, LISTING = (Way.FEED, "/feed"), (Way.SITEMAP, "/sitemap.xml"), (Way.LISTING, "/section")
READ = Ends(VisitState.FETCHED, 200)
NO_LIST = Ends(VisitState.UNREADABLE, 200)
TOO_LARGE = Ends(VisitState.TOO_LARGE)
UNSAFE = Ends(VisitState.BAD_CERTIFICATE)
RSS = '<?xml version="1.0" encoding="{charset}"?>{doctype}<rss version="2.0"><channel>{items}</channel></rss>'
ITEM = "<item><title>{title}</title><link>/1</link></item>"


def rss(title: str, charset: str = "utf-8", doctype: str = "", served: str = "utf-8") -> Answer:
    """Answer with a feed of one entry."""
    text = RSS.format(charset=charset, doctype=doctype, items=ITEM.format(title=title))
    return says(text.encode(served), kind="application/rss+xml")


def laughs() -> str:
    """Declare an entity that is a thousand million of another."""
    nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{nested}]>'


def big_sitemap(pages: int, padding: int = 0) -> bytes:
    """Write a sitemap of very many pages, or of very many bytes."""
    urls = "".join(f"<url><loc>/{number}</loc></url>" for number in range(1, pages + 1))
    blank = " " * padding
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}{blank}</urlset>'.encode()


def calendar(handler: sites.Handler) -> None:
    """Answer with a page of a calendar, which leads to the next for ever."""
    handler.site.answers[f"{handler.path}/next"] = calendar
    listing(f"{handler.path}/next")(handler)


@dataclass(frozen=True)
class Case:
    """What a site says, how it is asked, how that ends, and how many pages are kept of it."""

    answers: Mapping[str, Answer]
    way: tuple[Way, str]
    ends: Ends
    pages: int
    secured: Callable | None = None


def unread(answer: Answer, way: tuple[Way, str], ends: Ends) -> Case:
    return Case({way[1]: answer}, way, ends, 0)


def read(answer: Answer, way: tuple[Way, str] = FEED, pages: int = 1) -> Case:
    return Case({way[1]: answer, **{f"/{number}": page(str(number)) for number in (1, 2, 3)}}, way, READ, pages)


def ruled(answer: Answer, ends: Ends = READ) -> Case:
    pages = int(ends == READ)
    return Case({"/robots.txt": answer, "/feed": feed("/1"), "/1": good_page}, FEED, ends, pages)


LISTS = {
    "feed with an entity of nobody": read(rss("&bogus; &nbsp; & more <b>")),
    "feed with a bomb of entities": read(rss("&l9;", doctype=laughs())),
    "feed that reads a file": read(rss("&f;", doctype='<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
    "feed that lies about its charset": read(rss("نص", charset="us-ascii")),
    "feed in another charset": read(rss("été", charset="iso-8859-1", served="iso-8859-1")),
    "feed with NUL": read(rss("a \x00 b")),
    "feed of 50 MB": unread(says(b"<rss>" + b" " * 50_000_000), FEED, TOO_LARGE),
    "feed that never was": unread(says("", status=304), FEED, Ends(VisitState.HTTP_ERROR, 304)),
    "feed that is empty": unread(says(""), FEED, NO_LIST),
    "feed that has moved out": unread(redirect("http://127.0.0.19/feed"), FEED, Ends(VisitState.OFF_HOST)),
    "feed that had enough": unread(says("", status=429, Retry_After="60"), FEED, Ends(VisitState.HTTP_ERROR, 429)),
    "feed that had enough for ever": unread(
        says("", status=429, Retry_After="9" * 5000), FEED, Ends(VisitState.HTTP_ERROR, 429)
    ),
    "feed that had enough long ago": unread(
        says("", status=503, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"), FEED, Ends(VisitState.HTTP_ERROR, 503)
    ),
    "feed that had enough in no words": unread(
        says("", status=429, Retry_After="soon \x01"), FEED, Ends(VisitState.HTTP_ERROR, 429)
    ),
    "sitemap of 50,000": read(says(big_sitemap(50_000), kind="text/xml"), SITEMAP, 3),
    "sitemap in an archive": read(says(gzip.compress(big_sitemap(5_000)), kind="application/gzip"), SITEMAP, 3),
    "sitemap of 60 MB": unread(says(big_sitemap(100, 60 * MEBIBYTE)), SITEMAP, TOO_LARGE),
    "sitemap of 60 MB in an archive": read(
        says(gzip.compress(big_sitemap(100, 60 * MEBIBYTE)), kind="application/gzip"), SITEMAP, 3
    ),
    "sitemap that is a bomb": unread(bomb((zipped,), "identity"), SITEMAP, NO_LIST),
    "index that names itself": Case({"/sitemap.xml": sitemap_index("/sitemap.xml")}, SITEMAP, READ, 0),
    "index of very many": Case(
        {"/sitemap.xml": sitemap_index(*(f"/{number}.xml" for number in range(5_000))), "/1.xml": sitemap("/1")},
        SITEMAP,
        READ,
        0,
    ),
    "calendar without end": Case({"/section": listing("/2026/11"), "/2026/11": calendar}, LISTING, READ, 1),
    "robots.txt that is HTML": ruled(page("Not here")),
    "robots.txt that fails": ruled(says("", status=503), Ends(VisitState.ROBOTS_UNREACHABLE)),
    "robots.txt that leads away": ruled(redirect("http://127.0.0.19:9/robots.txt"), Ends(VisitState.UNREACHABLE)),
    "robots.txt that leads round": ruled(redirect("/robots.txt")),
    "robots.txt in UTF-16": ruled(says("User-agent: *\nDisallow: /".encode("utf-16")), Ends(VisitState.ROBOTS_FORBID)),
    "robots.txt that leads into a file": ruled(redirect("file:///etc/hostname")),
    "robots.txt of 10 MB": ruled(robots(*("Disallow: /*a*b*c*d$" for _ in range(450_000)))),
    "robots.txt of 10 MB that forbids first": ruled(
        robots("Disallow: /", "# " + "x" * 10_000_000), Ends(VisitState.ROBOTS_FORBID)
    ),
    "robots.txt of 30 MB that forbids first": ruled(
        robots("Disallow: /", "# " + "x" * 30_000_000), Ends(VisitState.ROBOTS_FORBID)
    ),
    "robots.txt that never ends": ruled(for_ever(HEAD + b"\r\n", b"# and so on\n" * 5_000)),
    "robots.txt that is a bomb": ruled(bomb((zipped,), "gzip"), TOO_LARGE),
    DRIPS: ruled(for_ever(b"HTTP/1.1 200 OK\r\n\r\n", b"#", 0.1), Ends(VisitState.TIMED_OUT)),
    "robots.txt with a pace of no number": ruled(robots("Crawl-delay: nan")),
    "robots.txt with NUL": ruled(says(b"\x00\xff\xfe\x00" * 100, kind="text/plain")),
    "robots.txt that hangs up": ruled(sites.hang_up, Ends(VisitState.UNREACHABLE)),
}
CERTIFICATES: dict[str, tuple[Callable, Ends]] = {
    "good": (lambda folder, host: context(folder, host, signed_by=authority()), READ),
    "expired": (lambda folder, host: context(folder, host, EXPIRED, authority()), UNSAFE),
    "not valid yet": (lambda folder, host: context(folder, host, TO_COME, authority()), UNSAFE),
    "signed by itself": (context, UNSAFE),
    "signed by a stranger": (lambda folder, host: context(folder, host, signed_by=authority("A stranger")), UNSAFE),
    "of another host": (lambda folder, _: context(folder, "127.0.0.9", signed_by=authority()), UNSAFE),
}


class Press:
    """A crawl of all the sites: how the first visit of discovery to each ended, and how many pages were kept."""

    def __init__(self, served: Mapping[str, Site], ways: Mapping[str, tuple[Way, str]], url: str) -> None:
        self.sites, self.ways = served, ways
        sources = {name: site.source(ways[name]) for name, site in served.items()}
        engine = make_engine(url)
        Archive(engine).load_sources(sources.values())
        dripping = sources.pop(DRIPS)
        self.usual_bytes = crawl_into(url, [next(iter(sources.values())), dripping], IMPATIENT)
        self.peak_bytes = crawl_into(url, list(sources.values()), LIMITS)
        with engine.connect() as connection:
            self.visits = list(connection.execute(select(VisitRow.__table__).order_by(VisitRow.id)))
            self.pages = Counter(connection.scalars(select(PageRow.source_id)))
        engine.dispose()

    def ends(self, name: str) -> Ends:
        """Say how the one visit to the list of a site ended."""
        found = self._last(name)
        return Ends(VisitState(found.state), found.status)

    def detail(self, name: str) -> str:
        """Say the same in words, without what each visit to a robots.txt begins with."""
        return self._last(name).detail.removeprefix("robots.txt: ")

    def _last(self, name: str):
        url = self.sites[name].base + self.ways[name][1]
        return [visit for visit in self.visits if visit.url == url and visit.way is not None][-1]

    def kept(self, name: str) -> int:
        """Count the pages that were kept of a site."""
        return self.pages[self.sites[name].source().id]


@pytest.fixture(scope="module")
def press(server, template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    url = create_database(server, "lists", template)
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(write_root(folder)))
        served = {name: stack.enter_context(serve(lambda _, case=case: case.answers)) for name, case in LISTS.items()}
        ways = {name: case.way for name, case in LISTS.items()}
        for name, (secure, _) in CERTIFICATES.items():
            secured = lambda host, secure=secure: secure(folder, host)  # noqa: E731 bound to this name
            served[name] = stack.enter_context(serve(lambda _: {"/feed": feed("/1"), "/1": good_page}, secured))
        served["plain"] = stack.enter_context(serve(lambda _: {"/feed": feed("/1")}))
        served["plain"].scheme = "https"
        yield Press(served, dict.fromkeys(served, FEED) | ways, url)
    drop_database(server, "lists")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_or_a_robots_txt_that_misbehaves_ends_as_the_right_visit(press, name):
    expected = LISTS[name]
    assert (press.ends(name), press.kept(name)) == (expected.ends, expected.pages)


@pytest.mark.parametrize("name", CERTIFICATES)
def test_only_who_can_show_a_valid_certificate_of_its_name_is_read(press, name):
    expected = CERTIFICATES[name][1]
    assert (press.ends(name), press.kept(name)) == (expected, int(expected == READ))


def test_what_is_wrong_with_a_certificate_is_told(press):
    told = {name: press.detail(name) for name in CERTIFICATES if name != "good"}
    assert told == {
        "expired": "the certificate has expired",
        "not valid yet": "the certificate is not valid yet",
        "signed by itself": "the certificate has signed itself",
        "signed by a stranger": "nobody we trust has signed the certificate",
        "of another host": "the certificate was given to another host",
    }


def test_a_server_that_knows_no_tls_is_unreachable_and_no_trouble_with_a_certificate(press):
    assert press.ends("plain") == Ends(VisitState.UNREACHABLE)


def test_an_index_is_asked_once_and_so_many_of_its_sitemaps(press):
    asked = {name: press.sites[name].paths() for name in ("index that names itself", "index of very many")}
    assert asked["index that names itself"] == {"/robots.txt": 1, "/sitemap.xml": 1}
    assert (
        len(asked["index of very many"]) == 3 + LIMITS.child_sitemaps
    )  # robots.txt, the index, and the page that one of them names


def test_links_are_followed_from_the_list_and_no_further(press):
    assert press.sites["calendar without end"].paths() == {"/robots.txt": 1, "/section": 1, "/2026/11": 1}


def test_lists_and_rules_are_read_in_flat_memory(press):
    """Long lists are read elsewhere; held are those of the largest size, as they came and without their encoding."""
    large = sum("MB" in name or "bomb" in name for name in LISTS)
    assert press.peak_bytes < press.usual_bytes + large * 2 * LIMITS.page_bytes
