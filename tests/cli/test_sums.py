"""What a demo brought is said in whole sentences, one thing or many."""

from __future__ import annotations

from collections import Counter

import pytest

from cli.context import counted
from cli.sums import describe_sums
from models.totals import Totals

NOTHING = Totals(by_source=Counter(), by_outcome=Counter())
FEED = "http://127.0.0.11/feed"


def totals(**outcomes: int) -> Totals:
    return Totals(by_source=Counter(sample=sum(outcomes.values())), by_outcome=Counter(outcomes))


def test_a_first_demo_tells_what_became_of_its_pages() -> None:
    after = totals(filed=39, rejected=35, copy=4)
    assert list(describe_sums({FEED: 98}, frozenset(), NOTHING, after)) == [
        "The press was asked 98 times and gave 78 new pages; 78 pages read: 39 filed, 35 rejected, 4 copies."
    ]


def test_a_second_demo_tells_that_nothing_was_fetched_again() -> None:
    there = totals(filed=39, copy=1)
    assert list(describe_sums({FEED: 1}, {"http://127.0.0.11/a"}, there, there)) == [
        "The press was asked 1 time and gave no new pages; nothing was left to read.",
        "40 pages were there before; none of them was fetched again.",
    ]


def test_a_demo_so_soon_that_no_outlet_is_due_says_so() -> None:
    there = totals(filed=2)
    assert list(describe_sums({}, {"http://127.0.0.11/a"}, there, there)) == [
        "No outlet was due: all had been asked within the last minute; nothing was left to read.",
        "2 pages were there before; none of them was fetched again.",
    ]


def test_pages_that_waited_are_read_and_are_not_new() -> None:
    before, after = totals(filed=1, waiting=3), totals(filed=3, copy=1, rejected=1)
    assert list(describe_sums({FEED: 2, "http://127.0.0.11/a": 1}, {"http://127.0.0.11/a"}, before, after)) == [
        "The press was asked 3 times and gave 1 new page; 4 pages read: 2 filed, 1 copy, 1 rejected.",
        "4 pages were there before; 1 of them was fetched again.",
    ]


@pytest.mark.parametrize(("count", "said"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages")])
def test_one_is_singular_and_all_else_plural(count: int, said: str) -> None:
    assert counted(count, "page") == said
