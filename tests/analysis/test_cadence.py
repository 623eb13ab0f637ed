"""How often ways are asked: as their news asks for, within their bounds, and enough that nothing is pushed out."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate
from math import exp, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cadence import (
    AWAKE,
    Answer,
    Bounds,
    after_answer,
    after_failure,
    bounds_of,
    full_by_day,
    is_child_due,
    is_due,
    is_overflowing,
    is_source_due,
    known_as,
    reaches_back,
    stays_if_late,
    take_over,
)
from analysis.records import Discovery, Rhythm, Validators, VisitState, Way
from builders import NOON, source

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
FAST = Bounds(fastest=20, slowest=720, first=20, is_alone=True)
BACKED = Bounds(fastest=20, slowest=720, first=20, is_alone=False)


def rhythm(**changes: object) -> Rhythm:
    facts = {"source_id": "atlas", "url": "https://atlas.example/feed", "way": Way.FEED, "interval_minutes": 60}
    return Rhythm(**{**facts, **changes})


def read(interval: int = 60, **changes: object) -> Rhythm:
    """Build one that answered at noon."""
    asked = {"asked_at": NOON, "read_at": NOON, "next_at": NOON + interval * MINUTES}
    return rhythm(interval_minutes=interval, **{**asked, **changes})


@pytest.mark.parametrize(("unknown", "interval"), [(0, 90), (1, 90), (3, 90), (4, 75), (6, 50), (12, 25), (500, 20)])
def test_a_way_is_asked_so_often_that_an_answer_names_five_new_pages(unknown, interval):
    after = after_answer(read(), Answer(unknown=unknown, entries=500), FAST, NOON + HOURS)
    assert (after.interval_minutes, after.next_at) == (interval, NOON + HOURS + interval * MINUTES)
    assert (after.failures, after.read_at) == (0, NOON + HOURS)
    assert after.news_at == (NOON + HOURS if unknown else None)


def test_a_way_that_brings_nothing_is_asked_more_and_more_seldom_down_to_its_bound():
    one, now = read(20), NOON
    for _ in range(20):
        now += one.interval_minutes * MINUTES
        one = after_answer(one, Answer(), FAST, now)
    assert one.interval_minutes == FAST.slowest


@pytest.mark.parametrize(("hours", "interval"), [(3, 20), (4, 20), (5, 30), (8, 120), (40, 600)])
def test_a_list_that_is_alone_is_asked_before_what_it_lists_late_is_pushed_out(hours: int, interval: int) -> None:
    """What is listed four hours late in a list that goes back five has an hour to stay, or half if more comes."""
    dates = tuple(NOON - number * hours * HOURS / 9 for number in range(10))
    answer = Answer(unknown=5, entries=10, dates=dates)
    assert after_answer(read(600, read_at=NOON - 10 * HOURS), answer, FAST, NOON).interval_minutes == interval
    assert after_answer(read(600, read_at=NOON - 10 * HOURS), answer, BACKED, NOON).interval_minutes == 600


def test_an_answer_that_says_nothing_new_leaves_known_what_its_list_holds() -> None:
    dates = tuple(NOON - number * 30 * MINUTES for number in range(10))
    known = after_answer(read(600), Answer(unknown=1, entries=10, dates=dates), FAST, NOON)
    same = after_answer(known, Answer(), FAST, NOON + 10 * MINUTES)
    assert (same.entries, same.oldest_at, same.newest_at) == (10, dates[-1], dates[0])
    assert (known.interval_minutes, same.interval_minutes) == (20, 20)


PROMPT = Bounds(fastest=10, slowest=30, first=10, is_alone=True, is_prompt=True)
HALF_AN_HOUR_AGO, NIGHT_AGO = NOON - 30 * MINUTES, NOON - 8 * HOURS
NEWS = Answer(unknown=1, entries=10, dates=tuple(NOON - number * HOURS for number in range(10)))


@pytest.mark.parametrize(
    ("interval", "newest_at", "answer", "after"),
    [
        (10, HALF_AN_HOUR_AGO, NEWS, 10),
        (30, NIGHT_AGO, NEWS, 10),  # the first of the morning
        (10, HALF_AN_HOUR_AGO, Answer(), 10),
        (10, NIGHT_AGO, Answer(), 15),
        (25, NIGHT_AGO, Answer(), 30),
        (10, None, Answer(), 15),
    ],
)
def test_a_prompt_way_is_asked_as_often_as_its_entry_lets_while_it_prints_and_seldom_at_night(
    interval: int, newest_at: datetime | None, answer: Answer, after: int
) -> None:
    known = read(interval, newest_at=newest_at, read_at=NOON - interval * MINUTES)
    assert after_answer(known, answer, PROMPT, NOON).interval_minutes == after


def test_only_the_first_way_of_tier_one_that_is_asked_within_ten_minutes_is_prompt() -> None:
    feed = Discovery(way=Way.FEED, url="https://atlas.example/feed")
    asked = [(1, 5, True), (1, 10, True), (1, 20, True), (2, 5, True), (1, 5, False)]
    bounds = [bounds_of(source(tier=tier, cadence_minutes=every), feed, is_first=first) for tier, every, first in asked]
    assert [each.is_prompt for each in bounds] == [True, True, False, False, False]
    assert [each.slowest for each in bounds] == [30, 30, 720, 720, 24 * 60]


@pytest.mark.parametrize(
    ("way", "url", "reaches"),
    [
        (Way.FEED, "https://atlas.example/politique/feed", False),
        (Way.LISTING, "https://atlas.example/politique", False),
        (Way.SITEMAP, "https://atlas.example/sitemap.xml", True),
        (Way.WORDPRESS, "https://atlas.example/wp-json/wp/v2/posts", True),
        (Way.WORDPRESS, "https://atlas.example/wp-json/wp/v2/posts?search={phrase}", False),
    ],
)
def test_a_list_is_not_alone_where_a_way_stands_behind_it_that_names_all(way: Way, url: str, reaches: bool) -> None:  # noqa: FBT001 a parameter of a test
    assert reaches_back(Discovery(way=way, url=url)) is reaches
    feed = Discovery(way=Way.FEED, url="https://atlas.example/feed")
    assert bounds_of(source(), feed, is_first=True, is_backed=reaches).is_alone is not reaches


def test_a_list_without_dates_does_not_say_how_long_it_names_what_it_lists_late() -> None:
    assert stays_if_late(None, NOON) == inf


def test_the_other_ways_are_asked_for_what_the_first_misses():
    feed = Discovery(way=Way.FEED, url="https://atlas.example/feed")
    later = bounds_of(source(cadence_minutes=20), feed, is_first=False)
    assert bounds_of(source(cadence_minutes=20), feed, is_first=True) == replace(FAST, most_a_day=20)
    first = after_answer(rhythm(), Answer(unknown=9, entries=9), later, NOON)
    assert first.interval_minutes == 360
    missing = after_answer(first, Answer(unknown=15, entries=15), later, NOON + 6 * HOURS)
    assert missing.interval_minutes == 120
    needless = first
    for day in range(1, 5):
        needless = after_answer(needless, Answer(entries=9), later, NOON + day * 24 * HOURS)
    assert needless.interval_minutes == 24 * 60


def test_searches_are_asked_a_few_times_a_day_at_most_whatever_the_cadence():
    search = Discovery(way=Way.FEED, url="https://atlas.example/?s={phrase}&feed=rss2")
    searched = source(cadence_minutes=15, searches=("تعاون أمني", "DGSN"), discovery=(search,))
    assert bounds_of(searched, search, is_first=True).fastest == 6 * 60
    assert known_as(searched, search)[1] == "https://atlas.example/?s=DGSN&feed=rss2"


def test_a_list_that_is_alone_is_left_for_longer_only_when_it_failed_four_times() -> None:
    """Else it would run over behind a server that was away for an hour."""
    after = [after_failure(read(failures=count), VisitState.TIMED_OUT, FAST, NOON) for count in range(7)]
    assert [(each.next_at - NOON) / MINUTES for each in after if each.next_at] == [20, 20, 20, 20, 40, 80, 160]


def test_a_way_that_fails_is_left_alone_twice_as_long_each_time_and_asked_in_full_if_its_body_was_none():
    known = read(validators=Validators(etag='"1"'))
    first = after_failure(known, VisitState.TIMED_OUT, BACKED, NOON + HOURS)
    second = after_failure(first, VisitState.UNREADABLE, BACKED, NOON + 2 * HOURS)
    assert (first.next_at - first.asked_at, second.next_at - second.asked_at) == (20 * MINUTES, 40 * MINUTES)
    assert (first.failures, second.failures) == (1, 2)
    assert first.validators
    assert not second.validators
    assert second.read_at == NOON
    patient = after_failure(known, VisitState.HTTP_ERROR, FAST, NOON, until=NOON + 5 * HOURS)
    assert patient.next_at == NOON + 5 * HOURS


@pytest.mark.parametrize(
    ("failures", "changes", "due", "interval"),
    [
        (1, {}, 20, 1440),
        (2, {}, 20, 30),
        (3, {}, 20, 1440),
        (1, {"next_at": NOON + 10 * MINUTES}, 10, 1440),
        (2, {"failures": 1}, 1440, 1440),
    ],
)
def test_a_way_that_works_takes_the_place_of_one_that_fails_and_its_pace_once_that_lasts(
    failures, changes, due, interval
):
    second = replace(read(1440), **changes)
    after = take_over(second, rhythm(interval_minutes=30, failures=failures, asked_at=NOON + HOURS), FAST)
    assert after == replace(second, interval_minutes=interval, next_at=NOON + due * MINUTES)


def test_a_way_that_was_never_asked_is_due_as_it_is():
    assert take_over(rhythm(), rhythm(failures=2, asked_at=NOON), FAST) == rhythm()


def test_a_tenth_of_an_interval_is_forgiven():
    assert is_due(None, NOON)
    assert is_due(rhythm(), NOON)
    assert not is_due(read(), NOON + 53 * MINUTES)
    assert is_due(read(), NOON + 54 * MINUTES)


def test_a_source_is_due_by_the_first_of_its_ways_that_works_and_by_those_that_fail_before_it():
    now = NOON + 10 * HOURS
    resting, due = read(720), read(60)
    failing = read(failures=3, next_at=now + HOURS)
    assert is_source_due([[None], [resting]], now)
    assert is_source_due([[due], [resting]], now)
    assert not is_source_due([[resting], [due]], now)
    assert is_source_due([[failing], [due]], now)
    assert not is_source_due([[failing], [resting], [due]], now)
    assert is_source_due([[replace(failing, next_at=now)], [resting]], now)
    assert is_source_due([[resting, due]], now)
    assert not is_source_due([], now)


def test_a_list_that_names_nothing_known_may_have_lost_something_but_not_when_it_is_read_first():
    assert is_overflowing(read(), Answer(unknown=5, entries=5))
    assert not is_overflowing(read(), Answer(unknown=4, entries=5))
    assert not is_overflowing(read(), Answer())
    assert not is_overflowing(rhythm(), Answer(unknown=5, entries=5))


def test_a_sitemap_of_an_index_is_asked_when_it_changed_since_or_might_have():
    later = NOON + 5 * HOURS
    assert is_child_due(None, None, NOON)
    assert is_child_due(read(600), NOON + HOURS, later)
    assert not is_child_due(read(60), NOON - 90 * 24 * HOURS, later)
    assert is_child_due(read(60), NOON - 12 * HOURS, later)  # a day without a time
    assert not is_child_due(read(600), NOON - 12 * HOURS, later)
    assert is_child_due(read(60), None, later)
    assert not is_child_due(read(600), None, later)
    assert not is_child_due(read(failures=2, next_at=later + HOURS), NOON + HOURS, later)


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 100)), max_size=30),
    st.integers(1, 1000),
    st.integers(0, 3000),
)
def test_whatever_a_way_answers_its_interval_stays_within_its_bounds(answers, fastest, more):
    bounds = Bounds(fastest=fastest, slowest=fastest + more, first=fastest, is_alone=True)
    one, now = rhythm(), NOON
    for minutes, unknown in answers:
        now += minutes * MINUTES
        dates = tuple(now - number * MINUTES for number in range(unknown))
        one = after_answer(one, Answer(unknown=unknown, entries=unknown, dates=dates), bounds, now)
        assert bounds.fastest <= one.interval_minutes <= bounds.slowest


def test_a_source_of_sixty_a_day_is_asked_less_than_half_as_often_and_nothing_is_pushed_out():
    chance = random.Random(1)  # noqa: S311 times of publication
    hours = [6, *range(7, 23), *range(7, 23)]  # little at night
    day = timedelta(days=1)
    published = sorted(
        NOON.replace(hour=chance.choice(hours), minute=chance.randrange(60)) + number % 5 * day for number in range(300)
    )
    one, known, asked, lost = rhythm(interval_minutes=20), set[datetime](), 0, 0
    for now in (NOON + number * 15 * MINUTES for number in range(4 * 24 * 4)):
        if not is_due(one, now):
            continue
        out = [date for date in published if date <= now]
        listed = tuple(out[-20:])
        asked += 1
        lost += 0 if one.read_at is None else len(set(out[:-20]) - known)
        answer = Answer(unknown=len(set(listed) - known), entries=len(listed), dates=listed)
        one, known = after_answer(one, answer, FAST, now), known | set(out)
    assert lost == 0
    assert asked / len([date for date in known if date > NOON]) < 0.45


def test_a_short_list_is_asked_at_night_so_often_that_it_does_not_run_over_in_the_morning():
    """At sixty a day three come in an hour; a list that holds three days is asked as its news wants."""
    slow = rhythm(interval_minutes=400, asked_at=NOON, read_at=NOON)
    bounds = replace(FAST, most_a_day=60)
    waits = [after_answer(slow, Answer(entries=size), bounds, NOON).interval_minutes for size in (4, 10, 20, 200)]
    assert waits == [20, 55, 177, 600]


@pytest.mark.parametrize("entries", [10, 15, 20, 40])
def test_a_list_runs_over_in_the_wait_that_its_promise_gives_it_less_than_once_in_five_hundred_times(entries):
    """By the tail of the distribution of Poisson at the most that is promised, spread over the waking hours."""
    bounds = replace(FAST, most_a_day=60)
    expected = full_by_day(entries, bounds) * 60 / AWAKE
    chances = accumulate(range(1, entries), lambda chance, count: chance * expected / count, initial=exp(-expected))
    assert 1 - sum(chances) < 1 / 500


def test_a_list_of_which_all_is_new_ran_over_and_is_asked_again_as_soon_as_it_may_be():
    over, later = Answer(unknown=4, entries=4), NOON + 5 * HOURS
    in_time, by_time, short = Answer(unknown=4, entries=5), read(300, way=Way.WORDPRESS), Answer(unknown=3, entries=3)
    assert after_answer(read(300), over, FAST, later).interval_minutes == 20
    assert after_answer(read(300), in_time, FAST, later).interval_minutes == 375
    assert after_answer(by_time, over, FAST, later).interval_minutes == 375
    assert after_answer(read(300), short, FAST, later).interval_minutes == 450
    assert after_answer(read(300), over, BACKED, later).interval_minutes == 375
