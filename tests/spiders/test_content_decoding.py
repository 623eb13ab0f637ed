"""The bodies of answers, whole and decoded; what is broken is a state of the visit."""

from __future__ import annotations

import gzip

import pytest
from scrapy import Request
from scrapy.http import Response

from spiders.decoding import StrictDecoding
from spiders.endings import TooLargeError, UnreadableError

LIMIT = 1 << 20
ADDRESS = "https://atlas.example/1"


def decoded(body: bytes, encoding: str = "gzip", status: int = 200) -> Response:
    answer = Response(ADDRESS, headers={"Content-Encoding": encoding, "X": "y"}, body=body, status=status)
    return StrictDecoding(LIMIT).process_response(Request(ADDRESS), answer)


def test_a_body_comes_without_its_encoding_and_its_headers_as_served():
    came = decoded(gzip.compress(b"page"))
    assert (came.body, came.headers.to_unicode_dict()) == (b"page", {"Content-Encoding": "gzip", "X": "y"})


def test_a_broken_body_and_a_swollen_one_end_the_visit():
    with pytest.raises(UnreadableError, match="ends before it is whole"):
        decoded(gzip.compress(b"page")[:-3])
    with pytest.raises(TooLargeError, match="more than 1048576 bytes"):
        decoded(gzip.compress(bytes(2 * LIMIT)))


def test_what_brings_nothing_is_left_as_it_is():
    assert decoded(b"gone", status=404).body == b"gone"
