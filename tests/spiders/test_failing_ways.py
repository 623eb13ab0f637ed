"""A way of a source that fails while only what is due is asked, as by the schedule: the next takes its place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lone_crawl import crawl_alone
from sites import Answer, Site, feed, in_turn, listing, page, says, serve

from analysis.records import Way
from memory import MemoryRecorder
from spiders.settings import Limits

LIMITS = Limits(timeout_seconds=5, retries=0, public_only=False)
HOURS = (0, 1, 2, 3, 4, 5, 6)


def answers(_: Site) -> dict[str, Answer]:
    gone = says("gone", status=404)
    return {
        "/feed": in_turn(feed("/1"), gone),
        "/section": in_turn(listing("/1"), listing("/1", "/2")),
        "/last": in_turn(listing("/1"), gone),
        "/1": page("One"),
        "/2": page("Two"),
    }


@pytest.fixture(scope="module")
def asked() -> list[list[str]]:
    """What each crawl asked for, but for robots.txt."""
    told, recorder = [], MemoryRecorder()
    with serve(answers) as site:
        source = site.source((Way.FEED, "/feed"), (Way.LISTING, "/section"), (Way.LISTING, "/last"))
        for hours in HOURS:
            later, before = timedelta(hours=hours), len(site.asked)
            recorder, _ = crawl_alone([source], recorder, LIMITS, later=later, only_due=True)
            told.append([each.path for each in site.asked[before:] if each.path != "/robots.txt"])
    return told


def test_the_next_way_is_asked_in_the_crawl_in_which_the_first_fails(asked: list[list[str]]):
    assert asked[0] == ["/feed", "/section", "/last", "/1"]
    assert asked[1] == ["/feed", "/section", "/2"]


def test_the_next_way_is_asked_as_often_as_the_first_was_while_that_fails_and_the_last_is_left_alone(
    asked: list[list[str]],
):
    assert asked[2:6] == [["/feed", "/section"]] * 4
    assert asked[6:] == [[]]  # the first has failed five times, the next brought nothing new
