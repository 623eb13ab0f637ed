"""A text handed in as a line of JSON: what it may say, and the article in it.

The article's text is a stretch of the text handed in, so that every span can be told in characters of the latter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from analysis.corpus import is_headline, is_theme_line, line_key
from analysis.errors import MarsadError
from analysis.language import find_language
from analysis.records import Article, Basis, Field, Language, Published, Span

MOST_HEAD_LINES = 3
"""Section, headline and headline again; more short lines are a text in short lines."""
_LINE = re.compile(r"[^\s][^\r\n\u2028\u2029]*")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

TextId = str | int


class UnreadableTextError(MarsadError):
    """A line is no object that hands in a text. `text_id` is the id it names all the same, None without one."""

    def __init__(self, message: str, text_id: TextId | None = None) -> None:
        """Keep the id beside the sentence."""
        self.text_id = text_id
        super().__init__(message)


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenText:
    """A text as it was handed in: `title` and `published` may be unknown; a `language` is believed."""

    id: TextId
    text: str
    url: str = ""
    title: str | None = None
    published: date | None = None
    language: Language | None = None


# ---------------------------------------------------------------- the line


def read_text(line: bytes) -> GivenText:
    """Read a line. Raises UnreadableTextError, with one sentence that says what was expected."""
    try:
        written = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableTextError("expected UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableTextError(f"expected a JSON object, but {getattr(error, 'msg', error)}") from error
    if not isinstance(written, dict):
        raise UnreadableTextError("expected a JSON object with the keys id, url, title, text and published")
    text_id = _id(written.get("id"))
    try:
        return _given(text_id, written)
    except ValueError as error:
        raise UnreadableTextError(str(error), text_id) from error


def _id(written: object) -> TextId:
    if isinstance(written, str):
        return _sound(written)
    if isinstance(written, bool) or not isinstance(written, int):
        raise UnreadableTextError("expected the key 'id', text or a whole number")
    return written


def _given(text_id: TextId, written: Mapping[str, object]) -> GivenText:
    text = _words(written, "text")
    if text is None or not text.strip():
        raise ValueError("expected the key 'text' with words in it")
    return GivenText(
        id=text_id,
        text=text,
        url=_words(written, "url") or "",
        title=_words(written, "title"),
        published=_day(_words(written, "published")),
        language=_language(_words(written, "language")),
    )


def _words(written: Mapping[str, object], key: str) -> str | None:
    value = written.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"expected text or null under '{key}'")
    return value and _sound(value)


def _sound(written: str) -> str:
    """Replace what no UTF-8 can hold, one character for one: no span moves."""
    return _LONE_SURROGATES.sub("\ufffd", written)


def _day(written: str | None) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written[: len("2026-02-11")] if _TIME.match(written) else written)
    except ValueError as error:
        raise ValueError(f"expected a date such as 2026-02-11 under 'published', found '{written[:40]}'") from error


def _language(written: str | None) -> Language | None:
    """Believe one of our four, with or without a region (fr-MA); the language of any other text is looked for."""
    code = (written or "").lower().replace("_", "-").partition("-")[0]
    return next((each for each in Language if each.value == code and each is not Language.OTHER), None)


# ---------------------------------------------------------------- the article in it


@dataclass(frozen=True, kw_only=True, slots=True)
class Framed:
    """The article in a text; its own text begins there at `start`, its title at `title_start` (None: nowhere)."""

    article: Article
    start: int
    title_start: int | None

    def place(self, span: Span) -> tuple[Field, int, int]:
        """Say where a span of the article stands in what was handed in: in its text, or else in its title."""
        if span.field is Field.TEXT:
            return Field.TEXT, span.start + self.start, span.end + self.start
        if self.title_start is not None:
            return Field.TEXT, span.start + self.title_start, span.end + self.title_start
        return Field.TITLE, span.start, span.end


def frame(given: GivenText) -> Framed:
    """Find the article: without the headline (and the section's name) over it and the comment form below it.

    Without a title the headline over the text is it; a text that is all short lines, or one line, has none.
    """
    lines = _lines(given.text)
    head = _head(lines, given.title)
    body = lines[len(head) :]
    start, end = (body[0][0], body[-1][1]) if body else (0, len(given.text))
    title = given.title or max((line for _, _, line in head), key=lambda line: len(line_key(line)), default="")
    title_start = next((first for first, _, line in head if line == title), None)
    return Framed(article=_article(given, title, given.text[start:end]), start=start, title_start=title_start)


Line = tuple[int, int, str]


def _lines(text: str) -> list[Line]:
    """List the lines with words in them, and where they begin and end, but for a theme's at the end."""
    found = ((match.start(), match[0].rstrip()) for match in _LINE.finditer(text))
    lines = [(start, start + len(line), line) for start, line in found if line_key(line)]
    while len(lines) > 1 and is_theme_line(lines[-1][2]):
        lines.pop()
    return lines


def _head(lines: Sequence[Line], title: str | None) -> Sequence[Line]:
    """Find the lines over the body: down to the last one that says the title, or all that can be headlines."""
    heading = line_key(title or "")
    short = list(takewhile(lambda line: is_headline(line[2]) or line_key(line[2]) == heading, lines))
    short = short[: MOST_HEAD_LINES + 1]
    if heading:
        said = [number for number, line in enumerate(short) if line_key(line[2]) == heading]
        count = said[-1] + 1 if said else 0
    else:
        count = len(short)
    return short[:count] if count < len(lines) and count <= MOST_HEAD_LINES else ()


def _article(given: GivenText, title: str, text: str) -> Article:
    day = given.published
    return Article(
        source_id="",
        url=given.url,
        title=title,
        text=text,
        language=given.language or find_language(f"{title}\n{text}"),
        author=None,
        published=Published(on=day, at=None, basis=Basis.ENTRY) if day else None,
        undated_because=None if day else "no day of publication was handed in",
    )
