"""Pages of servers that misbehave: each ends as the right visit within its time, and memory stays flat."""

from __future__ import annotations

import pytest
from kept_crawl import crawl_into
from misbehaving import ENOUGH, FLOODS, MEBIBYTE, PAGES, Ends, good_page
from sites import Answer, Site, feed, serve_all
from sqlalchemy import select

from analysis.records import VisitState, Way
from models.archive import Archive
from models.database import make_engine
from models.pages import PageRow, VisitRow
from postgres import create_database, drop_database
from spiders.settings import Limits

LIMITS = Limits(timeout_seconds=1.5, page_bytes=8 * MEBIBYTE, requests_at_once=64, public_only=False)


def behaving_until(bad: Answer):
    """Serve a feed that names a good page, a bad one, and another good one."""
    return lambda _: {"/feed": feed("/1", "/bad", "/2"), "/1": good_page, "/bad": bad, "/2": good_page}


class Press:
    """One crawl of all the sites, into Postgres: how each visit ended, what was kept, and what it took."""

    def __init__(self, served: dict[str, Site], url: str) -> None:
        self.sites = served
        sources = [site.source((Way.FEED, "/feed")) for site in served.values()]
        engine = make_engine(url)
        Archive(engine).load_sources(sources)
        self.usual_bytes = crawl_into(url, sources[:1], LIMITS)
        self.peak_bytes = crawl_into(url, sources, LIMITS)
        with engine.connect() as connection:
            self.visits = list(connection.execute(select(VisitRow.__table__)))
            self.pages = list(connection.execute(select(PageRow.__table__)))
        engine.dispose()

    def ends(self, name: str, path: str) -> list[Ends]:
        """Say how the visits to a path of a site ended."""
        url = self.sites[name].base + path
        found = [visit for visit in self.visits if visit.url == url and visit.way is None]
        return [Ends(VisitState(visit.state), visit.status, visit.detail) for visit in found]


@pytest.fixture(scope="module")
def press(server, template):
    url = create_database(server, "misbehaving", template)
    bad = {name: behaving_until(answer) for name, (answer, _) in PAGES.items()}
    with serve_all(
        **{"is good": behaving_until(good_page), "has had enough": behaving_until(ENOUGH[0]), **bad}
    ) as served:
        yield Press(served, url)
    drop_database(server, "misbehaving")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_misbehaves_ends_as_the_right_visit_and_those_beside_it_are_fetched(press, name):
    expected = PAGES[name][1]
    (ended,) = press.ends(name, "/bad")
    assert (ended.state, ended.status) == (expected.state, expected.status), ended
    assert expected.detail in ended.detail
    assert [press.ends(name, path) for path in ("/1", "/2")] == [[Ends(VisitState.FETCHED, 200)]] * 2


def test_a_page_that_asks_us_to_come_back_later_is_the_last_one_of_its_host(press):
    ended = [press.ends("has had enough", path) for path in ("/1", "/bad", "/2")]
    assert [[(end.state, end.status) for end in each] for each in ended] == [
        [(VisitState.FETCHED, 200)],
        [(ENOUGH[1].state, ENOUGH[1].status)],
        [],
    ]


def test_what_servers_send_without_end_is_held_no_longer_than_to_its_limit(press):
    """A body is held twice at most, as it came and as it is without its encoding; all floods may come at once."""
    bound = press.usual_bytes + len(FLOODS) * 2 * LIMITS.page_bytes
    assert press.peak_bytes < bound, (press.usual_bytes // MEBIBYTE, press.peak_bytes // MEBIBYTE)


def test_the_bytes_beyond_the_length_of_an_answer_belong_to_none(press):
    kept = {page.url.removeprefix(press.sites["sends more than it says"].base): page for page in press.pages}
    assert kept["/bad"].size_bytes == len(b"four")
    assert kept["/1"].body_sha256 == kept["/2"].body_sha256
