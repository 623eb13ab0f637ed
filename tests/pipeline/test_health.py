"""What is told of a source and what is not: for each kind of trouble a scene that raises it, and a near miss."""

from __future__ import annotations

from typing import Any

import pytest
from health_scenes import DAY, HOUR, NOW, Life
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from analysis.failures import OVERRUN
from analysis.records import DayCount, Discovery, Grounds, Health, Promise, RunState, TroubleKind, VisitState, Way
from builders import article, filed, filing, source
from models.archive import Archive
from models.coverage import read_coverage
from models.frontier import WayRow
from models.page_rows import name_hash

FEED = Discovery(way=Way.FEED, url="https://atlas.example/feed")
SITEMAP = Discovery(way=Way.SITEMAP, url="https://atlas.example/news.xml", grounds=Grounds.INFERRED)
ATLAS = source(discovery=(FEED,), promise=Promise(articles_a_day=(10, 40)))
BOTH = source(discovery=(FEED, SITEMAP), promise=Promise(articles_a_day=(10, 40)))

FORBIDDEN = {"state": VisitState.HTTP_ERROR, "status": 403, "detail": "HTTP 403"}
GONE = {"state": VisitState.HTTP_ERROR, "status": 404, "detail": "HTTP 404"}
BUSY = {"state": VisitState.HTTP_ERROR, "status": 429, "detail": "HTTP 429"}
BROKEN = {"state": VisitState.HTTP_ERROR, "status": 502, "detail": "HTTP 502"}
NO_ROBOTS = {"state": VisitState.ROBOTS_FORBID, "status": None, "detail": "Forbidden by robots.txt"}
NO_NAME = {"state": VisitState.UNREACHABLE, "status": None, "detail": "DNS lookup failed: atlas.example not found"}
LATE = {"state": VisitState.TIMED_OUT, "status": None, "detail": "took longer than 60 seconds"}
EXPIRED = {"state": VisitState.BAD_CERTIFICATE, "status": None, "detail": "certificate has expired"}
ELSEWHERE = {"state": VisitState.OFF_HOST, "status": None, "detail": "redirected to https://rif.example/feed"}
FOR_SALE = {"state": VisitState.OFF_HOST, "status": None, "detail": "redirected to https://www.sedo.com/atlas"}
WALL = {"state": VisitState.HTTP_ERROR, "status": 403, "detail": "HTTP 403, a challenge"}
NO_FEED = {"state": VisitState.UNREADABLE, "status": 200, "detail": "it is no feed"}


@pytest.fixture
def life(engine: Engine) -> Life:
    return Life(engine, [ATLAS])


def kinds(checkup: Any) -> set[TroubleKind]:
    return {each.kind for each in checkup.troubles.new}


def test_a_source_that_keeps_its_promise_is_healthy_and_nothing_is_told(life: Life) -> None:
    life.days(ATLAS, 36, 20)
    checkup = life.watch()
    assert checkup.troubles.new == ()
    assert checkup.stands["atlas"].health is Health.HEALTHY


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (FORBIDDEN, TroubleKind.BLOCKED),
        (GONE, TroubleKind.GONE),
        (BUSY, TroubleKind.THROTTLED),
        (BROKEN, TroubleKind.UNREACHABLE),
        (LATE, TroubleKind.UNREACHABLE),
        (NO_NAME, TroubleKind.UNREACHABLE),
        (NO_ROBOTS, TroubleKind.ROBOTS),
        (EXPIRED, TroubleKind.CERTIFICATE),
        (ELSEWHERE, TroubleKind.MOVED),
        (FOR_SALE, TroubleKind.PARKED),
        (WALL, TroubleKind.CHALLENGED),
        (NO_FEED, TroubleKind.UNUSABLE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_source_that_stops_answering_is_told_within_a_day_and_not_after_one_failure(
    life: Life, ending: dict[str, Any], kind: TroubleKind
) -> None:
    life.days(ATLAS, 20, 20, until=1)
    life.crawl(ATLAS, NOW - 13 * HOUR, ending)
    assert kinds(life.watch(NOW - 12 * HOUR)) == set()
    life.crawl(ATLAS, NOW - HOUR, ending)
    [trouble] = life.watch().troubles.new
    assert (trouble.kind, trouble.hard, trouble.since) == (kind, True, NOW - 13 * HOUR)
    assert trouble.seen == f"no way of discovery answers: {told_of(ending)}"
    assert trouble.tried.endswith(f"2 failures, the last: {told_of(ending)}; last answer 20 Oct 08:30 UTC")


def told_of(ending: dict[str, Any]) -> str:
    """Say how a failure is spoken of: the status comes first, and once."""
    return f"HTTP 200, {ending['detail']}" if ending["status"] == 200 else ending["detail"]


def test_a_source_that_never_answered_is_told_as_such_and_its_address_is_doubted(engine: Engine) -> None:
    new = source(discovery=(SITEMAP,))
    life = Life(engine, [new])
    life.days(new, 2, 0, GONE)
    [trouble] = life.watch().troubles.new
    assert (trouble.kind, trouble.seen) == (TroubleKind.GONE, "it never answered: HTTP 404")
    assert trouble.grounds is Grounds.INFERRED
    assert trouble.advice.startswith("its address was inferred, so doubt that first")


def test_robots_that_forbid_one_page_are_no_trouble(life: Life) -> None:
    life.days(ATLAS, 20, 20)
    life.miss(ATLAS, NOW - HOUR, 4, **NO_ROBOTS)
    assert kinds(life.watch()) == set()


def test_one_way_that_breaks_while_another_works_is_a_soft_trouble_of_that_way(engine: Engine) -> None:
    life = Life(engine, [BOTH])
    life.days(BOTH, 5, 20, until=2)
    life.days(BOTH, 2, 20, {}, GONE)
    checkup = life.watch()
    [trouble] = checkup.troubles.new
    assert (trouble.kind, trouble.address, trouble.hard) == (TroubleKind.WAY_BROKEN, SITEMAP.url, False)
    assert trouble.seen == "its sitemap is gone (HTTP 404); another way works"
    assert checkup.stands["atlas"].health is Health.HEALTHY


def test_a_way_that_failed_once_beside_one_that_works_is_none(engine: Engine) -> None:
    life = Life(engine, [BOTH])
    life.days(BOTH, 5, 20, until=1)
    life.crawl(BOTH, NOW - HOUR, {}, GONE, new=20)
    assert kinds(life.watch()) == set()


@pytest.mark.parametrize(("today", "is_quiet"), [(0, True), (4, True), (6, False)])
def test_a_source_is_quiet_at_a_quarter_of_what_is_usual(life: Life, today: int, *, is_quiet: bool) -> None:
    life.days(ATLAS, 36, lambda age: today if age == 0 else 20)
    checkup = life.watch()
    assert kinds(checkup) == ({TroubleKind.QUIET} if is_quiet else set())
    if today == 4:
        assert (
            checkup.troubles.new[0].seen
            == "4 new pages in a day, where 20 were to be expected; it promises 10 to 40 a day"
        )
        assert checkup.troubles.new[0].hard


def test_a_source_that_brings_what_it_promises_is_not_quiet_however_much_it_brought_before(life: Life) -> None:
    life.days(ATLAS, 36, lambda age: 10 if age == 0 else 100)
    assert kinds(life.watch()) == set()


WEEKLY = source(discovery=(FEED,), promise=Promise(articles_a_day=(1, 20)))


def weekly(skipped: int = -1) -> Any:
    """Print twelve articles on each Thursday, but that of so many days ago."""
    return lambda age: 12 if age % 7 == 6 and age != skipped else 0


def test_a_weekly_is_not_quiet_on_the_other_days(engine: Engine) -> None:
    life = Life(engine, [WEEKLY])
    life.days(WEEKLY, 36, weekly())
    assert kinds(life.watch()) == set()


def test_a_weekly_that_misses_its_day_is_quiet_the_day_after(engine: Engine) -> None:
    life = Life(engine, [WEEKLY])
    life.days(WEEKLY, 42, lambda age: 12 if age % 7 == 0 and age else 0)
    [trouble] = life.watch().troubles.new
    assert (trouble.kind, trouble.since) == (TroubleKind.QUIET, NOW - 7 * DAY - HOUR)


def test_a_source_that_always_brought_less_than_its_entry_says_is_a_soft_trouble_of_the_entry(life: Life) -> None:
    life.days(ATLAS, 36, 3)
    [trouble] = life.watch().troubles.new
    assert (trouble.kind, trouble.hard) == (TroubleKind.QUIET, False)
    assert trouble.advice == "if this is its ordinary yield, write articles_a_day: [3, 3] into its entry"


@pytest.mark.parametrize(("days", "kind"), [(3, None), (5, TroubleKind.QUIET), (8, TroubleKind.STALE)])
def test_a_source_that_answers_and_has_nothing_new_is_quiet_for_a_week_and_then_stale(
    engine: Engine, days: int, kind: TroubleKind | None
) -> None:
    seldom = source(discovery=(FEED,), promise=Promise(articles_a_day=(1, 5)))
    life = Life(engine, [seldom])
    life.days(seldom, 36, 2, until=days)
    life.days(seldom, days, 0)
    assert kinds(life.watch()) == ({kind} if kind else set())


@pytest.mark.parametrize(("age", "days", "is_dead"), [(20, 3, True), (5, 3, False), (20, 2, False)])
def test_a_feed_that_answers_is_dead_whose_newest_entry_is_old_on_three_days(
    life: Life, engine: Engine, age: int, days: int, *, is_dead: bool
) -> None:
    life.days(ATLAS, days, 15)
    life.write()
    name_newest(engine, FEED, NOW - age * DAY)
    found = life.watch().troubles.new
    assert [(each.kind, each.since) for each in found] == ([(TroubleKind.STALE, NOW - 20 * DAY)] if is_dead else [])


def test_a_dead_feed_beside_a_sitemap_that_lives_is_a_soft_trouble(engine: Engine) -> None:
    life = Life(engine, [BOTH])
    life.crawl(BOTH, NOW - HOUR, new=15)
    life.write()
    name_newest(engine, FEED, NOW - 20 * DAY)
    name_newest(engine, SITEMAP, NOW - HOUR)
    [trouble] = life.watch().troubles.new
    assert (trouble.kind, trouble.address) == (TroubleKind.WAY_BROKEN, FEED.url)
    assert trouble.seen == "its feed answers, but its newest entry is of 01 October 2026"


def name_newest(engine: Engine, way: Discovery, newest: Any) -> None:
    """Write what the crawl keeps of the last answer of a way: the latest date in it."""
    row = WayRow(source_id="atlas", url_hash=name_hash(way.url), url=way.url, way=way.way, interval_minutes=60)
    row.newest_at = newest
    with Session(engine) as writing:
        writing.add(row)
        writing.commit()


@pytest.mark.parametrize(("today", "floods"), [(119, False), (120, True)])
def test_a_source_that_brings_three_times_its_most_floods(life: Life, today: int, *, floods: bool) -> None:
    life.days(ATLAS, 8, 20, until=1)
    life.crawl(ATLAS, NOW - HOUR, new=20)
    life.crawl(ATLAS, NOW - HOUR, new=today - 20, entry_published_at=NOW - 90 * DAY)
    found = life.watch().troubles.new
    seen = "120 new pages in a day, 100 of them with entries over a week old: an archive; it promises 10 to 40 a day"
    assert [(each.kind, each.seen, each.hard) for each in found] == (
        [(TroubleKind.FLOODING, seen, False)] if floods else []
    )


def test_the_first_crawl_of_a_source_is_no_flood(life: Life) -> None:
    life.crawl(ATLAS, NOW - HOUR, new=300)
    assert kinds(life.watch()) == set()


def test_what_heaped_up_while_nobody_asked_is_no_flood_and_a_backfill_is_none(life: Life) -> None:
    life.days(ATLAS, 8, 20, until=6)
    life.crawl(ATLAS, NOW - HOUR, new=140)
    life.crawl(ATLAS, NOW - HOUR, new=500, command="backfill")
    assert kinds(life.watch()) == set()


def test_what_a_crawl_fetches_of_the_past_is_no_news_of_its_day(life: Life, engine: Engine) -> None:
    life.days(ATLAS, 36, 20, until=1)
    left_by_a_backfill = {"found_by": None, "entry_published_at": NOW - 2 * DAY}
    life.crawl(ATLAS, NOW - HOUR, new=150, **left_by_a_backfill)
    life.crawl(ATLAS, NOW - HOUR, new=30, fate="no_text", found_by=None)  # undated
    life.crawl(ATLAS, NOW - HOUR, new=40, entry_published_at=NOW - 8 * DAY)
    [trouble] = life.watch().troubles.new
    assert (trouble.kind, trouble.seen) == (
        TroubleKind.QUIET,
        "0 new pages in a day, where 20 were to be expected; it promises 10 to 40 a day",
    )
    assert trouble.since == NOW - DAY - HOUR
    today, yesterday = read_coverage(engine, [NOW - 2 * DAY, NOW - DAY, NOW]).days["atlas"]
    assert today == DayCount(asked=3, answered=3, old=40)
    assert yesterday == DayCount(asked=2, answered=2, new=20, fates={"off_topic": 20})


def test_news_is_news_though_a_backfill_came_first_and_a_list_names_it_days_later(life: Life) -> None:
    life.days(ATLAS, 36, 20, until=1)
    life.crawl(ATLAS, NOW - HOUR, new=10, found_by=None, entry_published_at=NOW - 20 * HOUR)
    life.crawl(ATLAS, NOW - HOUR, new=10, entry_published_at=NOW - 5 * DAY)
    assert kinds(life.watch()) == set()


@pytest.mark.parametrize(("undated", "is_told"), [(2, False), (6, True)])
def test_a_source_with_more_undated_articles_than_it_promises_is_told(
    life: Life, engine: Engine, undated: int, *, is_told: bool
) -> None:
    life.days(ATLAS, 3, 20)
    life.crawl(ATLAS, NOW - HOUR, new=12, fate="waiting")
    life.write()
    file_articles(engine, undated)
    found = life.watch().troubles.new
    seen = "6 of 12 articles of a month have no date; it promises 0% at most"
    assert [(each.kind, each.seen) for each in found] == ([(TroubleKind.UNDATED, seen)] if is_told else [])


def file_articles(engine: Engine, undated: int) -> None:
    """File an article of each waiting page, the first so many without a date."""
    archive = Archive(engine)
    run_id, left = archive.start_run("process", {}), undated
    while True:
        with archive.claim(run_id) as claim:
            if claim is None:
                break
            dateless = article(published=None, undated_because="it states none")
            claim.settle(filed(), filing(article=dateless if left > 0 else article()))
            left -= 1
    archive.end_run(run_id, RunState.DONE, {})


@pytest.mark.parametrize(
    ("fate", "kind"),
    [
        ("no_text", TroubleKind.UNPARSEABLE),
        ("no_title", TroubleKind.UNPARSEABLE),
        ("undecodable", TroubleKind.UNPARSEABLE),
        ("failed", TroubleKind.UNPARSEABLE),
        ("challenge", TroubleKind.CHALLENGED),
        ("parked", TroubleKind.PARKED),
        ("off_topic", None),
        ("waiting", None),
    ],
)
def test_pages_that_come_and_are_no_articles_are_told_by_what_they_are(life: Life, fate: str, kind: Any) -> None:
    life.days(ATLAS, 8, 20, until=1)
    life.days(ATLAS, 1, 20, fate=fate)
    found = life.watch().troubles.new
    seen = f"20 of its last 20 new pages are no articles: 20 {fate.replace('_', ' ')}"
    assert [(each.kind, each.seen) for each in found] == ([(kind, seen)] if kind else [])


def test_some_pages_that_are_no_articles_are_no_trouble(life: Life) -> None:
    life.days(ATLAS, 8, 20)
    life.crawl(ATLAS, NOW - HOUR, new=18, fate="no_text")
    assert kinds(life.watch()) == set()


@pytest.mark.parametrize(("times", "is_told"), [(30, True), (10, False)])
def test_lists_that_answer_and_pages_that_refuse_are_told_as_what_refuses(
    life: Life, times: int, *, is_told: bool
) -> None:
    life.days(ATLAS, 8, 20)
    life.miss(ATLAS, NOW - HOUR, times, **FORBIDDEN)
    found = life.watch().troubles.new
    seen = "its lists answer, but 30 of 50 pages did not: HTTP 403"
    assert [(each.kind, each.seen) for each in found] == ([(TroubleKind.BLOCKED, seen)] if is_told else [])


def test_pages_of_years_ago_that_a_backfill_does_not_get_are_no_trouble(life: Life) -> None:
    life.days(ATLAS, 8, 20)
    life.crawl(ATLAS, NOW - HOUR, command="backfill")
    life.miss(ATLAS, NOW - HOUR, 30, **GONE)
    assert kinds(life.watch()) == set()


@pytest.mark.parametrize(("end", "is_parked"), [("https://atlas.example/welcome", True), (None, False)])
def test_pages_that_all_lead_to_one_address_are_parked(life: Life, end: str | None, *, is_parked: bool) -> None:
    life.days(ATLAS, 8, 20, until=1)
    life.crawl(ATLAS, NOW - HOUR)
    for number in range(10):
        life.miss(ATLAS, NOW - HOUR, 1, detail=f"redirected to {end or f'https://atlas.example/ar/{number}'}")
    assert (TroubleKind.PARKED in kinds(life.watch())) == is_parked


def test_a_machine_that_was_off_blames_no_source(life: Life) -> None:
    life.days(ATLAS, 30, 20, until=4)
    checkup = life.watch()
    assert (kinds(checkup), checkup.asked_at) == (set(), NOW - 4 * DAY - HOUR)
    assert checkup.stands["atlas"].health is Health.HEALTHY


def test_a_trouble_stands_as_it_was_while_nobody_asks(life: Life) -> None:
    life.days(ATLAS, 36, lambda age: 0 if age == 0 else 20)
    assert kinds(life.watch()) == {TroubleKind.QUIET}
    later = life.watch(NOW + 3 * DAY).troubles
    assert ([each.kind for each in later.kept], later.mended, later.new) == ([TroubleKind.QUIET], (), ())


def test_a_line_that_was_down_blames_no_source_and_one_answer_proves_it_was_up(engine: Engine) -> None:
    many = [source(id=f"s{number}", discovery=(FEED,)) for number in range(6)]
    life = Life(engine, many)
    for each in many:
        life.days(each, 10, 10, until=1)
        life.crawl(each, NOW - 13 * HOUR, NO_NAME)
        life.crawl(each, NOW - 2 * HOUR, LATE if each.id != "s0" else {}, new=10)
    checkup = life.watch()
    assert checkup.offline == ((NOW - 13 * HOUR).replace(minute=0),)
    assert (kinds(checkup), checkup.stands["s1"].failures) == (set(), 1)


def test_a_source_that_the_schedule_forgets_is_told_as_our_fault(engine: Engine) -> None:
    other = source(id="rif", discovery=(FEED,), promise=Promise(articles_a_day=(10, 40)))
    life = Life(engine, [ATLAS, other])
    life.days(ATLAS, 10, 20)
    life.days(other, 10, 20, until=3)
    [trouble] = life.watch().troubles.new
    assert (trouble.source_id, trouble.kind, trouble.hard) == ("rif", TroubleKind.NOT_ASKED, False)


def test_a_list_that_runs_over_between_two_askings_is_told_as_ours_and_mended_after_a_day(life: Life) -> None:
    life.days(ATLAS, 8, 20)
    life.crawl(ATLAS, NOW - 2 * HOUR, {"detail": OVERRUN})
    life.crawl(ATLAS, NOW - HOUR, {"detail": f"{OVERRUN}; redirected to https://atlas.example/rss"})
    [trouble] = life.watch().troubles.new
    assert (trouble.kind, trouble.address, trouble.hard) == (TroubleKind.NOT_ASKED, FEED.url, False)
    assert trouble.seen == "all that its feed named was new, 2 times in a day: entries before may be missed"
    assert trouble.advice.startswith("if that goes on, lower cadence_minutes")
    life.crawl(ATLAS, NOW + DAY, new=20)
    assert [each.kind for each in life.watch(NOW + DAY).troubles.mended] == [TroubleKind.NOT_ASKED]


@pytest.mark.parametrize(
    ("endings", "is_told"),
    [(({"detail": OVERRUN}, {}), False), (({"detail": OVERRUN}, GONE), True), (({}, {"detail": OVERRUN}), False)],
)
def test_a_list_that_ran_over_where_another_reaches_back_lost_nothing(
    engine: Engine, endings: Any, *, is_told: bool
) -> None:
    life = Life(engine, [BOTH])
    life.days(BOTH, 8, 20)
    life.crawl(BOTH, NOW - HOUR, *endings)
    assert (TroubleKind.NOT_ASKED in kinds(life.watch())) == is_told


def test_a_trouble_is_told_once_as_new_then_stands_with_its_day_and_is_told_once_as_mended(life: Life) -> None:
    life.days(ATLAS, 8, 20, until=2)
    life.days(ATLAS, 2, 0, FORBIDDEN)
    [first] = life.watch().troubles.new
    life.crawl(ATLAS, NOW + 10 * DAY, FORBIDDEN)
    second = life.watch(NOW + 10 * DAY + HOUR)
    [(known, found)] = second.troubles.standing.values()
    assert (second.troubles.new, known.since, found.since) == ((), first.since, first.since)
    assert (known.raised_at, second.stands["atlas"].health) == (NOW, Health.SILENT)
    life.crawl(ATLAS, NOW + 11 * DAY, new=20)
    third = life.watch(NOW + 11 * DAY + HOUR)
    assert [(each.kind, each.since) for each in third.troubles.mended] == [(TroubleKind.BLOCKED, first.since)]
    assert third.stands["atlas"].health is Health.HEALTHY
    assert life.watch(NOW + 11 * DAY + HOUR).troubles.mended == ()


def test_the_log_says_how_a_source_came_to_be_silent(life: Life, engine: Engine) -> None:
    life.days(ATLAS, 2, 20, until=11)
    for age in range(10, -1, -1):
        life.days(ATLAS, 1, 0, GONE, until=age)
        life.watch(NOW - age * DAY)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT health, since, changed_at FROM health_changes ORDER BY id")).all()
    broke = NOW - 10 * DAY - 13 * HOUR
    assert [tuple(row) for row in rows] == [
        ("failing", broke, NOW - 10 * DAY),
        ("silent", broke, NOW - 3 * DAY),
    ]


def test_a_second_look_at_once_changes_nothing_but_when_it_looked(life: Life, engine: Engine) -> None:
    life.days(ATLAS, 8, 20, until=2)
    life.days(ATLAS, 2, 0, FORBIDDEN)
    life.watch()
    before = contents(engine)
    life.watch()
    assert contents(engine) == before


def contents(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        asked = ("SELECT * FROM standings", "SELECT * FROM health_changes", "SELECT * FROM troubles")
        return [tuple(row) for each in asked for row in connection.execute(text(each))]


def test_a_source_that_leaves_the_seeds_is_not_watched_any_more(life: Life) -> None:
    rif = source(id="rif", discovery=(FEED,))
    life.sources = [ATLAS, rif]
    life.days(ATLAS, 8, 20)
    life.days(rif, 2, 0, GONE)
    assert kinds(life.watch()) == {TroubleKind.GONE}
    life.sources = [ATLAS]
    checkup = life.watch()
    assert (set(checkup.stands), [each.source_id for each in checkup.troubles.mended]) == ({"atlas"}, ["rif"])
