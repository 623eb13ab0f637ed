"""Takes content encodings off, and refuses a broken body: Scrapy's own middleware passes on what it could read."""

from __future__ import annotations

import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.endings import TooLargeError, UnreadableError

CHUNK = 64 * 1024
_GZIP, _ZLIB, _DEFLATE = 31, 15, -15  # the `wbits` of zlib.decompressobj
_GZIP_MAGIC = b"\x1f\x8b"
_SUCCESS = range(200, 300)
_MOST_LAYERS = 3  # of encodings on one another; each costs the time of a body of the largest size
_MOST_MEMBERS = 1000  # gzip in blocks of 64 KiB, as some tools write it, has a third of that at the largest size


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
        """Decode the body of an answer that brings something."""
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
        if not named or response.status not in _SUCCESS:
            return response
        body, layers = response.body, named.split(",")
        if len(layers) > _MOST_LAYERS:
            raise UnreadableError(f"the body is said to be in {len(layers)} content encodings")
        for encoding in reversed(layers):
            body = decode(body, encoding.strip(), self._limit)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        return response.replace(body=body, headers=headers)


def decode(body: bytes, encoding: str, limit: int) -> bytes:
    """Take one content encoding off (RFC 9110, 8.4.1).

    Raises UnreadableError for a broken body, TooLargeError for one of more than `limit` bytes.
    """
    if encoding in ("", "identity") or not body:
        return body
    try:
        if encoding in ("gzip", "x-gzip"):
            return _inflate(body, _GZIP, limit)
        if encoding == "deflate":
            return _inflate(body, _deflate_form(body), limit)
    except zlib.error as error:
        raise UnreadableError(f"the body is no {encoding}: {error}") from error
    raise UnreadableError(f"the content encoding {encoding[:40]} was not asked for")


def _inflate(body: bytes, form: int, limit: int) -> bytes:
    """Decompress to the end of the stream; what follows it, as some servers pad, is not part of it."""
    decoded, rest = bytearray(), memoryview(body)
    for _ in range(_MOST_MEMBERS):
        rest = _inflate_member(rest, form, decoded, limit)
        if form != _GZIP or rest[:2] != _GZIP_MAGIC:
            return bytes(decoded)
    raise UnreadableError(f"the body is made of more than {_MOST_MEMBERS} gzip members")


def _inflate_member(body: memoryview, form: int, decoded: bytearray, limit: int) -> memoryview:
    """Add what the first stream in a body holds, piece by piece, and return what follows it."""
    stream = zlib.decompressobj(form)
    for start in range(0, len(body), CHUNK):
        fed, piece = bytes(body[start : start + CHUNK]), b""
        while (fed or len(piece) == CHUNK) and not stream.eof:
            piece = stream.decompress(fed, CHUNK)
            fed = stream.unconsumed_tail
            decoded += piece
            if len(decoded) > limit:
                raise TooLargeError(f"the body has more than {limit} bytes once it is decompressed")
        if stream.eof:
            return body[min(start + CHUNK, len(body)) - len(stream.unused_data) :]
    raise UnreadableError("the compressed body ends before it is whole")


def _deflate_form(body: bytes) -> int:
    """Tell the zlib form, which the standard wants, from the bare one that some servers send (RFC 9110, 8.4.1.2)."""
    head = int.from_bytes(body[:2])
    return _ZLIB if body[0] & 0x0F == 8 and head % 31 == 0 else _DEFLATE  # noqa: PLR2004 the header of RFC 1950, 2.2
