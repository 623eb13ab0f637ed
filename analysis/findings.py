"""What the scenes of an article tell, sentence by sentence, and which of it is the same thing told again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from analysis.combinations import pairs_of
from analysis.dates import FoundWhen, resolve_dates
from analysis.grammar import read_scene
from analysis.handovers import read_handovers
from analysis.operations import read_operations
from analysis.presences import Reader
from analysis.records import EventKind, Field, Precision, Told, When
from analysis.scenes import Draft, Drafted, Scene
from analysis.staging import PRONOUN_BACK
from analysis.telling import Telling, read_tellings

_A_STAY = timedelta(days=3)
_A_WEEK, _A_DAY = timedelta(days=7), timedelta(days=1)
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
    told = [(scene, drafts) for scene in scenes if (drafts := [*read_scene(scene, pairs)])]
    told += [*read_operations(scenes, told, published), *read_handovers(scenes, told)]
    found = (
        Finding(dated, draft, telling)
        for dated, drafts in _dated(told, published)
        for draft in drafts
        for telling in read_tellings(dated, draft, published, drafts)
    )
    return [*islice(found, _MOST)]


def _dated(told: Iterable[Drafted], published: date | None) -> Iterator[Drafted]:
    """Resolve the times in the sentences that tell something; "the same month" leans on the sentence told before."""
    named = None
    for scene, drafts in told:
        start, end = scene.sentence.start, scene.sentence.end
        found = resolve_dates(scene.text[start:end], published, named)
        named = found[-1].when if found else named
        times = tuple(
            replace(
                each,
                start=start + each.start,
                end=start + each.end,
                when=_within_week(each, found, scene.text[start:end]),
            )
            for each in found
        )
        yield replace(scene, times=times), drafts


def _within_week(each: FoundWhen, found: Sequence[FoundWhen], text: str) -> When:
    """Move a weekday into the week that its sentence names: "last week … on Monday"."""
    weeks = [other.when for other in found if other.when.last - other.when.first == _A_WEEK - _A_DAY]
    earlier = replace(each.when, first=each.when.first - _A_WEEK, last=each.when.last - _A_WEEK)
    is_after = (
        len(weeks) == 1 and each.when.first > weeks[0].last and not any(map(str.isdigit, text[each.start : each.end]))
    )
    return earlier if is_after and weeks[0].first <= earlier.first and earlier.last <= weeks[0].last else each.when


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
        and (overlap(one.telling.when, other.telling.when) or _adjoin(one, other))
        and (one.is_faint or other.is_faint or _mix(one.telling, other.telling) or _goes_on(one, other))
    )


def agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether countries can be those of one event: one side names no more than the other does."""
    return not one or not other or set(one) <= set(other) or set(other) <= set(one)


def overlap(one: When | None, other: When | None) -> bool:
    """Tell whether two times can be one."""
    return one is None or other is None or (one.first <= other.last and other.first <= one.last)


def _adjoin(one: Finding, other: Finding) -> bool:
    """Tell whether two days are of one stay, or of what was signed on it: "arrived on Tuesday, he goes on today"."""
    a, b = one.telling.when, other.telling.when
    if a is None or b is None or one.draft.kind not in (EventKind.VISIT, EventKind.AGREEMENT):
        return False
    days = a.precision is b.precision is Precision.DAY and bool(one.draft.countries and other.draft.countries)
    return days and max(a.first, b.first) - min(a.last, b.last) <= _A_STAY


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
