"""Long lists are read in a process of their own, with the same outcome, and given up when they take too much."""

from __future__ import annotations

import asyncio

import pytest

from analysis.errors import UnreadableListError
from analysis.records import Discovery, Way
from spiders.apart import LONG_BYTES, List, read_list
from spiders.ways import read_found

HOME = "https://atlas.example/news"
NESTED = b'<rss version="2.0"><channel><title>Deep</title>' + b"<div>" * 2_000_000
CROWDED = b"".join(b'<article><a href="/%d">One</a></article>' % number for number in range(300_000))


def answered(way: Way, body: bytes) -> List:
    return List(
        discovery=Discovery(way=way, url=HOME, links="article a" if way is Way.LISTING else None), body=body, url=HOME
    )


def listing(links: int) -> bytes:
    return b"".join(b'<article><a href="/%d">Number %d</a></article>' % (number, number) for number in range(links))


@pytest.mark.parametrize("links", [3, 7_000])
def test_a_list_is_read_alike_here_and_apart(links):
    asked = answered(Way.LISTING, listing(links))
    assert (len(asked.body) > LONG_BYTES) == (links > 3)
    assert asyncio.run(read_list(asked)) == read_found(asked.discovery, asked.body, HOME)


@pytest.mark.parametrize("body", [b"no list", b"no list " * LONG_BYTES], ids=["short", "long"])
def test_what_is_no_list_says_so_here_and_apart(body):
    with pytest.raises(
        UnreadableListError, match=r"^https://atlas\.example/news answers with something that is no sitemap$"
    ):
        asyncio.run(read_list(answered(Way.SITEMAP, body)))


@pytest.mark.parametrize(("way", "body"), [(Way.FEED, NESTED), (Way.LISTING, CROWDED)], ids=["nested", "crowded"])
def test_a_list_that_keeps_its_reader_busy_is_given_up(way, body):
    with pytest.raises(UnreadableListError, match=r"takes too much time or memory to read$"):
        asyncio.run(read_list(answered(way, body), seconds=2))
