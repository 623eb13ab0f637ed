"""Troubles found now against those told before: each is told once, and none is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.records import KnownTrouble, Trouble, TroubleKind
from analysis.settling import PROMISES, settle
from builders import NOON

DAY = timedelta(days=1)
names = st.tuples(st.sampled_from(["atlas", "rif"]), st.sampled_from(TroubleKind), st.sampled_from(["", "https://x/"]))


def trouble(source_id: str, kind: TroubleKind, address: str = "", *, hard: bool = True) -> Trouble:
    told = {"seen": "s", "tried": "t", "advice": "a"}
    return Trouble(source_id=source_id, kind=kind, address=address, since=NOON, hard=hard, **told)


def known(number: int, source_id: str, kind: TroubleKind, address: str = "", age: timedelta = DAY) -> KnownTrouble:
    told = {"since": NOON - 9 * DAY, "raised_at": NOON - 8 * DAY, "seen_at": NOON - age}
    return KnownTrouble(id=number, source_id=source_id, kind=kind, address=address, hard=True, **told)


@given(st.sets(names), st.sets(names), st.sets(st.sampled_from(["atlas", "rif"])))
def test_each_trouble_is_new_or_stands_or_is_mended_or_kept_and_never_two_of_these(told, found, unjudged) -> None:
    before = [known(number, *name) for number, name in enumerate(sorted(told))]
    settled = settle(before, [trouble(*name) for name in found], unjudged, NOON)
    assert {(each.source_id, each.kind, each.address) for each in settled.new} == found - told
    ids = [*settled.standing, *(each.id for each in settled.mended), *(each.id for each in settled.kept)]
    assert sorted(ids) == [each.id for each in before]
    assert {each.kind for each in settled.kept} <= PROMISES


@pytest.mark.parametrize(
    ("kind", "age", "unjudged", "stands"),
    [
        (TroubleKind.BLOCKED, timedelta(hours=1), (), False),
        (TroubleKind.QUIET, timedelta(hours=1), (), True),
        (TroubleKind.QUIET, DAY, (), False),
        (TroubleKind.QUIET, 9 * DAY, ("atlas",), True),
    ],
    ids=["an answer mends at once", "the edge of a count", "a day kept", "nobody asked"],
)
def test_what_is_not_found_again_is_mended_or_kept(kind, age, unjudged, stands) -> None:
    settled = settle([known(1, "atlas", kind, age=age)], [], unjudged, NOON)
    assert (len(settled.kept), len(settled.mended)) == ((1, 0) if stands else (0, 1))


def test_a_quiet_source_that_fails_now_is_told_as_failing_only() -> None:
    settled = settle([known(1, "atlas", TroubleKind.QUIET)], [trouble("atlas", TroubleKind.GONE)], ["atlas"], NOON)
    assert (len(settled.new), settled.kept) == (1, ())
