"""What a first page says of its outlet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.firstpages import FirstPage, read_first_page
from analysis.records import Language

URL = "https://atlas.example/ar/"

WHOLE = """<html lang="ar-MA"><head><title>الرئيسية - أطلس</title><meta property="og:site_name" content="أطلس">
<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="alternate" type="text/html" href="/fr/">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel="home Alternate" type="application/atom+xml" href="https://atlas.example/atom.xml">
<link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="https://api.w.org/" href="https://atlas.example/rest/"></head><body></body></html>"""


def read(markup: str) -> FirstPage:
    return read_first_page(markup.encode(), "text/html; charset=utf-8", URL)


def test_a_first_page_names_the_outlet_its_language_its_feeds_and_its_interface():
    assert read(WHOLE) == FirstPage(
        name="أطلس",
        language=Language.ARABIC,
        feeds=("https://atlas.example/feed/", "https://atlas.example/atom.xml"),
        rest="https://atlas.example/rest/",
    )


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<title>Atlas | Toute l'actualité du Maroc</title>", FirstPage(name="Atlas")),
        ("<html lang=nl><title>Accueil - Atlas</title>", FirstPage(name="Atlas")),
        ("<title>الرئيسية</title>", FirstPage()),
        ('<img src="/wp-content/x.jpg">', FirstPage(rest="https://atlas.example/wp-json/")),
        ('<script src="/pf/dist/engine/react.js"></script>', FirstPage(is_arc=True)),
        ("", FirstPage()),
        ("\x00", FirstPage()),
    ],
)
def test_what_a_first_page_does_not_say_is_told_by_what_made_it_or_left_open(markup, said):
    assert read(markup) == said


def links(*addresses: str, words: str = "La halle du marché rouvre") -> str:
    return "".join(f'<a href="{address}">{words}</a>' for address in addresses)


@pytest.mark.parametrize(
    ("headlines", "others", "selector"),
    [
        ([f"/news/{number}/x" for number in range(6)], ["/about", "/section/a"], 'a[href*="/news/"]'),
        ([f"https://a.example/s{number}/x.html?y=1" for number in range(6)], ["/about"], 'a[href$=".html"]'),
        ([f"/news.php/{number}/x" for number in range(6)], ["/section/a"], 'a[href*="/news.php/"]'),
        ([f"/news/{number}/x" for number in range(4)], ["/about"], None),
        ([f"/news/{number}/x" for number in range(6)], [f"/news/tag/{number}" for number in range(6)], None),
        ([f"/{number}" for number in range(9)], [], None),
    ],
)
def test_headlines_are_told_by_what_their_addresses_have_in_common(headlines, others, selector):
    assert read(links(*headlines) + links(*others, words="Voir tout")).links == selector


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_a_first_page(body):
    assert isinstance(read_first_page(body, None, URL), FirstPage)
