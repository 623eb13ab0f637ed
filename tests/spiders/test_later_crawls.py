"""What one crawl leaves to the next: validators, rests, looks at what was kept, rules of robots.txt, ways that fail."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from lone_crawl import crawl_alone
from sites import Answer, Handler, Site, feed, in_turn, listing, page, redirect, says, serve_all, sitemap, sitemap_index

from analysis import urls
from analysis.askings import askings
from analysis.failures import observation
from analysis.records import AddressState, Severity, TroubleKind, VisitState, Way, WayVisit
from memory import MemoryRecorder
from spiders.settings import Limits

FEED = (Way.FEED, "/feed")
LIMITS = Limits(timeout_seconds=5, public_only=False)
TIMES = (0, 0.5, 7, 30)
"""Hours after now at which all the sites are crawled."""


def tagged(text: str) -> Answer:
    """Answer with an ETag, and with 304 to who knows it."""
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:8]}"'

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == tag:
            handler.head(304, {"ETag": tag})
        else:
            says(text, ETag=tag)(handler)

    return answer


def rss(*links: str, published_at: datetime | None = None) -> str:
    date = f"<pubDate>{format_datetime(published_at)}</pubDate>" if published_at else ""
    lines = "".join(f"<item><link>{link}</link>{date}</item>" for link in links)
    return f'<rss version="2.0"><channel><title>A feed</title>{lines}</channel></rss>'


def steady(_: Site) -> dict[str, Answer]:
    return {
        "/feed": tagged(rss("/same", "/changed", "/other", "/elsewhere")),
        "/same": tagged("<p>Same</p>"),
        "/changed": in_turn(page("Before"), page("After")),
        "/other": in_turn(page("No article"), page("Changed, and no article")),
        "/elsewhere": redirect("/same"),
    }


def unasked(_: Site) -> dict[str, Answer]:
    return {"/feed": says("", status=304)}


def garbled(_: Site) -> dict[str, Answer]:
    return {"/feed": in_turn(tagged("<html>no feed</html>"), tagged(rss("/1"))), "/1": page("One")}


def busy(_: Site) -> dict[str, Answer]:
    refusal = says("later", status=429, Retry_After="3600")
    return {"/feed": feed("/1", "/2", "/3"), "/1": in_turn(refusal, page("1")), "/2": page("2"), "/3": page("3")}


def busy_below(_: Site) -> dict[str, Answer]:
    refusal = says("later", status=429, Retry_After="0")
    lists = {"/map.xml": sitemap_index("/0.xml", "/1.xml"), "/0.xml": in_turn(refusal, sitemap("/a"))}
    return {**lists, "/1.xml": sitemap("/b"), "/a": page("A"), "/b": page("B")}


def hollow(_: Site) -> dict[str, Answer]:
    return {"/map.xml": sitemap_index("/0.xml", "/1.xml"), "/0.xml": says("gone", status=404)}


def walled(_: Site) -> dict[str, Answer]:
    wall = "<script>window._cf_chl_opt = {};</script>"
    return {"/feed": says(wall, status=403), "/section": says("no", status=403), "/map.xml": says(wall)}


def second_best(_: Site) -> dict[str, Answer]:
    return {"/feed": says("gone", status=404), "/section": listing("/1"), "/1": page("One")}


def overflowing(_: Site) -> dict[str, Answer]:
    return {
        "/feed": in_turn(feed("/1", "/2"), feed("/5", "/6")),
        "/section": in_turn(listing("/1"), listing(*(f"/{number}" for number in range(1, 7)))),
        **{f"/{number}": page("A page") for number in range(1, 7)},
    }


def indexed(site: Site) -> dict[str, Answer]:
    def index(handler) -> None:
        hours = (datetime.now(UTC) - timedelta(days=30), datetime.now(UTC) + timedelta(hours=1))
        lines = "".join(
            f"<sitemap><loc>{site.base}/{number}.xml</loc><lastmod>{at.isoformat()}</lastmod></sitemap>"
            for number, at in enumerate(hours)
        )
        says(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</sitemapindex>')(handler)

    return {"/map.xml": index, "/0.xml": sitemap("/a"), "/1.xml": sitemap("/b"), "/a": page("A"), "/b": page("B")}


def dated(_: Site) -> dict[str, Answer]:
    old = rss("/1", published_at=datetime.now(UTC) - timedelta(days=9))
    return {"/feed": says(old), "/1": in_turn(page("1"), page("2"))}


SITES = {
    "steady": (steady, [FEED]),
    "unasked": (unasked, [FEED]),
    "garbled": (garbled, [FEED]),
    "busy": (busy, [FEED]),
    "busy_below": (busy_below, [(Way.SITEMAP, "/map.xml")]),
    "hollow": (hollow, [(Way.SITEMAP, "/map.xml")]),
    "walled": (walled, [FEED, (Way.LISTING, "/section"), (Way.SITEMAP, "/map.xml")]),
    "second_best": (second_best, [FEED, (Way.LISTING, "/section")]),
    "overflowing": (overflowing, [FEED, (Way.LISTING, "/section")]),
    "indexed": (indexed, [(Way.SITEMAP, "/map.xml")]),
    "dated": (dated, [FEED]),
}
NO_ARTICLE = ("/other",)


class Crawls:
    """All the sites, crawled one time after the other: what was asked each time, and what was remembered at last."""

    def __init__(self, served: dict[str, Site]) -> None:
        self.sites = served
        self.sources = {name: site.source(*SITES[name][1]) for name, site in served.items()}
        self.recorder, self.results, self.asked = MemoryRecorder(), [], []
        for hours in TIMES:
            before = {name: len(site.asked) for name, site in served.items()}
            later = timedelta(hours=hours)
            self.recorder, results = crawl_alone([*self.sources.values()], self.recorder, LIMITS, later=later)
            self.recorder.articles = {name for name in self.recorder.pages if not name.endswith(NO_ARTICLE)}
            self.results.append({name: results.get(source.id) for name, source in self.sources.items()})
            self.asked.append({name: site.asked[before[name] :] for name, site in served.items()})

    def paths(self, name: str) -> list[list[str]]:
        """What each crawl asked a site for, but for robots.txt."""
        return [sorted(each.path for each in asked[name] if each.path != "/robots.txt") for asked in self.asked]

    def states(self, name: str) -> list[VisitState]:
        """How the visits to the ways of a site ended."""
        source = self.sources[name].id
        asked = [visit for visit in self.recorder.visits if visit.source_id == source and visit.way]
        return [visit.state for visit in sorted(asked, key=lambda visit: visit.visited_at)]


@pytest.fixture(scope="module")
def crawls():
    with serve_all(**{name: answers for name, (answers, _) in SITES.items()}) as served:
        yield Crawls(served)


def test_a_list_is_asked_for_by_what_its_last_answer_came_with(crawls):
    assert crawls.states("steady") == [VisitState.FETCHED, *[VisitState.NOT_MODIFIED] * 3]
    known = crawls.recorder.ways[crawls.sources["steady"].id, crawls.sites["steady"].base + "/feed"]
    assert (known.failures, known.validators.etag is not None) == (0, True)


def test_articles_are_looked_at_again_while_they_are_young_and_kept_again_only_if_they_changed(crawls):
    base = crawls.sites["steady"].base
    assert crawls.paths("steady")[0] == ["/changed", "/elsewhere", "/feed", "/other", "/same"]
    assert crawls.paths("steady")[1:] == [["/feed"], ["/changed", "/feed", "/same"], ["/feed"]]
    assert crawls.results[2]["steady"].changed == 1
    versions = {name.rpartition("/")[2]: count for name, count in crawls.recorder.versions.items() if base[7:] in name}
    assert versions == {"same": 1, "changed": 2, "other": 1}
    same = [visit.state for visit in crawls.recorder.visits if visit.url == base + "/same"]
    assert same == [VisitState.FETCHED, VisitState.NOT_MODIFIED]


def test_an_address_that_leads_to_a_page_that_came_does_not_fetch_it_twice(crawls):
    elsewhere = crawls.recorder.addresses[urls.canonical(crawls.sites["steady"].base + "/elsewhere")]
    assert Counter(asked.path for asked in crawls.asked[0]["steady"])["/same"] == 1
    assert (elsewhere.state, elsewhere.failed, elsewhere.next_at) == (AddressState.KEPT, 0, None)


def test_a_304_that_nobody_asked_for_is_a_failure_each_time(crawls):
    assert crawls.states("unasked") == [VisitState.HTTP_ERROR] * 4
    assert "no way of discovery answered" in crawls.results[3]["unasked"].trouble


def test_what_came_with_a_body_that_was_no_list_is_not_asked_by(crawls):
    assert crawls.states("garbled")[:2] == [VisitState.UNREADABLE, VisitState.FETCHED]
    second = next(asked for asked in crawls.asked[1]["garbled"] if asked.path == "/feed")
    assert "If-None-Match" not in second.headers
    assert crawls.results[1]["garbled"].pages == 1


def test_a_host_that_asks_to_be_left_alone_is_in_this_crawl_and_the_next_and_nothing_is_lost(crawls):
    assert crawls.paths("busy") == [["/1", "/feed"], [], ["/1", "/2", "/3", "/feed"], ["/feed"]]
    assert [crawls.results[number]["busy"].left for number in (0, 1, 2)] == [2, 2, 0]
    assert crawls.results[1]["busy"].trouble == ""
    assert crawls.results[2]["busy"].pages == 3


def test_an_index_whose_host_asks_to_be_left_alone_at_a_sitemap_of_it_has_not_failed(crawls):
    once, again, later = crawls.paths("busy_below")[:3]
    assert (once, again) == (["/0.xml", "/map.xml"], ["/1.xml", "/b", "/map.xml"])
    assert {"/0.xml", "/a"} <= set(later)
    assert crawls.states("busy_below")[:4] == [
        VisitState.FETCHED,
        VisitState.HTTP_ERROR,
        VisitState.FETCHED,
        VisitState.FETCHED,
    ]


def test_an_index_of_which_no_sitemap_can_be_read_has_failed_and_health_sees_it(crawls):
    index = f"{crawls.sites['hollow'].base}/map.xml"
    last = [visit for visit in crawls.recorder.visits if visit.url == index][-1]
    assert (last.state, last.detail) == (VisitState.UNREADABLE, "none of its sitemaps can be read (2 asked)")
    seen = [WayVisit(run_id=number, visit=last) for number in (1, 2)]
    [(observed, _)] = askings(crawls.sources["hollow"], seen).values()
    assert (observed.severity, observed.kind) == (Severity.HARD, TroubleKind.UNUSABLE)
    assert crawls.results[0]["hollow"].trouble != ""


def test_a_wall_against_robots_is_told_from_a_refusal_and_from_a_list_that_is_none(crawls):
    base = crawls.sites["walled"].base
    ends = {visit.url.removeprefix(base): visit for visit in crawls.recorder.visits if visit.url.startswith(base)}
    kinds = {path: observation(visit).kind for path, visit in ends.items()}
    assert kinds == {
        "/feed": TroubleKind.CHALLENGED,
        "/section": TroubleKind.BLOCKED,
        "/map.xml": TroubleKind.CHALLENGED,
    }


def test_the_next_way_is_asked_where_the_first_fails(crawls):
    assert crawls.paths("second_best")[0] == ["/1", "/feed", "/section"]
    assert [result["second_best"].trouble for result in crawls.results] == [""] * 4


def test_the_next_way_is_asked_where_the_first_names_nothing_that_was_known(crawls):
    assert crawls.paths("overflowing")[1] == ["/3", "/4", "/5", "/6", "/feed", "/section"]


def test_only_sitemaps_of_an_index_that_changed_since_are_asked(crawls):
    assert crawls.paths("indexed")[0] == ["/0.xml", "/1.xml", "/a", "/b", "/map.xml"]
    assert "/1.xml" in crawls.paths("indexed")[1]
    assert not any("/0.xml" in paths for paths in crawls.paths("indexed")[1:])


def test_a_page_that_was_old_when_it_was_found_is_not_looked_at_again(crawls):
    assert crawls.paths("dated") == [["/1", "/feed"], ["/feed"], ["/feed"], ["/feed"]]


def test_robots_txt_is_asked_for_once_a_day(crawls):
    times = [sum(each.path == "/robots.txt" for each in asked["steady"]) for asked in crawls.asked]
    assert times == [1, 0, 0, 1]
