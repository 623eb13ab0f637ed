"""What becomes of an address: noted once, asked for again after failures, looked at again while it is young."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frontier import (
    MOST_LOOKS,
    MOST_TRIES,
    YOUNG,
    Finder,
    after_failure,
    after_kept,
    after_known,
    alias,
    note,
    put_off,
)
from analysis.records import Address, AddressState, Validators, Way
from builders import NOON, entry

HOURS = timedelta(hours=1)
ATLAS = Finder(source_id="atlas", hosts=frozenset({"atlas.example"}), way=Way.FEED, at=NOON)
RIF = replace(ATLAS, source_id="rif", hosts=frozenset({"rif.example"}))
TAGGED = Validators(etag='"1"')


def address(**changes: object) -> Address:
    facts = {"source_id": "atlas", "entry": entry(), "way": Way.FEED, "found_at": NOON, "next_at": NOON}
    return Address(**{**facts, **changes})


def test_an_entry_that_is_not_known_waits_from_now_on():
    assert note(entry(), None, ATLAS) == address()


def test_an_entry_of_another_host_is_refused_until_a_source_that_it_is_at_home_with_lists_it():
    refused = note(entry(), None, RIF)
    assert refused == address(source_id="rif", state=AddressState.REFUSED, next_at=None)
    assert note(entry(), refused, RIF) is None
    assert note(entry(), refused, ATLAS) == address()


@pytest.mark.parametrize("state", [AddressState.WAITING, AddressState.KEPT, AddressState.GIVEN_UP])
def test_an_entry_that_is_known_changes_nothing(state):
    assert note(entry(title="Autre titre"), address(state=state, asked_at=NOON), ATLAS) is None


def test_a_change_that_a_list_states_has_a_young_page_asked_for_again_an_hour_apart_at_the_least():
    kept = after_kept(address(), NOON, TAGGED)
    changed = entry(updated_at=NOON + HOURS / 2)
    later = replace(ATLAS, at=NOON + HOURS / 2)
    noted = note(changed, kept, later)
    assert noted == replace(kept, entry=changed, next_at=NOON + HOURS)
    assert note(changed, noted, later) is None
    assert note(changed, kept, replace(ATLAS, at=NOON + 3 * HOURS)).next_at == NOON + 3 * HOURS


@pytest.mark.parametrize(
    "kept",
    [
        after_kept(address(entry=entry(published_at=NOON - YOUNG)), NOON, TAGGED),
        replace(after_kept(address(), NOON, TAGGED), looks=MOST_LOOKS),
    ],
    ids=["old", "looked at often"],
)
def test_a_change_of_a_page_that_is_old_or_was_looked_at_often_is_passed_over(kept):
    changed = entry(updated_at=NOON + 2 * HOURS, published_at=kept.entry.published_at)
    assert note(changed, kept, replace(ATLAS, at=NOON + 2 * HOURS)) is None


def test_a_change_to_come_is_none():
    kept = after_kept(address(), NOON, TAGGED)
    assert note(entry(updated_at=NOON + 9 * HOURS), kept, replace(ATLAS, at=NOON + HOURS)) is None


@pytest.mark.parametrize(("failed", "hours"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16)])
def test_a_page_that_failed_rests_twice_as_long_after_each_failure(failed, hours):
    after = after_failure(address(failed=failed), NOON)
    assert (after.state, after.failed, after.next_at) == (AddressState.WAITING, failed + 1, NOON + hours * HOURS)


def test_a_page_that_failed_six_times_is_given_up():
    after = after_failure(address(failed=MOST_TRIES - 1), NOON)
    assert (after.state, after.next_at) == (AddressState.GIVEN_UP, None)


def test_a_page_that_is_kept_is_looked_at_six_and_forty_hours_after_it_was_published():
    first = after_kept(address(entry=entry(published_at=NOON - HOURS)), NOON, TAGGED)
    assert (first.state, first.looks, first.validators) == (AddressState.KEPT, 0, TAGGED)
    assert first.next_at == NOON + 5 * HOURS
    second = after_kept(first, first.next_at, TAGGED)
    assert (second.looks, second.next_at) == (1, NOON + 39 * HOURS)
    third = after_kept(second, second.next_at, TAGGED)
    assert (third.looks, third.next_at) == (2, None)


def test_a_page_without_a_date_or_with_one_to_come_is_as_old_as_when_it_was_found():
    for stated in (None, NOON + 90 * HOURS):
        assert after_kept(address(entry=entry(published_at=stated)), NOON, TAGGED).next_at == NOON + 6 * HOURS


def test_a_page_that_is_gone_when_it_is_looked_at_again_stays_kept():
    kept = after_kept(address(), NOON, TAGGED)
    gone = after_failure(kept, NOON + 6 * HOURS)
    assert gone == replace(kept, looks=1, asked_at=NOON + 6 * HOURS, next_at=NOON + 40 * HOURS)


def test_an_address_that_leads_to_a_known_page_is_asked_for_again_only_if_that_is_not_kept():
    assert after_known(address(), NOON, is_kept=True) == address(state=AddressState.KEPT, asked_at=NOON, next_at=None)
    assert after_known(address(), NOON, is_kept=False) == address(asked_at=NOON, next_at=NOON + HOURS)


def test_an_address_whose_host_wants_to_be_left_alone_waits_and_has_not_failed():
    assert put_off(address(failed=2), NOON + HOURS) == address(failed=2, next_at=NOON + HOURS)


def test_the_page_where_a_redirect_led_is_known_under_that_address_and_looked_at_under_the_first():
    kept = after_kept(address(), NOON, TAGGED)
    other = alias(kept, "https://atlas.example/new")
    assert (other.entry.url, other.state, other.next_at) == ("https://atlas.example/new", AddressState.KEPT, None)
    assert not other.validators


@given(
    st.lists(st.sampled_from(["kept", "failed", "known", "put off"]), max_size=30),
    st.integers(min_value=-200, max_value=200),
)
def test_whatever_happens_an_address_comes_to_rest_and_is_never_asked_for_in_the_past(events, age):
    now, one = NOON, address(entry=entry(published_at=NOON + age * HOURS))
    for event in events:
        one = {
            "kept": lambda: after_kept(one, now, TAGGED),  # noqa: B023 called at once
            "failed": lambda: after_failure(one, now),  # noqa: B023
            "known": lambda: after_known(one, now, is_kept=False),  # noqa: B023
            "put off": lambda: put_off(one, now + HOURS),  # noqa: B023
        }[event]()
        if one.next_at is None:
            assert one.state in {AddressState.KEPT, AddressState.GIVEN_UP}
            break
        assert one.next_at > now
        now = one.next_at
    assert one.failed <= MOST_TRIES
