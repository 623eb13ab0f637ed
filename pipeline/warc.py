"""A page as a record of a WARC file (ISO 28500, version 1.1), and a record as the page it holds.

What a crawl takes off a body (chunks, a content encoding) is no longer true of it: a record states it as Common Crawl
does, under the same name after `X-Crawler-`, and is read back so.
"""

from __future__ import annotations

import hashlib
import uuid
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from io import BytesIO

from fastwarc.stream_io import ChunkedReader
from fastwarc.warc import WarcRecord, WarcRecordType

from analysis import urls
from analysis.encodings import decode_body
from analysis.errors import BrokenBodyError, SwollenBodyError
from analysis.hosts import host_of
from analysis.records import Page

GZIP = 31  # `wbits` of zlib.compress: each record is a gzip member of its own
LEVEL = 6
HTTP_RESPONSE = "application/http; msgtype=response"
MOST_BYTES = 20 * 1024 * 1024  # of a page, as a crawl has it
_ROOM_FOR_HEADERS = 64 * 1024
_MOVED = "X-Crawler-"
_OF_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}
_HTML = ("text/html", "application/xhtml+xml", None)
_REDIRECTS = range(300, 400)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
Headers = Sequence[tuple[str, str]]


class Refusal(StrEnum):
    """Why a response is not taken from a WARC file."""

    OTHER_HOST = "other_host"
    REDIRECT = "redirect"
    HTTP_ERROR = "http_error"
    OTHER_TYPE = "other_type"
    TOO_LARGE = "too_large"
    BROKEN = "broken"  # cut off when it was captured, or not in the encoding it says


# ---------------------------------------------------------------- a page as a record


def warcinfo_record(filters: Iterable[str], made_at: datetime) -> bytes:
    """Return the first record of a file: who wrote it, and which pages were chosen."""
    chosen = ", ".join(filters) or "all pages"
    fields = {"software": "marsad", "format": "WARC File Format 1.1", "description": f"pages kept by marsad: {chosen}"}
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    record = _begin(WarcRecordType.warcinfo, f"warcinfo {chosen} {made_at.isoformat()}", made_at)
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(block)
    return _packed(record)


def response_record(page: Page, status: int) -> bytes:
    """Return a page as a response record, the same bytes whenever it is asked for."""
    digest = hashlib.sha1(page.body, usedforsecurity=False).digest()
    name = f"response {page.canonical_url} {page.fetched_at.isoformat()} {digest.hex()}"
    record = _begin(WarcRecordType.response, name, page.fetched_at)
    record.headers["WARC-Target-URI"] = page.url
    record.headers["Content-Type"] = HTTP_RESPONSE
    record.is_http = True
    record.set_bytes_content(_http_head(page, status) + page.body)
    return _packed(record, digest)


def _begin(kind: WarcRecordType, name: str, moment: datetime) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind, f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}".encode())
    record.headers["WARC-Date"] = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return record


def _http_head(page: Page, status: int) -> bytes:
    """Write the headers as they were served; the length is that of the body we have."""
    headers = page.headers or ((("Content-Type", page.content_type),) if page.content_type else ())
    kept = [(_MOVED + name if name.lower() in _OF_TRANSFER else name, value) for name, value in headers]
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in kept)]
    lines.append(f"Content-Length: {len(page.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _packed(record: WarcRecord, payload_digest: bytes | None = None) -> bytes:
    written = BytesIO()
    record.write(written, checksum_data=True, payload_digest=payload_digest)
    return zlib.compress(written.getvalue(), LEVEL, GZIP)


# ---------------------------------------------------------------- a record as a page


def read_page(record: WarcRecord, source_of: Callable[[str], str | None]) -> Page | Refusal | None:
    """Read the page of a response, or why it is not taken; None for a record of another kind.

    `source_of` names the source of a host, None for one that is not wanted: its records are passed over unread.
    Raises OSError for a record that cannot be parsed.
    """
    if record.record_type != WarcRecordType.response:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")  # WARC 1.0 puts it in brackets
    if not record.is_http or not url.startswith(("http://", "https://")):
        return Refusal.OTHER_TYPE
    source_id = source_of(host_of(url))
    if source_id is None:
        return Refusal.OTHER_HOST
    if record.content_length > MOST_BYTES + _ROOM_FOR_HEADERS:
        return Refusal.TOO_LARGE
    record.parse_http()
    return _refusal(record) or _read_wanted(record, source_id, url)


def _refusal(record: WarcRecord) -> Refusal | None:
    """Say by its headers why a response is not taken."""
    status = record.http_headers.status_code or 0
    if status in _REDIRECTS:
        return Refusal.REDIRECT
    if status != HTTPStatus.OK:
        return Refusal.HTTP_ERROR
    if record.http_content_type not in _HTML:
        return Refusal.OTHER_TYPE
    return Refusal.BROKEN if record.headers.get("WARC-Truncated") else None


def _read_wanted(record: WarcRecord, source_id: str, url: str) -> Page | Refusal:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in record.http_headers.items_bytes()]
    try:
        body = _decoded(record.reader.read(), headers)
    except SwollenBodyError:
        return Refusal.TOO_LARGE
    except BrokenBodyError:
        return Refusal.BROKEN
    return Page(
        source_id=source_id,
        url=url,
        canonical_url=urls.canonical(url),
        fetched_at=_moment(record),
        content_type=_value(headers, "content-type"),
        body=body,
        headers=_as_served(headers),
    )


def _decoded(payload: bytes, headers: Headers) -> bytes:
    """Take chunks and encodings off, unless the file holds the page without them and under the headers of before."""
    if "chunked" in (_value(headers, "transfer-encoding") or "").lower() and not _is_markup(payload):
        try:
            payload = ChunkedReader(BytesIO(payload)).read(len(payload))
        except OSError as error:
            raise BrokenBodyError(str(error)) from error
    if not _is_markup(payload):
        payload = decode_body(payload, _value(headers, "content-encoding") or "", MOST_BYTES)
    if len(payload) > MOST_BYTES:
        raise SwollenBodyError(f"the page has more than {MOST_BYTES} bytes")
    return payload


def _is_markup(payload: bytes) -> bool:
    """Tell a page from what no decoder has touched: neither chunks nor an encoding begin as a page does."""
    return payload.lstrip()[:1] == b"<" or payload.startswith(_BYTE_ORDER_MARKS)


def _as_served(headers: Headers) -> tuple[tuple[str, str], ...]:
    """Return the headers as the server wrote them: what a crawler said of itself goes back to its name."""
    moved = {name[len(_MOVED) :].lower() for name, _ in headers if name.lower().startswith(_MOVED.lower())}
    return tuple(
        (name[len(_MOVED) :] if name.lower().startswith(_MOVED.lower()) else name, value)
        for name, value in headers
        if name.lower() not in moved
    )


def _value(headers: Headers, name: str) -> str | None:
    return next((value for each, value in headers if each.lower() == name), None)


def _moment(record: WarcRecord) -> datetime:
    said = record.headers.get("WARC-Date") or ""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise OSError(f"a record has no date: {said[:40]!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
