"""Article and tags to reports: what this article says happened, each once, with the sentence that says it best.

A sentence is read in `analysis/drafts.py`; here headline, lead and body are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.combinations import pairs_of
from analysis.cues import FoundCue
from analysis.dates import resolve_dates
from analysis.grammar import read_scene
from analysis.presences import Found, Party, Presence, Reader, find_presences, without_namesakes
from analysis.records import Article, EventKind, Field, Language, Report, Tag, TagKind, Told, When
from analysis.scenes import Draft, Scene
from analysis.sentences import Sentence, split_article
from analysis.telling import LASTING, Telling, is_opinion, read_tellings, stretch
from analysis.vocabulary import MOROCCO, CueRole

_OPENING = 3  # sentences, the title counted: who is in them is the article's subject
_LEAD = 6  # sentences: what is first told after them, without a date, is background
_PRONOUN_BACK = 2  # sentences
_REVIEW = 4  # visits to as many countries are a review


@dataclass(frozen=True, slots=True)
class Finding:
    """What one scene tells, and how."""

    scene: Scene
    draft: Draft
    telling: Telling

    @property
    def is_faint(self) -> bool:
        """Tell whether it only speaks of something, without a date or a word that says how."""
        return self.draft.spoken_of and self.telling.when is None and not self.telling.marked


Retold = tuple[list[Finding], Told]
"""Findings that tell the same, and how the article as a whole tells it."""


def find_reports(article: Article, tags: Sequence[Tag], reader: Reader) -> tuple[Report, ...]:
    """Say what an article tells happened, in the order of the evidence; nothing without both sides."""
    if article.language is Language.OTHER:
        return ()
    scenes = _scenes(article, tags, reader)
    findings = _findings(article, scenes, reader)
    tells = any(not each.is_faint and each.scene.sentence.number <= 1 for each in findings)
    opinion = is_opinion([each for each in scenes if each.sentence.number < _OPENING], tells=tells)
    told = _without_talks_of_visits([*_aged(_groups(findings), opinion=opinion)])
    reports = (_report(article, each, scenes) for each in told)
    return tuple(
        sorted(reports, key=lambda each: (each.span.field is Field.TEXT, each.span.start, each.kind, each.countries))
    )


# ---------------------------------------------------------------- scenes


def _scenes(article: Article, tags: Sequence[Tag], reader: Reader) -> list[Scene]:
    wording = reader.wordings[article.language]
    texts = {Field.TITLE: article.title, Field.TEXT: article.text}
    cues = {field: wording.find(text) for field, text in texts.items()}
    tags = without_namesakes(tags, reader)
    scenes = []
    for sentence in split_article(article):
        inside = _inside(sentence, cues[sentence.field])
        if inside or sentence.number < _OPENING:
            text = texts[sentence.field]
            named = tuple(
                tag for tag in tags if tag.span.field is sentence.field and sentence.holds(tag.span.start, tag.span.end)
            )
            presences = find_presences(Found(text, named, inside), reader, article.language)
            scenes.append(Scene(sentence, text, article.language, wording, inside, presences))
    house, guests = _subject(scenes)
    return [replace(each, hero=_is_spoken_of(each, scenes), house=house, guests=guests) for each in scenes]


def _inside(sentence: Sentence, cues: Iterable[FoundCue]) -> tuple[FoundCue, ...]:
    return tuple(cue for cue in cues if sentence.holds(cue.start, cue.end))


def _subject(scenes: Sequence[Scene]) -> tuple[bool, tuple[str, ...]]:
    """Say whom the article is about: is our side in its opening, and which countries are."""
    opening = [each for scene in scenes if scene.sentence.number < _OPENING for each in scene.presences]
    countries = (each.country for each in opening if each.party is Party.THEIRS or each.kind is TagKind.PLACE)
    foreign = dict.fromkeys(each for each in countries if each is not None and each != MOROCCO)
    return any(each.party is Party.OURS for each in opening), tuple(foreign)


def _is_spoken_of(scene: Scene, scenes: Sequence[Scene]) -> bool:
    """Tell whether somebody of ours stands in the opening or in one of the sentences just before."""
    before = {*range(_OPENING), *range(scene.sentence.number - _PRONOUN_BACK, scene.sentence.number + 1)}
    near = (each for each in scenes if each.sentence.number in before)
    return any(each.kind is TagKind.PERSON for one in near for each in one.actors(Party.OURS))


def _findings(article: Article, scenes: Sequence[Scene], reader: Reader) -> list[Finding]:
    pairs = pairs_of(reader.vocabulary.seeds.events.kinds)
    told = ((scene, drafts) for scene in scenes if (drafts := [*read_scene(scene, pairs)]))
    published = article.published.on if article.published else None
    return [
        Finding(dated, draft, telling)
        for dated, drafts in _dated(told, published)
        for draft in drafts
        for telling in read_tellings(dated, draft, published)
    ]


def _dated(told: Iterable[tuple[Scene, list[Draft]]], published: date | None) -> Iterator[tuple[Scene, list[Draft]]]:
    """Resolve the times in the sentences that tell something; "the same month" leans on the sentence told before."""
    named = None
    for scene, drafts in told:
        start, end = scene.sentence.start, scene.sentence.end
        found = resolve_dates(scene.text[start:end], published, named)
        named = found[-1].when if found else named
        times = tuple(replace(each, start=start + each.start, end=start + each.end) for each in found)
        yield replace(scene, times=times), drafts


# ---------------------------------------------------------------- what is told twice


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Put together what tells the same: first the clear findings, then those that only speak of something."""
    groups: list[list[Finding]] = []
    for finding in sorted(findings, key=lambda each: each.is_faint):
        home = next((group for group in groups if all(_is_same(finding, each) for each in group)), None)
        if home is None:
            groups.append([finding])
        else:
            home.append(finding)
    return groups


def _is_same(one: Finding, other: Finding) -> bool:
    a, b = one.draft, other.draft
    return (
        (a.kind, a.direction) == (b.kind, b.direction)
        and _agree(a.countries, b.countries)
        and _overlap(one.telling.when, other.telling.when)
        and (one.is_faint or other.is_faint or _mix(one.telling, other.telling) or _goes_on(one, other))
    )


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or set(one) <= set(other) or set(other) <= set(one)


def _overlap(one: When | None, other: When | None) -> bool:
    return one is None or other is None or (one.first <= other.last and other.first <= one.last)


def _mix(one: Telling, other: Telling) -> bool:
    """Tell whether two ways of telling can be of one event: what is recalled in so many words is not what is news."""
    return one.told is other.told or not (_is_recalled(one) or _is_recalled(other))


def _is_recalled(telling: Telling) -> bool:
    return telling.told is Told.RECALLED and telling.marked


def _goes_on(one: Finding, other: Finding) -> bool:
    """Tell whether a sentence without a time goes on with what the one before it recalled."""
    plain = not one.telling.marked and one.telling.when is None and one.scene.sentence.field is Field.TEXT
    apart = one.scene.sentence.number - other.scene.sentence.number
    return (
        plain
        and other.telling.told is Told.RECALLED
        and 0 <= apart <= _PRONOUN_BACK
        and other.scene.sentence.number > 0
    )


def _without_talks_of_visits(told: Sequence[Retold]) -> list[Retold]:
    """Leave out talks that are part of a visit, unless words tell them in another way than the visit."""
    visits = [(_countries(group), how) for group, how in told if group[0].draft.kind is EventKind.VISIT]
    return [
        (group, how)
        for group, how in told
        if not (_is_talk(group) and any(_is_part(group, how, theirs, other) for theirs, other in visits))
    ]


def _is_part(talks: Sequence[Finding], how: Told, countries: tuple[str, ...], told: Told) -> bool:
    alike = how is told or not any(each.telling.marked and each.telling.told is how for each in talks)
    return alike and _agree(_countries(talks), countries)


def _is_talk(group: Sequence[Finding]) -> bool:
    return group[0].draft.kind is EventKind.MEETING


def _countries(group: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(country for each in group for country in each.draft.countries))


# ---------------------------------------------------------------- news or not


def _aged(groups: Sequence[list[Finding]], *, opinion: bool) -> Iterator[Retold]:
    """Say how each group is told: background, reviews and opinion pieces recall."""
    visits = {(g[0].draft.direction, _countries(g)) for g in groups if g[0].draft.kind is EventKind.VISIT}
    for group in groups:
        told = _told(group)
        late = min(each.scene.sentence.number for each in group) >= _LEAD or len(visits) >= _REVIEW
        undated = all(each.telling.when is None for each in group)
        faint = all(each.is_faint for each in group)
        yield group, Told.RECALLED if told is Told.NEWS and (opinion or faint or (late and undated)) else told


def _told(group: Sequence[Finding]) -> Told:
    """A denial beats all; then the title, if it says more than a name; then news."""
    clear = [each.telling.told for each in group if not each.is_faint] or [group[0].telling.told]
    if Told.DENIED in clear:
        return Told.DENIED
    if any(each.telling.told is Told.RECALLED and each.telling.marked and not each.is_faint for each in group):
        return Told.RECALLED
    if group[0].scene.sentence.field is Field.TITLE and not group[0].is_faint:
        return clear[0]
    return Told.NEWS if Told.NEWS in clear else clear[0]


# ---------------------------------------------------------------- the report


def _report(article: Article, told: Retold, scenes: Sequence[Scene]) -> Report:
    group, how = told
    best = min(group, key=lambda each: _rank(each, how))
    dated = [best, *(each for each in group if each.telling.when)]
    countries = best.draft.countries or _countries(group)
    named = [each for finding in [best, *group] for each in finding.scene.presences if _belongs(each, countries)]
    return Report(
        kind=best.draft.kind,
        direction=best.draft.direction,
        told=how,
        people=tuple(dict.fromkeys(each.id for each in named if each.kind is TagKind.PERSON and each.id)),
        bodies=tuple(dict.fromkeys(each.id for each in named if each.kind is TagKind.BODY and each.id)),
        countries=countries,
        city=next((each.draft.city for each in [best, *group] if each.draft.city), None),
        when=_stretched(group, next((each.telling.when for each in dated if each.telling.when), None), scenes),
        evidence=best.scene.sentence.span.of(article),
        span=best.scene.sentence.span,
        rule=best.draft.rule,
    )


def _stretched(group: Sequence[Finding], when: When | None, scenes: Sequence[Scene]) -> When | None:
    """Make one day of a visit or conference as long as the sentences that tell of it, or the next one, say it was."""
    if when is None or group[0].draft.kind not in LASTING:
        return when
    told = {each.scene.sentence.number for each in group if each.telling.when is None or each.telling.when == when}
    near = [each for each in scenes if each.sentence.number in told or _follows(each, told)]
    apart = [each for each in near if not any(each.of(CueRole.DURING))]
    found = ((each, duration) for each in apart for duration in each.of(CueRole.DURATION))
    scene, duration = next(found, (None, None))
    return stretch(when, scene, duration) if scene and duration else when


def _follows(scene: Scene, told: Iterable[int]) -> bool:
    """Tell whether a sentence comes right after and tells of no other coming or going."""
    return scene.sentence.number - 1 in told and scene.sentence.number > 1 and not scene.comings


def _rank(finding: Finding, told: Told) -> tuple[bool, bool, bool, bool, int]:
    """Order evidence, the best first: told that way, clear, with a date, from the body, early."""
    in_title = finding.scene.sentence.field is Field.TITLE
    undated = finding.telling.when is None
    return finding.telling.told is not told, finding.is_faint, undated, in_title, finding.scene.sentence.number


def _belongs(each: Presence, countries: tuple[str, ...]) -> bool:
    """Tell whether somebody is of this report: ours, or theirs of one of its countries or of none."""
    return each.party is Party.OURS or (
        each.party is Party.THEIRS and (each.country is None or each.country in countries)
    )
