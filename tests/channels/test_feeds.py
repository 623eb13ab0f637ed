"""Atom feeds and calendars as readers read them: feedparser, icalendar, and ical, which is strict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from lxml import etree
from written import LANGUAGES, wording

from analysis.records import Direction, EventKind, FeedEvent, Language, Precision, Told, When
from analysis.records.alerts import UNTOLD
from builders import NOON, happening, telling
from channels.calendars import write_calendar
from channels.feeds import ATOM, LONGEST_FEED, FeedHead, write_atom

ARABIC, FRENCH, *_ = LANGUAGES
HEAD = FeedHead(
    name="events", title="marsad: Nouveaux événements", language=FRENCH, url="https://marsad.example/f.atom"
)
VISIT = FeedEvent(happening=happening(), changed_at=NOON + timedelta(hours=3))
DEAL = FeedEvent(happening=happening(event_id=13, kind=EventKind.AGREEMENT, direction=None), changed_at=NOON)
WEB = wording("https://marsad.example")


def gone(event: FeedEvent) -> FeedEvent:
    """Let it prove not to have happened."""
    retracted = replace(event.happening, retracted_at=NOON, retracted_because="that was last year")
    return FeedEvent(happening=retracted, changed_at=event.changed_at + timedelta(hours=1))


def visits(*events: FeedEvent) -> list:
    return list(Calendar.from_ical(write_calendar(HEAD, events, WEB)).walk("VEVENT"))


# ---------------------------------------------------------------- Atom


def test_a_feed_reader_finds_what_happened_when_and_where_it_is_told() -> None:
    read = feedparser.parse(write_atom(HEAD, [VISIT, DEAL], WEB))
    assert (read.bozo, read.version, read.feed.title) == (False, "atom10", HEAD.title)
    first, second = read.entries
    assert first.title == "Abdellatif Hammouchi en visite en Espagne (Madrid), les 9 et 10 février 2026"
    assert (first.published, first.updated) == ("2026-02-10T12:00:00+00:00", "2026-02-10T15:00:00+00:00")
    assert [(each.rel, each.href) for each in first.links] == [
        ("alternate", "https://marsad.example/events/12"),
        ("related", "https://atlas.example/1"),
    ]
    assert [each.term for each in first.tags] == ["visit", "ES", "counter-terrorism"]
    assert (first.summary, first.summary_detail.language) == ("فقرة أولى قصيرة.", "ar")
    assert first.id != second.id
    assert read.feed.updated == first.updated


def test_an_event_keeps_its_id_and_says_so_when_it_was_none() -> None:
    before, after = (feedparser.parse(write_atom(HEAD, [each], WEB)).entries[0] for each in (VISIT, gone(VISIT)))
    assert before.id == after.id
    assert after.title.startswith("Information retirée — ")
    assert after.updated > before.updated


@pytest.mark.parametrize(
    ("language", "why"), [(FRENCH, "Plus aucun média suivi ne la rapporte"), (ARABIC, "لم يعد أي منبر نتابعه يورده")]
)
def test_what_nobody_tells_any_more_says_so_in_the_readers_language(language, why) -> None:
    untold = replace(VISIT.happening, retracted_at=NOON, retracted_because=UNTOLD, tellings=())
    head, event = replace(HEAD, language=language), FeedEvent(happening=untold, changed_at=NOON)
    [entry] = feedparser.parse(write_atom(head, [event], wording())).entries
    [cancelled] = Calendar.from_ical(write_calendar(head, [event], wording())).walk("VEVENT")
    assert entry.content[0].value.startswith(why)
    assert str(cancelled["description"]).startswith(why)


def test_without_pages_of_our_own_an_entry_leads_to_the_first_who_told_it() -> None:
    [entry] = feedparser.parse(write_atom(replace(HEAD, url=None), [VISIT], wording())).entries
    assert entry.link == "https://atlas.example/1"


def test_a_feed_is_no_longer_than_a_reader_asks_for() -> None:
    events = [FeedEvent(happening=happening(event_id=n), changed_at=NOON) for n in range(LONGEST_FEED + 50)]
    assert len(feedparser.parse(write_atom(HEAD, events, WEB)).entries) == LONGEST_FEED


# ---------------------------------------------------------------- calendars


def test_a_visit_is_days_in_a_calendar() -> None:
    [visit] = visits(VISIT, DEAL)
    assert (visit.start, visit.end) == (date(2026, 2, 9), date(2026, 2, 11))
    facts = ("SUMMARY", "LOCATION", "STATUS", "TRANSP", "SEQUENCE", "URL")
    assert {name: visit[name] for name in facts} == {
        "SUMMARY": "Abdellatif Hammouchi en visite en Espagne (Madrid), les 9 et 10 février 2026",
        "LOCATION": "Madrid",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "SEQUENCE": 3 * 3600,
        "URL": "https://marsad.example/events/12",
    }
    assert visit["DESCRIPTION"] == "فقرة أولى قصيرة.\n\nAtlas: https://atlas.example/1"
    assert NOON + timedelta(hours=3) == visit.DTSTAMP


def test_a_visit_that_was_none_is_cancelled_under_its_uid() -> None:
    [before], [after] = visits(VISIT), visits(gone(VISIT))
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DESCRIPTION"].startswith("that was last year\n")


@pytest.mark.parametrize(
    ("changes", "statuses"),
    [
        ({"told": Told.ANNOUNCED}, ["TENTATIVE"]),
        ({"told": Told.DENIED}, ["CANCELLED"]),
        ({"when": None}, []),
        ({"when": When(first=date(2026, 2, 1), last=date(2026, 2, 28), precision=Precision.MONTH)}, []),
    ],
)
def test_what_is_only_announced_is_tentative_and_days_nobody_names_are_no_days(changes, statuses) -> None:
    assert [each["STATUS"] for each in visits(FeedEvent(happening=happening(**changes), changed_at=NOON))] == statuses


# ---------------------------------------------------------------- whatever is printed

printed = st.text(min_size=1, max_size=200)
events = st.lists(
    st.builds(
        happening,
        event_id=st.integers(1, 10**6),
        kind=st.sampled_from([EventKind.VISIT, EventKind.MEETING]),
        direction=st.sampled_from([None, *Direction]),
        told=st.sampled_from(Told),
        people=st.lists(printed, max_size=2).map(tuple),
        city=st.none() | printed,
        retracted_because=st.just("") | printed,
        tellings=st.lists(st.builds(telling, title=printed, evidence=printed, outlet=printed), max_size=2).map(tuple),
    ).map(lambda each: FeedEvent(happening=each, changed_at=NOON)),
    max_size=3,
    unique_by=lambda each: each.happening.event_id,
)


@settings(deadline=None)  # the first days of a language read its months
@given(events, st.sampled_from(LANGUAGES))
def test_whatever_is_printed_feeds_and_calendars_can_be_read(told, language: Language) -> None:
    head = replace(HEAD, language=language)
    feed = etree.fromstring(write_atom(head, told, wording()))
    entries = feed.findall(f"{{{ATOM}}}entry")
    needed = ("id", "title", "updated")
    assert [[each.find(f"{{{ATOM}}}{name}").text is not None for name in needed] for each in entries] == [
        [True] * 3 for _ in told
    ]
    written = write_calendar(head, told, wording())
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    strict = IcsCalendarStream.calendar_from_ics(written.decode())
    assert len(strict.events) == sum(each.happening.kind is EventKind.VISIT for each in told)
