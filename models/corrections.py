"""The only writer of what people put right: one transaction for each act, which is kept in the log and announced."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from analysis.corrections import check, differing, facts_of, over, put_together
from analysis.errors import CorrectionError
from analysis.plain import plain_of, record_of
from analysis.records import FactChange, Facts, TagFix, Told
from models.announcing import Announcement, announce, utc_now
from models.article_fixes import fix_article
from models.database import told_when_gone
from models.event_rows import row_of_event
from models.findings import EventAction, EventRow, ReportRow
from models.fixes import NO_FIXES, read_fixes
from models.hands import (
    LAST,
    Hand,
    Line,
    lend_hand,
    read_event_row,
    rules_say,
    snapshot,
    stand_before,
    standing,
    write_act,
)
from models.resolving import BY_RULE, join_rows, refresh

LAST_VERDICT = text("""
    SELECT action, done_by FROM event_log
    WHERE event_id = :event AND action IN ('retract', 'restore', 'confirm') ORDER BY id DESC LIMIT 1
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """An event as somebody saw it: its number today, its facts, and the number of the last act of a person on it."""

    event_id: int
    facts: Facts
    seen: int


class CorrectionBook:
    """Puts events and tags right for people; safe to use from many processes at once.

    What is done twice in a row is done once. Every act returns the number of the event it left, and raises
    UnknownNameError for an event that is none, ConflictError where somebody else was here since `hand.seen`.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now, role: str | None = None) -> None:
        """Write through an engine, with the rights of a role if one is named; `clock` tells what is news."""
        self._engine, self._clock, self._role = engine, clock, role

    def look(self, event_id: int) -> Look:
        """Return an event as it stands, to put it right from there."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            number = standing(connection, event_id)
            last = connection.execute(LAST, {"event": number}).first()
            facts = facts_of(read_event_row(connection, number))
            return Look(event_id=number, facts=facts, seen=0 if last is None else last.id)

    def confirm(self, event_id: int, hand: Hand) -> int:
        """Note that an event is right as it stands; one that was retracted stands again."""
        return self._do(event_id, hand, _confirm)

    def retract(self, event_id: int, hand: Hand) -> int:
        """Mark an event as one that did not happen; its reports stay."""
        return self._do(event_id, hand, _retract)

    def restore(self, event_id: int, hand: Hand) -> int:
        """Let an event stand again that was retracted."""
        return self._do(event_id, hand, _restore)

    def fix(self, event_id: int, facts: Facts, hand: Hand) -> int:
        """Let the facts of an event be these, whatever is told later; raises CorrectionError for what cannot be."""
        check(facts)
        return self._do(event_id, hand, partial(_fix, facts=facts))

    def release(self, event_id: int, hand: Hand) -> int:
        """Let the facts of an event be again what its reports say."""
        return self._do(event_id, hand, _release)

    def merge(self, kept: int, gone: int, hand: Hand) -> int:
        """Let two events be one, which keeps the first one's number; raises CorrectionError if they are not two."""
        return self._do(kept, hand, partial(_merge, gone=gone))

    def split(self, event_id: int, article_ids: Collection[int], hand: Hand) -> int:
        """Move what some articles tell of an event to a new one, and return its number; the two are never merged again.

        Raises CorrectionError where these articles tell nothing of it, or nobody else does.
        """
        return self._do(event_id, hand, partial(_split, article_ids=article_ids))

    def fix_tags(self, article_id: int, fix: TagFix, hand: Hand) -> int:
        """Add and take away tags of an article, or say that it is none of ours; return its number.

        Raises UnknownNameError for an article or a tag that is none.
        """

        def act(connection: Connection) -> int:
            touched = fix_article(connection, article_id, put_together([fix]), hand)
            announce(connection, touched, Announcement(now=self._clock()))
            return article_id

        return lend_hand(self._engine, hand, self._role, act)

    def _do(self, event_id: int, hand: Hand, act: Callable[[_Case], int]) -> int:
        def on(connection: Connection) -> int:
            return act(_Case(connection, stand_before(connection, event_id, hand), hand, self._clock()))

        return lend_hand(self._engine, hand, self._role, on)


class _Case:
    """One event in the hands of one person."""

    def __init__(self, connection: Connection, event_id: int, hand: Hand, now: datetime) -> None:
        self.connection, self.event_id, self.hand, self.now = connection, event_id, hand, now

    def last_verdict(self) -> tuple[str, str]:
        """Return what was last said of whether it happened, and by whom; empty words for nothing."""
        found = self.connection.execute(LAST_VERDICT, {"event": self.event_id}).first()
        return ("", "") if found is None else (found.action, found.done_by)

    def facts(self) -> Facts:
        """Return its facts as they stand."""
        return facts_of(read_event_row(self.connection, self.event_id))

    def keep(self, action: EventAction, facts: Mapping[str, Any] | None = None) -> None:
        """Keep an act on it, with what is known of it now."""
        known = snapshot(self.connection, self.event_id)
        write_act(self.connection, Line(action=action, event_id=self.event_id), self.hand, {**known, **(facts or {})})

    def tell(self, *corrections: FactChange) -> None:
        """Write what is due to whom about it now."""
        announce(self.connection, [self.event_id], Announcement(now=self.now, corrections=corrections))

    def change(self, values: Mapping[str, Any]) -> None:
        """Write columns of it."""
        self.connection.execute(update(EventRow).where(EventRow.id == self.event_id).values(values))

    def stand_again(self) -> None:
        """Let it stand, if it was retracted."""
        gone = update(EventRow).where(EventRow.id == self.event_id, EventRow.retracted_at.is_not(None))
        told = self.connection.scalar(gone.values(retracted_at=None).returning(EventRow.told))
        if told is not None:
            self.tell(FactChange(fact="told", before=Told.DENIED, after=told))


def _confirm(case: _Case) -> int:
    if case.last_verdict() != (EventAction.CONFIRM, case.hand.name):
        case.keep(EventAction.CONFIRM)
        case.stand_again()
    return case.event_id


def _retract(case: _Case) -> int:
    action, done_by = case.last_verdict()
    if action != EventAction.RETRACT or done_by == BY_RULE:
        case.keep(EventAction.RETRACT)
        case.change({"retracted_at": func.now()})
        case.tell()
    return case.event_id


def _restore(case: _Case) -> int:
    asked = select(EventRow.retracted_at).where(EventRow.id == case.event_id)
    if case.connection.scalar(asked) is not None:
        case.keep(EventAction.RESTORE)
        case.stand_again()
    return case.event_id


def _fix(case: _Case, facts: Facts) -> int:
    before = case.facts()
    if fixed := differing(before, facts):
        _write_fix(case, before, facts, {"is": {name: plain_of(facts)[name] for name in fixed}})
    return case.event_id


def _release(case: _Case) -> int:
    stands = read_fixes(case.connection, [case.event_id]).get(case.event_id, NO_FIXES).stands
    if stands:
        before, rules = case.facts(), rules_say(case.connection, case.event_id)
        after = record_of({**plain_of(before), **{name: plain_of(rules)[name] for name in stands}}, Facts)
        said = {name: plain_of(rules)[name] for name in sorted(stands)}
        _write_fix(case, before, after, {"is": said, "released": sorted(stands)})
    return case.event_id


def _write_fix(case: _Case, before: Facts, after: Facts, said: Mapping[str, Any]) -> None:
    was = {name: plain_of(before)[name] for name in said["is"]}
    case.keep(EventAction.CORRECT, {"was": was, **said})
    stands = read_event_row(case.connection, case.event_id)
    case.change(row_of_event(over(stands, plain_of(after))))  # one that nobody tells of has no accounts to make it of
    refresh(case.connection, [case.event_id])
    case.tell()


def _merge(case: _Case, gone: int) -> int:
    connection, kept = case.connection, case.event_id
    other = standing(connection, gone)
    if other == kept:
        raise CorrectionError(f"events {kept} and {gone} are one already", "one")
    known, beside = snapshot(connection, other), snapshot(connection, kept)
    join_rows(connection, kept, [other])
    articles = sorted({*connection.scalars(select(ReportRow.article_id).where(ReportRow.event_id == kept))})
    facts = {**known, "into": kept, "articles": articles, "with": beside}
    write_act(connection, Line(action=EventAction.MERGE, event_id=other), case.hand, facts)
    refresh(connection, [kept])
    case.tell()
    return kept


def _split(case: _Case, article_ids: Collection[int]) -> int:
    connection, old = case.connection, case.event_id
    tellers = {*connection.scalars(select(ReportRow.article_id).where(ReportRow.event_id == old))}
    moved = tellers & {*article_ids}
    if not moved or moved == tellers:
        raise CorrectionError(f"some of the articles that tell of event {old} must go, and some must stay", "split")
    known, new = snapshot(connection, old), _copy_of_row(connection, old)
    going = (ReportRow.event_id == old) & ReportRow.article_id.in_(moved)
    connection.execute(update(ReportRow).where(going).values(event_id=new))
    facts = {**known, "from": old, "moved": sorted(moved), "stayed": sorted(tellers - moved)}
    write_act(connection, Line(action=EventAction.SPLIT, event_id=new), case.hand, facts)
    refresh(connection, [old, new])
    case.tell(FactChange(fact="split", before=None, after=str(new)))
    announce(connection, [new], Announcement(now=case.now))
    return new


def _copy_of_row(connection: Connection, event_id: int) -> int:
    """Make an event with the facts of another, which `refresh` then puts right."""
    columns = [column.name for column in EventRow.__table__.c if column.name not in {"id", "made_at", "retracted_at"}]
    chosen = select(*(EventRow.__table__.c[name] for name in columns)).where(EventRow.id == event_id)
    return connection.execute(insert(EventRow).from_select(columns, chosen).returning(EventRow.id)).scalar_one()
