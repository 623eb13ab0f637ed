"""The words of `seeds/events.yml` found in a text: which word, what it does there, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.arabic import canonical
from analysis.conjugation import Mood, conjugate, conjugate_passive, with_objects
from analysis.records import Language, Told
from analysis.terms import Found, Spelling, TermFinder, longest
from analysis.vocabulary import CueRole, CueWords, EventWords, Reach

_BESIDE_OTHERS = frozenset(
    {
        *(CueRole.LINK, CueRole.PLACE, CueRole.AT, CueRole.DAY, CueRole.CAPITAL),
        *(CueRole.WEEKDAY, CueRole.PRONOUN, CueRole.OBJECT, CueRole.COMPANY, CueRole.ORIGIN, CueRole.PREMISES),
        CueRole.BRANCH,
    },
)
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
        CueRole.WELCOMED,
    },
)
EVENT_ROLES = COMINGS | {CueRole.TALKS}
_NOUNS = frozenset({CueRole.TRIP, CueRole.INSTRUMENT, CueRole.MEDAL, CueRole.GIFT})  # "visite" is no verb


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase does: its role; how it is told and how far that reaches; how many days it lasts."""

    role: CueRole
    told: Told | None = None
    reach: Reach | None = None
    days: int | None = None


FoundCue = Found[Cue]
Listed = tuple[str, Cue]


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
    return {language: _wording([*_listed(words, language)]) for language in Language if language is not Language.OTHER}


def _listed(words: EventWords, language: Language) -> Iterator[Listed]:
    """List the phrases, then the forms of verbs but for those that a phrase is: what is written out goes before."""
    groups = [each for group in (*(kind.cues for kind in words.kinds), words.frame) for each in group]
    phrases = [(phrase, _cue(each)) for each in groups for phrase in each.phrases.get(language, ())]
    written = {(phrase, cue.role) for phrase, cue in phrases}
    nouns = {phrase for phrase, cue in phrases if cue.role in _NOUNS}
    yield from phrases
    for each in groups:
        forms = _conjugated(each, language)
        yield from ((form, cue) for form, cue in forms if form not in nouns and (form, cue.role) not in written)
    for told in words.told:
        yield from ((phrase, Cue(CueRole.TOLD, told.told, told.reach)) for phrase in told.phrases.get(language, ()))


def _cue(words: CueWords) -> Cue:
    return Cue(words.role, words.told, days=words.days)


def _conjugated(words: CueWords, language: Language) -> Iterator[Listed]:
    """Spell out verbs: their tense says how they tell, and an infinitive what is to come, but for talks."""
    told = {Mood.DONE: None, Mood.BEFORE: Told.RECALLED, Mood.TO_COME: Told.ANNOUNCED, Mood.NAMED: Told.ANNOUNCED}
    told[Mood.NEVER] = Told.DENIED
    if words.role is CueRole.TALKS:
        told[Mood.NAMED] = None
    forms = (
        *(form for verb in words.verbs.get(language, ()) for form in conjugate(verb, language)),
        *(form for verb in words.passives.get(language, ()) for form in conjugate_passive(verb, language)),
        *(form for verb in words.objects.get(language, ()) for form in with_objects(verb)),
    )
    yield from ((form, Cue(words.role, told[mood])) for mood, form in forms)


def _wording(listed: list[Listed]) -> Wording:
    sets = {role: frozenset(canonical(phrase) for phrase, cue in listed if cue.role is role) for role in _BESIDE_OTHERS}
    return Wording(TermFinder(_spellings((p, cue) for p, cue in listed if cue.role not in _BESIDE_OTHERS)), sets)


def _spellings(listed: Iterable[Listed]) -> Iterator[Spelling[Cue]]:
    """Spell each phrase; an Arabic verb of the present with س before it is in the future."""
    for phrase, cue in dict.fromkeys(listed):
        yield Spelling(cue, phrase, inflected=" " not in phrase)
        if phrase[0] in "يت" and cue.role is not CueRole.TOLD:
            yield Spelling(replace(cue, told=Told.ANNOUNCED), f"س{phrase}")


def _is_within(each: FoundCue, others: Iterable[FoundCue]) -> bool:
    length = each.end - each.start
    return any(o.start <= each.start and each.end <= o.end and o.end - o.start > length for o in others)
