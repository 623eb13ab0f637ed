"""The spider against sites on loopback that behave well and badly: a few crawls, each in a process of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import sites
from lone_crawl import LostRecorder, MemoryRecorder, crawl_alone, start_crawl
from sites import Site, feed, in_turn, listing, page, redirect, robots, says, serve_all, sitemap, sitemap_index, slowly

from analysis.records import VisitState, Way
from spiders.save import SourceCrawl
from spiders.settings import Limits

FEED = (Way.FEED, "/feed")


def good(site: Site) -> dict[str, sites.Answer]:
    links = (
        f"{site.base}/1?utm_source=rss",
        f"{site.base}/1?utm_source=x&utm_medium=y",
        f"{site.base}/2",
        "/2",
        "/pdf",
    )
    return {
        "/feed": feed(*links),
        "/1": page("One"),
        "/2": sites.whole_gzip,
        "/pdf": says(b"%PDF-1.7 ...", kind="application/pdf"),
    }


def mapped(site: Site) -> dict[str, sites.Answer]:
    return {
        "/sitemap.xml": sitemap_index(f"{site.base}/new.xml", f"{site.base}/gone.xml", "http://127.0.0.19:9/away.xml"),
        "/new.xml": sitemap(f"{site.base}/1", f"{site.base}/2"),
        "/section": listing("/2", "/3"),
        **{f"/{number}": page("A page") for number in (1, 2, 3)},
    }


def moved(_: Site) -> dict[str, sites.Answer]:
    return {
        "/feed": feed("/old", "/new", "/round", "/self", "/away"),
        "/old": redirect("/new"),
        "/new": page("New"),
        "/round": redirect("/about"),
        "/about": redirect("/round"),
        "/self": redirect("/self"),
        "/away": redirect("http://127.0.0.19:9/elsewhere"),
    }


def broken(site: Site) -> dict[str, sites.Answer]:
    bad = {
        "/missing": says("gone", status=404),
        "/drip": sites.drip,
        "/flood": sites.flood,
        "/bomb": sites.bomb,
        "/cut": sites.cut,
        "/hang-up": sites.hang_up,
        "/no-gzip": sites.no_gzip,
        "/half-gzip": sites.half_gzip,
        "/garbled": redirect("/\xff\xfe"),
        "/busy": in_turn(says("busy", status=503), page("Not busy any more")),
    }
    refused = f"http://{site.host}:9/refused"
    return {"/feed": feed(*bad, refused, "http://127.0.0.19/stranger", odd_address(site.host)), **bad}


def odd_address(host: str) -> str:
    """Write an address of a host that Scrapy makes no request of: it takes the backslash for the end of the host."""
    return f"http://x:80é\\@{host}/odd"


def closed(_: Site) -> dict[str, sites.Answer]:
    return {
        "/robots.txt": robots("Disallow: /private/"),
        "/feed": feed("/private/1", "/public"),
        "/public": page("Public"),
    }


def shut(_: Site) -> dict[str, sites.Answer]:
    return {"/robots.txt": robots("Disallow: /"), "/feed": feed("/1"), "/1": page("One")}


def odd_robots(_: Site) -> dict[str, sites.Answer]:
    return {"/robots.txt": page("Not here"), "/feed": feed("/1"), "/1": page("One")}


def failing_robots(_: Site) -> dict[str, sites.Answer]:
    return {"/robots.txt": says("oh", status=500), "/feed": feed("/1"), "/1": page("One")}


def dead(_: Site) -> dict[str, sites.Answer]:
    return {"/feed": says("oh", status=500), "/other": says("<html>no feed</html>")}


def shared(_: Site) -> dict[str, sites.Answer]:
    pages = [f"/{number}" for number in range(1, 9)]
    return {
        "/odd": feed(*pages[::2]),
        "/even": feed(*pages[1::2]),
        **{path: slowly(page("A page"), 0.1) for path in pages},
    }


def slow(_: Site) -> dict[str, sites.Answer]:
    return {
        "/robots.txt": robots("Crawl-delay: 0.8"),
        "/feed": feed("/1", "/2"),
        "/1": page("One"),
        "/2": page("Two"),
    }


SITES = {
    "good": good,
    "mapped": mapped,
    "moved": moved,
    "broken": broken,
    "closed": closed,
    "shut": shut,
    "odd_robots": odd_robots,
    "failing_robots": failing_robots,
    "dead": dead,
    "shared": shared,
    "slow": slow,
}
WAYS = {
    "mapped": [(Way.SITEMAP, "/sitemap.xml"), (Way.LISTING, "/section")],
    "dead": [FEED, (Way.FEED, "/other")],
}
LIMITS = Limits(timeout_seconds=1.5, public_only=False)


class Press:
    """Two crawls of all the sites at once, the second right after the first, and what was asked for in each."""

    def __init__(self, served: dict[str, Site]) -> None:
        self.sites = served
        sources = [site.source(*WAYS.get(name, [FEED])) for name, site in served.items() if name != "shared"]
        common = served["shared"]
        odd, even = common.source((Way.FEED, "/odd"), id="odd"), common.source((Way.FEED, "/even"), id="even")
        self.sources = [*sources, odd, even]
        self.recorder, self.first = crawl_alone(self.sources, MemoryRecorder(), LIMITS)
        self.asked = {name: tuple(site.asked) for name, site in served.items()}
        self.again, self.second = crawl_alone(self.sources, self.recorder, LIMITS)
        self.asked_again = {name: site.asked[len(self.asked[name]) :] for name, site in served.items()}

    def result(self, name: str) -> SourceCrawl:
        """What the first crawl came to for a site."""
        return replace(self.first[self.sites[name].source().id], source_id=name)

    def pages(self, name: str) -> Counter[str]:
        """The paths of the pages of a site that were kept."""
        base = self.sites[name].base
        return Counter(page.url.removeprefix(base) for page in self.recorder.pages.values() if base in page.url)

    def endings(self, name: str) -> dict[str, VisitState]:
        """How the visits to a site ended that brought nothing, by path."""
        base = self.sites[name].base
        failed = [visit for visit in self.recorder.visits if visit.state is not VisitState.FETCHED]
        ours = [visit for visit in failed if visit.source_id == self.sites[name].source().id]
        return {visit.url.removeprefix(base): visit.state for visit in ours}


@pytest.fixture(scope="module")
def press():
    with serve_all(**SITES) as served:
        yield Press(served)


def crawled(name: str, **counts: object) -> SourceCrawl:
    facts = {"pages": 0, "known": 0, "resting": 0, "left": 0, "failed": {}, "trouble": ""}
    return SourceCrawl(source_id=name, **{**facts, **counts})


def test_each_page_of_a_feed_is_kept_once_however_often_it_is_listed(press):
    assert press.result("good") == crawled("good", pages=3)
    assert press.pages("good") == {"/1?utm_source=rss": 1, "/2": 1, "/pdf": 1}
    assert Counter(asked.path for asked in press.asked["good"]).most_common(1)[0][1] == 1


def test_a_page_is_kept_as_served_once_its_content_encoding_is_off(press):
    page = next(page for page in press.recorder.pages.values() if page.url == press.sites["good"].base + "/2")
    assert page.body == b"<p>" + bytes(range(256)) * 40
    assert page.entry is not None
    assert page.entry.url == page.url


def test_a_sitemap_is_followed_from_its_index_and_a_listing_by_its_links(press):
    assert press.pages("mapped") == {"/1": 1, "/2": 1, "/3": 1}
    assert press.result("mapped") == crawled("mapped", pages=3, failed={VisitState.HTTP_ERROR: 1})


def test_a_redirect_is_followed_within_the_source_and_the_page_kept_once_under_its_last_address(press):
    assert press.pages("moved") == {"/new": 1}
    loops = {"/round": VisitState.REDIRECT_LOOP, "/self": VisitState.REDIRECT_LOOP, "/away": VisitState.OFF_HOST}
    assert press.endings("moved") == loops


def test_every_way_to_break_an_answer_is_a_visit_with_its_state(press):
    endings = press.endings("broken")
    host = press.sites["broken"].host
    assert endings == {
        "/missing": VisitState.HTTP_ERROR,
        "/drip": VisitState.TIMED_OUT,
        "/flood": VisitState.TOO_LARGE,
        "/bomb": VisitState.TOO_LARGE,
        "/cut": VisitState.UNREADABLE,
        "/hang-up": VisitState.UNREACHABLE,
        "/no-gzip": VisitState.UNREADABLE,
        "/half-gzip": VisitState.UNREADABLE,
        "/garbled": VisitState.HTTP_ERROR,
        f"http://{host}:9/refused": VisitState.UNREACHABLE,
        "http://127.0.0.19/stranger": VisitState.OFF_HOST,
        odd_address(host): VisitState.UNREADABLE,
    }
    assert press.pages("broken") == {"/busy": 1}


def test_robots_txt_is_obeyed_for_pages(press):
    assert press.endings("closed") == {"/private/1": VisitState.ROBOTS_FORBID}
    assert press.pages("closed") == {"/public": 1}


def test_robots_txt_is_obeyed_for_discovery_and_then_the_source_is_in_trouble(press):
    assert [asked.path for asked in press.asked["shut"]] == ["/robots.txt"]
    assert "no way of discovery answered" in press.result("shut").trouble
    assert "robots_forbid" in press.result("shut").trouble


def test_a_page_of_html_in_the_place_of_robots_txt_forbids_nothing(press):
    assert press.result("odd_robots") == crawled("odd_robots", pages=1)


def test_a_host_whose_robots_txt_fails_is_left_alone(press):
    assert [asked.path for asked in press.asked["failing_robots"]] == ["/robots.txt"] * 2
    result = press.result("failing_robots")
    assert (result.pages, result.failed) == (0, {VisitState.ROBOTS_UNREACHABLE: 1})
    assert "robots.txt: HTTP 500" in result.trouble


def test_a_source_of_which_no_way_of_discovery_answers_is_in_trouble_and_the_others_go_on(press):
    dead = press.result("dead")
    assert dead.failed == {VisitState.HTTP_ERROR: 1, VisitState.UNREADABLE: 1}
    assert dead.trouble.startswith("site-")
    assert "HTTP 500" in dead.trouble


def test_sources_that_share_a_host_never_ask_it_two_things_at_once(press):
    asked = sorted(press.asked["shared"], key=lambda each: each.begun)
    assert len(asked) == 11
    assert all(before.ended <= after.begun + 0.02 for before, after in pairwise(asked))


def test_the_crawl_delay_of_robots_txt_is_kept(press):
    begun = sorted(asked.begun for asked in press.asked["slow"])
    assert len(begun) == 4
    waits = [after - before for before, after in pairwise(begun)]
    assert min(waits) >= 0.6, waits  # a busy machine notes a request late


def test_we_say_who_we_are_and_take_no_cookies(press):
    headers = press.asked["good"][-1].headers
    assert headers["User-Agent"] == "marsad-test/1 (+test@example.org)"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert not {"Cookie", "Referer"} & headers.keys()


def test_a_second_crawl_asks_for_the_first_way_that_works_and_for_no_robots_txt(press):
    lists = {"/feed", "/other", "/odd", "/even", "/sitemap.xml"}
    assert {asked.path for site in press.asked_again.values() for asked in site} == lists
    assert press.again.pages == press.recorder.pages
    assert press.second[press.sites["broken"].source().id].resting == 10
    assert press.second[press.sites["moved"].source().id].known == 2


def test_only_so_many_pages_are_asked_for_and_the_next_crawl_goes_on(press):
    source = press.sites["good"].source(FEED)
    recorder, first = crawl_alone([source], MemoryRecorder(), replace(LIMITS, new_pages=2))
    assert first[source.id] == crawled(source.id, pages=2, left=1)
    _, second = crawl_alone([source], recorder, LIMITS, only_due=True)
    assert second[source.id] == crawled(source.id, pages=1)


def test_when_its_time_is_over_a_crawl_asks_for_no_more_pages_and_the_next_goes_on(press):
    source = press.sites["good"].source(FEED)
    recorder, first = crawl_alone([source], MemoryRecorder(), LIMITS, lasts=timedelta())
    assert first[source.id] == crawled(source.id, left=3)
    _, second = crawl_alone([source], recorder, LIMITS, only_due=True)
    assert second[source.id] == crawled(source.id, pages=3)


def test_rules_that_are_a_day_old_are_asked_for_anew_by_a_crawl_that_takes_longer(press):
    site = press.sites["good"]
    before = site.paths()["/robots.txt"]
    crawl_alone([site.source(FEED)], MemoryRecorder(), LIMITS, faster=1_000_000_000)
    assert site.paths()["/robots.txt"] - before > 1


def test_what_failed_is_asked_for_again_when_it_has_rested(press):
    source = press.sites["closed"].source(FEED)
    mine = {name: each for name, each in press.recorder.addresses.items() if each.source_id == source.id}
    _, results = crawl_alone([source], MemoryRecorder(addresses=mine), LIMITS, later=timedelta(hours=2))
    assert results[source.id] == crawled(source.id, known=1, failed={VisitState.ROBOTS_FORBID: 1})


def test_a_crawl_ends_at_once_when_the_database_is_lost(press):
    site = press.sites["good"]
    before = len(site.asked)
    done = start_crawl([site.source(FEED, delay_seconds=0.4)], LostRecorder(), replace(LIMITS, timeout_seconds=60))
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"raised: the database went away\n")
    assert len(site.asked) - before < 5
