"""Takes content encodings off a body, and refuses a broken one: half a page would be read as a whole one."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TypeVar

from fastwarc.stream_io import BrotliReader

from analysis.errors import BrokenBodyError, SwollenBodyError

_Bytes = TypeVar("_Bytes", bytes, bytearray)
CHUNK = 64 * 1024
_GZIP, _ZLIB, _DEFLATE = 31, 15, -15  # the `wbits` of zlib.decompressobj
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_LAYERS = 3  # of encodings on one another; each costs the time of a body of the largest size
_MOST_MEMBERS = 1000  # gzip in blocks of 64 KiB, as some tools write it, has a third of that at the largest size


def decode_body(body: bytes, named: str, limit: int) -> bytes:
    """Take off the encodings that a Content-Encoding header names, the last first (RFC 9110, 8.4).

    Raises BrokenBodyError for a body that is not in them or not whole, SwollenBodyError for one of more than `limit`
    bytes.
    """
    layers = named.lower().split(",")
    if len(layers) > _MOST_LAYERS:
        raise BrokenBodyError(f"the body is said to be in {len(layers)} content encodings")
    for encoding in reversed(layers):
        body = _take_off(body, encoding.strip(), limit)
    return body


def _take_off(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding in ("", "identity") or not body:
        return body
    try:
        if encoding in ("gzip", "x-gzip"):
            return _inflate(body, _GZIP, limit)
        if encoding == "deflate":
            return _inflate(body, _deflate_form(body), limit)
        if encoding == "br":
            return _bounded(BrotliReader(BytesIO(body)).read(limit + 1), limit)
    except (zlib.error, OSError) as error:
        raise BrokenBodyError(f"the body is no {encoding}: {error}") from error
    raise BrokenBodyError(f"the content encoding {encoding[:40]} is none we read")


def _inflate(body: bytes, form: int, limit: int) -> bytes:
    """Decompress to the end of the stream; what follows it, as some servers pad, is not part of it."""
    decoded, rest = bytearray(), memoryview(body)
    for _ in range(_MOST_MEMBERS):
        rest = _inflate_member(rest, form, decoded, limit)
        if form != _GZIP or rest[:2] != _GZIP_MAGIC:
            return bytes(decoded)
    raise BrokenBodyError(f"the body is made of more than {_MOST_MEMBERS} gzip members")


def _inflate_member(body: memoryview, form: int, decoded: bytearray, limit: int) -> memoryview:
    """Add what the first stream in a body holds, piece by piece, and return what follows it."""
    stream = zlib.decompressobj(form)
    for start in range(0, len(body), CHUNK):
        fed, piece = bytes(body[start : start + CHUNK]), b""
        while (fed or len(piece) == CHUNK) and not stream.eof:
            piece = stream.decompress(fed, CHUNK)
            fed = stream.unconsumed_tail
            decoded += piece
            _bounded(decoded, limit)
        if stream.eof:
            return body[min(start + CHUNK, len(body)) - len(stream.unused_data) :]
    raise BrokenBodyError("the compressed body ends before it is whole")


def _deflate_form(body: bytes) -> int:
    """Tell the zlib form, which the standard wants, from the bare one that some servers send (RFC 9110, 8.4.1.2)."""
    head = int.from_bytes(body[:2])
    return _ZLIB if body[0] & 0x0F == 8 and head % 31 == 0 else _DEFLATE  # noqa: PLR2004 the header of RFC 1950, 2.2


def _bounded(decoded: _Bytes, limit: int) -> _Bytes:
    if len(decoded) > limit:
        raise SwollenBodyError(f"the body has more than {limit} bytes once it is decompressed")
    return decoded
