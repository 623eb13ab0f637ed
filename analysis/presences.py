"""Who and where in one sentence: tags and words of `seeds/events.yml` as Moroccan side, other side and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from analysis.arabic import canonical, words
from analysis.cues import FoundCue, Wording, compile_wordings
from analysis.forms import Names
from analysis.naming import is_central_bureau, is_clung, is_led, is_named, is_of_branch, is_of_capital
from analysis.records import Language, Tag, TagKind
from analysis.services import services_of
from analysis.tags import Vocabulary
from analysis.vocabulary import MOROCCO, BodyKind, CueRole

_NO_SECURITY = frozenset({BodyKind.AGENCY, BodyKind.OTHER})
_OUR_SECURITY = frozenset(
    {
        BodyKind.POLICE,
        BodyKind.GENDARMERIE,
        BodyKind.INTELLIGENCE,
        BodyKind.COUNTER_TERRORISM,
        BodyKind.INTERIOR,
        BodyKind.BORDER,
        BodyKind.CYBER,
        BodyKind.PRISON,
    },
)
_PLACES = frozenset({TagKind.COUNTRY, TagKind.PLACE})
_WORDS_BACK = 3
_SEAT_WITHIN = 5  # characters: "بمكتبه في نواكشوط"


class Party(StrEnum):
    """Whose side somebody is on; an outsider is of Morocco and not of its security."""

    OURS = "ours"
    THEIRS = "theirs"
    OUTSIDER = "outsider"


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody or some place at `start` to `end` of a field.

    `kind` and `id` are the tag's, None for a phrase such as "his counterpart". `led` tells that a word before it leads
    to a place (to, in), `plain` that it is a name and no adjective or title, `security` that it is of a service.
    """

    kind: TagKind | None
    id: str | None
    country: str | None
    party: Party | None
    start: int
    end: int
    led: bool = False
    plain: bool = False
    security: bool = False

    @property
    def is_place(self) -> bool:
        """Tell whether it is a country or city."""
        return self.kind in _PLACES

    @property
    def is_actor(self) -> bool:
        """Tell whether it can act: a person, body or phrase, or a place of theirs that no word leads to."""
        return self.party is not None and not (self.led and self.is_place)


@dataclass(frozen=True, slots=True)
class Reader:
    """The seeds ready for reading reports; make it once."""

    vocabulary: Vocabulary
    wordings: Mapping[Language, Wording]
    names: Mapping[tuple[TagKind, str], frozenset[str]]


def compile_reader(vocabulary: Vocabulary) -> Reader:
    """Make the seeds ready for reading reports; takes a tenth of a second."""
    listed: dict[tuple[TagKind, str], Names] = {
        **{(TagKind.PERSON, id_): each.full_names for id_, each in vocabulary.people.items()},
        **{(TagKind.COUNTRY, id_): each.names for id_, each in vocabulary.countries.items()},
        **{(TagKind.PLACE, id_): each.names for id_, each in vocabulary.cities.items()},
    }
    names = {
        key: frozenset(canonical(name) for group in each.values() for name in group) for key, each in listed.items()
    }
    return Reader(vocabulary, compile_wordings(vocabulary.seeds.events), names)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a sentence of `text`: its tags and cues."""

    text: str
    tags: tuple[Tag, ...]
    cues: tuple[FoundCue, ...]


def find_presences(found: Found, reader: Reader, language: Language) -> tuple[Presence, ...]:
    """Put the tags and phrases of a sentence in order, each with its side."""
    wording = reader.wordings[language]
    actors = {tag.span for tag in found.tags if tag.kind in (TagKind.BODY, TagKind.PERSON)}
    apart = (tag for tag in found.tags if tag.kind not in _PLACES or tag.span not in actors)
    tagged = [presence for tag in apart for presence in _from_tag(found.text, tag, reader, wording)]
    named = [*services_of(found.text, found.cues, wording, language)]
    services = [Presence(None, None, MOROCCO, Party.OURS, start, end) for start, end in named]
    seats = (_seat(each, found.text, wording) for each in tagged if each.kind is TagKind.BODY)
    phrases = [*services, *filter(None, seats), *(presence for cue in found.cues for presence in _from_cue(cue))]
    free = (each for each in phrases if _is_seat(each) or not any(_covers(each, other) for other in tagged))
    kept = [each for each in free if not _is_within(each, phrases)]
    renamed = [_renamed(each, tagged, found.text, language) for each in (*tagged, *kept)]
    ordered = sorted(renamed, key=lambda each: (each.start, each.end, str(each.kind)))
    led = [_led_on(each, before, found.text) for before, each in pairwise([None, *ordered]) if each is not None]
    return tuple(each for each in led if not (_is_seat(each) and any(_is_abroad(each, other) for other in led)))


def _is_abroad(seat: Presence, city: Presence) -> bool:
    """Tell whether a city of another country stands right after "in his office": it is theirs."""
    foreign = city.kind is TagKind.PLACE and city.country != MOROCCO and city.led
    return foreign and 0 <= city.start - seat.end <= _SEAT_WITHIN


def _seat(body: Presence, text: str, wording: Wording) -> Presence | None:
    """Find our own house where a word for premises stands beside a service of ours: "dans les salons de la DGSN"."""
    around = words(canonical(text[max(0, body.start - 25) : body.start]))[-_WORDS_BACK:]
    around += words(canonical(text[body.end : body.end + 15]))[:1]
    if body.party is not Party.OURS or not any(wording.is_in(CueRole.PREMISES, word) for word in around):
        return None
    return Presence(TagKind.PLACE, None, MOROCCO, None, body.start, body.end, led=True)


def _is_seat(each: Presence) -> bool:
    """Tell whether it is our own house, whose name can hold a body's: "au siège de la DGSN"."""
    return each.kind is TagKind.PLACE and each.id is None


def _covers(one: Presence, other: Presence) -> bool:
    return one.start < other.end and other.start < one.end


def _is_within(each: Presence, others: Iterable[Presence]) -> bool:
    """Tell whether a phrase is part of a longer one: "his counterpart" of "his Moroccan counterpart"."""
    return any(
        o.start <= each.start and each.end <= o.end and (o.start, o.end) != (each.start, each.end) for o in others
    )


def _led_on(each: Presence, before: Presence | None, text: str) -> Presence:
    """Lead a city where its country's adjective right before it is led to: "in the Spanish capital Madrid"."""
    if before is None or not (before.led and each.is_place and before.country == each.country):
        return each
    return each if text[before.end : each.start].strip() else replace(each, led=True)


def without_namesakes(tags: Sequence[Tag], reader: Reader) -> tuple[Tag, ...]:
    """Leave out a body of ours that goes by part of another country's name in an article without anybody of ours."""
    sides = [(tag, _side(tag, reader.vocabulary)) for tag in tags if tag.kind in (TagKind.PERSON, TagKind.BODY)]
    if any(tag.kind is TagKind.PERSON and side == (MOROCCO, Party.OURS) for tag, side in sides):
        return tuple(tags)
    theirs = [canonical(tag.surface) for tag, side in sides if side and side[1] is Party.THEIRS]
    ours = {id(tag) for tag, side in sides if side == (MOROCCO, Party.OURS)}
    return tuple(tag for tag in tags if id(tag) not in ours or not _is_part_of(canonical(tag.surface), theirs))


def _is_part_of(name: str, others: Iterable[str]) -> bool:
    return any(f" {name} " in f" {other} " for other in others)


def _from_tag(text: str, tag: Tag, reader: Reader, wording: Wording) -> Iterator[Presence]:
    side = _side(tag, reader.vocabulary)
    if side is None:
        return
    country, party = side
    if tag.kind is TagKind.BODY and country is None and is_central_bureau(text, tag):
        return
    spelt = canonical(tag.surface)
    named = is_named(spelt, reader.names.get((tag.kind, tag.id), frozenset()))
    plain = named or (tag.kind is TagKind.COUNTRY and is_of_capital(text, tag, wording))
    led = tag.kind in _PLACES and (is_clung(spelt, reader.names[tag.kind, tag.id]) or is_led(text, tag, wording))
    if tag.kind is TagKind.PLACE and is_of_branch(text, tag, wording):
        led, party = False, None
    security = _is_security(tag, reader.vocabulary)
    yield Presence(tag.kind, tag.id, country, party, tag.span.start, tag.span.end, led, plain, security)


def _is_security(tag: Tag, vocabulary: Vocabulary) -> bool:
    """Tell whether a tag names a service of security, of whatever country, or somebody of one."""
    body_id = vocabulary.people[tag.id].body if tag.kind is TagKind.PERSON else tag.id
    body = vocabulary.bodies.get(body_id or "") if tag.kind in (TagKind.PERSON, TagKind.BODY) else None
    return body is not None and body.kind in _OUR_SECURITY


def _side(tag: Tag, vocabulary: Vocabulary) -> tuple[str | None, Party | None] | None:
    """Say the country and side of a tag; None for a tag that is no side, such as a theme or a news agency."""
    match tag.kind:
        case TagKind.COUNTRY:
            return tag.id, Party.THEIRS
        case TagKind.PLACE:
            country = vocabulary.cities[tag.id].country
            return country, None if country == MOROCCO else Party.THEIRS
        case TagKind.BODY:
            return _side_of_body(tag.id, vocabulary)
        case TagKind.PERSON:
            return _side_of_person(tag.id, vocabulary)
        case _:
            return None


def _side_of_body(body_id: str, vocabulary: Vocabulary) -> tuple[str | None, Party | None] | None:
    body = vocabulary.bodies[body_id]
    if body.kind in _NO_SECURITY:
        return None
    if body.country != MOROCCO:
        return body.country, Party.THEIRS
    return MOROCCO, Party.OURS if body.kind in _OUR_SECURITY else Party.OUTSIDER


def _side_of_person(person_id: str, vocabulary: Vocabulary) -> tuple[str | None, Party | None]:
    person = vocabulary.people[person_id]
    body = vocabulary.bodies.get(person.body or "")
    if person.country != MOROCCO:
        return body.country if body is not None else person.country, Party.THEIRS
    is_security = body is not None and body.country == MOROCCO and body.kind in _OUR_SECURITY
    return MOROCCO, Party.OURS if is_security else Party.OUTSIDER


def _renamed(each: Presence, others: Iterable[Presence], text: str, language: Language) -> Presence:
    """Give an office or body of ours that another country's adjective qualifies to that country."""
    if each.party not in (Party.OURS, Party.OUTSIDER) or each.plain:
        return each
    for other in others:
        if other.kind is TagKind.COUNTRY and not other.led and _qualifies(other, each, text, language):
            return Presence(None, None, other.country, Party.THEIRS, each.start, each.end)
    return each


def _qualifies(adjective: Presence, noun: Presence, text: str, language: Language) -> bool:
    if language is Language.ENGLISH and adjective.end <= noun.start:
        return text[adjective.end : noun.start].strip() in ("", "'s", "’s")
    return adjective.start >= noun.end and not text[noun.end : adjective.start].strip() and text[adjective.start] != "و"


def _from_cue(cue: FoundCue) -> Iterator[Presence]:
    match cue.term.role:
        case CueRole.OURS:
            yield Presence(None, None, MOROCCO, Party.OURS, cue.start, cue.end)
        case CueRole.THEIRS:
            yield Presence(None, None, None, Party.THEIRS, cue.start, cue.end)
        case CueRole.OUTSIDER:
            yield Presence(None, None, MOROCCO, Party.OUTSIDER, cue.start, cue.end)
        case CueRole.HOME:
            yield Presence(TagKind.PLACE, None, MOROCCO, None, cue.start, cue.end, led=True)
        case _:
            return
