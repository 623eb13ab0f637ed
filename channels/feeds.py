"""Events as an Atom feed (RFC 4287): bytes for a file or a page. An event keeps its id, whatever becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from lxml.builder import ElementMaker
from lxml.etree import _Element, tostring

from analysis.alerts import is_over
from analysis.records import FeedEvent, Happening, Language
from channels.bidi import without_isolates
from channels.event_sheets import best_telling, why_retracted
from channels.headlines import as_told, what_happened
from channels.wording import Wording
from channels.words import LanguageWords

ATOM = "http://www.w3.org/2005/Atom"
LONGEST_FEED = 200
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_make = ElementMaker(namespace=ATOM, nsmap={None: ATOM})


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedHead:
    """What a feed is called, in which language it speaks, and its own address, where it has one."""

    name: str
    title: str
    language: Language
    url: str | None = None


def write_atom(head: FeedHead, events: Sequence[FeedEvent], wording: Wording) -> bytes:
    """Write the events, of which only so many fit as a reader asks for, as a feed."""
    words, shown = wording.of(head.language), events[:LONGEST_FEED]
    updated = max((each.changed_at for each in shown), default=_FIRST)
    feed = _make.feed(
        _make.id(identity(f"feed/{head.name}").urn),
        _make.title(head.title),
        _make.updated(_moment(updated)),
        _make.author(_make.name("marsad")),
        *([_make.link(rel="self", href=head.url)] if head.url else []),
        *(_entry(each, wording, words) for each in shown),
        **{_XML_LANGUAGE: words.language},
    )
    return bytes(tostring(feed, xml_declaration=True, encoding="utf-8"))


def identity(name: str) -> UUID:
    """Return the identity of an event or a feed, which is the same for good."""
    return uuid5(NAMESPACE_URL, f"marsad:{name}")


def headline(happening: Happening, wording: Wording, words: LanguageWords) -> str:
    """Say what happened, and before that what became of it."""
    if is_over(happening):
        return without_isolates(words.retraction.format(headline=what_happened(happening, wording.names, words)))
    return without_isolates(as_told(happening, wording.names, words))


def _entry(event: FeedEvent, wording: Wording, words: LanguageWords) -> _Element:
    happening = event.happening
    return _make.entry(
        _make.id(identity(f"event/{happening.event_id}").urn),
        _make.title(printable(headline(happening, wording, words))),
        _make.published(_moment(happening.made_at)),
        _make.updated(_moment(event.changed_at)),
        *_links(happening, wording),
        *(_make.category(term=term) for term in (happening.kind, *happening.countries, *happening.tags)),
        *_evidence(happening, words),
    )


def _links(happening: Happening, wording: Wording) -> Iterator[_Element]:
    """Link to the page of the event and to those who told it, of whom the first stands for a page that is not there."""
    page = wording.page_of(happening.event_id)
    if page is not None:
        yield _make.link(rel="alternate", href=page)
    for place, telling in enumerate(happening.tellings):
        rel = "alternate" if page is None and place == 0 else "related"
        yield _make.link(rel=rel, href=telling.url, hreflang=telling.language, title=printable(telling.outlet))


def _evidence(happening: Happening, words: LanguageWords) -> Iterator[_Element]:
    """Give the sentence in its own language; an entry without any link must have content as well."""
    best = best_telling(happening, words.language)
    if best is not None:
        yield _make.summary(printable(best.evidence), **{_XML_LANGUAGE: best.language})
    else:
        yield _make.content(printable(why_retracted(happening, words) or words.says.not_said))


def printable(text: str) -> str:
    """Return a text without what neither XML nor a calendar can hold."""
    return _UNPRINTABLE.sub(" ", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
