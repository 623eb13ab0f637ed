"""Whose trip it is that a word tells: one of ours, a guest, or nobody who could travel."""

from __future__ import annotations

from analysis.cues import FoundCue
from analysis.presences import Party, Presence
from analysis.records import Language, TagKind
from analysis.scenes import Scene
from analysis.vocabulary import CueRole

_BELONGS_WITHIN = 120  # "une visite de deux jours du" and a long title


def traveller_of(scene: Scene, cue: FoundCue, until: int, destinations: set[str]) -> Presence | None:
    """Find who goes: whoever stands between the word and the place, else the nearest before; never the host."""
    if cue.term.role is CueRole.TRIP or scene.language is Language.ARABIC:
        after = (each for each in scene.actors() if cue.end <= each.start < until)
        between = next((each for each in after if not _is_of_there(each, destinations)), None)
        if between is not None:
            return between
    before = [each for each in scene.actors() if each.end <= cue.start and not _is_host(each, destinations)]
    before = [each for each in before if not _is_company(scene, each)] or before
    people = [each for each in before if not each.is_place and each.kind is not TagKind.BODY]
    return next(iter((people or [each for each in before if not each.is_place])[::-1]), None)


def _is_company(scene: Scene, each: Presence) -> bool:
    """Tell whether somebody is only with whom something is done: "firmó con la policía marroquí"."""
    before = scene.gap(scene.sentence.start, each.start)[-2:]
    return any(scene.wording.is_in(CueRole.COMPANY, word) for word in before)


def _is_of_there(each: Presence, destinations: set[str]) -> bool:
    return each.party is Party.THEIRS and each.country in destinations


def _is_host(each: Presence, destinations: set[str]) -> bool:
    return _is_of_there(each, destinations) or (each.party is Party.THEIRS and each.country is None)


def is_ours_going(scene: Scene, cue: FoundCue, until: int, destinations: set[str]) -> bool:
    """Tell whether it is one of ours who goes: who travels, else who soon follows, else whom "he" means."""
    traveller = traveller_of(scene, cue, until, destinations)
    if traveller is not None:
        return traveller.party is Party.OURS
    limit = min((each.start for each in scene.comings if each.start > until), default=scene.sentence.end)
    after = (each for each in scene.actors() if until < each.start < limit and not _is_host(each, destinations))
    later = next((each for each in after if each.kind is not TagKind.BODY and not each.is_place), None)
    return scene.is_of_hero(cue) if later is None else later.party is Party.OURS


def nearest_traveller(scene: Scene, cue: FoundCue) -> Presence | None:
    """Find whose trip it is: who stands before the word, else who soon follows it."""
    actors = [each for each in scene.actors() if not each.is_place]
    before = next((each for each in actors[::-1] if each.end <= cue.start), None)
    return before or next((each for each in actors if 0 <= each.start - cue.end <= _BELONGS_WITHIN), None)


def side_of_traveller(scene: Scene, cue: FoundCue) -> Party | None:
    """Say of which side a person or delegation is whose going a word tells; a service of ours does not travel."""
    who = nearest_traveller(scene, cue)
    return who.party if who is not None and is_somebody(who) and not is_of_many(who) else None


def is_somebody(who: Presence) -> bool:
    """Tell whether it is a person or office, or a service of theirs; a service of ours does not travel."""
    return who.is_actor and not who.is_place and not (who.kind is TagKind.BODY and who.party is Party.OURS)


def is_of_many(guest: Presence) -> bool:
    """Tell whether it is an organisation itself, which goes nowhere: "le siège d'Interpol revient au Maroc"."""
    return guest.kind is TagKind.BODY and guest.country is None
