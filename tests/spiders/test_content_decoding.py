"""Content encodings: whole bodies come back as they were, broken and swollen ones are refused."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from spiders.decoding import StrictDecoding, decode
from spiders.endings import TooLargeError, UnreadableError

LIMIT = 1 << 20
ADDRESS = "https://atlas.example/1"


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes, "": bytes}


@given(body=st.binary(max_size=300_000), encoding=st.sampled_from(sorted(PACKERS)))
def test_a_whole_body_comes_back_as_it_was(body, encoding):
    assert decode(PACKERS[encoding](body), encoding, LIMIT) == body


@given(body=st.binary())
def test_deflate_without_its_frame_is_read_too(body):
    assert decode(bare_deflate(body), "deflate", LIMIT) == body


@given(body=st.binary(min_size=1), lost=st.integers(min_value=1, max_value=18))
def test_a_body_that_ends_too_early_is_refused(body, lost):
    with pytest.raises(UnreadableError):
        decode(gzip.compress(body)[:-lost], "gzip", LIMIT)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "made-up"])
def test_a_body_in_another_encoding_than_it_says_is_refused(encoding):
    with pytest.raises(UnreadableError):
        decode(b"<html>plain</html>", encoding, LIMIT)


def test_a_body_that_swells_beyond_the_limit_is_refused_before_it_is_whole():
    with pytest.raises(TooLargeError):
        decode(gzip.compress(bytes(50 * LIMIT)), "gzip", LIMIT)


def test_gzip_in_several_members_is_one_body_and_padding_after_it_is_not():
    assert decode(gzip.compress(b"one ") + gzip.compress(b"two") + b"\x00" * 9, "gzip", LIMIT) == b"one two"
    with pytest.raises(TooLargeError):
        decode(gzip.compress(bytes(LIMIT)) + gzip.compress(b"more"), "gzip", LIMIT)


@given(
    bodies=st.lists(st.binary(max_size=200_000), min_size=1, max_size=4),
    padding=st.sampled_from([b"", b"\x00" * 70_000]),
)
def test_gzip_in_any_number_of_members_is_one_body(bodies, padding):
    assert decode(b"".join(map(gzip.compress, bodies)) + padding, "gzip", LIMIT) == b"".join(bodies)


def test_gzip_in_very_many_members_keeps_nobody_busy():
    with pytest.raises(UnreadableError, match="more than 1000 gzip members"):
        decode(gzip.compress(b"") * 50_000, "gzip", LIMIT)


def test_encodings_on_one_another_come_off_in_turn_and_a_pile_of_them_is_refused():
    twice = Response(
        ADDRESS, headers={"Content-Encoding": "deflate, gzip"}, body=gzip.compress(zlib.compress(b"twice"))
    )
    assert StrictDecoding(LIMIT).process_response(Request(ADDRESS), twice).body == b"twice"
    pile = twice.replace(headers={"Content-Encoding": ", ".join(["gzip"] * 500)})
    with pytest.raises(UnreadableError, match="500 content encodings"):
        StrictDecoding(LIMIT).process_response(Request(ADDRESS), pile)


def test_an_empty_body_needs_no_decoding():
    assert decode(b"", "gzip", LIMIT) == b""
