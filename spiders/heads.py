"""Reads the head of an answer strictly, which Twisted does not: for ever, if a server sends headers for ever."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, ParseError

from spiders.endings import TooLargeError
from spiders.trust import TellingPolicy

MOST_LINE_BYTES = 64 * 1024
MOST_HEAD_BYTES = 256 * 1024  # what browsers read
_STATUSES = range(100, 1000)  # RFC 9110, 15, and what is made up by some who refuse robots


class StrictHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https with our own reader of heads, and of what is wrong with certificates."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory  # noqa: SLF001 Scrapy puts its own there in the same way; there is no setting
        self._contextFactory = TellingPolicy(self._contextFactory)  # type: ignore[assignment]  # zope's interfaces


class _Parser(_LenientHTTPClientParser):
    MAX_LENGTH = MOST_LINE_BYTES

    def statusReceived(self, status: bytes) -> None:  # noqa: N802 Twisted's name
        super().statusReceived(status)  # type: ignore[no-untyped-call]
        if self.response.code not in _STATUSES:
            raise ParseError("no status of HTTP", status)  # type: ignore[no-untyped-call]

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 Twisted's name
        """Leave out NUL, which no header may hold (RFC 9110, 5.5), nor any text in Postgres."""
        super().headerReceived(name.replace(b"\x00", b""), value.replace(b"\x00", b""))  # type: ignore[no-untyped-call]

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: ARG002, N802 Twisted's signature
        raise TooLargeError(f"a line of the head has more than {MOST_LINE_BYTES} bytes")


class _Protocol(_LenientHTTP11ClientProtocol):
    _head_bytes = 0

    def request(self, request: Any) -> Any:  # noqa: ANN401 Twisted says nothing of its types
        self._head_bytes = 0
        answer = super().request(request)
        self._parser.__class__ = _Parser  # as Scrapy does: Twisted names its class where it makes one
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 Twisted's name
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES:
                error = TooLargeError(f"the head has more than {MOST_HEAD_BYTES} bytes")
                self._giveUp(Failure(error))  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: object) -> _Protocol:  # noqa: ARG002, N802 Twisted's signature
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
