"""The one name of a page, and links made absolute."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.urls import canonical, host, join

PARTS = [
    "amp",
    ".amp",
    ".html",
    "/",
    "//",
    "..",
    ".",
    "?",
    "&",
    "=",
    "#",
    "%",
    "%2f",
    "%41",
    "p",
    "1",
    "page",
    "utm_x",
    ";jsessionid=",
    "index.php",
    "index.html",
    "&amp;",
    "%3C",
    "e",
    "C",
    "\u0301",
    "%CC%81",
    "%25",
    "25",
    "D8",
    "%25D8%25b2",
    "ampArticle",
    "%cc",
    "%81",
    "\u037e",
    "\u212a",
    "\u0653",
    "é",
    "م",
]
PATHS = st.lists(st.sampled_from(PARTS) | st.characters(), max_size=12).map("".join)
HOSTS = st.sampled_from(
    ["atlas.example", "www.m.atlas.example", "127.0.0.1:8080", "[::1]", "ATLAS.example.:443", "مثال.example"]
)
ADDRESSES = st.text() | st.builds(
    "{}://{}/{}".format, st.sampled_from(["http", "https", "HTTP"]), HOSTS | st.text(), PATHS
)


@pytest.mark.parametrize(
    ("addresses", "name"),
    [
        (
            (
                "http://www.atlas.example/2026/02/visite/",
                "HTTPS://Atlas.example:443/2026/02/visite#comments",
                "https://m.atlas.example/2026/02/visite",
                "https://atlas.example/2026/02/visite/amp/",
                "https://amp.atlas.example/2026/02/visite",
                "https://atlas.example/amp/2026/02/visite",
                "https://atlas.example/2026/02/visite/?amp=1",
                "https://atlas.example/2026/02/visite?outputType=amp",
                "https://atlas.example/2026/02/visite/print/",
                "https://atlas.example/2026/02/visite/?page=1",
                "https://atlas.example/2026/02/visite/?random-post=1",
                "https://atlas.example/2026/02/visite/?utm_source=feed&utm_medium=rss&fbclid=Xy",
                "https://atlas.example//2026/./02/x/../visite",
                "https://atlas.example/2026/02/visite?share=facebook&nb=1&m=1",
            ),
            "https://atlas.example/2026/02/visite",
        ),
        (
            ("https://atlas.example/visite.amp.html", "https://atlas.example/visite.html"),
            "https://atlas.example/visite.html",
        ),
        (
            (
                "https://atlas.example/زيارة-عمل",
                "https://atlas.example/%D8%B2%D9%8A%D8%A7%D8%B1%D8%A9-%D8%B9%D9%85%D9%84/",
                "https://atlas.example/%d8%b2%d9%8a%d8%a7%d8%b1%d8%a9%2d%d8%b9%d9%85%d9%84",
                "https://atlas.example/%25d8%25b2%25d9%258a%25d8%25a7%25d8%25b1%25d8%25a9-%25d8%25b9%25d9%2585%25d9%2584",
                "https://atlas.example/%25252525D8%25252525B2%D9%8A%25D8%25A7%25D8%25B1%25D8%25A9-%D8%B9%D9%85%D9%84",
            ),
            "https://atlas.example/%D8%B2%D9%8A%D8%A7%D8%B1%D8%A9-%D8%B9%D9%85%D9%84",
        ),
        (
            (
                "https://atlas.example/?p=120",
                "http://www.atlas.example?p=120&utm_campaign=x",
                "https://atlas.example/?p=120&",
            ),
            "https://atlas.example/?p=120",
        ),
        (
            ("https://atlas.example/read.php?id=7&cat=2", "https://atlas.example/read.php?cat=2&id=7"),
            "https://atlas.example/read.php?cat=2&id=7",
        ),
        (("https://atlas.example", "http://atlas.example/", "https://www.atlas.example/amp"), "https://atlas.example/"),
        (
            (
                "https://atlas.example/s%C3%A9curit%C3%A9?q=%C3%A9",
                "https://atlas.example/sécurité?q=é",
                "https://atlas.example/se\u0301curite%CC%81?q=e%cc%81",
            ),
            "https://atlas.example/s%C3%A9curit%C3%A9?q=%C3%A9",
        ),
        (
            ("https://atlas.example/آمن", "https://atlas.example/\u0627\u0653\u0645\u0646"),
            "https://atlas.example/%D8%A2%D9%85%D9%86",
        ),
        (
            (
                "https://atlas.example/news/voir/12",
                "https://atlas.example/index.php/news/voir/12",
                "https://atlas.example/news/voir/12/index.html",
                "https://atlas.example/news/voir/12;jsessionid=7785EEF2.node1",
                "https://atlas.example/news/voir;JSESSIONID=77/12?PHPSESSID=ab12",
                "https://atlas.example/news/voir/12/?outputType=amp-type&amp;utm_source=x&amp;int_medium=menu",
                "https://atlas.example/news/voir/12.html/../12/amp?srsltid=Ab&at_campaign=x&at_ptr_name=y",
            ),
            "https://atlas.example/news/voir/12",
        ),
        (("https://atlas.example/index.php?id=4", "https://atlas.example/?id=4"), "https://atlas.example/?id=4"),
        (
            ("https://atlas.example/article/993010", "https://www.atlas.example/ampArticle/993010"),
            "https://atlas.example/article/993010",
        ),
        (("http://127.0.0.1:8801/a/",), "https://127.0.0.1:8801/a"),
        (("mailto:bureau@atlas.example", " mailto:bureau@atlas.example\n"), "mailto:bureau@atlas.example"),
    ],
)
def test_the_forms_of_one_address_have_one_name(addresses, name):
    assert {canonical(address) for address in addresses} == {name}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://atlas.example/?p=120", "https://atlas.example/?p=121"),
        ("https://atlas.example/a?page=1", "https://atlas.example/a?page=2"),
        ("https://ar.atlas.example/a", "https://fr.atlas.example/a"),
        ("https://atlas.example/a", "https://atlas.example/A"),
        ("https://atlas.example/a%2Fb", "https://atlas.example/a/b"),
        ("https://atlas.example/100%25accord", "https://atlas.example/100%accord"),
        ("https://atlas.example/hausse-de-5%25c3", "https://atlas.example/hausse-de-5%c3"),
        ("https://atlas.example/a?q=%25C3%25A9", "https://atlas.example/a?q=%C3%A9"),
        ("https://atlas.example/amparticles-de-loi", "https://atlas.example/articles-de-loi"),
        ("https://atlas.example/bootcamp", "https://atlas.example/bootc"),
        ("https://atlas.example/%E3", "https://atlas.example/%C3%A3"),
        ("https://atlas.example/%3C%CC%81", "https://atlas.example/%3%C4%86"),
        ("https://atlas.example/a;page=2", "https://atlas.example/a;page=3"),
        ("https://atlas.example/a;page=2", "https://atlas.example/a%CD%BEpage=2"),
        ("https://atlas.example/myindex.html", "https://atlas.example/my"),
        ("https://atlas.example/a?type=video", "https://atlas.example/a"),
        ("https://atlas.example/اخبار", "https://atlas.example/أخبار"),
        ("http://127.0.0.1:8801/a", "http://127.0.0.1:8802/a"),
    ],
)
def test_different_pages_keep_different_names(one, other):
    assert canonical(one) != canonical(other)


@given(ADDRESSES)
@example("https://a.example/%%41")
@example("https://www.www.a.example/amp/print/amp")
def test_the_name_of_a_name_is_itself(address):
    assert canonical(canonical(address)) == canonical(address)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/b", "https://atlas.example/b"),
        ("b?x=1&amp;y=2", "https://atlas.example/news/b?x=1&y=2"),
        ("../c#top", "https://atlas.example/c"),
        ("//cdn.example/d", "https://cdn.example/d"),
        (" http://other.example/e\n", "http://other.example/e"),
        ("", None),
        ("#top", None),
        ("javascript:void(0)", None),
        ("mailto:bureau@atlas.example", None),
        ("tel:+212", None),
        ("http://[broken/", None),
        ("http://atlas.example:port/", None),
    ],
)
def test_a_link_is_joined_to_its_page(link, address):
    assert join("https://atlas.example/news/a", link) == address


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://WWW.Atlas.example:8080/a", "atlas.example"),
        ("http://ar.atlas.example./a", "ar.atlas.example"),
        ("http://127.0.0.1:8801/", "127.0.0.1"),
        ("atlas.example", ""),
        ("http://[broken/", ""),
    ],
)
def test_the_host_of_an_address(address, name):
    assert host(address) == name
