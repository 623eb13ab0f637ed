"""What an operator is told, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from builders import NOON
from models.answers import Conservation
from pipeline.watch import find_trouble

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def kept(**changes: Any) -> Conservation:
    """Build a run of a week ago that fetched three pages, all of them rejected."""
    facts = {"run_id": 7, "command": "crawl", "started_at": NOON - 7 * DAY, "fetched": 3, "pages": 3}
    ends = {"filed": 0, "copies": 0, "rejected": 3, "failed": 0, "waiting": 0, "articles": 0, "failed_at": None}
    return Conservation(**{**facts, **ends, **changes})


def test_a_run_that_adds_up_is_no_trouble() -> None:
    assert list(find_trouble([kept()], NOON)) == []


@pytest.mark.parametrize("lost", [{"pages": 2}, {"rejected": 2}, {"rejected": 2, "filed": 1}, {"articles": 1}])
def test_a_sum_that_does_not_come_out_is_told_with_all_its_terms(lost: dict[str, int]) -> None:
    [told] = find_trouble([kept(**lost)], NOON)
    assert told.startswith(f"run 7 does not add up: 3 pages fetched, {kept(**lost).pages} kept, but ")


def test_pages_may_wait_for_two_hours() -> None:
    def waiting(age: timedelta) -> list[str]:
        return list(find_trouble([kept(rejected=1, waiting=2, started_at=NOON - age)], NOON))

    assert waiting(2 * HOUR) == []
    assert waiting(3 * HOUR) == ["of what run 7 fetched, 2 still wait to be read: run `marsad process`"]


def test_failures_are_told_for_a_day_however_long_ago_the_page_was_fetched() -> None:
    def failed(age: timedelta) -> list[str]:
        return list(find_trouble([kept(rejected=2, failed=1, failed_at=NOON - age)], NOON))

    assert failed(HOUR) == ["of what run 7 fetched, 1 broke the reading: see `marsad articles --failed`"]
    assert failed(DAY) == []
