"""Acts of people on events and tags, each once: who does it and why, what he or she saw, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select, text

from analysis.corrections import facts_of
from analysis.errors import ConflictError, CorrectionError, UnknownNameError
from analysis.events import gather
from analysis.plain import plain_of
from analysis.records import Event, Facts
from models.database import told_when_gone
from models.findings import EventAction, EventLogRow, EventRow
from models.fixes import event_of_row
from models.resolving import BY_RULE, accounts_of, lock_resolving

LONGEST_NAME = 80
CORRECTOR = "marsad_corrector"

LAST = text("""
    SELECT event_log.id, event_log.done_by, event_log.action, event_log.done_at FROM event_log
    WHERE done_by <> 'rule' AND (
        event_id IN (SELECT id FROM events WHERE id = :event OR merged_into_id = :event)
        OR (action = 'split' AND facts -> 'from' = to_jsonb(CAST(:event AS bigint)))
    )
    ORDER BY event_log.id DESC LIMIT 1
""")
LAST_OF_ARTICLE = text("""
    SELECT id, done_by, action, done_at FROM event_log WHERE article_id = :article ORDER BY id DESC LIMIT 1
""")
DONE = text("""
    SELECT coalesce(events.merged_into_id, events.id, event_log.article_id) FROM event_log
    LEFT JOIN events ON events.id = event_log.event_id WHERE key = :key
""")
STANDING = text("SELECT coalesce(merged_into_id, id) FROM events WHERE id = :event")
SNAPSHOT = text("""
    SELECT reports.id AS report, reports.article_id AS article, articles.source_id AS source, articles.url,
        articles.language, coalesce(articles.published_on, pages.fetched_at::date) AS told_on, reports.told,
        reports.kind, reports.direction, reports.first_on, reports.last_on, reports.precision, reports.city,
        reports.countries, reports.bodies, reports.people, reports.evidence, reports.rule
    FROM reports JOIN articles ON articles.id = reports.article_id JOIN pages ON pages.id = articles.page_id
    WHERE reports.event_id = :event AND articles.is_current
    ORDER BY told_on, reports.article_id, reports.position LIMIT 200
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """Who puts something right, and why; raises CorrectionError for a name that is none.

    `key` is of the form it was sent with: what is sent twice is done once. `seen` is the number of the last act of a
    person that he or she saw, 0 for none; another one since is a conflict, unless `seen` is None.
    """

    name: str
    because: str = ""
    key: UUID | None = None
    seen: int | None = None

    def __post_init__(self) -> None:
        is_name = self.name.strip() == self.name != "" and self.name.isprintable() and len(self.name) <= LONGEST_NAME
        if not is_name or self.name.casefold() == BY_RULE:
            raise CorrectionError("a correction needs the name of whoever makes it", "name")


def lend_hand(engine: Engine, hand: Hand, role: str | None, act: Callable[[Connection], int]) -> int:
    """Do one act of a person in a transaction of its own, unless it was done; return the number it was done to.

    With a role it is done with the rights of that role only.
    """
    with told_when_gone(engine), engine.begin() as connection:
        if role is not None:
            connection.execute(text(f'SET LOCAL ROLE "{role}"'))
        lock_resolving(connection)
        done = connection.scalar(DONE, {"key": hand.key}) if hand.key else None
        return act(connection) if done is None else int(done)


def standing(connection: Connection, event_id: int) -> int:
    """Return the number an event stands under today; raises UnknownNameError where there never was one."""
    found = connection.scalar(STANDING, {"event": event_id})
    if found is None:
        raise UnknownNameError(f"there is no event {event_id}: `marsad events` lists them")
    return int(found)


def stand_before(connection: Connection, event_id: int, hand: Hand) -> int:
    """Return the number of an event that nobody put right since this person saw it; raises ConflictError otherwise."""
    number = standing(connection, event_id)
    last = connection.execute(LAST, {"event": number}).first()
    refuse_overtaken(last, hand)
    return number


def refuse_overtaken(last: Any, hand: Hand) -> None:  # noqa: ANN401 a row of LAST
    """Raise ConflictError where the last act of a person is another than was seen."""
    if hand.seen is not None and last is not None and last.id != hand.seen:
        raise ConflictError(f"{last.done_by} was here at {last.done_at:%Y-%m-%d %H:%M} UTC: look again")


def read_event_row(connection: Connection, event_id: int) -> Event:
    """Read an event as it stands."""
    return event_of_row(connection.execute(select(EventRow.__table__).where(EventRow.id == event_id)).one())


def rules_say(connection: Connection, event_id: int) -> Facts:
    """Return the facts of an event as the rules make them of its accounts, whatever people fixed."""
    for current in (True, False):
        accounts = accounts_of(connection, [event_id], current=current).get(event_id)
        if accounts:
            return facts_of(gather(accounts))
    return facts_of(read_event_row(connection, event_id))


def snapshot(connection: Connection, event_id: int) -> dict[str, Any]:
    """Return what is known of an event at this moment, for whoever learns from corrections."""
    rows = connection.execute(SNAPSHOT, {"event": event_id}).mappings()
    return {"rules": plain_of(rules_say(connection, event_id)), "reports": [plain_of(dict(row)) for row in rows]}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What is kept of an act: on an event, or on the tags of an article."""

    action: EventAction
    event_id: int | None = None
    article_id: int | None = None


def write_act(connection: Connection, line: Line, hand: Hand, facts: Mapping[str, Any]) -> None:
    """Keep an act of a person in the log."""
    why = {"because": hand.because} if hand.because else {}
    values = {**asdict(line), "done_by": hand.name, "facts": {**facts, **why}, "key": hand.key}
    connection.execute(insert(EventLogRow).values(values))
