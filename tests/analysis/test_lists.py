"""Feeds, sitemaps and listings to entries."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clocks import CASABLANCA
from analysis.errors import UnreadableListError
from analysis.feeds import read_feed
from analysis.listings import read_listing
from analysis.records import Entry
from analysis.sitemaps import Child, Sitemap, read_sitemap
from analysis.wordpress import read_posts

BASE = "https://atlas.example/feed/"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>أطلس</title>
<item><title>لقاء أمني &amp;amp; اتفاق</title><link>/a?x=1&amp;y=2</link>
<pubDate>Tue, 10 Feb 2026 12:00:00 +0000</pubDate></item>
<item><title> Une
visite </title><link>https://atlas.example/b</link><dc:date>2026-02-09T08:30:00</dc:date></item>
<item><title>&nbsp;entité</title><guid>https://atlas.example/c</guid><pubDate>bientôt</pubDate></item>
<item><title>nulle part</title><link>javascript:void(0)</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atlas</title>
<entry><title type="html">Visit &amp;#8211; Rabat</title><link rel="alternate" href="https://atlas.example/d"/>
<published>2026-02-10T13:00:00+01:00</published><updated>2026-02-11T09:00:00Z</updated></entry>
<entry><title>Only changed</title><link href="https://atlas.example/e"/><updated>2026-02-11T09:00:00Z</updated></entry>
</feed>"""


def test_a_feed_gives_its_entries_with_the_dates_that_can_be_read():
    assert read_feed(RSS.encode(), BASE) == (
        Entry(
            url="https://atlas.example/a?x=1&y=2",
            title="لقاء أمني & اتفاق",
            published_at=datetime(2026, 2, 10, 12, tzinfo=UTC),
        ),
        Entry(
            url="https://atlas.example/b",
            title="Une visite",
            published_at=datetime(2026, 2, 9, 8, 30, tzinfo=CASABLANCA),
            updated_at=datetime(2026, 2, 9, 8, 30, tzinfo=CASABLANCA),
        ),
        Entry(url="https://atlas.example/c", title="entité"),
    )


def test_the_last_change_of_an_atom_entry_is_no_publication():
    noon, changed_at = datetime(2026, 2, 10, 12, tzinfo=UTC), datetime(2026, 2, 11, 9, tzinfo=UTC)
    assert read_feed(ATOM.encode(), BASE) == (
        Entry(url="https://atlas.example/d", title="Visit – Rabat", published_at=noon, updated_at=changed_at),
        Entry(url="https://atlas.example/e", title="Only changed", updated_at=changed_at),
    )


JSON_FEED = """\ufeff{"version": "https://jsonfeed.org/version/1.1", "title": "أطلس", "items": [
{"id": "1", "url": "/a", "title": "زيارة &amp; اتفاق", "date_published": "2026-02-10T12:00:00Z",
 "date_modified": "2026-02-11T09:00:00+01:00", "content_text": "…"},
{"id": "https://atlas.example/b", "title": null, "date_published": "bientôt"},
{"id": 3, "title": "nulle part"}, "no item"]}"""

ARC_STORIES = """{"type": "results", "content_elements": [
{"canonical_url": "/politique/une-visite_ABC/", "headlines": {"basic": "Une visite"},
 "display_date": "2026-02-10T12:00:00.123Z", "last_updated_date": "2026-02-10T13:30:00Z"}]}"""


def test_a_json_feed_gives_its_entries():
    assert read_feed(JSON_FEED.encode(), BASE) == (
        Entry(
            url="https://atlas.example/a",
            title="زيارة & اتفاق",
            published_at=datetime(2026, 2, 10, 12, tzinfo=UTC),
            updated_at=datetime(2026, 2, 11, 8, tzinfo=UTC),
        ),
        Entry(url="https://atlas.example/b"),
    )


def test_stories_of_arc_xp_are_a_feed_too():
    assert read_feed(ARC_STORIES.encode(), BASE) == (
        Entry(
            url="https://atlas.example/politique/une-visite_ABC/",
            title="Une visite",
            published_at=datetime(2026, 2, 10, 12, 0, 0, 123000, tzinfo=UTC),
            updated_at=datetime(2026, 2, 10, 13, 30, tzinfo=UTC),
        ),
    )


def test_a_feed_that_breaks_off_gives_the_entries_before():
    cut = RSS.encode()[: RSS.encode().index(b"<item><title>&nbsp;")]
    assert [entry.url for entry in read_feed(cut, BASE)] == [
        "https://atlas.example/a?x=1&y=2",
        "https://atlas.example/b",
    ]


def test_an_empty_feed_has_no_entries():
    assert read_feed(b"<rss version='2.0'><channel><title>Atlas</title></channel></rss>", BASE) == ()


URLSET = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://atlas.example/a </loc><lastmod>2026-02-11</lastmod>
<n:news><n:publication_date>2026-02-10</n:publication_date><n:title>وفد &amp; زيارة</n:title></n:news></url>
<url><loc>/b</loc><lastmod>2026-02-11</lastmod></url><url><loc></loc></url></urlset>"""

NEWS = Sitemap(
    entries=(
        Entry(
            url="https://atlas.example/a",
            title="وفد & زيارة",
            published_at=datetime(2026, 2, 10, tzinfo=CASABLANCA),
            updated_at=datetime(2026, 2, 11, tzinfo=CASABLANCA),
        ),
        Entry(url="https://atlas.example/b", updated_at=datetime(2026, 2, 11, tzinfo=CASABLANCA)),
    )
)

INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://atlas.example/old.xml</loc><lastmod>2025-01-01T00:00:00Z</lastmod></sitemap>
<sitemap><loc>https://atlas.example/undated.xml</loc></sitemap>
<sitemap><loc>https://atlas.example/new.xml</loc><lastmod>2026-02-10</lastmod></sitemap></sitemapindex>"""

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>
<urlset><url><loc>https://atlas.example/&b;&f;</loc></url><url><loc>https://atlas.example/c</loc></url></urlset>"""


@pytest.mark.parametrize("body", [URLSET.encode(), b"\n" + URLSET.encode(), gzip.compress(URLSET.encode())])
def test_a_news_sitemap_gives_titles_and_dates(body):
    assert read_sitemap(body, BASE) == NEWS


def test_an_index_names_its_sitemaps_the_newest_first():
    assert read_sitemap(INDEX, BASE).sitemaps == (
        Child(url="https://atlas.example/new.xml", changed_at=datetime(2026, 2, 10, tzinfo=CASABLANCA)),
        Child(url="https://atlas.example/old.xml", changed_at=datetime(2025, 1, 1, tzinfo=CASABLANCA)),
        Child(url="https://atlas.example/undated.xml"),
    )


def test_a_feed_or_lines_of_addresses_may_stand_for_a_sitemap():
    assert read_sitemap(RSS.encode(), BASE).entries == read_feed(RSS.encode(), BASE)
    lines = "\ufeffhttps://atlas.example/a\r\nhttps://atlas.example/%D8%B2\n\nhttps://atlas.example/x.jpg\n"
    urls = ("https://atlas.example/a", "https://atlas.example/%D8%B2")
    assert read_sitemap(gzip.compress(lines.encode()), BASE) == Sitemap(entries=tuple(Entry(url=url) for url in urls))


def test_entities_of_a_sitemap_are_not_expanded():
    assert [entry.url for entry in read_sitemap(BOMB, BASE).entries] == [
        "https://atlas.example/",
        "https://atlas.example/c",
    ]


LISTING = """<html><body><nav><a href="/about">من نحن</a></nav><div class="posts">
<article><a href="/a"><img src="a.jpg"></a><h2><a href="/a">زيارة عمل إلى مدريد</a></h2>
<a href="/a?utm_source=x">المزيد</a></article>
<article><a href="/b#more"><span>12:30</span><h3>Une visite</h3></a><a href="mailto:x@atlas.example">@</a></article>
<article><a href="/c" title="Un titre"></a></article></div></body></html>"""


def test_a_listing_gives_each_page_once_with_its_longest_words():
    assert read_listing(LISTING.encode(), "https://atlas.example/news/", ".posts article") == (
        Entry(url="https://atlas.example/a", title="زيارة عمل إلى مدريد"),
        Entry(url="https://atlas.example/b", title="Une visite"),
        Entry(url="https://atlas.example/c", title="Un titre"),
    )


@pytest.mark.parametrize(("base", "page"), [("/ar/", "/ar/b"), ("", "/news/b"), ("javascript:", "/news/b")])
def test_links_are_relative_to_what_the_page_says(base, page):
    body = f'<html><head><base href="{base}"></head><body><a href="b">Une visite</a></body></html>'.encode()
    (entry,) = read_listing(body, "https://atlas.example/news/", "a")
    assert entry.url == f"https://atlas.example{page}"


def test_pictures_among_the_pages_are_no_entries():
    links = ("/a.JPG", "/b.mp4?x=1", "/c.jpg.html", "/d")
    pages = ["https://atlas.example/c.jpg.html", "https://atlas.example/d"]
    listing = "".join(f'<a href="{link}">Une visite</a>' for link in links)
    urlset = "".join(f"<url><loc>https://atlas.example{link}</loc></url>" for link in links)
    assert [entry.url for entry in read_listing(listing.encode(), BASE, "a")] == pages
    assert [entry.url for entry in read_sitemap(f"<urlset>{urlset}</urlset>".encode(), BASE).entries] == pages


def test_boxes_within_boxes_are_walked_once():
    body = b"<div>" * 200 + b'<a href="/a">Une visite</a>' + b"</div>" * 200
    assert [entry.url for entry in read_listing(body, BASE, "div")] == ["https://atlas.example/a"]


def test_a_listing_whose_selector_picks_nothing_has_no_entries():
    assert read_listing(LISTING.encode(), BASE, "h2.gone a") == ()


BAD = [
    b"",
    b"<html><body><p>404</p></body></html>",
    b'{"a": 1}',
    b'{"items": {"url": "/a"}}',
    b'{"items": [{"url": "/a"}',
    b"[" * 100_000,
    b"\x1f\x8bbroken",
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("read", [read_feed, read_sitemap, read_posts])
@pytest.mark.parametrize("body", BAD)
def test_what_is_no_list_is_refused_by_its_address(read, body):
    with pytest.raises(UnreadableListError, match=r"https://atlas\.example/feed/"):
        read(body, BASE)


def test_an_empty_listing_and_a_broken_selector_are_refused():
    with pytest.raises(UnreadableListError, match="no page"):
        read_listing(b"", BASE, "a")
    with pytest.raises(UnreadableListError, match="no CSS selector"):
        read_listing(LISTING.encode(), BASE, "a[[")


NAMES = ["id", "url", "link", "title", "rendered", "headlines", "basic", "date_published", "date_gmt", "modified_gmt"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(["items", "content_elements"]), st.lists(ANYTHING, max_size=3))
def test_any_json_in_the_place_of_a_feed_or_of_posts_is_entries_or_left_out(name, stated):
    for entry in (
        *read_feed(json.dumps({name: stated}).encode(), BASE),
        *read_posts(json.dumps([{}, *stated]).encode(), BASE),
    ):
        assert entry.url.startswith("http")


@settings(deadline=None)  # the first guess at a charset takes its time
@given(st.binary())
def test_any_bytes_are_entries_or_refused(body):
    for read in (read_feed, read_sitemap, read_posts, lambda body, base: read_listing(body, base, "a")):
        try:
            read(body, BASE)
        except UnreadableListError:
            continue
