"""An article as scenes: its sentences with the cues, people and places in them, and whom the whole is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from analysis.cues import FoundCue
from analysis.officials import with_officials
from analysis.papers import with_papers
from analysis.presences import Found, Party, Presence, Reader, find_presences, without_namesakes
from analysis.records import Article, Field, Tag, TagKind
from analysis.scenes import Scene, has_hero, is_official
from analysis.sentences import Sentence, split_article
from analysis.vocabulary import MOROCCO, CueRole

OPENING = 3  # sentences, the title counted: who is in them is the article's subject
PRONOUN_BACK = 2  # sentences
_OF_WITHIN = 15  # characters: "en marge de la visite"
_MOST = 300  # sentences: what is longer is a list or an archive and no article

_PLACES = frozenset({TagKind.PLACE, TagKind.COUNTRY})

T = TypeVar("T")
Standing = tuple[int, int, T]
"""Something and the characters of its field where it stands."""


def stage(article: Article, tags: Sequence[Tag], reader: Reader) -> list[Scene]:
    """Make scenes of the sentences that tell or open something."""
    if not any(_is_foreign(each, reader) for each in tags):
        return []
    wording = reader.wordings[article.language]
    cues = {field: wording.find(_text(article, field)) for field in Field}
    named = any(each.kind in (TagKind.PERSON, TagKind.BODY) for each in tags)
    if not named and not any(_is_of_sides(each) for each in cues.values()):
        return []
    sentences = split_article(article)[:_MOST]
    kept = without_namesakes(tags, reader)
    scenes = [
        scene for field in Field for scene in _stage_field(article, field, (sentences, kept, cues[field]), reader)
    ]
    scenes = with_papers(sorted(scenes, key=lambda each: each.sentence.number))
    house, guests = _subject(scenes)
    heroic = {each.sentence.number for each in scenes if has_hero(each)}
    circle = any(_has_organisation(each) for each in scenes if each.sentence.number < OPENING)
    official = any(_has_officials(each) for each in scenes if each.sentence.number < OPENING)
    tour = any(CueRole.TOUR in each.roles for each in scenes if each.sentence.number < OPENING)
    titles = [each for each in scenes if each.sentence.number == 0]
    setting = next(map(_setting, titles), None)
    beside = any(_is_beside_something(each) for each in titles)
    return [
        with_officials(
            replace(
                each,
                hero=_is_about(each, heroic),
                house=house,
                guests=guests,
                visited=official,
                circle=circle,
                touring=tour,
                beside=beside,
                setting=setting,
            )
        )
        for each in scenes
    ]


def _is_foreign(tag: Tag, reader: Reader) -> bool:
    """Tell whether a tag can be of the other side; Morocco itself is no tag."""
    vocabulary = reader.vocabulary
    match tag.kind:
        case TagKind.COUNTRY:
            return True
        case TagKind.PLACE:
            return vocabulary.cities[tag.id].country != MOROCCO
        case TagKind.BODY:
            return vocabulary.bodies[tag.id].country != MOROCCO
        case _:
            return tag.kind is TagKind.PERSON and vocabulary.people[tag.id].country != MOROCCO


def _is_of_sides(cues: Sequence[FoundCue]) -> bool:
    """Tell whether a word can stand for our side, or tell what needs none of it: a service, somebody handed over."""
    return any(each.term.role in _SIDES for each in cues)


_SIDES = frozenset({CueRole.OURS, CueRole.SECURITY, CueRole.EXTRADITION, CueRole.WANTED, CueRole.GATHERING})


def _setting(title: Scene) -> Presence | None:
    """Find the place that a title puts somebody in, unless what it tells is beside something else."""
    if CueRole.ASIDE in title.roles or not title.actors():
        return None
    return next((each for each in title.presences if each.is_place and each.led), None)


def _is_beside_something(title: Scene) -> bool:
    """Tell whether a title puts what it tells beside something else; what is beside a visit is part of it."""
    visits = [*title.of(CueRole.TRIP), *title.of(CueRole.DURING)]
    asides = title.of(CueRole.ASIDE)
    return any(not any(-_OF_WITHIN <= visit.start - each.end <= _OF_WITHIN for visit in visits) for each in asides)


def _has_organisation(scene: Scene) -> bool:
    return any(each.kind is TagKind.BODY and each.country is None for each in scene.presences)


def _has_officials(scene: Scene) -> bool:
    return any(is_official(scene, each) for each in scene.actors(Party.THEIRS))


def _stage_field(
    article: Article, field: Field, kept: tuple[Sequence[Sentence], Sequence[Tag], Sequence[FoundCue]], reader: Reader
) -> Iterable[Scene]:
    text, wording = _text(article, field), reader.wordings[article.language]
    tour = any(each.term.role is CueRole.TOUR for each in kept[2])
    sentences = [each for each in kept[0] if each.field is field]
    cues = _deal(sentences, [(each.start, each.end, each) for each in kept[2]])
    tags = _deal(sentences, [(each.span.start, each.span.end, each) for each in kept[1] if each.span.field is field])
    for sentence, inside, named in zip(sentences, cues, tags, strict=True):
        on_tour = tour and any(each.kind in _PLACES for each in named)
        if sentence.number < OPENING or on_tour or _can_tell(inside, named):
            presences = find_presences(Found(text, named, inside), reader, article.language)
            yield Scene(sentence, text, article.language, wording, inside, presences)


def _text(article: Article, field: Field) -> str:
    return article.title if field is Field.TITLE else article.text


def _can_tell(cues: Sequence[FoundCue], tags: Sequence[Tag]) -> bool:
    """Tell whether a sentence can tell anything: by a word that does more than qualify, or by somebody who is named."""
    return any(each.term.role not in _QUALIFYING for each in cues) or (
        bool(cues) and any(each.kind in (TagKind.PERSON, TagKind.BODY) for each in tags)
    )


_QUALIFYING = frozenset(
    {
        *(CueRole.OFFICE, CueRole.HEAD, CueRole.SECURITY, CueRole.NATION, CueRole.ENVOY, CueRole.BOTH, CueRole.GIFT),
        *(CueRole.AGENT, CueRole.CONDITION, CueRole.AFTER, CueRole.DURING, CueRole.SAYING, CueRole.TOLD, CueRole.DOING),
    }
)
"""What words do that tell nothing where no other word does."""


def _deal(sentences: Sequence[Sentence], things: Sequence[Standing[T]]) -> list[tuple[T, ...]]:
    """Deal to each sentence what stands inside it."""
    ordered = sorted(things, key=lambda each: each[:2])
    starts = [start for start, _, _ in ordered]
    dealt = (ordered[bisect_left(starts, each.start) : bisect_left(starts, each.end)] for each in sentences)
    return [
        tuple(thing for _, end, thing in some if end <= each.end) for each, some in zip(sentences, dealt, strict=True)
    ]


def _subject(scenes: Sequence[Scene]) -> tuple[bool, tuple[str, ...]]:
    """Say whom the article is about: is our side in its opening, and which countries are."""
    opening = [each for scene in scenes if scene.sentence.number < OPENING for each in scene.presences]
    countries = (each.country for each in opening if each.party is Party.THEIRS or each.kind is TagKind.PLACE)
    foreign = dict.fromkeys(each for each in countries if each is not None and each != MOROCCO)
    return any(each.party is Party.OURS for each in opening), tuple(foreign)


def _is_about(scene: Scene, heroic: set[int]) -> bool:
    """Tell whether somebody of ours stands in the opening or in one of the sentences just before."""
    number = scene.sentence.number
    return not heroic.isdisjoint({*range(OPENING), *range(number - PRONOUN_BACK, number + 1)})
