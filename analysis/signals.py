"""The words of an article that can make it ours: each with its side, its weight and whether it speaks of security.

A word for a service (police, intelligence) is on the side of the country, adjective or city that stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.arabic import canonical, words
from analysis.meaning import is_adjective
from analysis.records import Article, Field, Language, Tag, TagKind
from analysis.tags import Vocabulary
from analysis.terms import Found, Line, longest
from analysis.topic import PhraseGroup, Side
from analysis.vocabulary import MOROCCO, BodyKind

_MINISTRIES = frozenset({BodyKind.INTERIOR, BodyKind.JUSTICE, BodyKind.PRISON, BodyKind.CUSTOMS})
_NO_SIDE = frozenset({BodyKind.AGENCY, BodyKind.DEFENCE})  # armies have a diplomacy of their own
_SPIES = frozenset({BodyKind.INTELLIGENCE, BodyKind.COUNTER_TERRORISM})
_COUNTRIES = frozenset({Side.FOREIGN, Side.MOROCCO})
_HOME = frozenset({Side.MOROCCO, Side.MOROCCAN})
APART = 40  # characters between a service and its country: "the general directorate of the national police of"
_AMONG = 60  # characters
_RIGHT_BEHIND = 6  # characters
_ENDS = frozenset(".!?؟\n")
_STOPS = frozenset(".,;:!?()|\n\r،؛؟:«»…")
_AND = frozenset({"et", "y", "and", "و", "ou", "e"})
_DEFINITE = ("ال", "لل")
_AND_THE = "وال"
_GOES_ON = ("و", "ال")  # what Arabic writes onto a second adjective


@dataclass(frozen=True, slots=True)
class Signal:
    """What one word or name contributes.

    `security`: a side is a service, or words between two sides speak of security. `state`: words between, beside which
    the country is side enough if the other side is a service. `spies`: a service that works abroad, or its head.
    `namesakes`: countries that say so too. `among_services`: words that speak of security beside a service.
    `of_people`: words said of somebody, whose nationality an adjective beside them is. `office`: a ministry.
    """

    side: Side
    weight: float
    words: str
    security: bool = False
    state: bool = False
    spies: bool = False
    namesakes: tuple[str, ...] = ()
    among_services: bool = False
    of_people: bool = False
    office: bool = False


FoundSignal = Found[Signal]


def find_signals(article: Article, tags: Sequence[Tag], vocabulary: Vocabulary) -> list[FoundSignal]:
    """Find every signal; positions count title and text as one, with one character between."""
    plain = [*_from_tags(article, tags, vocabulary), *_from_phrases(article, vocabulary)]
    services = [each for each in plain if each.term.side is Side.SERVICE and each.term.weight]
    line = Line(each for each in services if each.term.security)
    others = [*_among_services(plain, line, f"{article.title}\n{article.text}")]
    return _ours([*others, *_placed(services, others, article, vocabulary)], _countries(tags, vocabulary))


def _among_services(signals: Iterable[FoundSignal], services: Line[Signal], whole: str) -> Iterator[FoundSignal]:
    """Give what is no service; words that speak of security beside one, in the same sentence, do so there."""
    for each in signals:
        near = services.near(each, _AMONG) if each.term.among_services else ()
        if any(_ENDS.isdisjoint(whole[min(each.end, other.end) : max(each.start, other.start)]) for other in near):
            yield Found(replace(each.term, security=True), each.start, each.end)
        elif each.term.side is not Side.SERVICE:
            yield each


def _countries(tags: Iterable[Tag], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the countries that are named, themselves or by a city."""
    cities = {vocabulary.cities[tag.id].country for tag in tags if tag.kind is TagKind.PLACE}
    return frozenset(cities | {tag.id for tag in tags if tag.kind is TagKind.COUNTRY})


def _from_tags(article: Article, tags: Iterable[Tag], vocabulary: Vocabulary) -> Iterator[FoundSignal]:
    for tag in tags:
        signal = signal_of(tag, vocabulary)
        if signal is not None:
            offset = _offset(tag.span.field, article)
            yield Found(signal, tag.span.start + offset, tag.span.end + offset)


def signal_of(tag: Tag, vocabulary: Vocabulary) -> Signal | None:
    """Say what a name of the seeds contributes, wherever it stands; None if nothing."""
    weights = vocabulary.seeds.topic.actors
    if tag.kind is TagKind.COUNTRY:
        is_name = vocabulary.is_name_of_country(tag.id, tag.surface)  # a Spanish number plate is no party
        return Signal(Side.FOREIGN, weights.foreign_country if is_name else weights.foreign_adjective, tag.surface)
    if tag.kind is TagKind.PLACE:
        if vocabulary.cities[tag.id].country == MOROCCO:
            return Signal(Side.MOROCCO, weights.morocco, tag.surface, state=True)
        return Signal(Side.FOREIGN, weights.foreign_city, tag.surface)
    return _of_actor(tag, vocabulary) if tag.kind in (TagKind.PERSON, TagKind.BODY) else None


def _of_actor(tag: Tag, vocabulary: Vocabulary) -> Signal | None:
    weights = vocabulary.seeds.topic.actors
    country, body = _belongs(tag, vocabulary)
    if body in _NO_SIDE:
        return None
    is_service = body not in (None, BodyKind.OTHER)
    if country != MOROCCO:
        is_office = tag.kind is TagKind.BODY and body in _MINISTRIES
        service = weights.foreign_ministry if is_office else weights.foreign_service
        weight = service if is_service else weights.foreign_country
        return Signal(Side.FOREIGN, weight, tag.surface, security=is_service, office=is_office and is_service)
    if not is_service:  # the king and his ministers stand for the country
        return Signal(Side.MOROCCO, weights.morocco, tag.surface, state=True)
    is_person = tag.kind is TagKind.PERSON and body is not BodyKind.JUSTICE
    is_ministry = body in _MINISTRIES and not is_person  # the minister of the interior weighs as a service does
    weight = weights.moroccan_ministry if is_ministry else weights.moroccan_service
    spies = body in _SPIES or (is_person and body not in _MINISTRIES)  # a minister goes abroad for much else
    return Signal(Side.MOROCCAN, weight, tag.surface, security=True, spies=spies)


def _belongs(tag: Tag, vocabulary: Vocabulary) -> tuple[str | None, BodyKind | None]:
    """Return the country of a person or body, and the kind of the body."""
    if tag.kind is TagKind.BODY:
        return vocabulary.bodies[tag.id].country, vocabulary.bodies[tag.id].kind
    person = vocabulary.people[tag.id]
    return person.country, vocabulary.bodies[person.body].kind if person.body else None


def _from_phrases(article: Article, vocabulary: Vocabulary) -> Iterator[FoundSignal]:
    for field, text in ((Field.TITLE, article.title), (Field.TEXT, article.text)):
        offset = _offset(field, article)
        found = [Found(vocabulary.groups[each.term], each.start, each.end) for each in vocabulary.phrases.find(text)]
        groups = defaultdict[tuple[Side, int, int], list[PhraseGroup]](list)
        for each in found:
            groups[each.term.side, each.start, each.end].append(each.term)
        for each in longest(found, kind=lambda group: group.side):
            merged = _merged(groups[each.term.side, each.start, each.end], text[each.start : each.end])
            yield Found(merged, each.start + offset, each.end + offset)


def _merged(groups: Sequence[PhraseGroup], words: str) -> Signal:
    """Say what words contribute that stand in one or several groups of a side: all that any lets them."""
    signals = [signal_of_phrase(group, words) for group in groups]
    if len(signals) == 1:
        return signals[0]
    return replace(
        signals[0],
        weight=max(each.weight for each in signals),
        security=any(each.security for each in signals),
        state=any(each.state for each in signals),
        spies=any(each.spies for each in signals),
        among_services=any(each.among_services for each in signals),
        of_people=all(each.of_people for each in signals),
    )


def signal_of_phrase(group: PhraseGroup, words: str) -> Signal:
    """Say what words of a group contribute."""
    return Signal(
        group.side,
        group.weight,
        words,
        security=group.security,
        state=group.state,
        spies=group.spies,
        namesakes=group.namesakes,
        among_services=group.among_services,
        of_people=group.of_people,
        office=group.office,
    )


def _offset(field: Field, article: Article) -> int:
    return 0 if field is Field.TITLE else len(article.title) + 1


# ---------------------------------------------------------------- whose service


def _placed(
    services: Iterable[FoundSignal], others: Iterable[FoundSignal], article: Article, vocabulary: Vocabulary
) -> Iterator[FoundSignal]:
    """Put each service on the sides of the countries beside it: "the Moroccan and Spanish police" are two."""
    line = Line(each for each in others if each.term.side in _COUNTRIES and not each.term.security)
    ours = Line(each for each in others if each.term.side is Side.MOROCCAN)
    whole, joining = f"{article.title}\n{article.text}", vocabulary.joining
    for service in services:
        near = line.near(service, APART)
        if not any(each.start > service.start for each in ours.near(service, _RIGHT_BEHIND)):  # a delegation of ours
            yield from _after(service, near, whole, joining)
        if article.language is Language.ENGLISH:
            yield from _before(service, near, whole)


def _after(
    service: FoundSignal, near: Sequence[FoundSignal], whole: str, joining: frozenset[str]
) -> Iterator[FoundSignal]:
    start, end, allowed = service.start, service.end, joining
    for country in near:
        is_of_it = allowed is _AND or not country.term.words.startswith(_AND_THE)
        if is_of_it and country.start >= end and _joins(whole[end : country.start], allowed, country.term.words):
            yield _of_country(service, country, min(start, country.start), country.end)
            start, end, allowed = len(whole), country.end, _AND


def _before(service: FoundSignal, near: Sequence[FoundSignal], whole: str) -> Iterator[FoundSignal]:
    """Find "Moroccan", or "Moroccan and Spanish", right before an English service."""
    start, end, allowed = service.start, service.end, frozenset({"s"})
    for country in reversed(near):
        if country.end <= start and _joins(whole[country.end : start], allowed):
            yield _of_country(service, country, country.start, max(country.end, end))
            start, end, allowed = country.start, 0, _AND


def _joins(gap: str, allowed: frozenset[str], following: str = "") -> bool:
    """Tell whether only words such as "of the national" part a service from its country, or "and" a second one."""
    if len(gap) > APART or not _STOPS.isdisjoint(gap):
        return False
    found = words(canonical(gap))
    if allowed is _AND:
        return _AND.issuperset(found) and (bool(found) or "-" in gap or following.startswith(_GOES_ON))
    return all(word in allowed or word.startswith(_DEFINITE) for word in found)


def _of_country(service: FoundSignal, country: FoundSignal, start: int, end: int) -> FoundSignal:
    """Put a service on the side of a country; an official of ours stands for ours."""
    if country.term.side is Side.FOREIGN:
        side = Side.FOREIGN
    else:
        side = Side.MOROCCAN if service.term.security else Side.MOROCCO
    shown = f"{service.term.words} {country.term.words}"
    return Found(replace(service.term, side=side, words=shown, state=True), start, end)


def _ours(signals: Sequence[FoundSignal], named: frozenset[str]) -> list[FoundSignal]:
    """Take away Moroccan sides inside a foreign name, and services before a foreign adjective: they are not ours.

    So are words that a country `named` uses too, where Morocco is not named.
    """
    sides = [each for each in signals if each.term.side is Side.FOREIGN]
    adjectives = {each.start for each in sides if not each.term.state and is_adjective(each.term.words)}
    foreign = Line(sides)
    kept = [
        each
        for each in signals
        if each.term.side not in _HOME
        or not (foreign.overlapping(each) or (each.term.side is Side.MOROCCAN and each.end + 1 in adjectives))
    ]
    at_home = any(each.term.side in _HOME and not each.term.namesakes for each in kept)
    return [each for each in kept if at_home or named.isdisjoint(each.term.namesakes)]
