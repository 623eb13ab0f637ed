"""Who wrote an article, where its page says so: to machines, in an element named for it, or in a line "Par …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import html

from analysis.evidence import Evidence, is_aside, lines_around, surroundings
from analysis.publication import find_dates
from analysis.statements import one_line
from analysis.titles import outlets_of, plain

_NOBODY = frozenset(
    {
        "admin",
        "administrator",
        "administrateur",
        "root",
        "webmaster",
        "user",
        "author",
        "unknown",
        "null",
        "none",
        "undefined",
    }
)
_LONGEST_NAME, _MOST_WORDS = 80, 8
_LONGEST_LINE = 160
_MARKED = ".//*[@itemprop='author' or @rel='author' or contains(concat(' ', @rel, ' '), ' author ')]"
_NAMED = ".//*[@class]"
_CLASS = re.compile(
    r"(?<![a-z])(?:by-?line|auth(?:or|ors|eur|eurs)?|auteurs?|autor(?:es|a|as)?|signature|firma|firmante|writer)(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_THE_NAME = re.compile(
    r"caption|credit|photo|media|comment|share|social|avatar|image|img|button|btn", re.IGNORECASE
)
_BY = re.compile(
    r"^(?:(?:بقلم|written by|by|écrit par|rédigé par|par|escrito por|por)(?: ?[:：] ?| )|"
    # words that also begin a sentence say it only before a colon
    r"(?:كتبه?ا?|كتبت|إعداد|اعداد|تحرير|الكاتبة?|textes?(?: de)?|texto(?: de)?|auteure?|autora?|author) ?[:：] ?)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r" ?(?:[|·•/\n]|\s[-–—]\s|[,،]? ?\b(?:publié|mis à jour|published|updated|publicado|نشر|بتاريخ)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_A_DATE = re.compile(r"[ ,،]+(?:le|el|on|du|del|in|يوم)? *$")
_ASKS = re.compile(r"(?:lire|voir|suivre|leer|ver|seguir|read|see|follow|اقرأ|شاهد|تابع)\b", re.IGNORECASE)
_MOST_MARKED = 40


def find_author(evidence: Evidence) -> str | None:
    """Return the names that a page gives for its author, commas between; None where it names only the outlet or nobody.

    JSON-LD goes before meta elements, these before what the page shows beside its heading.
    """
    outlets = outlets_of(evidence.meta, evidence.statements, evidence.page.url)
    for names in _stated(evidence, outlets):
        sound = dict.fromkeys(name for name in names if _is_name(name) and plain(name) not in outlets)
        if sound:
            return ", ".join(sound)
    return None


def _stated(evidence: Evidence, outlets: frozenset[str]) -> Iterator[Iterable[str]]:
    yield evidence.statements[0].authors if evidence.statements else ()
    yield evidence.meta.first("author"), evidence.meta.first("article:author")
    for around in surroundings(evidence):
        yield _marked(around, outlets)
    yield _from_lines(evidence)


def _marked(around: html.HtmlElement, outlets: frozenset[str]) -> list[str]:
    """Name those whom an element gives that is there for it, by its itemprop, rel or class."""
    marked = (_shown(each) for each in around.xpath(_MARKED)[:_MOST_MARKED] if not is_aside(each))
    stated = [name for name in marked if name and plain(name) not in outlets]
    if stated:
        return stated
    named = (each for each in around.xpath(_NAMED) if _CLASS.search(_CAMEL.sub("-", each.get("class")).lower()))
    shown = (_shown(each) for each in islice(named, _MOST_MARKED) if _may_name(each))
    return [next((name for name in shown if _is_printed_name(name) and plain(name) not in outlets), "")]


def _may_name(element: html.HtmlElement) -> bool:
    return not is_aside(element) and not _NOT_THE_NAME.search(element.get("class"))


def _shown(element: html.HtmlElement) -> str:
    """Return the name that an element shows, without what stands around it."""
    inner = element.xpath(".//*[@itemprop='name']")
    chosen = inner[0] if inner else element
    written = one_line(chosen.get("content") or " ".join(chosen.itertext()))
    return _name_in(written) if len(written) <= _LONGEST_LINE else ""


def _from_lines(evidence: Evidence) -> list[str]:
    before, after = lines_around(evidence)
    signed = (line for line in (*after, *reversed(before)) if _BY.match(line))
    return [next((name for line in signed if _is_printed_name(name := _name_in(line))), "")]


def _name_in(line: str) -> str:
    """Cut a line down to the name: no "Par", no date, nothing behind a stroke."""
    found = find_dates(line)
    line = _BEFORE_A_DATE.sub("", line[: found[0].start]) if found else line
    return _ENDS.sub("", _BY.sub("", line.strip(" |·-–,،"))).strip(" |·-–,،:")


def _is_name(stated: str) -> bool:
    is_address = "/" in stated or "@" in stated
    return 1 < len(stated) <= _LONGEST_NAME and not is_address and plain(stated) not in _NOBODY


def _is_printed_name(shown: str) -> bool:
    """Tell a name from the beginning of a sentence ("Par conséquent …") and from what a reader is asked to do."""
    if not _is_name(shown) or shown[0].islower() or _ASKS.match(shown):
        return False
    has_digit = any(letter.isdigit() for letter in shown)
    return not has_digit and len(shown.split()) <= _MOST_WORDS
