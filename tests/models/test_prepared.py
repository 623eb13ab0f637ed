"""A prepared statement is planned once for a connection, and gives what it would give as it is written."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from models.prepared import Prepared

SUM = Prepared(
    name="sum_of_two",
    types={"one": "integer", "two": "integer", "words": "text[]"},
    sql="SELECT $one + $two + $one, (SELECT $words)",
)


def test_a_parameter_is_given_by_its_name_wherever_it_stands(engine: Engine):
    with engine.connect() as connection:
        rows = SUM.execute(connection, {"words": ["a'b", "%(one)s", "مدريد"], "two": 20, "one": 1}).all()

    assert rows == [(22, ["a'b", "%(one)s", "مدريد"])]


def test_a_connection_plans_it_once_and_another_anew(engine: Engine):
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE name = 'sum_of_two'")
    with engine.connect() as one, engine.connect() as other:
        for _ in range(3):
            SUM.execute(one, {"one": 1, "two": 2, "words": []})
        counts = (one.scalar(prepared), other.scalar(prepared))
        SUM.execute(other, {"one": 1, "two": 2, "words": []})

        assert (*counts, other.scalar(prepared)) == (1, 0, 1)


def test_it_stands_when_the_transaction_that_prepared_it_is_undone(engine: Engine):
    with engine.connect() as connection:
        SUM.execute(connection, {"one": 1, "two": 2, "words": []})
        connection.rollback()

        assert SUM.execute(connection, {"one": 2, "two": 3, "words": []}).all() == [(7, [])]


def test_what_goes_before_it_takes_effect_before_it_begins(engine: Engine):
    shown = Prepared(
        name="shown_limit",
        types={"name": "text"},
        sql="SELECT current_setting($name)",
        before="SET LOCAL statement_timeout = '7s'; ",
    )
    with engine.begin() as connection:
        assert shown.execute(connection, {"name": "statement_timeout"}).scalar_one() == "7s"


def test_a_value_of_another_type_is_an_error_of_the_database(engine: Engine):
    with engine.connect() as connection, pytest.raises(DBAPIError, match="integer"):
        SUM.execute(connection, {"one": "un", "two": 2, "words": []})
