"""What operators are told of marsad itself: that something came to be wrong, and that it is no longer, once each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Engine, text

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
    SELECT thread FROM alerts WHERE recipient = :operator AND thread LIKE :prefix || '%'
    GROUP BY thread HAVING max(position) % 2 = 0
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
    wrong = {f"{PREFIX}{each.name}": each for each in ailments}
    with told_when_gone(engine), engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:space)"), {"space": SPACE})
        told = 0
        for operator in operators(connection):
            standing = set(connection.scalars(STANDING, {"operator": operator, "prefix": PREFIX}))
            for thread in sorted(wrong.keys() - standing):
                _write(connection, operator, thread, _raised(wrong[thread]), now)
            for thread in sorted(standing - wrong.keys()):
                over = Notice(headline=f"marsad is well again: {thread.removeprefix(PREFIX)}", more="marsad health")
                _write(connection, operator, thread, over, now)
            told += len(wrong.keys() ^ standing)
    return told


def _raised(ailment: Ailment) -> Notice:
    lines = (f"since {ailment.since:%Y-%m-%d %H:%M} UTC", f"do: {ailment.advice}")
    return Notice(headline=ailment.seen, lines=lines, more="marsad health")


def _write(connection: Connection, operator: str, thread: str, notice: Notice, due_at: datetime) -> None:
    values = {"recipient": operator, "thread": thread, "occasion": Occasion.TROUBLE, "facts": plain_of(notice)}
    write_message(connection, values | {"due_at": due_at})
