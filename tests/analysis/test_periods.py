"""What belongs to a period of days, by the dates that lists and addresses give."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from analysis.periods import Period, choose, is_past, may_hold
from analysis.records import Entry

MARCH = Period(first=date(2024, 3, 1), last=date(2024, 3, 31))


def moment(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def entry(path: str = "/a", published: str | None = None, updated: str | None = None) -> Entry:
    return Entry(
        url=f"https://atlas.example{path}",
        published_at=moment(published) if published else None,
        updated_at=moment(updated) if updated else None,
    )


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("/sitemap-2024-03.xml", True),
        ("/sitemap-2024-02.xml", False),
        ("/sitemap-202403.xml", True),
        ("/sitemap_2024.xml", True),
        ("/sitemap_2023.xml", False),
        ("/2024/03/15.xml", True),
        ("/2024/04/01.xml", False),
        ("/sitemap.xml?yyyy=2024&mm=03", True),
        ("/sitemap.xml?yyyy=2019", False),
        ("/post-sitemap12.xml", True),
        ("/sitemap-20240399.xml", True),
        ("/news/2019/sitemap-2024-03.xml", True),
    ],
)
def test_a_sitemap_is_asked_unless_its_name_tells_of_other_days(name: str, *, may: bool):
    assert may_hold(f"https://atlas.example{name}", None, MARCH) is may


def test_a_sitemap_that_never_changed_since_holds_nothing_of_a_period():
    assert not may_hold("https://atlas.example/a.xml", moment("2024-02-29"), MARCH)
    assert may_hold("https://atlas.example/a.xml", moment("2026-01-01"), MARCH)


@pytest.mark.parametrize(
    ("listed", "is_chosen"),
    [
        (entry(published="2024-03-01"), True),
        (entry(published="2024-03-31T23:59"), True),
        (entry(published="2024-04-01"), False),
        (entry("/2024/03/15/a/", published="2024-04-01"), False),
        (entry("/2024/03/15/a"), True),
        (entry("/2024/3/a"), True),
        (entry("/2024-03-15/a"), True),
        (entry("/2024/02/29/a"), False),
        (entry("/maroc-2030-le-plan"), True),
        (entry("/2023/02/31/a"), True),
        (entry(updated="2024-02-29"), False),
        (entry(updated="2024-03-15"), True),
        (entry(updated="2024-04-02"), True),
        (entry(updated="2024-04-03"), False),
        (entry(), True),
    ],
)
def test_an_entry_is_chosen_unless_something_tells_of_other_days(listed: Entry, *, is_chosen: bool):
    assert bool(choose([listed], MARCH)) is is_chosen


def test_changes_that_are_all_of_one_day_tell_nothing():
    made_anew = [entry(f"/{number}", updated="2026-01-01") for number in range(60)]
    assert choose(made_anew, MARCH) == tuple(made_anew)
    assert choose([*made_anew, entry(updated="2025-12-31")], MARCH) == ()


def test_a_list_is_past_when_all_that_is_dated_in_it_is_older():
    assert is_past([entry(published="2024-02-29"), entry("/2023/01/a")], MARCH)
    assert not is_past([entry(published="2024-02-29"), entry(published="2024-03-01")], MARCH)
    assert not is_past([entry(), entry(updated="2020-01-01")], MARCH)
    assert not is_past([], MARCH)


def test_days_at_the_edges_are_in():
    assert MARCH.holds(MARCH.first)
    assert MARCH.holds(MARCH.last)
    assert not MARCH.holds(MARCH.last + timedelta(days=1))
    assert MARCH.holds(date(2024, 1, 1), date(2024, 12, 31))
