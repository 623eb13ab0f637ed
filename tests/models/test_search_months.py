"""What is searched lies in months: they are made as needed, and a question is answered as if there were none."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from analysis.events import Resolver
from analysis.records import Basis, Filing, Language, Published
from builders import article, filed, filing, fingerprint, page, source, visit
from models.archive import Archive
from models.migrate import downgrade, upgrade
from models.replays import Again, Replays
from models.searches import write_search

RESOLVER = Resolver(set())
MAKE = text("SELECT make_search_month(:day)")
ADD = text("INSERT INTO searches VALUES (:article, :day, CAST(:words AS tsvector))")
MONTHS = "SELECT relname FROM pg_class WHERE relnamespace = 'months'::regnamespace AND relkind = 'r' ORDER BY relname"
PLACES = "SELECT tableoid::regclass::text, article_id, told_on FROM searches ORDER BY told_on, article_id"
NEWEST = "SELECT article, told_on FROM analyst.newest(CAST(:words AS tsquery), :since, :until, :most)"
NEWEST_OF_WHOLE = """
    SELECT article_id, told_on FROM whole
    WHERE words @@ CAST(:words AS tsquery) AND told_on >= coalesce(CAST(:since AS date), '-infinity')
        AND told_on <= coalesce(CAST(:until AS date), 'infinity')
    ORDER BY told_on DESC, article_id DESC LIMIT :most
"""


def rows(engine: Engine, query: str, **facts: object) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), facts)]


def add(connection: Connection, number: int, day: date, words: str = "word") -> None:
    connection.execute(MAKE, {"day": day})
    connection.execute(ADD, {"article": number, "day": day, "words": words})


def says(number: int, day: date | None, said: str = "Une délégation à Madrid") -> Filing:
    """Build what an article says that was published on a day, or on none."""
    published = None if day is None else Published(on=day, at=None, basis=Basis.META)
    because = None if day is not None else "no date"
    marks = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
    told = article(text=f"{said} {number}", language=Language.FRENCH, published=published, undated_because=because)
    return filing(article=told, tags=(), reports=(), fingerprint=marks)


def keep(archive: Archive, *filings: Filing) -> None:
    """File an article for each, by the rules of yesterday."""
    archive.load_sources([source()])
    crawl, process = archive.start_run("crawl", {}), archive.start_run("process", {})
    for number, each in enumerate(filings):
        url = f"https://atlas.example/{number}"
        archive.save_page(page(url=url, canonical_url=url), visit(url=url), crawl)
        with archive.claim(process) as claim:
            claim.settle(filed(rules="r1"), each)


def find(engine: Engine, query: str, **bounds: object) -> list[int]:
    named = "".join(f", {name} => :{name}" for name in bounds)
    return [row[0] for row in rows(engine, f"SELECT article FROM analyst.find(:q{named})", q=query, **bounds)]  # noqa: S608 names of the test


# ---------------------------------------------------------------- the same answers

days = st.integers(0, 900).map(lambda after: date(2024, 1, 1) + timedelta(days=after))
words = st.sets(st.sampled_from(["a", "b", "c", "d"]), min_size=1)
questions = st.sampled_from(["a", "a & b", "a | d", "a & !b", "!c & d", "c <-> d", "z", "(a | b) & c"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    kept=st.lists(st.tuples(days, words), max_size=40),
    asked=st.lists(
        st.tuples(questions, st.none() | days, st.none() | days, st.integers(1, 12)), min_size=1, max_size=6
    ),
)
def test_a_question_is_answered_as_by_one_whole_table(
    engine: Engine,
    kept: Sequence[tuple[date, set[str]]],
    asked: Sequence[tuple[str, date | None, date | None, int]],
):
    with engine.connect() as connection:  # and is rolled back, months and all
        for number, (day, said) in enumerate(kept, 1):
            add(connection, number, day, " ".join(f"{word}:{place}" for place, word in enumerate(sorted(said), 1)))
        connection.execute(text("CREATE TEMPORARY TABLE whole ON COMMIT DROP AS SELECT * FROM searches"))
        for question, since, until, most in asked:
            facts = {"words": question, "since": since, "until": until, "most": most}
            answers, meant = (connection.execute(text(query), facts).all() for query in (NEWEST, NEWEST_OF_WHOLE))
            assert answers == meant, facts


def test_find_answers_alike_before_the_months_and_after(archive: Archive, engine: Engine):
    told = [date(2019, 5, 31), date(2026, 2, 28), None, date(2026, 3, 1), date(2024, 2, 29), date(2019, 6, 1)]
    keep(archive, *(says(number, day, "Madrid" if number % 2 else "Rabat") for number, day in enumerate(told)))
    bounds = [
        {},
        {"since": date(2019, 6, 1)},
        {"until": date(2026, 2, 28)},
        {"since": date(2026, 3, 1), "newest": True},
    ]
    asked = [(query, each) for query in ("Madrid", "Madrid OR Rabat", "-Madrid Rabat", "Agadir") for each in bounds]

    def answers() -> list[list[int]]:
        return [find(engine, query, **each) for query, each in asked]

    by_months, kept, months = answers(), rows(engine, PLACES), rows(engine, MONTHS)
    downgrade(engine, "20261122_1330")
    assert answers() == by_months
    upgrade(engine)
    assert (answers(), rows(engine, PLACES), rows(engine, MONTHS)) == (by_months, kept, months)
    assert [*map(len, by_months)][:5] == [3, 3, 2, 1, 6]


# ---------------------------------------------------------------- months


def test_a_month_is_made_when_its_first_article_comes_and_begins_and_ends_with_its_days(
    archive: Archive, engine: Engine
):
    assert rows(engine, MONTHS) == []
    assert find(engine, "Madrid") == []
    keep(
        archive,
        *map(says, range(5), [date(2024, 2, 29), date(2024, 3, 1), date(2024, 1, 31), date(2023, 12, 31), None]),
    )
    assert rows(engine, PLACES) == [
        ("months.searches_2023_12", 4, date(2023, 12, 31)),
        ("months.searches_2024_01", 3, date(2024, 1, 31)),
        ("months.searches_2024_02", 1, date(2024, 2, 29)),
        ("months.searches_2024_03", 2, date(2024, 3, 1)),
        ("months.searches_2026_02", 5, date(2026, 2, 10)),  # the day of the fetch
    ]
    assert find(engine, "Madrid", newest=True) == [5, 2, 1, 3, 4]
    assert find(engine, "Madrid", newest=True, since=date(2024, 1, 31), until=date(2024, 2, 29)) == [1, 3]
    assert find(engine, "Madrid", since=date(2024, 4, 1), until=date(2025, 12, 31)) == []
    assert find(engine, "Madrid", newest=True, most=2, until=date(2025, 6, 15)) == [2, 1]


def test_an_article_whose_date_is_corrected_moves(archive: Archive, engine: Engine):
    keep(archive, says(1, date(2024, 2, 29)), says(2, None), says(3, date(2024, 2, 1)))
    replays, after = Replays(engine), 0
    run = archive.start_run("process", {})
    for number, day in ((1, date(2024, 3, 1)), (2, date(2024, 2, 2)), (3, None)):
        with replays.claim(Again(rules="r2"), after, run) as claim:
            after = claim.page_id
            claim.settle(filed(rules="r2"), says(number, day), RESOLVER)
    assert rows(engine, PLACES) == [
        ("months.searches_2024_02", 2, date(2024, 2, 2)),
        ("months.searches_2024_03", 1, date(2024, 3, 1)),
        ("months.searches_2026_02", 3, date(2026, 2, 10)),
    ]


def test_whoever_dates_an_article_anew_or_replaces_it_keeps_what_is_searched_right(archive: Archive, engine: Engine):
    keep(archive, says(1, date(2024, 2, 29)), says(2, None))
    told = []
    for change in (
        *("published_on = '2024-03-01' WHERE id = 1", "is_current = false WHERE id = 1"),
        *("published_on = '2023-12-31' WHERE id = 1", "is_current = true WHERE id = 1", "words = 9 WHERE id = 1"),
        "published_on = '2024-01-01', published_basis = 'meta', published_sure = 'stated' WHERE id = 2",
    ):
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE articles SET {change}"))  # noqa: S608 of the test
        told.append([(number, str(day)) for _, number, day in rows(engine, PLACES)])
    undated = (2, "2026-02-10")
    assert told == [
        [(1, "2024-03-01"), undated],
        [undated],
        [undated],
        [(1, "2023-12-31"), undated],
        [(1, "2023-12-31"), undated],
        [(1, "2023-12-31"), (2, "2024-01-01")],
    ]
    assert find(engine, "Madrid", newest=True) == [2, 1]


def test_the_page_that_puts_tags_right_may_write_what_is_searched_and_an_analyst_may_not(
    archive: Archive, engine: Engine
):
    keep(archive, says(1, date(2024, 2, 29)))
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL ROLE marsad_analyst"))
        with pytest.raises(ProgrammingError, match="permission denied for function write_search"):
            write_search(connection, 1)


def test_what_is_written_again_stays_one_row(archive: Archive, engine: Engine):
    keep(archive, says(1, date(2024, 2, 29)))
    with engine.begin() as connection:
        before = connection.execute(text("SELECT xmin, * FROM searches")).all()
        write_search(connection, 1)
        assert connection.execute(text("SELECT xmin, * FROM searches")).all() == before
        connection.execute(text("UPDATE articles SET title = 'Agadir'"))
        write_search(connection, 1)
    assert (find(engine, "Agadir"), find(engine, "délégation"), len(rows(engine, PLACES))) == ([1], [1], 1)


def test_whoever_puts_tags_right_writes_what_is_searched_and_makes_no_month(archive: Archive, engine: Engine):
    keep(archive, says(1, date(2024, 2, 29)))
    with engine.begin() as connection:
        connection.execute(text("UPDATE articles SET title = 'Agadir'; SET LOCAL ROLE marsad_corrector"))
        write_search(connection, 1)
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL ROLE marsad_corrector"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(MAKE, {"day": date(2024, 3, 1)})
    assert (find(engine, "Agadir"), rows(engine, MONTHS)) == ([1], [("searches_2024_02",)])


# ---------------------------------------------------------------- several at once


@pytest.mark.parametrize("is_kept", [True, False])
def test_two_workers_make_one_month(engine: Engine, is_kept: bool):  # noqa: FBT001 a case of the test
    began = Event()

    def second() -> None:
        with engine.begin() as connection:
            connection.execute(text("SELECT count(*) FROM searches"))  # it knows the months as they were
            began.set()
            add(connection, 2, date(2026, 5, 31))

    with engine.connect() as first, ThreadPoolExecutor(1) as other:
        add(first, 1, date(2026, 5, 1))
        waiting = other.submit(second)
        assert began.wait(20)
        while not waiting.done() and not rows(engine, "SELECT FROM pg_locks WHERE NOT granted"):
            pass
        if is_kept:
            first.commit()
        else:
            first.rollback()
        waiting.result()
    assert [row[1] for row in rows(engine, PLACES)] == ([1, 2] if is_kept else [2])
    assert rows(engine, MONTHS) == [("searches_2026_05",)]


def test_to_make_a_month_hinders_nobody_who_reads_or_writes_in_another(engine: Engine):
    with engine.begin() as connection:
        add(connection, 1, date(2026, 4, 30))
    with engine.connect() as reader, engine.connect() as maker, engine.connect() as writer:
        for each in (reader, maker, writer):
            each.execute(text("SET lock_timeout = '5s'"))
        assert reader.scalar(text("SELECT count(*) FROM searches")) == 1  # and its transaction goes on
        add(maker, 2, date(2026, 5, 1))
        add(writer, 3, date(2026, 4, 29))
        assert reader.scalar(text("SELECT count(*) FROM analyst.newest('word')")) == 1
        for each in (writer, maker):
            each.commit()
    assert [row[1] for row in rows(engine, PLACES)] == [3, 1, 2]
