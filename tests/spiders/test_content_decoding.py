"""Content encodings: whole bodies come back as they were, broken and swollen ones are refused."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.decoding import decode
from spiders.endings import TooLargeError, UnreadableError

LIMIT = 1 << 20


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


def test_an_empty_body_needs_no_decoding():
    assert decode(b"", "gzip", LIMIT) == b""
