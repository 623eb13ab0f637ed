"""Counts against a promise: what may never be told, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from analysis import usual
from analysis.expectations import ARTICLES, find_broken_promises
from analysis.records import (
    DayCount,
    Discovery,
    Figures,
    Health,
    Promise,
    RejectionReason,
    Standing,
    TroubleKind,
    Way,
    WayStanding,
)
from builders import NOON, source

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = Discovery(way=Way.FEED, url="https://atlas.example/feed")
SILENT_KINDS = {TroubleKind.QUIET, TroubleKind.STALE}

promises = st.tuples(st.integers(1, 60), st.integers(0, 200)).map(lambda both: (both[0], both[0] + both[1]))
counts = st.lists(st.integers(0, 300), min_size=36, max_size=36)
answered = st.lists(st.booleans(), min_size=36, max_size=36)


def figures(promise: tuple[int, int], days: list[DayCount]) -> Figures:
    """Build a source that answered an hour ago, was first asked long ago, and had these days, the newest first."""
    standing = Standing(health=Health.HEALTHY, since=NOON - 90 * DAY, asked_at=NOON - HOUR, answered_at=NOON - HOUR)
    last = next((age for age, day in enumerate(days) if day.new), None)
    return Figures(
        source=source(promise=Promise(articles_a_day=promise)),
        ways=(WayStanding(discovery=FEED, standing=standing),),
        days=tuple(days),
        first_asked_at=NOON - 90 * DAY,
        last_page_at=NOON - 80 * DAY if last is None else NOON - last * DAY - HOUR,
    )


def kinds(found: Figures) -> set[TroubleKind]:
    return {each.kind for each in find_broken_promises(found, NOON)}


def asked(new: int) -> DayCount:
    return DayCount(asked=2, answered=2, new=new)


@given(promises, counts)
def test_a_source_that_brings_the_least_it_promises_each_day_is_never_silent(promise, extra) -> None:
    low, high = promise
    days = [asked(min(low + more, high)) for more in extra]
    assert kinds(figures(promise, days)) == set()


@given(promises, answered)
def test_days_on_which_nobody_asked_make_no_source_silent_or_flooding(promise, is_asked) -> None:
    days = [asked(promise[0]) if each else DayCount() for each in is_asked]
    assert kinds(figures(promise, days)) & {TroubleKind.QUIET, TroubleKind.FLOODING} == set()


@given(promises, st.lists(st.integers(0, 40), min_size=7, max_size=7))
def test_a_week_like_the_weeks_before_is_no_sudden_silence_and_no_flood(promise, week) -> None:
    found = find_broken_promises(figures(promise, [asked(new) for new in week * 6][:36]), NOON)
    assert [each for each in found if each.hard and each.kind in {TroubleKind.QUIET, TroubleKind.FLOODING}] == []


@given(promises, counts)
def test_a_source_is_never_quiet_and_stale_or_quiet_and_flooding_at_once(promise, new) -> None:
    days = [asked(each) for each in new]
    assert len(kinds(figures(promise, days)) & {*SILENT_KINDS, TroubleKind.FLOODING}) <= 1


@given(promises, st.integers(8, 60))
def test_a_source_that_falls_dumb_is_told_whatever_its_rhythm_was(promise, usual_count) -> None:
    days = [asked(0)] * 8 + [asked(usual_count)] * 28
    assert kinds(figures(promise, days)) & SILENT_KINDS


fates = st.dictionaries(st.sampled_from([*RejectionReason, "filed", "copy", "failed"]), st.integers(1, 40), min_size=1)


@given(fates)
def test_pages_are_unparseable_where_half_of_them_are_no_articles(counted) -> None:
    today = replace(asked(50), fates={str(fate): count for fate, count in counted.items()})
    found = kinds(figures((10, 60), [today, *[asked(50)] * 35]))
    total = sum(counted.values())
    others = sum(count for fate, count in counted.items() if fate not in ARTICLES)
    told = found & {TroubleKind.UNPARSEABLE, TroubleKind.CHALLENGED, TroubleKind.PARKED}
    assert bool(told) == (total >= 5 and others * 2 >= total)


@given(counts, st.integers(0, 6))
def test_a_day_of_the_week_is_usual_by_its_own_weeks_only(new, age) -> None:
    days = [asked(each) for each in new]
    other = [day if (place - age) % 7 == 0 else asked(0) for place, day in enumerate(days)]
    assert usual.of_weekday(days, age) == usual.of_weekday(other, age)
