"""Reads of a robots.txt no more than counts: however long it is, its first lines say what it forbids (RFC 9309)."""

from __future__ import annotations

from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from analysis.hosts import host_of
from analysis.robots import MOST_BYTES, MOST_REDIRECTS

COUNTED = "robots_bytes"  # the key of how much was read, in the meta of a request for a robots.txt


def robots_request(url: str) -> Request:
    """Make the request for a robots.txt; it is asked for as it is, since half of a compressed one says nothing."""
    meta = {
        Downloader.DOWNLOAD_SLOT: host_of(url),
        COUNTED: 0,
        "download_maxsize": 0,  # what is read is counted here
        "redirect_ttl": MOST_REDIRECTS,
    }
    return Request(url, callback=NO_CALLBACK, meta=meta, headers={"Accept-Encoding": "identity"}, dont_filter=True)


class FirstLines:
    """An extension of Scrapy that ends the answer to such a request once enough of it has come."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to what comes."""
        reader = cls()
        crawler.signals.connect(reader.count, signals.bytes_received)
        return reader

    def count(self, data: bytes, request: Request) -> None:
        """Count what came of a robots.txt; StopDownload makes it an answer when there is enough."""
        if COUNTED in request.meta:
            request.meta[COUNTED] += len(data)
            if request.meta[COUNTED] > MOST_BYTES:
                raise StopDownload(fail=False)
