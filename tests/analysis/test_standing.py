"""The state machine of a way: what heals it, what makes it fail, and what must not."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import reduce
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.records import Health, Observation, Severity, Standing, TroubleKind
from analysis.standing import ENOUGH, LASTING, SHORTEST, SILENCE, WEIGHTS, best, observe
from builders import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FAILURES = [Severity.PASSING, Severity.SOFT, Severity.HARD]
GRADES = [Health.WAVERING, Health.FAILING, Health.SILENT]

gaps = st.integers(1, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
severities = st.sampled_from(Severity)
failures = st.sampled_from(FAILURES)


def seen(after: timedelta, severity: Severity) -> Observation:
    """Build an asking so long after noon."""
    kind = None if severity is Severity.ANSWERED else TroubleKind.GONE
    return Observation(at=NOON + after, severity=severity, kind=kind, detail="" if kind is None else "HTTP 404")


def follow(askings: list[tuple[timedelta, Severity]], start: Standing | None = None) -> list[Standing]:
    """Ask again and again, each time a gap after the last; return every standing on the way."""
    after, path = timedelta(), [start or Standing()]
    for gap, severity in askings:
        after += gap
        path.append(observe(path[-1], seen(after, severity)))
    return path[1:]


def askings(of: st.SearchStrategy, least: int = 0) -> st.SearchStrategy:
    return st.lists(st.tuples(gaps, of), min_size=least, max_size=40)


@given(askings(severities), gaps)
def test_an_answer_always_heals(before, gap) -> None:
    healed = follow([*before, (gap, Severity.ANSWERED)])[-1]
    assert (healed.health, healed.score, healed.failures, healed.kind) == (Health.HEALTHY, 0, 0, None)
    assert healed.answered_at == healed.asked_at


@given(askings(severities), failures, gaps)
def test_one_failure_after_an_answer_never_makes_a_way_fail(before, failure, gap) -> None:
    assert follow([*before, (gap, Severity.ANSWERED), (gap, failure)])[-1].health is Health.WAVERING


@given(failures)
def test_neither_does_the_first_asking_of_all(failure) -> None:
    assert follow([(HOUR, failure)])[-1].health is Health.WAVERING


@given(st.lists(failures, min_size=2, max_size=60), st.lists(st.floats(0, 1), min_size=60, max_size=60))
def test_failures_within_the_hour_are_one(severity, moments) -> None:
    at = sorted(moments[: len(severity)])
    path = reduce(
        observe, (seen(each * SHORTEST * 0.99, one) for each, one in zip(at, severity, strict=True)), Standing()
    )
    assert path.health is Health.WAVERING


@given(askings(severities), st.lists(failures, min_size=3, max_size=30), st.integers(30, 12 * 60))
def test_a_way_that_breaks_is_noticed_within_a_day_however_seldom_it_is_asked(before, broken, minutes) -> None:
    gap = timedelta(minutes=minutes)
    answered = follow([*before, (gap, Severity.ANSWERED)])
    path = follow_on(answered[-1], [(gap, severity) for severity in (broken * 50)])
    day_later = [each for each in path if each.asked_at - answered[-1].asked_at <= DAY][-1]
    assert day_later.health in {Health.FAILING, Health.SILENT}


def follow_on(start: Standing, askings: list[tuple[timedelta, Severity]]) -> list[Standing]:
    """Go on from a standing whose last asking is later than noon."""
    offset = start.asked_at - NOON
    return follow([(askings[0][0] + offset, askings[0][1]), *askings[1:]], start)


@given(askings(failures, 1))
def test_without_an_answer_a_way_only_gets_worse_and_keeps_when_it_began(failing) -> None:
    path = follow(failing)
    assert all(GRADES.index(one.health) <= GRADES.index(two.health) for one, two in pairwise(path))
    assert {each.since for each in path} == {NOON + failing[0][0]}
    assert path[-1].score == sum(WEIGHTS[severity] for _, severity in failing)


@given(askings(failures, 1), st.randoms())
def test_in_which_order_failures_came_makes_no_difference(failing, chance) -> None:
    shuffled = [severity for _, severity in failing]
    chance.shuffle(shuffled)
    other = follow([(gap, severity) for (gap, _), severity in zip(failing, shuffled, strict=True)])
    assert other[-1] == follow(failing)[-1]


@given(askings(severities, 1))
def test_what_was_counted_is_not_counted_again(asked) -> None:
    last = follow(asked)[-1]
    again = reduce(observe, (seen(last.asked_at - NOON - gap, severity) for gap, severity in asked), last)
    assert observe(again, seen(last.asked_at - NOON, Severity.HARD)) == last


@given(askings(severities, 1))
def test_a_way_that_never_worked_is_told_from_one_that_broke(asked) -> None:
    last = follow(asked)[-1]
    assert (last.answered_at is None) == all(severity is not Severity.ANSWERED for _, severity in asked)


@given(askings(severities, 1))
def test_a_silent_way_has_failed_for_a_week_and_more_than_once(asked) -> None:
    last = follow(asked)[-1]
    if last.health is Health.SILENT:
        assert (last.asked_at - last.since >= SILENCE, last.failures > 1) == (True, True)
    if last.health in {Health.FAILING, Health.SILENT}:
        lasted = last.asked_at - last.since
        assert lasted >= LASTING or (lasted >= SHORTEST and last.score >= ENOUGH)


@pytest.mark.parametrize(("severity", "enough"), [(Severity.HARD, 3), (Severity.SOFT, 6), (Severity.PASSING, 12)])
def test_soft_failures_count_half_and_passing_ones_a_quarter(severity, enough) -> None:
    path = follow([(timedelta(minutes=40), severity)] * 12)
    assert [each.health for each in path].index(Health.FAILING) + 1 == enough


def test_a_way_is_failing_then_silent_since_its_first_failure() -> None:
    path = follow([(HOUR, Severity.ANSWERED), *[(12 * HOUR, Severity.SOFT)] * 16])
    assert [each.health for each in path] == [
        *(Health.HEALTHY, Health.WAVERING),
        *[Health.FAILING] * 13,
        *[Health.SILENT] * 2,
    ]
    assert path[-1] == Standing(
        health=Health.SILENT,
        since=NOON + 13 * HOUR,
        score=32,
        failures=16,
        asked_at=NOON + 193 * HOUR,
        answered_at=NOON + HOUR,
        kind=TroubleKind.GONE,
        detail="HTTP 404",
    )


ANSWERED_THEN = follow([(8 * HOUR, Severity.ANSWERED)])[-1]
FAILING_SINCE_THEN = follow([(8 * HOUR, Severity.PASSING)] * 2)[-1]

ways = st.lists(askings(severities).map(lambda asked: (follow(asked) or [Standing()])[-1]), max_size=5)


@given(ways, st.randoms())
@example([ANSWERED_THEN, FAILING_SINCE_THEN], random.Random(1))  # noqa: S311 of a test
def test_a_source_stands_as_the_best_of_its_ways_in_whatever_order(standings, chance) -> None:
    shuffled = list(standings)
    chance.shuffle(shuffled)
    source = best(standings)
    assert best(shuffled).health is source.health
    assert (source.health is Health.UNTRIED) == all(each.health is Health.UNTRIED for each in standings)
    answered = max((each.answered_at for each in standings if each.answered_at), default=None)
    vouched = all(answered and answered > each.since for each in standings if each.health in GRADES[1:])
    healthy = any(each.health is Health.HEALTHY for each in standings)
    assert (source.health is Health.HEALTHY) == (healthy and vouched)


def test_a_way_that_answered_before_another_began_to_fail_vouches_for_nothing_since() -> None:
    answered = follow([(HOUR, Severity.ANSWERED)])[-1]
    failing = follow([(20 * HOUR, Severity.ANSWERED), (HOUR, Severity.SOFT), (11 * HOUR, Severity.SOFT)])[-1]
    assert best([failing, answered]) == failing
    assert best([failing, follow([(33 * HOUR, Severity.ANSWERED)])[-1]]).health is Health.HEALTHY
