"""Takes content encodings off, and refuses a broken body: Scrapy's own middleware passes on what it could read."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from analysis.encodings import decode_body
from analysis.errors import BrokenBodyError, SwollenBodyError
from spiders.endings import TooLargeError, UnreadableError

_SUCCESS = range(200, 300)


class StrictDecoding:
    """A downloader middleware that asks for gzip or deflate, and makes an error of a body that is not whole."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the limit from the settings."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say which encodings we read."""
        request.headers.setdefault("Accept-Encoding", "gzip, deflate")

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 Scrapy's signature
        """Decode the body of an answer that brings something; its headers stay as they were served."""
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not named or response.status not in _SUCCESS:
            return response
        try:
            body = decode_body(response.body, named, self._limit)
        except BrokenBodyError as error:
            raise UnreadableError(str(error)) from error
        except SwollenBodyError as error:
            raise TooLargeError(str(error)) from error
        return response.replace(body=body)
