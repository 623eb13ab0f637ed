"""Lists read what they show: the plans of stories and coverage on a few thousand rows, as the planner makes them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, TextClause, text

from builders import filed, filing, page, source, visit
from models.archive import Archive
from models.desk import open_desk
from models.questions.filters import StoryFilters
from models.questions.sources import DAYS
from models.questions.stories import STORIES

# The one page, article and story that were filed, again and again, each story a day after the other.
MANY = """
    INSERT INTO pages OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(
        pages, jsonb_build_object('id', each, 'version', each))).* FROM pages, generate_series(2, 4000) AS each
        WHERE pages.id = 1;
    INSERT INTO stories OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(stories, jsonb_build_object(
        'id', each, 'first_article_id', NULL, 'last_on', DATE '2016-01-01' + each))).*
        FROM stories, generate_series(2, 4000) AS each WHERE stories.id = 1;
    INSERT INTO articles OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(articles, jsonb_build_object(
        'id', each, 'page_id', each, 'story_id', each))).*
        FROM articles, generate_series(2, 4000) AS each WHERE articles.id = 1;
    UPDATE stories SET first_article_id = id;
    INSERT INTO visits OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(visits, jsonb_build_object(
        'id', each, 'page_id', NULL, 'url_hash', NULL, 'way', 'feed',
        'visited_at', TIMESTAMPTZ '2026-02-01 00:00Z' - each * interval '1 hour'))).*
        FROM visits, generate_series(2, 20000) AS each WHERE visits.id = 1;
    ANALYZE pages, stories, articles, visits
"""


@pytest.fixture
def full(archive: Archive, engine: Engine) -> Engine:
    """Fill the tables."""
    archive.load_sources([source()])
    run_id = archive.start_run("process", {})
    archive.save_page(page(), visit(), run_id)
    with archive.claim(run_id) as claim:
        claim.settle(filed(), filing())
    with engine.begin() as connection:
        for each in MANY.split(";"):
            connection.execute(text(each))
    return engine


def plan(engine: Engine, asked: TextClause, **facts: object) -> str:
    with open_desk(engine) as desk:
        lines = desk._connection.execute(text(f"EXPLAIN {asked.text}"), facts)  # noqa: SLF001 the same transaction
        return "\n".join(row[0] for row in lines)


@pytest.mark.parametrize("after", [{}, {"after": date(2020, 1, 1), "number": 7}], ids=["the newest", "further back"])
def test_stories_are_read_from_the_last_day_on(full: Engine, after: dict[str, object]):
    told = plan(full, STORIES, **StoryFilters(**after).model_dump())
    assert "using ix_stories_last_on on stories" in told
    assert "Seq Scan on stories" not in told
    assert "Seq Scan on articles" not in told


def test_coverage_reads_the_days_it_shows(full: Engine):
    told = plan(full, DAYS, first=date(2026, 1, 25), last=date(2026, 1, 31), source=None)
    assert "ix_visits_day" in told
    assert "Seq Scan on visits" not in told


def test_a_day_of_coverage_is_utc_s_wherever_one_asks_from(full: Engine):
    asked = text("SELECT sum(asked) FROM analyst.coverage WHERE day = '2026-01-30'")
    with full.connect() as connection:
        for zone in ("UTC", "Pacific/Auckland"):
            connection.execute(text(f"SET TIME ZONE '{zone}'"))
            assert connection.scalar(asked) == 24
