"""Guests and hosts whom a sentence names by their office only, and countries it names by what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.cues import EVENT_ROLES, FoundCue
from analysis.presences import Party, Presence
from analysis.records import TagKind
from analysis.scenes import Scene, is_beside
from analysis.vocabulary import MOROCCO, CueRole

_LEAD = 4  # sentence: further on an office can be anybody's
_IN_WITHIN = 6  # characters: " dans "
_OF_STATE_WITHIN = 30  # characters: " in the republic of "
_PART_WITHIN = 4  # words: "directeur général de la "


def with_officials(scene: Scene) -> Scene:
    """Add to a scene who of the other side stands in it by office only, and the country it calls "the sultanate"."""
    known = _with_states(_with_compatriots(scene))
    added = [*_abroad(known), *_officials(known)]
    if not added:
        return known
    ordered = sorted((*known.presences, *added), key=lambda each: (each.start, each.end, str(each.kind)))
    return replace(known, presences=tuple(ordered))


def _with_compatriots(scene: Scene) -> Scene:
    """Read "his Moroccan counterpart" as ours where somebody of ours is known from before."""
    cues = [*scene.of(CueRole.COMPATRIOT)] if scene.hero and not scene.actors(Party.OUTSIDER) else []
    if not cues:
        return scene
    ours = [Presence(None, None, MOROCCO, Party.OURS, each.start, each.end) for each in cues]
    others = (o for o in scene.presences if not any(each.start < o.end and o.start < each.end for each in cues))
    ordered = sorted((*others, *ours), key=lambda each: (each.start, each.end))
    return replace(scene, presences=tuple(ordered))


def _with_states(scene: Scene) -> Scene:
    """Let a country act that is led to by a service of its own: "the police chief in Ghana", "رئيس الأمن بالكويت"."""
    states = [each for each in scene.presences if _is_of_service(scene, each)]
    if not states:
        return scene
    acting = (replace(each, led=False) if each in states else each for each in scene.presences)
    return replace(scene, presences=tuple(acting))


def _is_of_service(scene: Scene, each: Presence) -> bool:
    if each.kind is not TagKind.COUNTRY or not each.led or each.party is not Party.THEIRS:
        return False
    services = (*scene.of(CueRole.SECURITY), *scene.of(CueRole.OFFICE))
    return any(_is_right_before(scene, service, each) and _is_free(scene, service) for service in services)


def _is_right_before(scene: Scene, service: FoundCue, each: Presence) -> bool:
    """Tell whether nothing but "in" or "in the republic of" stands between a service and its country."""
    if not 0 <= each.start - service.end <= _OF_STATE_WITHIN:
        return False
    near = each.start - service.end <= _IN_WITHIN or scene.is_link(service.end, each.start)
    clung = scene.text[each.start] == "ب" and scene.gap(service.end, each.start)[:-1] == []
    return near or (clung and {*scene.gap(service.end, each.start)} <= _PUBLIC)  # "مدير الأمن العام بالأردن"


_PUBLIC = frozenset({"العام", "العامه", "العامة", "الوطني", "الوطنيه", "الوطنية", "المركزي", "المركزيه", "المركزية"})


def _abroad(scene: Scene) -> Iterator[Presence]:
    """Read "the sultanate" as the one country that the article is about, unless a name says which it is."""
    if len(scene.guests) != 1:
        return
    for cue in scene.of(CueRole.ABROAD):
        if _is_free(scene, cue):
            yield Presence(TagKind.COUNTRY, None, scene.guests[0], Party.THEIRS, cue.start, cue.end, led=True)


def _officials(scene: Scene) -> Iterator[Presence]:
    """Find the first office that nobody known holds, where nobody else of the other side acts: somebody of theirs."""
    known = scene.sentence.number <= _LEAD and (scene.house or scene.hero) and not scene.actors(Party.OUTSIDER)
    if not known or any(not each.is_place for each in scene.actors(Party.THEIRS)):
        return
    free = (each for each in scene.of(CueRole.HEAD) if _is_free(scene, each) and not _is_held(scene, each))
    office = next(free, None)
    country = _country_of(scene, office) if office else None
    if office and country:
        yield Presence(None, None, country, Party.THEIRS, office.start, office.end)


def _is_held(scene: Scene, office: FoundCue) -> bool:
    """Tell whether an office is of somebody named, of a country that acts, or of Morocco."""
    states = (each for each in scene.actors(Party.THEIRS) if is_beside(scene, office, each))
    return next(states, None) is not None or _is_of_ours(scene, office)


def _is_free(scene: Scene, cue: FoundCue) -> bool:
    return not any(each.start < cue.end and cue.start < each.end for each in scene.presences)


def _is_of_ours(scene: Scene, office: FoundCue) -> bool:
    """Tell whether an office is ours: a body or person of ours follows it at once, or Morocco's name or city does."""
    ours = (each for each in scene.presences if each.country == MOROCCO and each.start - office.end >= 0)
    if any(is_beside(scene, office, each) and _is_part(scene, office, each) for each in ours):
        return True
    shared = (each for role in (CueRole.NATION, CueRole.BOTH) for each in scene.of(role))
    return any(is_beside(scene, office, each) for each in shared)


def _is_part(scene: Scene, office: FoundCue, each: Presence) -> bool:
    told = any(office.end <= cue.start < each.start for cue in scene.cues if cue.term.role in EVENT_ROLES)
    return not told and len(scene.gap(office.end, each.start)) <= _PART_WITHIN


def _country_of(scene: Scene, office: FoundCue) -> str | None:
    """Say whose an office is: of the country named right after it, else of the one whose officials are the guests."""
    places = (each for each in scene.presences if each.is_place and each.country != MOROCCO)
    beside = (each.country for each in places if each.start > office.end and is_beside(scene, office, each))
    return next(beside, scene.guests[0] if scene.visited and len(scene.guests) == 1 else None)
