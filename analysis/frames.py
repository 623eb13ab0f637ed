"""A visit that an opening tells over several sentences: who of both sides is in it, on whose ground, doing what, when.

It is read where no single sentence tells one: "the plane touched down in Libreville", "on board, the director", "the
visitor was taken to the palace". What speaks of another time, of a denial or of something else beside it is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.cues import FoundCue
from analysis.extents import times_of
from analysis.findings import Finding
from analysis.presences import Party, Presence
from analysis.records import Direction, EventKind, Field, Language, Precision, TagKind, Told, When
from analysis.scenes import Draft, Scene, city_in, has_hero, is_beside, is_security
from analysis.telling import Telling, told_by_words
from analysis.travellers import side_of_traveller
from analysis.vocabulary import MOROCCO, CueRole, Reach

_RULE = "frame"
_STRETCH = 7  # sentences, the title counted
_FIRST = 3  # sentences of them: what they say of the whole holds for all
_LATE = 5  # sentences: what is first told after them, without a date, is background
_RECENT = timedelta(days=7)
_MOVES = frozenset({CueRole.TRIP, CueRole.TRAVEL, CueRole.LEADING, CueRole.STAY})
_ACTS = _MOVES | {CueRole.HOST, CueRole.GUEST, CueRole.WELCOMED, CueRole.TALKS, CueRole.VISITOR}
_SOMETHING_ELSE = frozenset(
    {CueRole.ASIDE, CueRole.EXTRADITION, CueRole.WANTED, CueRole.DISMANTLING, CueRole.GATHERING}
)
_OTHER_NEWS = frozenset({EventKind.DECORATION, EventKind.EXTRADITION, EventKind.OPERATION, EventKind.ELECTION})
_TITLE = 5  # words: "le commissaire général de la police nationale espagnole"
_GIFT_WITHIN = 40  # characters: "ont reçu jeudi à Kénitra leur brevet"
_ELSEWHEN = frozenset({Told.RECALLED, Told.ANNOUNCED})
_FAR = frozenset({Reach.BEFORE, Reach.SENTENCE})


@dataclass(frozen=True, slots=True)
class _Part:
    """One sentence of the opening that can be part of a visit: what is done in it, and on which days."""

    scene: Scene
    acts: tuple[FoundCue, ...]
    days: tuple[When, ...]


def read_frame(scenes: Sequence[Scene], told: Sequence[Finding], published: date | None) -> Iterator[Finding]:
    """Read the opening as a whole, unless its sentences tell of a visit, or that there was or will be one."""
    opening = [each for each in scenes if each.sentence.number < _STRETCH]
    if published is None or any(map(_is_of_something_else, opening)) or any(map(_is_told, told)):
        return
    parts = [_part(each, published) for each in opening if _is_of_now(each, published)]
    best = min((each for each in parts if each.acts and _has_somebody(each, parts)), key=_rank, default=None)
    day = next((when for each in sorted(parts, key=_rank) for when in each.days), None)
    if best is None or day is None:
        return
    signed = {country for each in told if each.draft.kind is EventKind.AGREEMENT for country in each.draft.countries}
    for direction, countries in _courses(parts, signed):
        city = city_in(best.scene, countries if direction is Direction.OUTBOUND else (MOROCCO,))
        draft = Draft(EventKind.VISIT, direction, countries, city, best.acts[0], _RULE)
        scene = replace(best.scene, times=times_of(best.scene, published))
        yield Finding(scene, draft, Telling(Told.NEWS, day))


def is_frame(finding: Finding) -> bool:
    """Tell whether a finding is of the opening as a whole."""
    return finding.draft.rule == _RULE


def _is_told(finding: Finding) -> bool:
    """Tell whether a visit is told of, and not just recalled in passing; or whether the opening tells other news."""
    kind, told, is_first = finding.draft.kind, finding.telling.told, finding.scene.sentence.number < _FIRST
    is_late = finding.scene.sentence.number >= _LATE and finding.telling.when is None
    if kind is not EventKind.VISIT or finding.is_faint or is_late:
        return kind in _OTHER_NEWS and is_first
    return told in (Told.NEWS, Told.DENIED) or (told is Told.ANNOUNCED and is_first)


def _is_of_something_else(scene: Scene) -> bool:
    """Tell whether the first sentences say that no visit is told: by who acts, or what is done or denied there."""
    if scene.sentence.number >= _FIRST:
        return False
    said = {each.term.told for each in scene.of(CueRole.TOLD) if each.term.reach in _FAR}
    is_to_come = Told.ANNOUNCED in said and not any(_acts(scene))
    return is_to_come or Told.DENIED in said or _is_of_others(scene)


def _is_of_others(scene: Scene) -> bool:
    return bool(scene.actors(Party.OUTSIDER)) or not scene.roles.isdisjoint(_SOMETHING_ELSE)


# ---------------------------------------------------------------- what is part of it


def _is_of_now(scene: Scene, published: date) -> bool:
    """Tell whether a sentence speaks of these days: no word puts all of it elsewhen, no time is of another week."""
    words = [each.term for each in scene.of(CueRole.TOLD) if each.term.reach is Reach.SENTENCE]
    if _is_of_others(scene):
        return False
    times = [each.when for each in times_of(scene, published)]
    is_dated_else = bool(times) and not any(_is_recent(each, published) for each in times)
    return not is_dated_else and not any(each.told in _ELSEWHEN for each in words)


def _part(scene: Scene, published: date) -> _Part:
    days = [each.when for each in times_of(scene, published) if each.when.precision is Precision.DAY]
    today = [When(first=published, last=published, precision=Precision.DAY)] if scene.todays else []
    return _Part(scene, tuple(_acts(scene)), tuple(each for each in (*days, *today) if _is_recent(each, published)))


def _acts(scene: Scene) -> Iterator[FoundCue]:
    """List what is done, but for a prize or message that is received."""
    for cue in scene.cues:
        if cue.term.role not in _ACTS or scene.is_supposed(cue) or _is_of_gift(scene, cue):
            continue
        if told_by_words(scene, cue) in (None, Told.RECALLED):
            yield cue


def _is_of_gift(scene: Scene, cue: FoundCue) -> bool:
    is_host = cue.term.role is CueRole.HOST
    return is_host and any(0 <= each.start - cue.end <= _GIFT_WITHIN for each in scene.of(CueRole.GIFT))


def _has_somebody(part: _Part, parts: Sequence[_Part]) -> bool:
    """Tell whether somebody or some place stands in a sentence or in one beside it."""
    at = part.scene.sentence.number
    return any(each.scene.presences for each in parts if abs(each.scene.sentence.number - at) <= 1)


def _is_recent(when: When, published: date) -> bool:
    return published - _RECENT <= when.first <= published and when.last - when.first <= _RECENT


def _rank(part: _Part) -> tuple[bool, bool, bool, int]:
    """Order sentences by how much they tell: of the text, with a day, with somebody, early."""
    in_title = part.scene.sentence.field is Field.TITLE
    return in_title, not part.days, not part.scene.actors(), part.scene.sentence.number


# ---------------------------------------------------------------- who goes where


def _courses(parts: Sequence[_Part], signed: Collection[str]) -> Iterator[tuple[Direction, tuple[str, ...]]]:
    """Say who goes where: the side on whose ground it plays stays, else whoever moves goes."""
    scenes = [each.scene for each in parts]
    theirs = _country(scenes)
    if theirs is None or _is_elsewhere(scenes, theirs):
        return
    ground = _ground(parts, theirs)
    if ground is None:
        ground = next(filter(None, (_moved(each, theirs) for each in parts)), None)
    if ground == MOROCCO and _is_received(parts):
        yield Direction.INBOUND, theirs
    elif ground is not None and ground in theirs and (_has_ours(scenes) or (ground in signed and _has_visitor(parts))):
        yield Direction.OUTBOUND, theirs


def _has_ours(scenes: Sequence[Scene]) -> bool:
    """Tell whether somebody of ours can be whom the opening tells of: by name or office, or a service in the title."""
    titled = any(scene.sentence.number == 0 and scene.actors(Party.OURS) for scene in scenes)
    return titled or any(map(has_hero, scenes))


def _officials(scene: Scene) -> Iterator[Presence]:
    """List who of the other side stands there for a service or office, where nobody does who lives here."""
    theirs = (each for each in scene.presences if each.party is Party.THEIRS)
    possible = (each for each in theirs if each.is_actor or each.kind is TagKind.COUNTRY)
    for each in possible if CueRole.ENVOY not in scene.roles else ():
        if _is_of_office(scene, each):
            yield each


def _is_of_office(scene: Scene, each: Presence) -> bool:
    """Tell whether somebody is of an office or service, or whose word stands close to a country's adjective."""
    if not each.is_place:
        return True
    cues = (cue for role in (CueRole.OFFICE, CueRole.SECURITY) for cue in scene.of(role) if is_beside(scene, cue, each))
    in_order = (cue for cue in cues if scene.language is Language.ENGLISH or cue.start < each.start)
    return any(len(scene.gap(min(cue.end, each.end), max(cue.start, each.start))) <= _TITLE for cue in in_order)


def _country(scenes: Sequence[Scene]) -> tuple[str, ...] | None:
    """Name the one country whose officials stand there, none for an organisation; None where it is not clear."""
    named = [each for scene in scenes for each in _officials(scene)]
    countries = dict.fromkeys(each.country for each in named if each.country)
    if len(countries) > 1:
        title = {each.country for each in scenes[0].presences}
        clear = tuple(each for each in countries if each in title)
        return clear if len(clear) == 1 else None
    if countries:
        return tuple(countries)
    if any(each.id for each in named):
        return ()
    first = scenes[:_FIRST]
    is_known = len(scenes[0].guests) == 1 and (named or _has_office(first) or any(map(has_hero, first)))
    return scenes[0].guests if is_known else None


def _has_office(scenes: Sequence[Scene]) -> bool:
    """Tell whether an office beside nobody of ours stands there: of theirs, as the reader knows."""
    heads = ((scene, head) for scene in scenes for head in scene.of(CueRole.HEAD))
    return any(not any(is_beside(scene, head, each) for each in scene.actors(Party.OURS)) for scene, head in heads)


def _is_elsewhere(scenes: Sequence[Scene], theirs: tuple[str, ...]) -> bool:
    """Tell whether the first sentences lead to a city of a third country."""
    first = (each for scene in scenes if scene.sentence.number < _FIRST for each in scene.presences)
    cities = [each.country for each in first if each.kind is TagKind.PLACE and each.led and each.id]
    return bool(theirs) and any(each not in (MOROCCO, *theirs) for each in cities)


def _ground(parts: Sequence[_Part], theirs: tuple[str, ...]) -> str | None:
    """Find on whose ground it plays: by the first sentence whose cities, or else countries, leave no doubt."""
    for part in sorted(parts, key=_rank_of_ground):
        places = [each for each in part.scene.presences if each.is_place and _is_ground(part, each)]
        cities = [each for each in places if each.kind is TagKind.PLACE and each.id]
        for kind in (cities, places):
            grounds = {each.country for each in kind if each.country == MOROCCO or each.country in theirs}
            if len(grounds) == 1:
                return grounds.pop()
    return None


def _rank_of_ground(part: _Part) -> tuple[bool, bool, int]:
    """Order sentences by how surely their places are its ground: the title, then what has a day or tells something."""
    number = part.scene.sentence.number
    return number > 0, not (part.days or part.acts), number


def _is_ground(part: _Part, place: Presence) -> bool:
    """Tell whether a place is where something is: a word leads there, or it is a city of ours that stands alone."""
    if place.led:
        return not _is_home_again(part.scene, place)
    others = (each for each in part.scene.presences if each.is_place and each.country not in (None, MOROCCO))
    return place.country == MOROCCO and not any(each.plain or each.kind is TagKind.PLACE for each in others)


def _is_home_again(scene: Scene, place: Presence) -> bool:
    """Tell whether officials of a place go back there: "le directeur de la police malienne est rentré à Bamako"."""
    leaving = next((each for each in scene.of(CueRole.LEAVING) if each.end <= place.start), None)
    before = [each for each in scene.presences if leaving and each.party is not None and each.end <= leaving.start]
    return bool(before) and before[-1].country == place.country


def _moved(part: _Part, theirs: tuple[str, ...]) -> str | None:
    """Find whose ground it is by who moves there: ours go to the one country, theirs come to us."""
    for cue in part.acts:
        traveller = side_of_traveller(part.scene, cue) if cue.term.role in _MOVES else None
        if traveller is Party.OURS and theirs:
            return theirs[0]
        if traveller is Party.THEIRS:
            return MOROCCO
    return None


def _is_received(parts: Sequence[_Part]) -> bool:
    """Tell whether guests come: officials where something is done, with somebody of ours, or the heads of a service."""
    scenes = [each.scene for each in parts]
    officials = [(part, each) for part in parts for each in _officials(part.scene)]
    if any(map(has_hero, scenes)):
        return _has_office(scenes[:_FIRST]) or any(part.acts for part, _ in officials) or _is_visited(parts)
    led = any(_is_led(part.scene, each) for part, each in officials) or _has_office(scenes)
    return led and any(is_security(part.scene, each) for part, each in officials)


def _is_led(scene: Scene, each: Presence) -> bool:
    """Tell whether somebody is a person, or a word such as "chief" or "delegation" stands close to a service."""
    heads = (head for head in scene.of(CueRole.HEAD) if is_beside(scene, head, each))
    gaps = (len(scene.gap(min(head.end, each.end), max(head.start, each.start))) for head in heads)
    return each.kind in (TagKind.PERSON, None) or any(gap <= _TITLE for gap in gaps)


def _is_visited(parts: Sequence[_Part]) -> bool:
    """Tell whether words for a guest stand where officials of the other side are named."""
    return _has_visitor(parts) and any(True for part in parts for _ in _officials(part.scene))


def _has_visitor(parts: Sequence[_Part]) -> bool:
    return any(act.term.role is CueRole.VISITOR for part in parts for act in part.acts)
