"""An operation told over two or three sentences: who was held in one, and in another who joined in or gave the lead.

What one sentence tells alone is read by `combinations`. The title counts as said before every sentence of the opening.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from analysis.cues import FoundCue
from analysis.extents import times_of
from analysis.presences import Party, Presence
from analysis.records import EventKind, Field, TagKind, Told
from analysis.scenes import Draft, Drafted, Scene, is_official
from analysis.vocabulary import MOROCCO, CueRole

_OPENING = 4  # sentences whose context the title is
_MOST = 3  # sentences that are read together
_APART = 2  # sentences: one that says nothing may stand between two
_SUPPLIED_WITHIN = 45  # characters: "renseignements transmis début mars par la"
_JOINING = frozenset({CueRole.TIP, CueRole.JOINTLY})  # without one of these nothing was done together
_SEARCHED_WITHIN = 12  # characters: "Spanish-Moroccan"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sentences that stand together, read as one scene, and the title where it is their context.

    `headed` tells that only the title says who was held.
    """

    scene: Scene
    title: Scene | None
    headed: bool

    @property
    def scenes(self) -> tuple[Scene, ...]:
        return (self.scene,) if self.title is None else (self.title, self.scene)

    def actors(self, party: Party) -> list[Presence]:
        return [each for scene in self.scenes for each in scene.actors(party)]

    def any_of(self, role: CueRole) -> bool:
        return any(role in scene.roles for scene in self.scenes)

    @property
    def has_arrest(self) -> bool:
        return CueRole.DISMANTLING in self.scene.roles or (self.headed and self.any_of(CueRole.DISMANTLING))


def read_operations(scenes: Sequence[Scene], told: Sequence[Drafted], published: date | None) -> Iterator[Drafted]:
    """Read the shortest stretches that tell an operation, each sentence once, and none that tells one alone.

    Where it is no news of the opening, one without a time is only spoken of.
    """
    if all(_JOINING.isdisjoint(each.roles) for each in scenes):
        return
    used = {scene.sentence.number for scene, drafts in told if any(map(_is_operation, drafts))}
    known = {each.countries for scene, drafts in told for each in drafts if _is_operation(each) and _is_early(scene)}
    other = {0, *(scene.sentence.number for scene, drafts in told if not any(map(_is_operation, drafts)))}
    is_of_else = any(scene.sentence.number <= 1 and not any(map(_is_operation, drafts)) for scene, drafts in told)
    for numbers, stretch in _stretches(scenes, other):
        draft = _draft(stretch) if used.isdisjoint(numbers) else None
        if draft is None or draft.countries in known:
            continue
        if _is_dated(stretch.scene, published) or (_is_early(stretch.scene) and not is_of_else):
            used |= numbers
            known |= {draft.countries} if _is_early(stretch.scene) else set()
            yield stretch.scene, [draft]


def _stretches(scenes: Sequence[Scene], other: set[int]) -> Iterator[tuple[set[int], _Stretch]]:
    """Put sentences together that tell nothing else, the shortest stretches first, with the numbers of each."""
    headed = all(CueRole.DISMANTLING not in each.roles for each in scenes if 0 < each.sentence.number <= _OPENING)
    title = next((each for each in scenes if each.sentence.field is Field.TITLE), None)
    free = [each for each in scenes if each.sentence.number not in other]
    for some in chain.from_iterable(_runs(free, count) for count in range(1, _MOST + 1)):
        numbers = {each.sentence.number for each in some}
        yield numbers, _Stretch(_joined(some), title if max(numbers) <= _OPENING else None, headed)


def _is_dated(scene: Scene, published: date | None) -> bool:
    return any(scene.todays) or bool(times_of(scene, published))


def _is_early(scene: Scene) -> bool:
    """Tell whether it stands in the opening: what further sentences say of its sides goes on with it."""
    return scene.sentence.number <= _OPENING


def _is_operation(draft: Draft) -> bool:
    return draft.kind is EventKind.OPERATION


def _runs(scenes: Sequence[Scene], count: int) -> Iterator[Sequence[Scene]]:
    """List so many sentences running; further on than the opening, two at most."""
    for at in range(len(scenes) - count + 1):
        some = scenes[at : at + count]
        first, last = some[0].sentence.number, some[-1].sentence.number
        if last - first <= max(count - 1, _APART) and (count < _MOST or last <= _OPENING):
            yield some


def _joined(some: Sequence[Scene]) -> Scene:
    first, last = some[0], some[-1]
    return replace(
        first,
        sentence=replace(first.sentence, end=last.sentence.end),
        cues=tuple(chain.from_iterable(each.cues for each in some)),
        presences=tuple(chain.from_iterable(each.presences for each in some)),
        hero=any(each.hero for each in some),
    )


# ---------------------------------------------------------------- both sides, and what they did together


def _draft(stretch: _Stretch) -> Draft | None:
    """Read an operation: somebody is held, both sides have part in it, and words say that they did it together."""
    held = next(stretch.scene.of(CueRole.DISMANTLING), None)
    if not stretch.has_arrest or stretch.actors(Party.OUTSIDER) or _is_of_other_things(stretch):
        return None
    for ground in (_told_of, _together):
        countries, cue = ground(stretch)
        if countries and cue is not None:
            return Draft(EventKind.OPERATION, None, countries, None, _as_done(held or cue), "joined")
    return None


def _as_done(cue: FoundCue) -> FoundCue:
    """Read an infinitive as what came of a lead: "a permis de saisir"."""
    return replace(cue, term=replace(cue.term, told=None)) if cue.term.told is Told.ANNOUNCED else cue


def _is_of_other_things(stretch: _Stretch) -> bool:
    roles = stretch.scene.roles
    return CueRole.CONDITION in roles or CueRole.EXTRADITION in roles or {CueRole.SIGNING, CueRole.INSTRUMENT} <= roles


_Ground = tuple[tuple[str, ...], FoundCue | None]


def _told_of(stretch: _Stretch) -> _Ground:
    """Find a lead that one side gave and on which the other acts."""
    for scene in stretch.scenes:
        for cue in scene.of(CueRole.TIP):
            supplier = _supplier(scene, cue)
            countries = _acting(stretch) if supplier == MOROCCO else ()
            if supplier not in (None, MOROCCO) and stretch.actors(Party.OURS):
                countries = (supplier,) if supplier else ()
            if countries:
                return countries, _in(stretch, cue)
    return (), None


def _supplier(scene: Scene, cue: FoundCue) -> str | None:
    """Say whose information it is: of the service, country or capital right after the word."""
    after = (each for each in scene.presences if 0 <= each.start - cue.end <= _SUPPLIED_WITHIN)
    nations = (each.start for each in scene.of(CueRole.NATION) if 0 <= each.start - cue.end <= _SUPPLIED_WITHIN)
    known = [(each.start, each.country) for each in after if each.country and not _is_foreign_place(scene, each)]
    first = min([*known, *((start, MOROCCO) for start in nations)], default=None)
    return first[1] if first and not scene.has_pause(cue.end, first[0]) else None


def _is_foreign_place(scene: Scene, each: Presence) -> bool:
    """Tell whether it is a place of theirs that no service stands beside: where somebody is, and no source."""
    return each.is_place and each.country != MOROCCO and not is_official(scene, each)


def _acting(stretch: _Stretch) -> tuple[str, ...]:
    """Say who acts on a lead of ours: services of theirs, else the country where all of it plays."""
    acting = _officials(stretch)
    ours = {each.id for each in stretch.actors(Party.OURS) if each.kind is TagKind.BODY}
    if acting or len(ours) > 1 or any(map(_is_city_of_ours, stretch.scenes)):
        return acting
    guests = stretch.scene.guests
    named = {each.country for scene in stretch.scenes for each in scene.presences if each.is_place and _is_name(each)}
    return guests if len(guests) == 1 and {*guests} <= named else ()


def _is_name(each: Presence) -> bool:
    return each.plain or each.kind is TagKind.PLACE


def _is_city_of_ours(scene: Scene) -> bool:
    """Tell whether a city of Morocco that is no source of a lead stands there."""
    tips = [*scene.of(CueRole.TIP)]
    cities = (each for each in scene.presences if each.kind is TagKind.PLACE and each.country == MOROCCO)
    return any(not any(0 <= each.start - tip.end <= _SUPPLIED_WITHIN for tip in tips) for each in cities)


def _together(stretch: _Stretch) -> _Ground:
    """Find words for doing it jointly, where services of both sides are named."""
    cue = next(stretch.scene.of(CueRole.JOINTLY), None)
    if cue is None:
        return (), None
    linked = _side_by_side(stretch)
    if linked:
        return linked, cue
    ours = stretch.actors(Party.OURS) or (stretch.any_of(CueRole.NATION) and any(map(_is_city_of_ours, stretch.scenes)))
    return (_officials(stretch) if ours else ()), cue


def _side_by_side(stretch: _Stretch) -> tuple[str, ...]:
    """List the countries that stand right beside Morocco: "Spanish-Moroccan", "المغربية والبرتغالية"."""
    found = [
        each.country
        for scene in stretch.scenes
        for each in scene.presences
        for nation in scene.of(CueRole.NATION)
        if each.kind is TagKind.COUNTRY and each.party is Party.THEIRS and _is_linked(scene, each, nation)
    ]
    return tuple(dict.fromkeys(each for each in found if each))


def _is_linked(scene: Scene, country: Presence, nation: FoundCue) -> bool:
    start, end = min(country.end, nation.end), max(country.start, nation.start)
    return 0 <= end - start <= _SEARCHED_WITHIN and scene.is_link(start, end)


def _officials(stretch: _Stretch) -> tuple[str, ...]:
    """List the countries whose services stand in the sentences, or else in the title."""
    found = [*_services(stretch.scene)] or [*chain.from_iterable(map(_services, stretch.scenes))]
    return tuple(dict.fromkeys(found))


def _services(scene: Scene) -> Iterator[str]:
    for each in scene.actors(Party.THEIRS):
        if each.country and each.kind is not TagKind.PLACE and is_official(scene, each):
            yield each.country


def _in(stretch: _Stretch, cue: FoundCue) -> FoundCue | None:
    """Return a word of the text as what tells it: that of the title stands in another text."""
    own = cue if cue in stretch.scene.cues else next(stretch.scene.of(CueRole.DISMANTLING), None)
    return own or next(iter(stretch.scene.cues), None)
