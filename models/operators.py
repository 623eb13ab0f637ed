"""What operators are told of marsad itself: that something came to be wrong, and that it is no longer, once each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, text

from analysis.plain import plain_of
from analysis.records import Notice, Occasion
from analysis.vitals import Ailment
from models.announcing import write_message
from models.audiences import read_audience
from models.database import told_when_gone

SPACE = 7_300_012
PREFIX = "trouble/marsad/"

# a message of an even place says that something is wrong, the one after it that it is over
STANDING = text("""
    SELECT thread, headline, since FROM (
        SELECT DISTINCT ON (thread) thread, position, facts ->> 'headline' AS headline, facts #>> '{lines,0}' AS since
        FROM alerts WHERE recipient = :operator AND thread LIKE :prefix || '%'
        ORDER BY thread, position DESC
    ) AS last WHERE position % 2 = 0
""")


def tell_operators(connection: Connection, thread: str, notice: Notice, due_at: datetime) -> None:
    """Write a notice to every operator, in the transaction of what it tells."""
    for operator in operators(connection):
        _write(connection, operator, thread, notice, due_at)


def operators(connection: Connection) -> list[str]:
    """Return who hears of troubles."""
    return [each.id for each in read_audience(connection).recipients if each.is_operator]


def tell_ailments(engine: Engine, ailments: Iterable[Ailment], now: datetime) -> int:
    """Tell each operator what is newly wrong with marsad, and what no longer is; return how many messages that were."""
    wrong = {f"{PREFIX}{each.name}": each for each in ailments if not each.is_told}
    with told_when_gone(engine), engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:space)"), {"space": SPACE})
        told = 0
        for operator in operators(connection):
            standing = {
                row.thread: row for row in connection.execute(STANDING, {"operator": operator, "prefix": PREFIX})
            }
            for thread in sorted(wrong.keys() - standing.keys()):
                _write(connection, operator, thread, _raised(wrong[thread]), now)
            for thread in sorted(standing.keys() - wrong.keys()):
                _write(connection, operator, thread, _over(standing[thread], now), now)
            told += len(wrong.keys() ^ standing.keys())
    return told


def _raised(ailment: Ailment) -> Notice:
    since = f"since {ailment.since:%Y-%m-%d %H:%M} UTC"  # the first line: the word that it is over says it again
    lines = (since, ailment.detail, f"do: {ailment.advice}")
    return Notice(headline=ailment.seen, lines=tuple(filter(None, lines)), more="marsad health")


def _over(told: Row[Any], now: datetime) -> Notice:
    """Say what is over, in the words in which it was told."""
    lines = tuple(filter(None, (told.since, f"over {now:%Y-%m-%d %H:%M} UTC")))
    return Notice(headline=f"over: {told.headline}", lines=lines, more="marsad health")


def _write(connection: Connection, operator: str, thread: str, notice: Notice, due_at: datetime) -> None:
    values = {"recipient": operator, "thread": thread, "occasion": Occasion.TROUBLE, "facts": plain_of(notice)}
    write_message(connection, values | {"due_at": due_at})
