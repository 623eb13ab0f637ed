"""What a source brings against what it promises and what is usual for it: quiet, stale, flooding, undated, unparseable.

Only days on which the source was asked and answered count: what we did not ask for is no silence of theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from analysis import advice, usual
from analysis.records import DayCount, Figures, Health, OutcomeKind, RejectionReason, Trouble, TroubleKind

DAY = timedelta(days=1)
QUIET_SHARE = 0.25
CHANCE = 1 / 2000
"""So seldom may a stretch like this be no silence: a false word in ten days or more, of all sources of the registry."""
LONGEST_STRETCH = 8
"""Days: the least that a source can promise, one article a day, is eight by then."""
PROMISE_DAYS, FEWEST_PROMISE_DAYS, PROMISE_SHARE = 14, 10, 0.5
STALE_DAYS, NEVER_DAYS = 7, 3
FLOOD_TIMES, FLOOD_LEAST, NEW_SOURCE_DAYS = 3, 30, 3
FEWEST_DATED, UNDATED_MARGIN, FEWEST_UNDATED = 10, 0.1, 3
READ_DAYS, ENOUGH_READ, FEWEST_READ, UNREAD_SHARE = 7, 10, 5, 0.5
FRESH = 1.5
"""Of the slowest cadence: a source whose last answer is older is not judged by what it brings."""

ARTICLES = frozenset({OutcomeKind.FILED, OutcomeKind.COPY, RejectionReason.OFF_TOPIC, RejectionReason.OTHER_LANGUAGE})
"""Fates of pages that are articles, ours or not: what a promise counts."""
_WALLS = {RejectionReason.CHALLENGE: TroubleKind.CHALLENGED, RejectionReason.PARKED: TroubleKind.PARKED}


def find_broken_promises(figures: Figures, now: datetime) -> Iterator[Trouble]:
    """Give each way in which a source that answers does not do what it promises."""
    if (unparseable := find_unparseable(figures, now)) is not None:
        yield unparseable
    if (undated := find_undated(figures, now)) is not None:
        yield undated
    if (flooding := find_flooding(figures, now)) is not None:
        yield flooding
    elif is_judged(figures, now):
        found = find_stale(figures, now) or find_quiet(figures, now) or find_wrong_promise(figures, now)
        if found is not None:
            yield found


def is_judged(figures: Figures, now: datetime) -> bool:
    """Tell whether the source answered lately enough that nothing new means nothing new."""
    answered_at = max((way.standing.answered_at for way in figures.ways if way.standing.answered_at), default=None)
    patience = timedelta(minutes=figures.source.slowest_minutes) * FRESH
    return answered_at is not None and now - answered_at <= patience


def find_stale(figures: Figures, now: datetime) -> Trouble | None:
    """Find a source whose lists answer and are dead: nothing in them is new for a week, or twice its longest pause.

    It answered on three days of the last week at least: who looks in once finds what there is.
    """
    first, last, newest = figures.first_asked_at, figures.last_page_at, _newest_entry(figures)
    pause = max(STALE_DAYS, 2 * usual.longest_gap(figures.days)) * DAY
    answered = sum(day.answered > 0 for day in figures.days[:STALE_DAYS])
    if newest is not None and now - newest >= pause and answered >= NEVER_DAYS:
        seen = f"answers, but the newest entry it names is of {_on(newest)}, {(now - newest).days} days ago"
        return _trouble(figures, TroubleKind.STALE, newest, seen)
    if last is None:
        if first is None or answered < NEVER_DAYS:
            return None
        return _trouble(figures, TroubleKind.STALE, first, "answers, and never brought anything new")
    if now - last < pause or answered < STALE_DAYS - 1:
        return None
    seen = f"answers, but nothing is new since {_on(last)}, {(now - last).days} days"
    return _trouble(figures, TroubleKind.STALE, last, seen)


def _newest_entry(figures: Figures) -> datetime | None:
    """Return the latest date in any list of a source, None if a list that works states none."""
    dates = [way.newest_at for way in figures.ways if way.standing.health is Health.HEALTHY]
    return None if None in dates else max((date for date in dates if date), default=None)


def find_quiet(figures: Figures, now: datetime) -> Trouble | None:
    """Find a source that brings a quarter or less of what these days of the week usually bring, and less than promised.

    As many days are looked at as it takes until that is no chance any more: one of a daily, a week of a monthly; so the
    days on which a weekly prints nothing are no silence.
    """
    low, _ = figures.source.promise.articles_a_day
    looked = usual.stretches(figures.days, low, LONGEST_STRETCH)
    found = next((each for each in looked if _is_quiet(each, low)), None)
    if found is None:
        return None
    since = figures.last_page_at if not found.new and figures.last_page_at else now - found.days * DAY
    seen = f"{_pages(found.new)} in {_days(found.days)}, where {found.expected:.0f} were to be expected"
    return _trouble(figures, TroubleKind.QUIET, since, f"{seen}; {_promise(figures)}")


def _is_quiet(found: usual.Stretch, low: int) -> bool:
    is_little = found.new < low * found.days and found.new <= QUIET_SHARE * found.expected
    return is_little and usual.chance(found) < CHANCE


def find_wrong_promise(figures: Figures, now: datetime) -> Trouble | None:
    """Find a source that for two weeks brought less than half of what it promises: its entry is wrong, or it fades."""
    answered = [day for day in figures.days[:PROMISE_DAYS] if day.answered]
    low, _ = figures.source.promise.articles_a_day
    mean = sum(day.new for day in answered) / max(len(answered), 1)
    if len(answered) < FEWEST_PROMISE_DAYS or mean >= PROMISE_SHARE * low:
        return None
    most = max(day.new for day in answered)
    seen = f"{mean:.1f} new pages a day for {_days(len(answered))}; {_promise(figures)}"
    told = advice.PROMISE.format(low=max(1, int(mean)), high=max(most, 1))
    return _trouble(figures, TroubleKind.QUIET, now - PROMISE_DAYS * DAY, seen, hard=False, told=told)


def find_flooding(figures: Figures, now: datetime) -> Trouble | None:
    """Find a source that brings three times the most it promises, and three times the most of these days of the week.

    What its lists name of the past counts too: they may have turned into an archive. The first days of a source, and
    what heaped up while nobody asked, are no flood.
    """
    first, days = figures.first_asked_at, figures.days
    if first is None or now - first < NEW_SOURCE_DAYS * DAY or not days:
        return None
    _, high = figures.source.promise.articles_a_day
    most, came = max([high, *(day.new for day in days[usual.WEEK :: usual.WEEK])]), days[0].new + days[0].old
    if came < max(FLOOD_LEAST, FLOOD_TIMES * most * (1 + _unasked(days[1:]))):
        return None
    old = f", {days[0].old} of them with entries over a week old: an archive" if days[0].old else ""
    seen = f"{_pages(came)} in a day{old}; {_promise(figures)}"
    return _trouble(figures, TroubleKind.FLOODING, now - DAY, seen, hard=False)


def find_undated(figures: Figures, now: datetime) -> Trouble | None:
    """Find a source of whose articles more are without a date than it promises."""
    total, promised = figures.dated + figures.undated, figures.source.promise.undated_share
    if total < FEWEST_DATED or figures.undated < FEWEST_UNDATED:
        return None
    if figures.undated / total <= promised + UNDATED_MARGIN:
        return None
    seen = f"{figures.undated} of {total} articles of a month have no date; it promises {promised:.0%} at most"
    return _trouble(figures, TroubleKind.UNDATED, now, seen, hard=False)


def find_unparseable(figures: Figures, now: datetime) -> Trouble | None:
    """Find a source half of whose last pages are no articles; all walls or all parked is told as that."""
    fates, days = _last_fates(figures.days)
    other = Counter({fate: count for fate, count in fates.items() if fate not in ARTICLES})
    if fates.total() < FEWEST_READ or other.total() < UNREAD_SHARE * fates.total():
        return None
    common, count = other.most_common(1)[0]
    is_wall = common in _WALLS and count >= UNREAD_SHARE * fates.total()
    kind = _WALLS[RejectionReason(common)] if is_wall else TroubleKind.UNPARSEABLE
    told = ", ".join(f"{number} {fate.replace('_', ' ')}" for fate, number in other.most_common(3))
    seen = f"{other.total()} of its last {_pages(fates.total())} are no articles: {told}"
    return _trouble(figures, kind, now - days * DAY, seen)


def _last_fates(days: tuple[DayCount, ...]) -> tuple[Counter[str], int]:
    """Count what became of the last pages: of as many days as it takes to see enough, and of no more than a week."""
    fates, taken = Counter[str](), 0
    for day in days[:READ_DAYS]:
        fates.update(day.fates)
        taken += 1
        if fates.total() >= ENOUGH_READ:
            break
    return fates, taken


def _unasked(days: tuple[DayCount, ...]) -> int:
    """Count the days before today on which nothing answered, back to the last that did."""
    return next((age for age, day in enumerate(days) if day.answered), len(days))


def _trouble(  # noqa: PLR0913 the two last are of one caller each
    figures: Figures, kind: TroubleKind, since: datetime, seen: str, *, hard: bool = True, told: str = ""
) -> Trouble:
    source = figures.source
    return Trouble(
        source_id=source.id,
        kind=kind,
        since=since,
        hard=hard,
        seen=seen,
        tried=_tried(figures),
        advice=told or advice.advise(kind, source.id, source.home),
    )


def _tried(figures: Figures) -> str:
    today = figures.days[0] if figures.days else DayCount()
    last = f"; the last new page came {figures.last_page_at:%d %b %H:%M} UTC" if figures.last_page_at else ""
    return f"asked {today.asked} times in 24 hours, {today.answered} answered{last}"


def _promise(figures: Figures) -> str:
    low, high = figures.source.promise.articles_a_day
    return f"it promises {low} to {high} a day"


def _pages(count: int) -> str:
    return f"{count} new page{'s' * (count != 1)}"


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"


def _on(moment: datetime) -> str:
    return f"{moment:%d %B %Y}".removeprefix("0")
