"""What the findings of one article mean together: nobody goes both ways at once, what is denied first is denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from analysis.findings import Finding, agree
from analysis.records import EventKind, Precision, Report, Told, When
from analysis.scenes import Scene
from analysis.vocabulary import CueRole, Reach

TOUR = "tour"  # the rule of a visit that is a stop of a tour

Retold = tuple[list[Finding], Told]
"""Findings that tell the same, and how the article as a whole tells it."""

_A_STAY = timedelta(days=3)
_OPENING = 1  # sentence
_WITHIN = 60  # characters: "dément avoir signé un accord"
_DENIED_AS = {
    CueRole.TRIP: frozenset({EventKind.VISIT, EventKind.MEETING}),
    CueRole.TRAVEL: frozenset({EventKind.VISIT, EventKind.MEETING}),
    CueRole.INSTRUMENT: frozenset({EventKind.AGREEMENT}),
    CueRole.SIGNING: frozenset({EventKind.AGREEMENT}),
}


def countries_of_group(group: Sequence[Finding]) -> tuple[str, ...]:
    """Name the countries of findings that tell the same, in their order."""
    return tuple(dict.fromkeys(country for each in group for country in each.draft.countries))


def made_coherent(told: Sequence[Retold], scenes: Sequence[Scene]) -> list[Retold]:
    """Correct what contradicts the article as a whole."""
    denied = {*_denied(scenes)}
    said = [(group, _how(group, how, denied)) for group, how in told]
    return [each for each in said if not any(_yields(each, other) for other in said)]


def _denied(scenes: Sequence[Scene]) -> Iterator[EventKind]:
    """Name the kinds of which the opening says that there was none."""
    for scene in (each for each in scenes if each.sentence.number <= _OPENING):
        denials = [each for each in scene.of(CueRole.TOLD) if each.term.told is Told.DENIED]
        strong = [each for each in denials if each.term.reach is not Reach.NEAR and not scene.is_after(each)]
        for cue in scene.cues:
            if any(0 <= cue.start - each.end <= _WITHIN for each in strong):
                yield from _DENIED_AS.get(cue.term.role, ())


def _how(group: Sequence[Finding], how: Told, denied: set[EventKind]) -> Told:
    return Told.DENIED if how in (Told.NEWS, Told.ANNOUNCED) and group[0].draft.kind in denied else how


def _yields(one: Retold, other: Retold) -> bool:
    """Tell whether a visit gives way to one in the other direction that the article says more of, or first."""
    (mine, how), (theirs, told) = one, other
    a, b = mine[0].draft, theirs[0].draft
    if not (a.kind is b.kind is EventKind.VISIT and how is told is Told.NEWS and a.direction is not b.direction):
        return False
    countries = countries_of_group(mine), countries_of_group(theirs)
    at_once = all(_is_at_once(x.telling.when, y.telling.when) for x in mine for y in theirs)
    return all(countries) and agree(*countries) and at_once and _weight(mine) < _weight(theirs)


def _is_at_once(one: When | None, other: When | None) -> bool:
    return one is None or other is None or max(one.first, other.first) - min(one.last, other.last) <= _A_STAY


def _weight(group: Sequence[Finding]) -> tuple[bool, int, int]:
    """Weigh a visit: a stop of the tour that an opening names first, then how often and how early it is told."""
    clear = [each for each in group if not each.is_faint]
    toured = any(each.draft.rule == TOUR for each in group)
    return toured, len(clear), -min(each.scene.sentence.number for each in group)


def with_days_of_visits(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Date what was signed on a visit, and has no day of its own, by the visit's last; the visit lasts till it was."""
    return tuple(_lasting(_dated(each, reports), reports) for each in reports)


def _lasting(report: Report, others: Sequence[Report]) -> Report:
    """Let a visit of these days last for one more, where a paper was signed with the same country on the day after."""
    when = report.when
    if report.kind is not EventKind.VISIT or when is None or when.precision is not Precision.DAY:
        return report
    papers = [each for each in others if each.kind is EventKind.AGREEMENT and each.countries == report.countries]
    days = {each.when.first for each in papers if each.when and each.told is report.told is Told.NEWS}
    after = when.last + timedelta(days=1)
    return replace(report, when=replace(when, last=after)) if days == {after} else report


def _dated(report: Report, others: Sequence[Report]) -> Report:
    if report.kind is not EventKind.AGREEMENT or report.when is not None or report.told is not Told.NEWS:
        return report
    visits = (each for each in others if each.kind is EventKind.VISIT and each.told is Told.NEWS)
    whens = (each.when for each in visits if each.when and agree(each.countries, report.countries))
    when = next((each for each in whens if each.precision is Precision.DAY), None)
    return report if when is None else replace(report, when=replace(when, first=when.last))
