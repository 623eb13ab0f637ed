"""Tells what a page is that is no article: a wall against robots, a list, a gallery, a player, an excerpt to pay for.

Looks at a page only where it is not plainly an article, and then at signs that hold for any outlet. What could be
either is an article: one lost is worse than a list filed in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from lxml import html

from analysis.arabic import canonical, words
from analysis.listpages import count_headlines, listed_share, most_together
from analysis.pagekind_words import (
    ARCHIVE,
    CONSENTS,
    GALLERY,
    HEADLINES,
    LIST_PATH,
    PARKING,
    PAYWALL,
    SINGLE,
    WALLS,
)
from analysis.records import Rejection, RejectionReason
from analysis.statements import Meta, Statement, one_line, read_types

_PLENTY = 150  # words from which a page that states an article has one
_SCARCE = 20  # words beside which headlines make a list
_BRIEF = 40  # words from which a brief is one, with whatever stands beside it
_FEW = 80
_STUB = 100  # words of an article before its paywall
_FEW_SEEN = 250  # words of a whole page, of which a wall or a question has no more
_OTHER_WORDS = 3  # beside what a headline says of its kind: the name of the outlet
_FEWEST_HEADLINES = 8
_FEWEST_IMAGES = 5
_FEWEST_CONSENTS = 2
_WORDS_A_CONSENT = 15
_MOST_MARKUP = 300_000
_LISTED, _A_SIGN = 0.6, 0.15  # share of its text from which a page is a list, and how much less each sign asks for
_LISTED_OF_AN_ARTICLE = 0.8
_HOME = "it calls itself the home page"
_PARTS = re.compile(r" [-|–—•·»«]+ |\|")
_ARTICLE = re.compile(r"Article|Posting$|^Report$")
_COLLECTION = re.compile(r"(?:CollectionPage|SearchResultsPage|ProfilePage)$")
_PLAYED = re.compile(r"(?:VideoObject|AudioObject|Podcast\w*|RadioEpisode|TVEpisode|Clip)$", re.IGNORECASE)
_PICTURED = re.compile(r"(?:ImageGallery|MediaGallery)$")
_PLAYERS = (
    ".//video | .//audio | .//iframe[contains(@src, 'youtube') or contains(@src, 'youtu.be') or contains(@src, 'vimeo')"
    " or contains(@src, 'dailymotion') or contains(@src, 'soundcloud') or contains(@src, 'player')]"
)
_VIEWERS = (
    ".//*[self::iframe or self::embed or self::object][contains(concat(@src, @data), '.pdf')"
    " or contains(@src, 'docs.google.com/viewer') or contains(@src, 'viewer.html?file=')"
    " or contains(@type, 'application/pdf')]"
)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A page, what it states, and what was taken for its text; more is looked at only where it is asked for.

    `root` is the page as it was, furniture and all.
    """

    markup: str
    url: str
    root: html.HtmlElement
    meta: Meta
    statements: tuple[Statement, ...]
    text: str

    @cached_property
    def classes(self) -> str:
        """Return the classes of its body in small letters: themes say there what a page is."""
        body = self.root.find("body")
        return "" if body is None else (body.get("class") or "").lower()

    @cached_property
    def words(self) -> int:
        """Count the words of the text."""
        return len(words(canonical(self.text)))

    @cached_property
    def shown(self) -> str:
        """Return all that a reader sees, in canonical form."""
        around = (
            "ancestor::template or " if self.root.find(".//template") is not None else ""
        )  # a question for each word
        parts = self.root.xpath(f".//body//text()[not({around}parent::script or parent::style)]")
        return canonical(" ".join(parts))

    @cached_property
    def seen(self) -> int:
        """Count the words that a reader sees, furniture and all."""
        return len(words(self.shown))

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Name what JSON-LD and microdata say the page is."""
        return read_types(self.root)

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """Give the title element and the first headings, in canonical form and cut at their strokes."""
        shown = (
            self.root.findtext(".//title"),
            *(each.text_content() for each in list(self.root.iter("h1", "h2"))[:3]),
        )
        return tuple(part.strip() for line in shown for part in _PARTS.split(canonical(one_line(line))) if part.strip())

    @cached_property
    def states_article(self) -> bool:
        """Whether the page says to machines that it is an article."""
        return states_article(self.meta, self.statements) or any(_ARTICLE.search(name) for name in self.types)


def states_article(meta: Meta, statements: Iterable[Statement]) -> bool:
    """Tell whether Open Graph or JSON-LD say that a page is an article."""
    return meta.first("og:type").lower() in {"article", "news"} or any(each.is_article for each in statements)


def is_plainly_an_article(sight: Sight) -> bool:
    """Tell whether a page states an article and has the text of one, so that no more need be asked."""
    return (
        sight.words >= _PLENTY and bool(sight.statements) and sight.states_article and not ARCHIVE.search(sight.classes)
    )


def find_kind(sight: Sight) -> Rejection | None:
    """Say why a page is no article; None where nothing speaks against it."""
    for find in (_by_headline, _wall, _parked, _viewer, _consent, _login, _paywall, _gallery, _media, _list):
        found = find(sight)
        if found:
            return found
    return None


def headline_kind(title: str) -> RejectionReason | None:
    """Say what a title says of its page, if that is all it says."""
    for part in _PARTS.split(canonical(one_line(title))):
        for reason, forms in HEADLINES.items():
            said = forms.match(part.strip(" .…!*"))
            if said and len(words(part[said.end() :])) <= _OTHER_WORDS and _ends_a_word(part, said.end()):
                return reason
    return None


def _ends_a_word(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum()


def _by_headline(sight: Sight) -> Rejection | None:
    """Believe a page whose title or heading says nothing but that it is none, where it has no text to speak of."""
    if "error404" in sight.classes or "search-no-results" in sight.classes:
        return Rejection(reason=RejectionReason.NOT_FOUND, detail="the page calls itself an error or an empty search")
    for headline in sight.headlines:
        reason = headline_kind(headline)
        if reason and (sight.words < _FEW or not sight.states_article):
            return Rejection(reason=reason, detail=f"its headline: {headline}")
    return None


def _wall(sight: Sight) -> Rejection | None:
    found = _has_no_text(sight) and WALLS.search(sight.markup[:_MOST_MARKUP])
    return Rejection(reason=RejectionReason.CHALLENGE, detail=f"hardly any words beside {found[0]}") if found else None


def _parked(sight: Sight) -> Rejection | None:
    found = _has_no_text(sight) and PARKING.search(sight.markup[:_MOST_MARKUP])
    return Rejection(reason=RejectionReason.PARKED, detail=f"hardly any words beside {found[0]}") if found else None


def _has_no_text(sight: Sight) -> bool:
    return sight.words < _BRIEF and not sight.states_article and sight.seen < _FEW_SEEN


def _viewer(sight: Sight) -> Rejection | None:
    if sight.words < _BRIEF and sight.root.xpath(_VIEWERS):
        return Rejection(reason=RejectionReason.VIEWER, detail="a file in a frame, and hardly any words")
    return None


def _consent(sight: Sight) -> Rejection | None:
    if sight.words >= _FEW_SEEN or sight.states_article or sight.seen >= _FEW_SEEN:
        return None
    asked = len(CONSENTS.findall(sight.shown))
    if asked >= max(_FEWEST_CONSENTS, sight.words / _WORDS_A_CONSENT) and "cookie" in sight.markup.lower():
        return Rejection(reason=RejectionReason.CONSENT, detail="asks for consent and says little else")
    return None


def _login(sight: Sight) -> Rejection | None:
    if sight.words < _BRIEF and not sight.states_article and sight.root.xpath(".//input[@type='password']"):
        return Rejection(reason=RejectionReason.LOGIN, detail="asks for a password and says little else")
    return None


def _list(sight: Sight) -> Rejection | None:
    share, signs = listed_share(sight.root, sight.text), list(_signs_of_a_list(sight))
    asked = _LISTED_OF_AN_ARTICLE if sight.states_article and not signs else _LISTED - _A_SIGN * min(2, len(signs))
    if share >= asked or _has_headlines_only(sight, is_signed=bool(signs)):
        reason = RejectionReason.NOT_FOUND if _HOME in signs else RejectionReason.LIST
        told = "; ".join((f"{share:.0%} of its text in cards or links", *signs))
        return Rejection(reason=reason, detail=told)
    return None


def _has_headlines_only(sight: Sight, *, is_signed: bool) -> bool:
    if sight.words >= _SCARCE or (sight.states_article and not is_signed):
        return False
    return count_headlines(sight.root) >= _FEWEST_HEADLINES and most_together(sight.root) < _BRIEF


def _signs_of_a_list(sight: Sight) -> Iterator[str]:
    named = ARCHIVE.search(sight.classes)
    if named and not SINGLE.search(sight.classes):
        yield f"its body is of class {named[0]}"
    address = _path(sight.url)
    if LIST_PATH.search(address):
        yield "its address is that of a list"
    home = sight.root.xpath("string(.//link[@rel='canonical']/@href)") or sight.meta.first("og:url")
    if home and _path(home) in {"", "/"} and address not in {"", "/"}:
        yield _HOME
    if any(_COLLECTION.search(name) for name in sight.types):
        yield "it calls itself a collection"


def _path(address: str) -> str:
    """Return path and query of an address; of what is none, itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _paywall(sight: Sight) -> Rejection | None:
    """Tell the beginning of an article from one with its full text, whoever is asked to pay on its page."""
    if sight.words >= _STUB:
        return None
    asked = PAYWALL.search(sight.shown)
    if asked:
        return Rejection(reason=RejectionReason.PAYWALL, detail=f"{sight.words} words, then: {asked[0]}")
    return None


def _gallery(sight: Sight) -> Rejection | None:
    is_stated = any(_PICTURED.search(name) for name in sight.types)
    if sight.words >= (_STUB if is_stated else _BRIEF):
        return None
    images = len(
        sight.root.xpath(".//figure//img | .//li//img | .//*[contains(@class, 'galler')]//img | .//article//img")
    )
    is_titled = any(GALLERY.match(headline) for headline in sight.headlines)
    if images >= _FEWEST_IMAGES and (is_stated or is_titled):
        return Rejection(reason=RejectionReason.GALLERY, detail=f"{images} pictures and {sight.words} words")
    return None


def _media(sight: Sight) -> Rejection | None:
    kind = sight.meta.first("og:type").lower()
    is_stated = kind.startswith(("video", "music")) or any(_PLAYED.search(name) for name in sight.types)
    is_played = bool(sight.root.xpath(_PLAYERS)) or bool(sight.meta.first("og:video", "og:video:url", "og:audio"))
    fewest = _FEW if is_stated and not any(_ARTICLE.search(name) for name in sight.types) else _BRIEF
    if sight.words < fewest and (is_played or is_stated):
        return Rejection(reason=RejectionReason.MEDIA, detail=f"a player and {sight.words} words")
    return None
