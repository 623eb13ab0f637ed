"""What a page says of its article beside title and text: subtitle, section, the outlet's own tags, image.

What is stated for machines goes before what is shown; a statement that only repeats the title or the outlet says
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from analysis.evidence import Evidence, is_aside, surroundings
from analysis.statements import one_line, read_breadcrumbs
from analysis.titles import outlets_of, plain

_SUBTITLE = re.compile(
    r"(?<![a-z])(?:sub-?(?:title|head(?:line|ing)?)|sous-?titre|sub-?titulo|bajada|entradilla|chap(?:o|eau)|stand-?first"
    r"|dek|kicker-?below|article-?(?:excerpt|summary|intro|lead))(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SUBTITLE_WORDS = (4, 80)
_MOST_NAMED = 200
_SECTION_NAMES = ("article:section", "og:article:section", "parsely-section", "articlesection", "section", "og:section")
_LONGEST_SECTION = 60
_TAG_LINKS = ".//a[contains(concat(' ', @rel, ' '), ' tag ')]"
_TAG_NAMES = ("news_keywords", "parsely-tags", "keywords")
_PARTED = re.compile(r" *[,،;؛|] *")
_MOST_TAGS, _LONGEST_TAG = 20, 60
_IMAGE_NAMES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_LOGO = re.compile(r"logo|placeholder|default[-_](?:image|share)|favicon|blank\.", re.IGNORECASE)
_MAIN = ("À la une", "une", "home", "accueil", "inicio", "portada", "الرئيسية", "الصفحة الرئيسية")
_UNSORTED = ("uncategorized", "non classé", "sin categoría", "غير مصنف")


@dataclass(frozen=True, kw_only=True, slots=True)
class Particulars:
    """What a page says of its article; None where it does not say."""

    subtitle: str | None = None
    section: str | None = None
    image: str | None = None
    outlet_tags: tuple[str, ...] = ()


def find_particulars(evidence: Evidence, title: str) -> Particulars:
    """Read what the page says of its article, before its furniture is taken out."""
    nothing = {
        *outlets_of(evidence.meta, evidence.statements, evidence.page.url),
        *map(plain, (title, *_MAIN, *_UNSORTED)),
        "",
    }
    return Particulars(
        subtitle=_first((each for each in _subtitles(evidence) if not plain(each).startswith(plain(title))), nothing),
        section=_first(_sections(evidence), nothing),
        image=_image(evidence),
        outlet_tags=_tags(evidence, nothing),
    )


def _first(stated: Iterable[str], nothing: set[str]) -> str | None:
    return next((each for each in stated if plain(each) not in nothing), None)


def _subtitles(evidence: Evidence) -> Iterator[str]:
    stated = (each.subtitle for each in evidence.statements[:1])
    fewest, most = _SUBTITLE_WORDS
    return (each for each in (*stated, *_shown_subtitles(evidence)) if fewest <= len(each.split()) <= most)


def _shown_subtitles(evidence: Evidence) -> Iterator[str]:
    for around in islice(surroundings(evidence), 3):
        for element in around.xpath(".//*[@class or @itemprop]")[:_MOST_NAMED]:
            names = f"{element.get('class', '')} {element.get('itemprop', '')}"
            is_named = element.get("itemprop") == "alternativeHeadline" or _SUBTITLE.search(
                _CAMEL.sub("-", names).lower()
            )
            if is_named and not is_aside(element):
                yield one_line(element.text_content())


def _sections(evidence: Evidence) -> Iterator[str]:
    stated = (each.section for each in evidence.statements[:1])
    named = (evidence.meta.first(name) for name in _SECTION_NAMES)
    for each in (*stated, *named, *reversed(read_breadcrumbs(evidence.root))):
        parts = (part.strip(" -#") for part in _PARTED.split(each))
        yield from (part for part in parts if 1 < len(part) <= _LONGEST_SECTION)


def _tags(evidence: Evidence, nothing: set[str]) -> tuple[str, ...]:
    """Take the tags of the surest place that has any: a whole of keywords for search engines comes last."""
    stated = next((each.keywords for each in evidence.statements[:1]), ())
    shown = (one_line(link.text_content()) for link in evidence.root.xpath(_TAG_LINKS)[: 3 * _MOST_TAGS])
    for names in (evidence.meta.tags, tuple(shown), stated, *((evidence.meta.first(name),) for name in _TAG_NAMES)):
        parts = [part.strip(" #") for name in names for part in _PARTED.split(name)]
        sound = [part for part in parts if len(part) <= _LONGEST_TAG and plain(part) not in nothing]
        if sound:
            first = {plain(part): part for part in reversed(sound)}
            return tuple(first[bare] for bare in dict.fromkeys(map(plain, sound)))[:_MOST_TAGS]
    return ()


def _image(evidence: Evidence) -> str | None:
    stated = [*(each.image for each in evidence.statements[:1]), *(evidence.meta.first(name) for name in _IMAGE_NAMES)]
    addresses = [_address(each, evidence) for each in stated if each]
    found = [each for each in addresses if each]
    return next((each for each in found if not _LOGO.search(each)), None)


def _address(stated: str, evidence: Evidence) -> str | None:
    try:
        address = urljoin(evidence.page.url, stated)
        is_whole = urlsplit(address).scheme in {"http", "https"} and bool(urlsplit(address).hostname)
    except ValueError:
        return None
    return address if is_whole and not any(sign.isspace() for sign in address) else None
