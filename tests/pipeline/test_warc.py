"""Pages as records of WARC files and back: as other tools read them, and of what other tools write."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import brotli
import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given
from hypothesis import strategies as st
from warc_writing import HTML, WRITERS, Answer, by_fastwarc, by_warcio
from warcio.archiveiterator import ArchiveIterator

from analysis.records import Page
from builders import NOON, page
from pipeline import warc
from pipeline.warc import Refusal, read_page, response_record, warcinfo_record
from pipeline.warc_files import Tape, read_records

SERVED = (
    ("Server", "Atlas\xe9"),
    ("Set-Cookie", "a=1"),
    ("Content-Encoding", "gzip"),
    ("Content-Length", "41"),
    ("Set-Cookie", "b=2"),
    ("Content-Type", "text/html; charset=utf-8"),
)
WHOLE = page(headers=SERVED)


def read(file: bytes, known: dict[str, str] | None = None) -> list[Page | Refusal]:
    sources = {"atlas.example": "atlas"} if known is None else known
    taken = [found.taken for found in read_records(Tape(BytesIO(file)), lambda record: read_page(record, sources.get))]
    return [each for each in taken if each is not None]


def test_a_page_comes_back_from_its_record_as_it_was():
    assert read(response_record(WHOLE, 200)) == [WHOLE]


@given(
    body=st.binary(max_size=2000).map(lambda rest: b"<" + rest),
    microseconds=st.integers(min_value=0, max_value=999_999),
    values=st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f\x85\xa0\xad"))),
)
def test_any_page_comes_back_from_its_record_as_it_was(body, microseconds, values):
    headers = (("Content-Type", "text/html"), *(("X-Any", f"a{value}") for value in values), ("Content-Length", "0"))
    kept = page(
        body=body,
        headers=headers,
        content_type="text/html",
        fetched_at=NOON + timedelta(microseconds=microseconds),
    )
    assert read(response_record(kept, 200)) == [kept]


def test_a_record_states_what_is_true_of_the_body_and_keeps_what_was_served():
    [record] = FastIterator(BytesIO(response_record(WHOLE, 200)))
    assert record.headers.status_line == "WARC/1.1"
    assert (record.headers["WARC-Date"], record.record_date) == ("2026-02-10T12:00:00.000000Z", NOON)
    assert record.http_headers.status_line == "HTTP/1.1 200 OK"
    assert record.http_headers.items_bytes() == (
        (b"Server", b"Atlas\xe9"),
        (b"Set-Cookie", b"a=1"),
        (b"X-Crawler-Content-Encoding", b"gzip"),
        (b"X-Crawler-Content-Length", b"41"),
        (b"Set-Cookie", b"b=2"),
        (b"Content-Type", b"text/html; charset=utf-8"),
        (b"Content-Length", str(len(WHOLE.body)).encode()),
    )


def test_a_page_without_headers_keeps_its_type():
    [record] = FastIterator(BytesIO(response_record(page(), 203)))
    assert record.http_headers.status_line == "HTTP/1.1 203 Non-Authoritative Information"
    assert record.http_headers["Content-Type"] == "text/html; charset=utf-8"


def test_warcio_and_fastwarc_read_what_we_write_and_find_every_digest_right():
    written = warcinfo_record(["source atlas"], NOON) + response_record(WHOLE, 200) + response_record(page(), 200)
    by_others = [
        (record.rec_type, record.rec_headers["WARC-Record-ID"], record.raw_stream.read(), record.digest_checker.passed)
        for record in ArchiveIterator(BytesIO(written), check_digests=True)
    ]
    by_fast = [
        (str(record.record_type), record.headers["WARC-Record-ID"], record.verify_block_digest(), record.is_http)
        for record in FastIterator(BytesIO(written), parse_http=False)
    ]
    assert [each[0] for each in by_others] == ["warcinfo", "response", "response"]
    assert [each[2] for each in by_others[1:]] == [WHOLE.body, page().body]
    assert [each[3] for each in by_others] == [True, True, True]
    assert by_fast == [(kind, name, True, kind == "response") for kind, name, *_ in by_others]
    assert all(record.verify_payload_digest() for record in FastIterator(BytesIO(written)) if record.is_http)


def test_one_version_of_a_page_is_one_record_and_another_version_another():
    again = replace(WHOLE, body=WHOLE.body + b"<p>", fetched_at=NOON + timedelta(hours=3))
    assert response_record(WHOLE, 200) == response_record(WHOLE, 200)
    names = [
        record.record_id for each in (WHOLE, again) for record in FastIterator(BytesIO(response_record(each, 200)))
    ]
    assert len(set(names)) == 2


@pytest.mark.parametrize("writer", WRITERS)
def test_what_others_write_is_read(writer: str):
    two = Answer(url="https://atlas.example/2", warc=(("WARC-Date", "2026-02-10T13:30:00+01:30"),))
    first, second = read(WRITERS[writer]([Answer(), two]))
    assert (first.url, first.fetched_at, first.body, first.source_id) == (
        "https://atlas.example/1",
        NOON,
        HTML,
        "atlas",
    )
    assert first.content_type == "text/html; charset=utf-8"
    assert (second.canonical_url, second.fetched_at) == ("https://atlas.example/2", NOON)


ENCODED = {
    "gzip": gzip.compress(HTML),
    "deflate": zlib.compress(HTML),
    "br": brotli.compress(HTML),
}
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML)
HTML_TYPE = ("Content-Type", "text/html")


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_chunks_and_encodings_are_taken_off(encoding: str, *, is_chunked: bool):
    body = ENCODED[encoding]
    headers = (HTML_TYPE, ("Content-Encoding", encoding))
    if is_chunked:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        headers = (*headers, ("Transfer-Encoding", "chunked"))
    [found] = read(by_fastwarc([Answer(body=body, headers=headers)]))
    assert (found.body, found.headers) == (HTML, headers)


def test_a_page_that_was_decoded_before_it_was_written_is_taken_as_it_stands():
    lying = (HTML_TYPE, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    assert [found.body for found in read(by_warcio([Answer(body=b"\n " + HTML, headers=lying)]))] == [b"\n " + HTML]
    half = (HTML_TYPE, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    assert [found.body for found in read(by_warcio([Answer(body=CHUNKED, headers=half)]))] == [HTML]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(url="https://elsewhere.example/1"), Refusal.OTHER_HOST),
        (Answer(url="dns:atlas.example"), Refusal.OTHER_TYPE),
        (Answer(status="301 Moved"), Refusal.REDIRECT),
        (Answer(status="404 Not Found"), Refusal.HTTP_ERROR),
        (Answer(status="206 Partial Content"), Refusal.HTTP_ERROR),
        (Answer(headers=(("Content-Type", "application/pdf"),)), Refusal.OTHER_TYPE),
        (Answer(warc=(("WARC-Date", "2026-02-10T12:00:00Z"), ("WARC-Truncated", "length"))), Refusal.BROKEN),
        (Answer(body=gzip.compress(HTML)[:-9], headers=(HTML_TYPE, ("Content-Encoding", "gzip"))), Refusal.BROKEN),
        (Answer(body=b"zz\r\n", headers=(HTML_TYPE, ("Transfer-Encoding", "chunked"))), Refusal.BROKEN),
        (Answer(body=b"x", headers=(HTML_TYPE, ("Content-Encoding", "zork"))), Refusal.BROKEN),
    ],
)
def test_what_is_no_page_of_ours_is_refused_with_its_reason(answer: Answer, why: Refusal):
    assert read(by_fastwarc([answer, Answer()])) == [why, *read(by_fastwarc([Answer()]))]


def test_a_page_over_the_limit_is_refused_whatever_it_is_packed_in(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(warc, "MOST_BYTES", 1000)
    long = b"<p>" + bytes(998)
    packed = Answer(body=gzip.compress(long), headers=(HTML_TYPE, ("Content-Encoding", "gzip")))
    huge = Answer(body=b"<p>" + bytes(100_000))
    assert read(by_fastwarc([Answer(body=long), packed, huge])) == [Refusal.TOO_LARGE] * 3


def test_a_page_may_say_nothing_of_its_type_and_stand_in_brackets():
    [found] = read(by_fastwarc([Answer(url="<https://atlas.example/1>", headers=())]))
    assert (found.url, found.content_type, found.headers) == ("https://atlas.example/1", None, ())


def test_only_responses_are_pages():
    assert read(by_warcio([Answer(kind="revisit"), Answer(kind="resource")])) == []
