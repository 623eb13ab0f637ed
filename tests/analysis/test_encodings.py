"""Content encodings: whole bodies come back as they were, broken and swollen ones are refused."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.encodings import decode_body
from analysis.errors import BrokenBodyError, SwollenBodyError

LIMIT = 1 << 20


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "identity": bytes,
    "": bytes,
}


@given(body=st.binary(max_size=300_000), encoding=st.sampled_from(sorted(PACKERS)))
def test_a_whole_body_comes_back_as_it_was(body, encoding):
    assert decode_body(PACKERS[encoding](body), encoding, LIMIT) == body


@given(body=st.binary())
def test_deflate_without_its_frame_is_read_too(body):
    assert decode_body(bare_deflate(body), "deflate", LIMIT) == body


@given(
    body=st.binary(min_size=100),
    lost=st.integers(min_value=1, max_value=18),
    encoding=st.sampled_from(["gzip", "deflate", "br"]),
)
def test_a_body_that_ends_too_early_is_refused(body, lost, encoding):
    with pytest.raises(BrokenBodyError):
        decode_body(PACKERS[encoding](body)[:-lost], encoding, LIMIT)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "made-up"])
def test_a_body_in_another_encoding_than_it_says_is_refused(encoding):
    with pytest.raises(BrokenBodyError):
        decode_body(b"<html>plain</html>", encoding, LIMIT)


def test_a_body_that_swells_beyond_the_limit_is_refused_before_it_is_whole():
    with pytest.raises(SwollenBodyError):
        decode_body(gzip.compress(bytes(50 * LIMIT)), "gzip", LIMIT)
    with pytest.raises(SwollenBodyError):
        decode_body(brotli.compress(bytes(50 * LIMIT)), "br", LIMIT)


def test_gzip_in_several_members_is_one_body_and_padding_after_it_is_not():
    assert decode_body(gzip.compress(b"one ") + gzip.compress(b"two") + b"\x00" * 9, "gzip", LIMIT) == b"one two"
    with pytest.raises(SwollenBodyError):
        decode_body(gzip.compress(bytes(LIMIT)) + gzip.compress(b"more"), "gzip", LIMIT)


@given(
    bodies=st.lists(st.binary(max_size=200_000), min_size=1, max_size=4),
    padding=st.sampled_from([b"", b"\x00" * 70_000]),
)
def test_gzip_in_any_number_of_members_is_one_body(bodies, padding):
    assert decode_body(b"".join(map(gzip.compress, bodies)) + padding, "gzip", LIMIT) == b"".join(bodies)


def test_gzip_in_very_many_members_keeps_nobody_busy():
    with pytest.raises(BrokenBodyError, match="more than 1000 gzip members"):
        decode_body(gzip.compress(b"") * 50_000, "gzip", LIMIT)


def test_encodings_on_one_another_come_off_in_turn_and_a_pile_of_them_is_refused():
    assert decode_body(gzip.compress(zlib.compress(b"twice")), "deflate, GZIP", LIMIT) == b"twice"
    with pytest.raises(BrokenBodyError, match="500 content encodings"):
        decode_body(b"", ", ".join(["gzip"] * 500), LIMIT)


def test_an_empty_body_needs_no_decoding():
    assert decode_body(b"", "gzip", LIMIT) == b""
