"""A press of servers that answer wrongly: what each says, and how a visit to it is to end."""

from __future__ import annotations

import gzip
import os
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import sites
from sites import Answer, Handler, page, redirect, says

from analysis.records import VisitState

MEBIBYTE = 1024 * 1024
PAUSE = 0.05
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def raw(*pieces: bytes) -> Answer:
    """Answer with bytes that are all there is, and hang up."""

    def answer(handler: Handler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
        handler.close_connection = True

    return answer


def for_ever(head: bytes, piece: bytes, pause: float = 0.0) -> Answer:
    """Answer with a head, and then with one piece after another until nobody listens any more."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(head)
        while True:
            handler.wfile.write(piece)
            time.sleep(pause)

    return answer


def silence(handler: Handler) -> None:
    """Say nothing until the client hangs up."""
    handler.connection.recv(1)


def reset(handler: Handler) -> None:
    """Break the connection off in the middle of a body."""
    handler.wfile.write(HEAD + b"Content-Length: 1000\r\n\r\nhalf")
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(handler.connection.detach())
    handler.close_connection = True


def further(handler: Handler) -> None:
    """Redirect to an address that nobody has been at, each time."""
    redirect(f"/bad?{next(_NUMBERS)}")(handler)


def bomb(encodings: tuple[Callable[[Iterator[bytes]], bytes], ...], named: str) -> Answer:
    """Answer with a body that is 200 MiB of nothing in one content encoding after another."""
    body: Iterator[bytes] = (bytes(MEBIBYTE) for _ in range(200))
    for encode in encodings:
        body = iter([encode(body)])
    return says(next(body), Content_Encoding=named)


def packed(pieces: Iterator[bytes], form: int) -> bytes:
    """Compress piece by piece: 31 is gzip, 15 deflate."""
    packer = zlib.compressobj(wbits=form)
    return b"".join([packer.compress(piece) for piece in pieces]) + packer.flush()


def zipped(pieces: Iterator[bytes]) -> bytes:
    """Compress as gzip."""
    return packed(pieces, 31)


def deflated(pieces: Iterator[bytes]) -> bytes:
    """Compress as deflate."""
    return packed(pieces, 15)


_NUMBERS = count(1)


@dataclass(frozen=True)
class Ends:
    """How the visit to a page is to end: its state, its status, and words of its detail."""

    state: VisitState
    status: int | None = None
    detail: str = ""


FETCHED = Ends(VisitState.FETCHED, 200)
TIMED_OUT = Ends(VisitState.TIMED_OUT, detail="took longer than")
TOO_LARGE = Ends(VisitState.TOO_LARGE, detail="bytes")
LOOP = Ends(VisitState.REDIRECT_LOOP)
LOST = Ends(VisitState.UNREACHABLE, detail="lost")
NO_HTTP = Ends(VisitState.UNREADABLE, detail="no HTTP")
HALF = Ends(VisitState.UNREADABLE)

WAITS: dict[str, tuple[Answer, Ends]] = {
    "drips its body": (sites.drip, TIMED_OUT),
    "drips its head": (for_ever(HEAD + b"X-Long: ", b"x", PAUSE), TIMED_OUT),
    "drips chunks": (for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", PAUSE), TIMED_OUT),
    "says nothing": (silence, TIMED_OUT),
    "bids to continue for ever": (for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", PAUSE), TIMED_OUT),
}
FLOODS: dict[str, tuple[Answer, Ends]] = {
    "announces 200 MB": (for_ever(HEAD + b"Content-Length: 200000000\r\n\r\n", bytes(MEBIBYTE)), TOO_LARGE),
    "sends 200 MB unannounced": (for_ever(HEAD + b"\r\n", bytes(MEBIBYTE)), TOO_LARGE),
    "never ends its chunks": (
        for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"100000\r\n" + bytes(MEBIBYTE) + b"\r\n"),
        TOO_LARGE,
    ),
    "never ends its headers": (for_ever(HEAD, b"X-More: yes\r\n" * 5000), Ends(VisitState.TOO_LARGE, detail="head")),
    "sends a header of 1 MB": (
        raw(HEAD + b"X-Long: " + b"x" * MEBIBYTE + b"\r\nContent-Length: 0\r\n\r\n"),
        Ends(VisitState.TOO_LARGE, detail="head"),
    ),
    "is a gzip bomb": (bomb((zipped,), "gzip"), TOO_LARGE),
    "is a bomb in a bomb": (bomb((zipped, deflated, zipped), "gzip, deflate, gzip"), TOO_LARGE),
    "is gzip in very many members": (
        says(gzip.compress(b"") * 50_000, Content_Encoding="gzip"),
        Ends(VisitState.UNREADABLE, detail="members"),
    ),
    "bids to continue without a breath": (
        for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2000),
        Ends(VisitState.TOO_LARGE, detail="head"),
    ),
}
LIES: dict[str, tuple[Answer, Ends]] = {
    "sends less than it says": (sites.cut, HALF),
    "sends more than it says": (raw(HEAD + b"Content-Length: 4\r\n\r\nfour and more"), FETCHED),
    "gives two lengths": (raw(HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nfour!"), NO_HTTP),
    "gives a length below nothing": (raw(HEAD + b"Content-Length: -5\r\n\r\nfive!"), NO_HTTP),
    "gives a length in words": (raw(HEAD + b"Content-Length: five\r\n\r\nfive!"), NO_HTTP),
    "breaks its chunks": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n"), HALF),
    "leaves its last chunk out": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"), HALF),
    "encodes for transfer in its own way": (raw(HEAD + b"Transfer-Encoding: rot13\r\n\r\nunys"), NO_HTTP),
    "lies about its type": (says("<p>A page.</p>", kind="image/png"), FETCHED),
    "lies about its charset": (says("<p>نص</p>".encode(), kind="text/html; charset=utf-7"), FETCHED),
    "has a type that is none": (raw(HEAD + b"Content-Type: \x00\xff;;=\r\nContent-Length: 2\r\n\r\nok"), FETCHED),
    "has NUL bytes": (says(b"<p>a\x00b</p>\x00" * 10), FETCHED),
    "is empty": (says(""), FETCHED),
    "refreshes to elsewhere": (says('<meta http-equiv="refresh" content="0; url=/2">'), FETCHED),
    "sets cookies and redirects to itself": (says("", status=302, Location="/bad", Set_Cookie="seen=1"), LOOP),
}
STATUSES: dict[str, tuple[Answer, Ends]] = {
    "is forbidden": (says("no", status=403), Ends(VisitState.HTTP_ERROR, 403)),
    "is not modified for who never saw it": (
        raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        Ends(VisitState.HTTP_ERROR, 304),
    ),
    "is status 999": (says("denied", status=999), Ends(VisitState.HTTP_ERROR, 999)),
    "is status 99999": (raw(b"HTTP/1.1 99999 Far\r\nContent-Length: 0\r\n\r\n"), NO_HTTP),
    "is a status below nothing": (raw(b"HTTP/1.1 -1 Low\r\nContent-Length: 0\r\n\r\n"), NO_HTTP),
    "is a status of letters": (raw(b"HTTP/1.1 OK\r\n\r\n"), NO_HTTP),
    "is HTTP/0.9": (raw(b"<html><p>A page.</p></html>\n"), NO_HTTP),
    "is another protocol": (raw(b"220 mail.example ESMTP \x00\xff\r\n"), NO_HTTP),
    "has no body to send": (says("", status=204), Ends(VisitState.FETCHED, 204)),
}
REDIRECTS: dict[str, tuple[Answer, Ends]] = {
    "redirects further and further": (further, LOOP),
    "redirects to itself": (redirect("/bad"), LOOP),
    "redirects nowhere": (says("", status=302), Ends(VisitState.HTTP_ERROR, 302)),
    "redirects into a file": (redirect("file:///etc/hostname"), Ends(VisitState.HTTP_ERROR, 302)),
    "redirects into itself as data": (redirect("data:text/html,hello"), Ends(VisitState.HTTP_ERROR, 302)),
    "redirects to a script": (redirect("javascript:alert(1)"), Ends(VisitState.UNREADABLE, detail="scheme")),
    "redirects to no address": (redirect("http://[/"), Ends(VisitState.UNREADABLE)),
    "redirects to NUL": (redirect("http://127.0.0.19/\x00"), Ends(VisitState.OFF_HOST)),
}
BREAKS: dict[str, tuple[Answer, Ends]] = {
    "hangs up after the question": (sites.hang_up, LOST),
    "hangs up in the status": (raw(b"HTTP/1."), LOST),
    "hangs up in the head": (raw(HEAD), LOST),
    "hangs up in the body": (raw(HEAD + b"Content-Length: 1000\r\n\r\nhalf"), HALF),
    "breaks off in the body": (reset, HALF),
}
ENOUGH = (says("no", status=429), Ends(VisitState.HTTP_ERROR, 429))
PAGES = {**WAITS, **FLOODS, **LIES, **STATUSES, **REDIRECTS, **BREAKS}
good_page = page("A good page")
