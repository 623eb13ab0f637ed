"""Who is told things, as the database has it: recipients and rules of the seeds and of people, and what is muted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from analysis.alert_seeds import AlertSeeds
from analysis.errors import UnknownNameError
from analysis.plain import plain_of, record_of
from analysis.records import Audience, Mute, Recipient, Rule
from models.alerts import AlertRuleRow, MuteRow, Origin, RecipientRow
from models.database import told_when_gone
from models.findings import EventRow
from models.seed_rows import Loaded

Entry = type[RecipientRow] | type[AlertRuleRow]

LEFT = text("""
    UPDATE alerts SET state = 'overtaken', settled_at = now()
    WHERE state = 'waiting' AND recipient NOT IN (SELECT id FROM recipients)
""")


def read_audience(connection: Connection, ours: frozenset[str] = frozenset()) -> Audience:
    """Read everyone who is told things, and what; `ours` are the people of the Moroccan side."""
    recipients = connection.execute(select(RecipientRow.entry).order_by(RecipientRow.id))
    rules = connection.execute(select(AlertRuleRow.entry).order_by(AlertRuleRow.id))
    return Audience(
        recipients=tuple(record_of(row.entry, Recipient) for row in recipients),
        rules=tuple(record_of(row.entry, Rule) for row in rules),
        mutes=tuple(_read_mutes(connection).values()),
        ours=ours,
    )


def _read_mutes(connection: Connection) -> dict[int, Mute]:
    about = func.coalesce(EventRow.merged_into_id, MuteRow.event_id).label("event_id")  # of what it is part of today
    columns = (MuteRow.id, MuteRow.recipient, about, MuteRow.country, MuteRow.rule, MuteRow.until)
    asked = select(*columns).outerjoin(EventRow, EventRow.id == MuteRow.event_id).order_by(MuteRow.id)
    rows = connection.execute(asked)
    facts = ("recipient", "event_id", "country", "rule", "until")
    return {row.id: Mute(**{name: getattr(row, name) for name in facts}) for row in rows}


class AudienceBook:
    """Writes recipients, rules and mutes, one transaction for each act."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self) -> Audience:
        """Read everyone who is told things, and what."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            return read_audience(connection)

    def mutes(self) -> dict[int, Mute]:
        """Return what is muted, by the numbers of the mutes."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            return _read_mutes(connection)

    def load(self, seeds: AlertSeeds) -> Loaded:
        """Write recipients and rules of the seeds, and forget those that left them; what people wrote stays as it is.

        What waits for a recipient who is gone is overtaken.
        """
        with told_when_gone(self._engine), self._engine.begin() as connection:
            counts = _load(connection, RecipientRow, seeds.recipients) + _load(connection, AlertRuleRow, seeds.rules)
            connection.execute(LEFT)
        return Loaded(**counts)

    def add(self, entry: Recipient | Rule) -> None:
        """Write a recipient or a rule by hand, also over one of the seeds; raises UnknownNameError for a stranger."""
        table: Entry = RecipientRow if isinstance(entry, Recipient) else AlertRuleRow
        with told_when_gone(self._engine), self._engine.begin() as connection:
            if isinstance(entry, Rule):
                for name in entry.recipients:
                    _find(connection, RecipientRow, name)
            connection.execute(delete(table).where(table.id == entry.id))
            _write(connection, table, entry, Origin.HAND)

    def remove(self, name: str) -> str:
        """Forget a rule or a recipient, and say which it was; raises UnknownNameError where there is none."""
        with told_when_gone(self._engine), self._engine.begin() as connection:
            tables: tuple[tuple[str, Entry], ...] = (("rule", AlertRuleRow), ("recipient", RecipientRow))
            for what, table in tables:
                if connection.execute(delete(table).where(table.id == name)).rowcount:
                    connection.execute(LEFT)
                    return what
        raise UnknownNameError(f"there is no rule or recipient `{name}`: `marsad alerts list` lists them")

    def mute(self, mute: Mute, made_by: str) -> int:
        """Silence what a mute names, and return its number; raises UnknownNameError where it names nothing of ours."""
        with told_when_gone(self._engine), self._engine.begin() as connection:
            _find(connection, RecipientRow, mute.recipient)
            if mute.rule is not None:
                _find(connection, AlertRuleRow, mute.rule)
            number = mute.event_id and _standing(connection, mute.event_id)
            values = {**plain_of(mute), "event_id": number, "until": mute.until, "made_by": made_by}
            return connection.execute(insert(MuteRow).values(values).returning(MuteRow.id)).scalar_one()

    def unmute(self, mute_id: int) -> None:
        """Let a mute end; raises UnknownNameError where there is none."""
        with told_when_gone(self._engine), self._engine.begin() as connection:
            if not connection.execute(delete(MuteRow).where(MuteRow.id == mute_id)).rowcount:
                raise UnknownNameError(f"there is no mute {mute_id}: `marsad alerts list` lists them")


def _load(connection: Connection, table: Entry, wanted: Iterable[Recipient | Rule]) -> Counter[str]:
    entries = {each.id: each for each in wanted}
    gone = delete(table).where(table.origin == Origin.SEEDS, table.id.not_in(entries))
    counts = Counter({"retired": connection.execute(gone).rowcount})
    known = {row.id: row for row in connection.execute(select(table.__table__))}
    for name, entry in entries.items():
        row = known.get(name)
        if row is None:
            _write(connection, table, entry, Origin.SEEDS)
        is_other = row is not None and row.origin == Origin.SEEDS and row.entry != plain_of(entry)
        if is_other:
            said = {"entry": plain_of(entry), "loaded_at": func.now()}
            connection.execute(update(table).where(table.id == name).values(said))
        counts["added" if row is None else "changed" if is_other else "unchanged"] += 1
    return counts


def _write(connection: Connection, table: Entry, entry: Recipient | Rule, origin: Origin) -> None:
    said: Mapping[str, object] = {"id": entry.id, "entry": plain_of(entry), "origin": origin}
    connection.execute(insert(table).values(said))


def _find(connection: Connection, table: Entry, name: str) -> None:
    if connection.scalar(select(table.id).where(table.id == name)) is None:
        what = "recipient" if table is RecipientRow else "rule"
        raise UnknownNameError(f"there is no {what} `{name}`: `marsad alerts list` lists them")


def _standing(connection: Connection, event_id: int) -> int:
    asked = select(func.coalesce(EventRow.merged_into_id, EventRow.id)).where(EventRow.id == event_id)
    found = connection.scalar(asked)
    if found is None:
        raise UnknownNameError(f"there is no event {event_id}: `marsad events` lists them")
    return found
