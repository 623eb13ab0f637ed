"""The migrations make the tables of the code, and take them away again, on an old Postgres and on the newest."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from analysis.errors import UnknownNameError
from models.database import SCHEMA_VERSION, make_engine
from models.migrate import downgrade, head, upgrade
from models.server import Server
from models.tables import METADATA, TABLES
from postgres import create_database, drop_database, run_server

SHAPE = {
    "columns": """
        SELECT c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
            pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
            AND NOT a.attisdropped
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "tables": """
        SELECT relname, relkind::text, obj_description(oid, 'pg_class') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v', 'm')
    """,
}


@pytest.fixture(scope="module")
def older_server() -> Iterator[Server]:
    """Run the oldest Postgres that can be embedded."""
    yield from run_server("older", number=16)


@pytest.fixture(params=["newest", "older"])
def any_server(request: pytest.FixtureRequest) -> Server:
    """Run a test on each Postgres there is."""
    return request.getfixturevalue("server" if request.param == "newest" else "older_server")


@pytest.fixture
def empty(any_server: Server) -> Iterator[Engine]:
    """Connect to a database without tables."""
    engine = make_engine(create_database(any_server, "empty"))
    yield engine
    engine.dispose()
    drop_database(any_server, "empty")


def shape(engine: Engine) -> dict[str, set[tuple[object, ...]]]:
    """Read from the catalogues what stands in a database, but for Alembic's own table."""
    with engine.connect() as connection:
        found = {name: {tuple(row) for row in connection.execute(text(query))} for name, query in SHAPE.items()}
    return {name: {row for row in rows if "alembic_version" not in str(row[0])} for name, rows in found.items()}


def test_migrations_and_tables_make_the_same_database(empty: Engine, any_server: Server):
    upgrade(empty)
    other = make_engine(create_database(any_server, "other"))
    METADATA.create_all(other)
    made, meant = shape(empty), shape(other)
    other.dispose()
    drop_database(any_server, "other")
    assert made == meant
    assert {row[0] for row in made["columns"]} == {table.__tablename__ for table in TABLES}


def test_migrations_go_down_to_nothing_and_up_again(empty: Engine):
    upgrade(empty)
    before = shape(empty)
    downgrade(empty, "base")
    assert shape(empty) == {"columns": set(), "constraints": set(), "indexes": set(), "tables": set()}
    upgrade(empty)
    assert shape(empty) == before


def test_migrations_go_down_and_up_one_by_one(empty: Engine):
    shapes = {}
    while (now := upgrade(empty, "+1")[1]) != head():
        shapes[now] = shape(empty)
    for version in sorted(shapes, reverse=True):
        assert downgrade(empty, "-1")[1] == version
        assert shape(empty) == shapes[version]


def test_two_upgrades_at_once_do_the_work_once(empty: Engine):
    with ThreadPoolExecutor(4) as several:
        moves = list(several.map(lambda _: upgrade(empty), range(4)))
    assert sorted(moves, key=str) == [(SCHEMA_VERSION, SCHEMA_VERSION)] * 3 + [(None, SCHEMA_VERSION)]


def test_a_version_that_is_none_is_told(empty: Engine):
    with pytest.raises(UnknownNameError, match="there is no version 1999 of the tables"):
        upgrade(empty, "1999")


def test_the_code_asks_for_the_newest_version():
    assert head() == SCHEMA_VERSION


def test_every_table_says_what_it_is_for():
    assert [table.name for table in METADATA.sorted_tables if not table.comment] == []
