"""Visits as a calendar (RFC 5545): bytes for a file or a page. A visit keeps its UID; one that was not is cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from analysis.alerts import is_over
from analysis.records import EventKind, FeedEvent, Happening, Precision, Told, When
from channels.bidi import without_isolates
from channels.event_sheets import best_telling, why_retracted
from channels.feeds import FeedHead, headline, identity, printable
from channels.wording import Wording
from channels.words import LanguageWords

REFRESH = timedelta(hours=1)
DAY = timedelta(days=1)


def write_calendar(head: FeedHead, events: Sequence[FeedEvent], wording: Wording) -> bytes:
    """Write the visits whose days are known as a calendar; days of a month that nobody names are no days to write."""
    words, calendar = wording.of(head.language), Calendar()
    calendar.add("prodid", "-//marsad//marsad//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", _uid(f"feed/{head.name}"))
    for name in ("name", "x-wr-calname"):
        calendar.add(name, head.title)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for each in events:
        when = each.happening.when
        if each.happening.kind is EventKind.VISIT and when is not None and when.precision is Precision.DAY:
            calendar.add_component(_visit(each, when, wording, words))
    return bytes(calendar.to_ical())


def _visit(event: FeedEvent, when: When, wording: Wording, words: LanguageWords) -> Event:
    """Write one visit as days that block nobody's; it moves on with the seconds from when it was made to its change."""
    happening, visit = event.happening, Event()
    changed_at = event.changed_at.astimezone(UTC)
    visit.add("uid", _uid(f"event/{happening.event_id}"))
    visit.add("sequence", max(0, int((changed_at - happening.made_at).total_seconds())))
    visit.add("dtstamp", changed_at)
    visit.add("created", happening.made_at.astimezone(UTC))
    visit.add("last-modified", changed_at)
    visit.add("dtstart", when.first)
    visit.add("dtend", when.last + DAY)  # the first day that is not part of it
    visit.add("summary", printable(headline(happening, wording, words)))
    visit.add("description", printable(_description(happening, words)))
    visit.add("status", _status(happening))
    visit.add("transp", "TRANSPARENT")
    visit.add("categories", [happening.kind, *happening.countries])
    if happening.city is not None:
        visit.add("location", printable(without_isolates(wording.names.city(happening.city, words))))
    if address := wording.page_of(happening.event_id) or next((each.url for each in happening.tellings), None):
        visit.add("url", address)
    return visit


def _uid(name: str) -> str:
    return f"{identity(name)}@marsad"


def _status(happening: Happening) -> str:
    if is_over(happening):
        return "CANCELLED"
    return "CONFIRMED" if happening.told is Told.NEWS else "TENTATIVE"


def _description(happening: Happening, words: LanguageWords) -> str:
    """Give why it is cancelled, the sentence that says it, and who told it where."""
    best = best_telling(happening, words.language)
    told = [f"{each.outlet}: {each.url}" for each in happening.tellings]
    evidence = [best.evidence, ""] if best else []
    return "\n".join([*filter(None, [why_retracted(happening, words)]), *evidence, *told])
