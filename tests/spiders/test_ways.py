"""What each way of discovery asks, and what it finds in an answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import urls
from analysis.errors import UnreadableListError
from analysis.records import Discovery, Entry, Way
from analysis.sitemaps import Child
from spiders.ways import Found, phrased, questions, read_found

REST = "https://atlas.example/wp-json/wp/v2/posts"
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
PHRASES = ("الأمن الوطني", "Hammouchi & Cie", "50%")


def asked(way: Way, url: str, *times: datetime | None) -> tuple[str, ...]:
    return questions(Discovery(way=way, url=url), PHRASES, *(times or (NOON,)))


@pytest.mark.parametrize("way", [Way.FEED, Way.SITEMAP, Way.LISTING])
def test_a_plain_address_is_asked_as_it_is(way):
    assert asked(way, "https://atlas.example/feed?x={y}") == ("https://atlas.example/feed?x={y}",)


def test_a_search_is_asked_once_for_each_phrase():
    assert asked(Way.FEED, "https://atlas.example/?s={phrase}&feed=rss2") == (
        "https://atlas.example/?s=%D8%A7%D9%84%D8%A3%D9%85%D9%86%20%D8%A7%D9%84%D9%88%D8%B7%D9%86%D9%8A&feed=rss2",
        "https://atlas.example/?s=Hammouchi%20%26%20Cie&feed=rss2",
        "https://atlas.example/?s=50%25&feed=rss2",
    )
    assert questions(Discovery(way=Way.LISTING, url="https://atlas.example/q/{phrase}", links="a"), (), NOON) == ()


def test_a_list_of_several_pages_is_asked_for_its_first_and_walked_by_its_number():
    paged = Discovery(way=Way.FEED, url="https://atlas.example/?s={phrase}&paged={page}")
    assert questions(paged, ("a b",), NOON) == ("https://atlas.example/?s=a%20b&paged=1",)
    assert phrased(paged, ("a b", "c")) == (
        "https://atlas.example/?s=a%20b&paged={page}",
        "https://atlas.example/?s=c&paged={page}",
    )


def test_wordpress_is_asked_for_the_days_that_are_wanted():
    (never,), (since,) = asked(Way.WORDPRESS, REST, None), asked(Way.WORDPRESS, REST, NOON)
    (between,) = asked(Way.WORDPRESS, REST, NOON, datetime(2026, 3, 1, tzinfo=UTC))
    assert ("after=" in never, "after=2026-02-08T00:00:00&" in since) == (False, True)
    assert "after=2026-02-08T00:00:00&before=2026-03-03T00:00:00&" in between
    assert len(asked(Way.WORDPRESS, f"{REST}?search={{phrase}}", NOON)) == len(PHRASES)


@given(st.lists(st.text(min_size=1), max_size=5), st.sampled_from(Way))
def test_every_phrase_makes_an_address_that_can_be_asked(phrases, way):
    for question in questions(
        Discovery(way=way, url="https://atlas.example/{phrase}?s={phrase}"), sound(phrases), NOON
    ):
        assert question.isascii()
        assert not set(question) & set(' {}"<>\n')
        assert urls.host(question) == "atlas.example"


def sound(phrases: list[str]) -> tuple[str, ...]:
    return tuple(phrase.encode(errors="replace").decode() for phrase in phrases)


def test_an_answer_gives_entries_the_sitemaps_of_an_index_or_where_more_is():
    entry = Entry(url="https://atlas.example/a", title="Une visite")
    feed = b"<rss version='2.0'><channel><item><title>Une visite</title><link>/a</link></item></channel></rss>"
    index = b"<sitemapindex><sitemap><loc>/new.xml</loc></sitemap></sitemapindex>"
    listing = b'<h2><a href="/a">Une visite</a></h2><a href="/b">Voir</a>'
    posts = json.dumps([{"link": "/a", "title": "Une visite"}]).encode()
    assert found(Way.FEED, feed) == Found(entries=(entry,))
    assert found(Way.SITEMAP, index) == Found(sitemaps=(Child(url="https://atlas.example/new.xml"),))
    assert found(Way.LISTING, listing, links="h2 a") == Found(entries=(entry,))
    assert found(Way.WORDPRESS, posts) == Found(entries=(entry,))
    assert found(Way.WORDPRESS, posts, pages=2) == Found(entries=(entry,), more="https://atlas.example/?page=2")


def found(way: Way, body: bytes, links: str | None = None, pages: int | None = None) -> Found:
    return read_found(Discovery(way=way, url=REST, links=links), body, "https://atlas.example/", pages)


def test_what_is_no_list_of_this_way_is_refused():
    for way in (Way.FEED, Way.SITEMAP, Way.WORDPRESS):
        with pytest.raises(UnreadableListError, match=r"https://atlas\.example/ answers"):
            found(way, b"<html><p>Bonjour</p></html>")
