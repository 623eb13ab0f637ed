"""How often a way of discovery is asked: so that an answer names a few new pages, and none is pushed out unseen.

A way is asked the sooner the more news it brought since it was last asked, never more often than its bounds allow. A
list of so many places that no other way stands behind is never asked so seldom that what it names could be pushed out,
be it listed hours late; where all of it was, as soon as may be. One that brings nothing is asked more and more seldom;
one that fails is left alone twice as long each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt
from urllib.parse import quote

from analysis.records import Discovery, Rhythm, Source, Validators, VisitState, Way
from analysis.records.followed import PAGE, PHRASE

NEWS_AT_ONCE = 5.0
"""New pages that an answer is to bring: a fifth of a request for each."""
SLOWER = 1.5
PROMPT_MINUTES = 10
"""An entry of tier 1 that lets so few minutes pass, or fewer, is prompt: while it prints it is asked that often."""
NIGHT_MINUTES = 30
"""So seldom a prompt way is asked while it prints nothing: the first article of the morning is wanted too."""
QUIET = timedelta(hours=1)
"""Without news, and a prompt way does not print now."""
FORGIVEN = 0.1
"""Of an interval: a source asked every five minutes is due at each tick of five minutes."""
DAY = 24 * 60
AWAKE = 20 * 60
"""Minutes of a day in which an outlet prints nearly all it prints."""
LATE = timedelta(hours=4)
"""So late an outlet may list an article: below all that it printed since, at the foot of a short list."""
BAD_LUCK = 1.5
"""Three standard deviations of the square root of a count that chance makes (Anscombe 1948): once in a thousand."""
SEARCH_MINUTES = 6 * 60
FEWEST_IN_WINDOW = 4
LASTING = 2
"""Failures in a row after which a way is no longer taken to come back at once."""
SOON = 3
"""Waits after which a list that is alone is left longer: a server is restarted in less than an hour."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How often a way may be asked, in minutes between two times, and how often it is at first.

    `is_alone` tells that no other way would find what this one lost, `is_prompt` that its news is wanted at once.
    """

    fastest: int
    slowest: int
    first: int
    most_a_day: int = 0
    is_alone: bool
    is_prompt: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a way answered: how many entries were not known, of how many, and the dates of those that have one."""

    unknown: int = 0
    entries: int = 0
    dates: tuple[datetime, ...] = ()


def bounds_of(source: Source, discovery: Discovery, *, is_first: bool, is_backed: bool = False) -> Bounds:
    """Return the bounds of a way: the first that works is asked for news, the others for what it misses.

    These are asked once a day in the end if it misses nothing, and as often as it takes if it does. Searches are asked
    a few times a day at most. The first `is_backed` where one of the others would find what it lost.
    """
    if discovery.is_search:
        fastest = max(source.cadence_minutes, SEARCH_MINUTES)
        return Bounds(fastest=fastest, slowest=max(fastest, DAY), first=max(fastest, DAY // 2), is_alone=False)
    fastest = source.cadence_minutes
    if not is_first:
        return Bounds(fastest=fastest, slowest=max(fastest, DAY), first=max(fastest, DAY // 4), is_alone=False)
    is_prompt = source.tier == 1 and fastest <= PROMPT_MINUTES
    return Bounds(
        fastest=fastest,
        slowest=max(fastest, min(source.slowest_minutes, NIGHT_MINUTES) if is_prompt else source.slowest_minutes),
        first=fastest,
        most_a_day=source.promise.articles_a_day[1],
        is_alone=not is_backed,
        is_prompt=is_prompt,
    )


def reaches_back(discovery: Discovery) -> bool:
    """Tell whether a way names all that was printed lately, whenever it was listed: a sitemap, the posts of WordPress.

    A feed or a section has so many places, and a search finds some.
    """
    return discovery.way in {Way.SITEMAP, Way.WORDPRESS} and not discovery.is_search


def known_as(source: Source, discovery: Discovery) -> tuple[str, ...]:
    """Return the addresses by which the rhythms of a way are known: one, or of a search one for each phrase."""
    if not discovery.is_search:
        return (discovery.url.replace(PAGE, "1"),)
    first = discovery.url.replace(PAGE, "1")
    return tuple(first.replace(PHRASE, quote(phrase, safe="")) for phrase in source.searches)


def is_due(rhythm: Rhythm | None, now: datetime) -> bool:
    """Tell whether a way is to be asked: one that never was is."""
    if rhythm is None or rhythm.next_at is None:
        return True
    return now >= rhythm.next_at - timedelta(minutes=rhythm.interval_minutes * FORGIVEN)


def is_working(rhythm: Rhythm | None) -> bool:
    """Tell whether a way answered when it was last asked."""
    return rhythm is not None and rhythm.asked_at is not None and rhythm.failures == 0


def is_source_due(ways: Iterable[Sequence[Rhythm | None]], now: datetime) -> bool:
    """Tell whether a source is to be asked for news: the first of its ways that works is due, or one before it.

    `ways` stand in the order of preference; a search has a rhythm for each phrase.
    """
    for way in ways:
        if any(is_due(rhythm, now) for rhythm in way):
            return True
        if any(is_working(rhythm) for rhythm in way):
            return False
    return False


def after_answer(rhythm: Rhythm, answer: Answer, bounds: Bounds, at: datetime) -> Rhythm:
    """Return the rhythm of a way that answered `at`, with the interval that its news asks for."""
    seen = replace(
        rhythm,
        entries=answer.entries or rhythm.entries,
        oldest_at=min(answer.dates, default=rhythm.oldest_at),
        newest_at=max((date for date in answer.dates if date <= at), default=rhythm.newest_at),
    )
    interval = _interval(seen, answer, bounds, at)
    return replace(
        seen,
        interval_minutes=interval,
        failures=0,
        asked_at=at,
        read_at=at,
        news_at=at if answer.unknown else rhythm.news_at,
        next_at=at + timedelta(minutes=interval),
    )


def after_failure(
    rhythm: Rhythm, state: VisitState, bounds: Bounds, at: datetime, until: datetime | None = None
) -> Rhythm:
    """Return the rhythm of a way that could not be read `at`; `until` is when its host wants to be asked again.

    What a body that could not be read came with is no ground to ask only for news. A list that no other way stands
    behind, and that runs over meanwhile, is left for longer only when it failed a few times.
    """
    failures = rhythm.failures + 1
    doublings = max(failures - 1 - (SOON if bounds.is_alone else 0), 0)
    wait = timedelta(minutes=min(bounds.fastest * 2 ** min(doublings, 16), bounds.slowest))
    return replace(
        rhythm,
        state=state,
        failures=failures,
        asked_at=at,
        next_at=max(at + wait, until or at),
        validators=Validators() if state is VisitState.UNREADABLE else rhythm.validators,
    )


def take_over(rhythm: Rhythm, failed: Rhythm, bounds: Bounds) -> Rhythm:
    """Return the rhythm of a way that works, in the place of one before it that `failed`: due as soon as it may be.

    When that one fails again it is asked as often as that one was, and from then on as its own news asks for.
    """
    if not is_working(rhythm) or rhythm.asked_at is None or rhythm.next_at is None:
        return rhythm
    interval = min(rhythm.interval_minutes, failed.interval_minutes)
    return replace(
        rhythm,
        interval_minutes=interval if failed.failures == LASTING else rhythm.interval_minutes,
        next_at=min(rhythm.next_at, rhythm.asked_at + timedelta(minutes=bounds.fastest)),
    )


def is_overflowing(rhythm: Rhythm, answer: Answer) -> bool:
    """Tell whether a list that was read before may have pushed entries out unseen: it names none that was known."""
    return rhythm.read_at is not None and answer.entries > 0 and answer.unknown == answer.entries


def is_overrun(rhythm: Rhythm, answer: Answer) -> bool:
    """Tell whether a list of so many places, as feeds and sections are, proves that it ran over since it was read.

    What WordPress or a sitemap answers goes by time: of one post a day, one that is new is all there is.
    """
    return _is_of_places(rhythm.way, answer.entries) and is_overflowing(rhythm, answer)


def _is_of_places(way: Way, entries: int) -> bool:
    return way in {Way.FEED, Way.LISTING} and entries >= FEWEST_IN_WINDOW


def is_late(rhythm: Rhythm, at: datetime) -> bool:
    """Tell whether a way that is read `at` was not for longer than its pace wants: we were down, or it was."""
    interval = timedelta(minutes=rhythm.interval_minutes)
    return rhythm.read_at is None or at - rhythm.read_at > LASTING * interval


def is_child_due(rhythm: Rhythm | None, changed_at: datetime | None, now: datetime) -> bool:
    """Tell whether to ask a sitemap of an index, which says when it changed, often as a day without a time."""
    if rhythm is None or rhythm.asked_at is None:
        return True
    if changed_at is None:
        return is_due(rhythm, now)
    if changed_at > rhythm.asked_at:
        return is_due(rhythm, now) if rhythm.failures else True
    return changed_at > rhythm.asked_at - timedelta(days=2) and is_due(rhythm, now)


def _interval(rhythm: Rhythm, answer: Answer, bounds: Bounds, at: datetime) -> int:
    """Return in how many minutes a way is asked again; `rhythm` is as it stands after the answer, but for its times."""
    if bounds.is_alone and is_overrun(rhythm, answer):
        return bounds.fastest
    wished = _wished(rhythm, answer, bounds, at)
    safe = _safe(rhythm, bounds, at) if bounds.is_alone else float("inf")
    return round(max(bounds.fastest, min(wished, bounds.slowest, safe)))


def _wished(rhythm: Rhythm, answer: Answer, bounds: Bounds, at: datetime) -> float:
    """Return in how many minutes a way would be asked, were there no bounds."""
    if rhythm.read_at is None:
        return float(bounds.first)
    if bounds.is_prompt and (answer.unknown or not _is_quiet(rhythm, at)):
        return float(bounds.fastest)
    slower = rhythm.interval_minutes * SLOWER
    elapsed = (at - rhythm.read_at) / timedelta(minutes=1)
    return min(elapsed * NEWS_AT_ONCE / answer.unknown, slower) if answer.unknown else slower


def _is_quiet(rhythm: Rhythm, at: datetime) -> bool:
    """Tell whether nothing new came for so long that it is night there, or a feast."""
    return rhythm.newest_at is None or at - rhythm.newest_at > QUIET


def _safe(rhythm: Rhythm, bounds: Bounds, at: datetime) -> float:
    """Return for how many minutes a list of so many places may be left, and nothing it names is pushed out unseen."""
    if not _is_of_places(rhythm.way, rhythm.entries):
        return float("inf")
    return min(full_by_day(rhythm.entries, bounds), stays_if_late(rhythm.oldest_at, at))


def stays_if_late(oldest_at: datetime | None, at: datetime) -> float:
    """Return for how many minutes a list goes on to name what it lists late, by the date of the oldest in it.

    That goes below what was printed since, and is pushed out when as many more came as stood below it; these may come
    twice as fast as those before. Without end where there are no dates.
    """
    if oldest_at is None:
        return float("inf")
    return max((at - oldest_at - LATE) / timedelta(minutes=1), 0.0) / 2


def full_by_day(entries: int, bounds: Bounds) -> float:
    """Return in how many minutes a list may be full of news at the most that its source promises for a day.

    A list shows the pace of its last hours: by that alone a short one is asked at night as if no morning came. So many
    minutes are few enough that it fills in them once in a thousand times: half of its time for a list of twenty, not a
    third for one of ten.
    """
    if not bounds.most_a_day:
        return float("inf")
    sure = max(sqrt(entries) - BAD_LUCK, 1.0) ** 2
    return sure * AWAKE / bounds.most_a_day
