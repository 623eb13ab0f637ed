"""The words of `seeds/events.yml` found in a text: which word, what it does there, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.arabic import canonical
from analysis.forms import Names
from analysis.records import Language, Told
from analysis.terms import Found, Spelling, TermFinder, longest
from analysis.vocabulary import CueRole, EventWords, Reach

_BESIDE_OTHERS = frozenset({CueRole.LINK, CueRole.PLACE, CueRole.AT, CueRole.DAY, CueRole.CAPITAL})
COMINGS = frozenset(
    {
        CueRole.TRIP,
        CueRole.TRAVEL,
        CueRole.LEADING,
        CueRole.RETURN,
        CueRole.STOP,
        CueRole.STAY,
        CueRole.LEAVING,
        CueRole.HOST,
        CueRole.GUEST,
    },
)
EVENT_ROLES = COMINGS | {CueRole.TALKS}


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase does: its role; how it is told and how far that reaches; how many days it lasts."""

    role: CueRole
    told: Told | None = None
    reach: Reach | None = None
    days: int | None = None


FoundCue = Found[Cue]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, ready to be looked up; `sets` are the small ones that only stand beside others."""

    finder: TermFinder[Cue]
    sets: Mapping[CueRole, frozenset[str]]

    def find(self, text: str) -> tuple[FoundCue, ...]:
        """Find all cues of a text, in order: of overlapping ones of a role, and of events, the longest."""
        found = longest(self.finder.find(text), kind=lambda cue: (cue.role in EVENT_ROLES, cue))
        events = [each for each in found if each.term.role in EVENT_ROLES]
        kept = (each for each in found if each.term.role not in EVENT_ROLES or not _is_within(each, events))
        return tuple(sorted(kept, key=lambda each: (each.start, each.end, each.term.role)))

    def is_in(self, role: CueRole, word: str) -> bool:
        """Tell whether a canonical word is one of those that only stand beside others."""
        return word in self.sets[role]


def compile_wordings(words: EventWords) -> Mapping[Language, Wording]:
    """Make the words ready to be looked up, for each language; do it once."""
    listed = [*_listed(words)]
    return {
        language: _wording([(phrase, cue) for names, cue in listed for phrase in names.get(language, ())])
        for language in Language
        if language is not Language.OTHER
    }


def _listed(words: EventWords) -> Iterator[tuple[Names, Cue]]:
    for group in (*(kind.cues for kind in words.kinds), words.frame):
        yield from ((each.phrases, Cue(each.role, each.told, days=each.days)) for each in group)
    yield from ((each.phrases, Cue(CueRole.TOLD, each.told, each.reach)) for each in words.told)


def _wording(listed: list[tuple[str, Cue]]) -> Wording:
    sets = {role: frozenset(canonical(phrase) for phrase, cue in listed if cue.role is role) for role in _BESIDE_OTHERS}
    return Wording(TermFinder(_spellings((p, cue) for p, cue in listed if cue.role not in _BESIDE_OTHERS)), sets)


def _spellings(listed: Iterable[tuple[str, Cue]]) -> Iterator[Spelling[Cue]]:
    """Spell each phrase; an Arabic verb of the present with س before it is in the future."""
    for phrase, cue in listed:
        yield Spelling(cue, phrase, inflected=" " not in phrase)
        if phrase[0] in "يت" and cue.role is not CueRole.TOLD:
            yield Spelling(replace(cue, told=Told.ANNOUNCED), f"س{phrase}")


def _is_within(each: FoundCue, others: Iterable[FoundCue]) -> bool:
    length = each.end - each.start
    return any(o.start <= each.start and each.end <= o.end and o.end - o.start > length for o in others)
