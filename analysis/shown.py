"""The text that markup shows, and what may state its title, without parsing it: more than any reader makes of it.

Tags within a line leave nothing, all others a space; entities, escapes of JSON and comments inside words hide nothing.
"""

from __future__ import annotations

import re
from html import unescape

_WITHIN_LINES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong"
    " sub sup tt u var wbr"
)
_INLINE = frozenset(
    written
    for name in _WITHIN_LINES.split()
    for spelt in (name, name.upper())
    for written in (spelt, f"/{spelt}", f"{spelt}/")
)
_NO_TAG = re.compile(r"<(?![a-zA-Z/!?])")
_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_META = re.compile(
    r"""<[mM][eE][tT][aA]\b((?:[^"'>]|"[^"]*"|'[^']*')*>|.{0,2000})""", re.DOTALL
)  # or its quotes are odd
_APART = re.compile(r"<(?=!--|script\b|style\b|SCRIPT\b|STYLE\b)")
_CODE_ENDS = re.compile(r"</(?:script|style)[^>]*>", re.IGNORECASE)
_ASIDE = re.compile(r"<(aside|nav|footer|form|menu|dialog)\b", re.IGNORECASE)
_JSON = "ld+json"
_NAMED = re.compile(r'"(?:headline|name)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_ESCAPED_TWICE = re.compile(r"&#?\w+;|</?[A-Za-z]")


def read_shown(markup: str) -> tuple[str, str]:
    """Return the text of a page without tags and code, and all that may state its title."""
    text, comments, named = _parted(markup)
    titles = (meta for meta in _META.findall(markup) if "title" in meta.lower())
    stated = (title_of(markup), *named, *titles)
    return _plain(_without_tags(f"{text} {comments}{_joined(text)}")), _plain(" ".join(stated))


def title_of(markup: str) -> str:
    """Return the title element as it is written."""
    title = _TITLE.search(markup)
    return title[1] if title else ""


def _plain(text: str) -> str:
    """Undo entities, also those that are escaped twice: a headline in JSON may hold markup of its own."""
    text = unescape(text)
    twice = f" {_without_tags(unescape(text))}" if _ESCAPED_TWICE.search(text) else ""
    return " ".join(f"{text}{twice}".split())


def _without_tags(markup: str) -> str:
    """Take tags out as a reader of text does."""
    first, *pieces = _NO_TAG.sub(" ", markup).split("<")
    texts = [first]
    for piece in pieces:
        tag, closed, text = piece.partition(">")
        if text.isspace():
            texts.append(" ")
        elif closed:
            texts.append(text if tag.split(None, 1)[0] in _INLINE else f" {text}")
        else:
            texts.append(f" {piece}")
    return "".join(texts)


def _joined(markup: str) -> str:
    """Give markup again without what stands aside in the middle of a line, where some does: it may break a name."""
    kept, until = list[str](), 0
    for aside in _ASIDE.finditer(markup):
        before = markup[max(until, aside.start() - 9) : aside.start()].rstrip()
        ends = markup.find(f"</{aside[1]}", aside.end()) if before and not before.endswith(">") else -1
        if ends > 0:
            kept.append(markup[until : aside.start()])
            until = markup.find(">", ends) + 1
    return f" {''.join((*kept, markup[until:]))}" if kept else ""


def _parted(markup: str) -> tuple[str, str, list[str]]:
    """Part markup into what it is without code and comments, what the comments hold, and the names stated in code.

    A comment may be text to a reader who takes other signs for its end.
    """
    first, *pieces = _APART.split(markup)
    text, comments, named = [first], list[str](), list[str]()
    for piece in pieces:
        if piece.startswith("!--"):
            comment, ends, rest = piece.removeprefix("!--").partition("-->")
            text.append(rest if ends else comment)
            comments.extend([comment] if ends else [])
        elif ends := _CODE_ENDS.search(piece):
            text.append(f" {piece[ends.end() :]}")
            named.extend(_names_in(piece[: ends.start()]))
        else:
            text.append(f"<{piece}")
    return "".join(text), " ".join(comments), named


def _names_in(script: str) -> list[str]:
    opening, _, code = script.partition(">")
    names = _NAMED.findall(code) if _JSON in opening.lower() else ()
    return [_JSON_ESCAPE.sub(_unescaped, name) for name in names]


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else " "
