"""Bytes of a page to text: UTF-8 where they are UTF-8, else what header or markup declare if that makes sense.

Declarations lie, and a single-byte charset decodes anything; so what comes out must look like Arabic or Latin writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import charset_normalizer
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

_CODE_BEGINS = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_CODE_ENDS = re.compile(r"</(?:script|style)", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_ASCII = re.compile(r"[A-Za-z]")
_ACCENTED = re.compile(r"[\u00aa-\u024f]")
_ARABIC = re.compile(r"[\u0620-\u0652\u0679-\u06d2]")
_SPLICED = re.compile(r"[A-Za-z][\u0620-\u0652\u0679-\u06d2]|[\u0620-\u0652\u0679-\u06d2][A-Za-z]")
_FORBIDDEN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in XML 1.0, section 2.2
_MENDED = bytes((*range(9), 11, 12, *range(14, 32)))  # of the same, those of one byte; and NUL
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # half a letter, written as if it were UTF-8
_UNSEEN = re.compile(r"[\x80-\x9f]")

_USUAL = ("windows-1256", "windows-1252")  # of older pages of this press
_ACCENTED_SHARE = 0.3
_SPLICED_SHARE = 0.1
_BROKEN_SHARE = 0.01
_SAMPLE = 200_000
_FIRST = 200
_WIDE_SHARE = 0.2  # of the first bytes are NULs, where each letter of the markup has two bytes


def decode(body: bytes, content_type: str | None) -> str | None:
    """Decode a page; None where no charset makes sense of it.

    Without a byte order mark and NULs, and with a space for each other control character that no document may hold:
    one such, pasted with a paragraph, would make the parser lose it.
    """
    if (text := _plain_utf8(body)) is not None:
        return text
    decoded = _decode(_SURROGATE.sub(b"", body), content_type)
    return None if decoded is None else _FORBIDDEN.sub(" ", decoded.lstrip("\ufeff").replace("\x00", ""))


def _plain_utf8(body: bytes) -> str | None:
    """Decode UTF-8 with nothing in it to mend, as nearly all pages are, in a tenth of the time that mending takes."""
    if len(body.translate(None, _MENDED)) < len(body):
        return None
    try:
        text = body.decode().lstrip("\ufeff")
    except UnicodeDecodeError:
        return None
    return None if "\ufffe" in text or "\uffff" in text else text


def _decode(body: bytes, content_type: str | None) -> str | None:
    for charset in _wide(body):
        if (text := _strictly(body, charset)) is not None:
            return text
    if (text := _nearly_utf8(body)) is not None:
        return text
    for charset in (*_declared(body, content_type), *_USUAL):
        text = _strictly(body, charset)
        if text is not None and _is_writing(text):
            return text
    guess = charset_normalizer.from_bytes(body[:_SAMPLE]).best()
    text = _strictly(body, guess.encoding) if guess else None
    return text if text is not None and _is_writing(text) else None


def _wide(body: bytes) -> Iterator[str]:
    """Name the Unicode encodings that the first bytes allow."""
    marked, _ = read_bom(body)
    if marked:
        yield marked
    if body[:_FIRST].count(0) > _WIDE_SHARE * len(body[:_FIRST]):
        yield from ("utf-16-le", "utf-16-be") if body[1:2] == b"\x00" else ("utf-16-be", "utf-16-le")
    else:
        yield "utf-8"


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    """Name the charsets that header and markup declare, under the names that browsers take them for."""
    for charset in (http_content_type_encoding(content_type), html_body_declared_encoding(body[:4096])):
        if charset:
            yield charset


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        text = body.decode(charset)
        text.encode()
    except (UnicodeError, LookupError):
        return None
    return text


def _nearly_utf8(body: bytes) -> str | None:
    """Decode UTF-8 with a few broken letters, such as an excerpt cut in the middle of one; those are left out."""
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return text.replace("\ufffd", "") if broken <= _BROKEN_SHARE * sound else None


def _seen(markup: str) -> str:
    """Return what a reader sees, in one pass over any markup: neither tags nor code."""
    first, *others = _CODE_BEGINS.split(markup)
    after_code = (_CODE_ENDS.split(other, maxsplit=1)[1:] for other in others)
    return _TAGS.sub(" ", " ".join([first, *(rest for parts in after_code for rest in parts)]))


def _is_writing(text: str) -> bool:
    """Tell writing from mojibake: accents are few among Latin letters, and no word is half Arabic, half Latin."""
    seen = _seen(text[:_SAMPLE])
    accented, arabic = len(_ACCENTED.findall(seen)), len(_ARABIC.findall(seen))
    latin = accented + len(_ASCII.findall(seen))
    if _UNSEEN.search(seen) or accented > _ACCENTED_SHARE * latin:
        return False
    return len(_SPLICED.findall(seen)) <= _SPLICED_SHARE * arabic
