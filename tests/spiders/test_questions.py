"""What may be asked of a source: its ways in order, and which of them another stands behind."""

from __future__ import annotations

import pytest

from analysis.records import Discovery, Rhythm, Way
from builders import NOON, source
from spiders.questions import group_questions

FEED = Discovery(way=Way.FEED, url="https://atlas.example/feed")
SECTION = Discovery(way=Way.FEED, url="https://atlas.example/politique/feed")
MAP = Discovery(way=Way.SITEMAP, url="https://atlas.example/sitemap.xml")
SEARCH = Discovery(way=Way.WORDPRESS, url="https://atlas.example/wp-json/wp/v2/posts?search={phrase}")


def rhythm(discovery: Discovery, failures: int) -> Rhythm:
    return Rhythm(
        source_id="atlas",
        url=discovery.url,
        way=discovery.way,
        interval_minutes=60,
        asked_at=NOON,
        read_at=NOON,
        failures=failures,
    )


@pytest.mark.parametrize(
    ("ways", "failing", "backed"),
    [
        ((FEED, MAP), (), [True, False]),
        ((FEED, SECTION, MAP), (), [True, True, False]),
        ((MAP, FEED), (), [False, False]),  # what comes before it is not asked after it
        ((FEED, MAP), (MAP,), [False, False]),
        ((FEED, SECTION), (), [False, False]),
        ((FEED, SEARCH), (), [False, False]),
    ],
)
def test_a_way_is_backed_by_one_after_it_that_works_and_names_all_that_was_printed_lately(
    ways: tuple[Discovery, ...], failing: tuple[Discovery, ...], backed: list[bool]
) -> None:
    known = {way.url: rhythm(way, failures=3 * (way in failing)) for way in ways}
    asked = group_questions(source(discovery=ways, searches=("DGSN",)), known.get)
    assert [question.is_backed for group in asked for question in group] == backed


def test_a_way_that_was_never_asked_stands_behind_nothing() -> None:
    asked = group_questions(source(discovery=(FEED, MAP)), lambda _: None)
    assert [question.is_backed for group in asked for question in group] == [False, False]
