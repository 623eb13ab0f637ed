"""What a crawl chooses to ask for, and when a page that failed may be asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from lone_crawl import MemoryRecorder

from analysis.records import Tries, VisitState
from builders import NOON, entry, page, source, visit
from spiders.save import MOST_TRIES, Ledger, home_hosts, is_due

ATLAS = source(hosts=("www.atlas.example",))


def tries(failed: int) -> Tries:
    return Tries(fetched=False, failed=failed, last_at=NOON)


@pytest.mark.parametrize(("failed", "hours"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16)])
def test_a_page_that_failed_rests_twice_as_long_after_each_failure(failed, hours):
    due_at = NOON + timedelta(hours=hours)
    assert is_due(tries(failed), due_at)
    assert not is_due(tries(failed), due_at - timedelta(seconds=1))


def test_a_page_that_failed_six_times_is_given_up():
    assert not is_due(tries(MOST_TRIES), NOON + timedelta(days=10_000))


def entries(*numbers: int):
    return [
        entry(url=f"https://atlas.example/{number}", published_at=NOON + timedelta(days=number)) for number in numbers
    ]


def test_the_newest_entries_are_asked_for_first_and_those_without_a_date_last():
    undated = entry(url="https://atlas.example/0", published_at=None)
    chosen = Ledger(MemoryRecorder(), 1, 10).choose(ATLAS, [undated, *entries(1, 3, 2)])
    assert [each.url[-1] for each in chosen] == ["3", "2", "1", "0"]


def test_the_limit_holds_for_all_lists_of_a_source_together_and_what_is_left_can_be_chosen_later():
    ledger = Ledger(MemoryRecorder(), 1, 2)
    assert len(ledger.choose(ATLAS, entries(1))) == 1
    assert len(ledger.choose(ATLAS, entries(1, 2, 3))) == 1
    assert ledger.results()[0].left == 1


def test_an_address_is_asked_for_once_in_a_crawl_also_if_two_sources_list_it():
    ledger = Ledger(MemoryRecorder(), 1, 10)
    other = source(id="other", hosts=("atlas.example",))
    assert len(ledger.choose(ATLAS, entries(1, 1))) == 1
    assert ledger.choose(other, entries(1)) == ()


def test_an_address_that_led_to_a_page_by_a_redirect_is_known():
    recorder = MemoryRecorder()
    recorder.save_page(page(url="https://atlas.example/new", canonical_url="https://atlas.example/new"), OLD, 1)
    ledger = Ledger(recorder, 1, 10)
    assert ledger.choose(ATLAS, [entry(url="https://atlas.example/old"), entry(url="https://atlas.example/new")]) == ()
    assert ledger.results()[0].known == 2


def test_a_host_is_the_same_in_arabic_letters_and_in_ascii():
    arabic = source(hosts=("www.صحيفة.example", "Atlas.EXAMPLE"), discovery=())
    assert home_hosts(arabic) == {"xn--ogbhx3c3b.example", "atlas.example"}
    listed = [
        entry(url=f"https://{host}/{number}") for number, host in enumerate(("صحيفة.example", "xn--ogbhx3c3b.example"))
    ]
    assert len(Ledger(MemoryRecorder(), 1, 10).choose(arabic, listed)) == 2


OLD = visit(url="https://atlas.example/old", way=None, state=VisitState.FETCHED, visited_at=NOON)


def test_an_entry_on_another_host_is_a_visit_and_not_asked_for():
    recorder = MemoryRecorder()
    before = datetime.now(UTC)
    assert Ledger(recorder, 1, 10).choose(ATLAS, [entry(url="https://atlas.example.elsewhere.example/1")]) == ()
    (refused,) = recorder.visits
    assert (refused.url, refused.state) == ("https://atlas.example.elsewhere.example/1", VisitState.OFF_HOST)
    assert refused.visited_at >= before
