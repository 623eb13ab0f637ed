"""The page over the sample press, read once for all its tests; what only a crawl would bring is written beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from browsing import started
from playwright.sync_api import Browser
from read_press import fill_with_press
from sqlalchemy import Engine, text

from analysis.settings import Settings
from cli.sample_press import serve
from desk_visitor import Visitor
from hostile_press import file_hostile
from models.database import make_engine
from models.server import Server
from pipeline.seeds import read_seeds, read_wording, seeds_directory
from postgres import create_database, drop_database
from web.app import make_app
from web.house import House
from web.painter import Painter
from web.texts import read_texts

TODAY = date(2026, 2, 22)
NOW = datetime(2026, 2, 23, 12, tzinfo=UTC)
# A source that answered on one day and not on the next, with its trouble; the others are in order.
HEALTH = text("""
    INSERT INTO health_changes (source_id, health, since, changed_at, detail)
    SELECT id, CASE id WHEN 'sample-courier' THEN 'failing' ELSE 'healthy' END, '2026-02-21 09:00Z',
        '2026-02-22 09:00Z', ''
    FROM sources;
    INSERT INTO troubles (source_id, kind, address, hard, since, raised_at, seen_at, seen, tried, advice)
    VALUES ('sample-courier', 'unreachable', '', true, '2026-02-22 09:00Z', '2026-02-22 09:00Z', '2026-02-22 09:00Z',
        'it does not answer', 'its feed, twice', 'look whether the outlet is still there');
    INSERT INTO visits (run_id, source_id, url, way, state, status, detail, visited_at)
    SELECT (SELECT min(id) FROM runs), id, home, 'feed', CASE WHEN is_down THEN 'unreachable' ELSE 'fetched' END,
        CASE WHEN NOT is_down THEN 200 END, '', day
    FROM sources, unnest(ARRAY['2026-02-22 08:00Z', '2026-02-23 08:00Z']::timestamptz[]) AS day,
        LATERAL (SELECT id = 'sample-courier' AND day > '2026-02-23') AS stands (is_down)
""")


@pytest.fixture(scope="session")
def painter() -> Painter:
    """Read wording and templates."""
    seeds = seeds_directory(Settings())
    return Painter(read_wording(seeds, read_seeds(seeds)), read_texts())


@pytest.fixture(scope="session")
def press_engine(server: Server, template: str) -> Iterator[Engine]:
    """Read the sample press into a database of its own."""
    engine = make_engine(create_database(server, "desk", template))
    with serve(port=0) as press:
        fill_with_press(engine, press)
    with engine.begin() as connection:
        connection.execute(HEALTH)
    yield engine
    engine.dispose()
    drop_database(server, "desk")


@pytest.fixture(scope="session")
def hostile_engine(server: Server, template: str) -> Iterator[Engine]:
    """File the hostile articles in a database of their own."""
    engine = make_engine(create_database(server, "hostile", template))
    file_hostile(engine)
    yield engine
    engine.dispose()
    drop_database(server, "hostile")


@pytest.fixture(scope="module")  # while it runs, no test of this process can start an event loop of its own
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with started() as browser:
        yield browser


@pytest.fixture
def visitor(press_engine: Engine, painter: Painter) -> Visitor:
    """Visit the page over the sample press."""
    return Visitor(make_app(House(engine=press_engine, painter=painter, today=TODAY, clock=lambda: NOW)))
