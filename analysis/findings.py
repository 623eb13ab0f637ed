"""What the scenes of an article tell, sentence by sentence, and which of it is the same thing told again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from analysis.combinations import pairs_of
from analysis.dates import resolve_dates
from analysis.grammar import read_scene
from analysis.presences import Reader
from analysis.records import Field, Told, When
from analysis.scenes import Draft, Scene
from analysis.staging import PRONOUN_BACK
from analysis.telling import Telling, read_tellings

_MOST = 300  # findings: the longest review of a year has some dozens


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


def read_findings(scenes: Sequence[Scene], reader: Reader, published: date | None) -> list[Finding]:
    """Read what each scene tells, how and when; once for each time it happened."""
    pairs = pairs_of(reader.vocabulary.seeds.events.kinds)
    told = ((scene, drafts) for scene in scenes if (drafts := [*read_scene(scene, pairs)]))
    found = (
        Finding(dated, draft, telling)
        for dated, drafts in _dated(told, published)
        for draft in drafts
        for telling in read_tellings(dated, draft, published, drafts)
    )
    return [*islice(found, _MOST)]


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


def group_findings(findings: Sequence[Finding]) -> list[list[Finding]]:
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
        and agree(a.countries, b.countries)
        and _overlap(one.telling.when, other.telling.when)
        and (one.is_faint or other.is_faint or _mix(one.telling, other.telling) or _goes_on(one, other))
    )


def agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether countries can be those of one event: one side names no more than the other does."""
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
        plain and other.telling.told is Told.RECALLED and 0 <= apart <= PRONOUN_BACK and other.scene.sentence.number > 0
    )
