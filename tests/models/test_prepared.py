"""A statement that is planned once goes past SQLAlchemy, and is of its transactions and its errors all the same."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DataError

from analysis.errors import DatabaseUnavailableError
from models.database import told_when_gone
from models.prepared import Prepared

DIVIDE = Prepared(name="divide", types={"by": "integer"}, sql="SELECT 12 / $by AS share, txid_current() AS transaction")


def test_rows_are_of_the_transaction_of_the_connection_and_have_their_columns_by_name(engine: Engine):
    with engine.connect() as connection:
        rows = [DIVIDE.execute(connection, {"by": by})[0] for by in (3, 4)]
        [transaction] = {row.transaction for row in rows}
        assert [row.share for row in rows] == [4, 3]
        assert connection.scalar(text("SELECT txid_current()")) == transaction
        connection.rollback()
        assert DIVIDE.execute(connection, {"by": 1})[0].transaction != transaction


def test_what_postgres_refuses_is_an_error_of_sqlalchemy(engine: Engine):
    with pytest.raises(DataError, match="division by zero"), engine.connect() as connection:
        DIVIDE.execute(connection, {"by": 0})


def test_a_connection_that_was_ended_is_told_and_not_used_again(engine: Engine):
    with engine.connect() as connection, engine.connect() as other:
        DIVIDE.execute(connection, {"by": 1})
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        with pytest.raises(DatabaseUnavailableError, match="went away"), told_when_gone(engine):
            DIVIDE.execute(connection, {"by": 1})
        assert connection.invalidated
        connection.rollback()
        assert DIVIDE.execute(connection, {"by": 2})[0].share == 6
