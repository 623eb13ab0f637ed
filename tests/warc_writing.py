"""WARC files as other programs write them: `warcio` (1.0 and 1.1) and `fastwarc`, packed and plain."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

NOON = "2026-02-10T12:00:00Z"
HTML = b"<html><title>Un titre</title><p>Un paragraphe.</p></html>"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server answered, as it came over the line."""

    url: str = "https://atlas.example/1"
    body: bytes = HTML
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    warc: tuple[tuple[str, str], ...] = (("WARC-Date", NOON),)
    kind: str = "response"


class _InMemory(WARCWriter):
    """The writer of warcio, without the temporary files that it forgets to close."""

    @staticmethod
    def _create_temp_file() -> BytesIO:
        return BytesIO()


def by_warcio(answers: Iterable[Answer], version: str = "1.1", *, packed: bool = True) -> bytes:
    """Write a file as warcio does, with a warcinfo record first and a request before each answer."""
    out = BytesIO()
    writer = _InMemory(out, gzip=packed, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "warcio"}))
    for each in answers:
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
        writer.write_record(writer.create_warc_record(each.url, "request", http_headers=asked))
        served = StatusAndHeaders(each.status, list(each.headers), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                each.url, each.kind, BytesIO(each.body), http_headers=served, warc_headers_dict=dict(each.warc)
            )
        )
    return out.getvalue()


def by_fastwarc(answers: Iterable[Answer], *, packed: bool = True) -> bytes:
    """Write a file as fastwarc does, without digests."""
    return b"".join(gzip.compress(each) if packed else each for each in map(_fast_record, answers))


def _fast_record(answer: Answer) -> bytes:
    record = WarcRecord()
    record.init_headers(getattr(WarcRecordType, answer.kind))
    record.headers["WARC-Target-URI"] = answer.url
    record.headers["Content-Type"] = "application/http; msgtype=response"
    for name, value in answer.warc:
        record.headers[name] = value
    record.is_http = True
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    record.set_bytes_content(f"HTTP/1.1 {answer.status}\r\n{head}\r\n".encode("latin-1") + answer.body)
    out = BytesIO()
    record.write(out)
    return out.getvalue()


WRITERS: dict[str, Callable[[Iterable[Answer]], bytes]] = {
    "warcio 1.1, packed": by_warcio,
    "warcio 1.0, packed": lambda answers: by_warcio(answers, "1.0"),
    "warcio 1.1, plain": lambda answers: by_warcio(answers, packed=False),
    "fastwarc, packed": by_fastwarc,
    "fastwarc, plain": lambda answers: by_fastwarc(answers, packed=False),
}
