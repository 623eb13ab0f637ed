"""Reports meet events: the reports of one article in one transaction, and no two articles at once.

So two workers that meet the same event at the same moment make one of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, text, update

from analysis.events import Resolver, gather
from analysis.records import Account, Event, Told
from analysis.records.alerts import UNTOLD
from models.event_rows import account_of_row, row_of_event
from models.findings import EventAction, EventLogRow, EventRow, ReportRow
from models.fixes import NO_FIXES, as_fixed, near_as_told, read_faces, read_fixes
from models.formers import leave_events, next_unfinished
from models.put_by_hand import MERGED_BY_HAND, PUT_BY_HAND, asked_of_hands, not_taken_apart

RESOLVING_LOCK = 7_300_006
BY_RULE = "rule"
NEAR = timedelta(days=75)
"""How far the days of an event can be from those of an account: a month, and what was put off."""
REMEMBERED = timedelta(days=3 * 366)
MOST_KNOWN = 100
"""Events to hold an account against, the nearest first: of one kind and country, within the days above."""

NEXT = text("SELECT min(article_id) FROM reports WHERE met_at IS NULL")

REPORTS = text("""
    SELECT reports.*, articles.source_id, articles.copy_kind IS NOT NULL AS copied,
        coalesce(articles.published_on, pages.fetched_at::date) AS told_on,
        EXISTS (
            SELECT FROM event_log
            WHERE done_by <> 'rule' AND jsonb_build_array(facts -> 'moved', facts -> 'stayed', facts -> 'articles')
                @> jsonb_build_array(jsonb_build_array(articles.id))
        ) AS is_put_by_hand
    FROM reports JOIN articles ON articles.id = reports.article_id JOIN pages ON pages.id = articles.page_id
    WHERE articles.id = :article AND met_at IS NULL ORDER BY position
""")

KNOWN = text("""
    SELECT id FROM events
    WHERE kind = :kind AND merged_into_id IS NULL
        AND (countries && CAST(:countries AS text[]) OR bodies && CAST(:bodies AS text[]))
        AND coalesce(last_on, told_to) >= :earliest AND coalesce(first_on, told_from) <= :latest
    ORDER BY abs(coalesce(last_on, told_to) - CAST(:latest AS date)), id LIMIT :most
""")

ACCOUNTS = text("""
    SELECT reports.event_id, articles.source_id, articles.copy_kind IS NOT NULL AS copied,
        coalesce(articles.published_on, pages.fetched_at::date) AS told_on,
        reports.kind, reports.direction, reports.told, reports.people, reports.bodies, reports.countries, reports.city,
        reports.first_on, reports.last_on, reports.precision,
        reports.evidence, reports.field, reports.span_start, reports.span_end, reports.rule, reports.participants
    FROM reports
    JOIN articles ON articles.id = reports.article_id
    JOIN pages ON pages.id = articles.page_id
    WHERE reports.event_id = ANY(:events) AND (articles.is_current OR NOT :current)
    UNION ALL
    SELECT event_id, 'seeds', false, last_on, kind, direction, 'recalled', people, bodies, countries, city,
        first_on, last_on, precision, '', 'text', 0, 1, 'seeds', '[]'
    FROM seed_events WHERE event_id = ANY(:events)
""")


# An event that nobody tells of any more, as it was told last.
TOLD_LAST = text("""
    SELECT events.*, coalesce(sources[1], '') AS source_id, told_from AS told_on, false AS copied,
        '' AS evidence, 'text' AS field, 0 AS span_start, 1 AS span_end, '' AS rule
    FROM events WHERE id = ANY(:events)
""")

# What a person said of whether it happened stands.
RETRACT_UNTOLD = text("""
    UPDATE events SET retracted_at = now()
    WHERE id = ANY(:events) AND merged_into_id IS NULL AND retracted_at IS NULL
        AND NOT EXISTS (
            SELECT FROM event_log WHERE event_id = events.id AND done_by <> 'rule' AND action IN ('confirm', 'restore')
        )
    RETURNING id
""")

TOLD_AGAIN = text("""
    UPDATE events SET retracted_at = NULL
    WHERE id = :event AND retracted_at IS NOT NULL AND :rule = (
        SELECT done_by FROM event_log WHERE event_id = :event AND action = 'retract' ORDER BY id DESC LIMIT 1
    ) RETURNING id
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an account belongs: the number of its event, whether it made it, and which others it showed to be the same.

    The number is None for what is recalled and cannot be told apart.
    """

    event_id: int | None
    is_new: bool = False
    merged: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """What became of the reports of one article, in their order.

    `left` are the events that what it revises told of, `emptied` those of them that nobody tells of any more.
    """

    article_id: int
    places: tuple[Place, ...]
    left: tuple[int, ...] = ()
    emptied: tuple[int, ...] = ()

    @property
    def events(self) -> frozenset[int]:
        """The numbers of all events that may be otherwise now."""
        return frozenset((*(each.event_id for each in self.places if each.event_id is not None), *self.left))


def meet_next(connection: Connection, resolver: Resolver) -> Met | None:
    """Let the reports of the first article that waits meet the known events; None where none waits.

    An article that tells nothing waits too, where one that it revises did, and one that was withdrawn.
    """
    lock_resolving(connection)
    article_id = connection.scalar(NEXT) or next_unfinished(connection)
    return None if article_id is None else meet(connection, resolver, article_id)


def meet(connection: Connection, resolver: Resolver, article_id: int) -> Met:
    """Let the reports of an article that have not met the events do so; the caller holds the lock.

    Then what it revises tells of no event any more, nor does it itself once its page is no article. It meets first: an
    event that both tell of is never without any.
    """
    reports = connection.execute(REPORTS, {"article": article_id}).all()
    places = tuple(_meet(connection, resolver, each) for each in reports)
    left = leave_events(connection, article_id)
    return Met(article_id=article_id, places=places, left=left, emptied=refresh(connection, left))


def lock_resolving(connection: Connection) -> None:
    """Let one transaction at a time make and change events, until it ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": RESOLVING_LOCK})


def place(connection: Connection, resolver: Resolver, account: Account, article_id: int | None = None) -> Place:
    """Find or make the event of an account; `article_id` is None but for an article that people put somewhere."""
    near = _near(connection, account)
    known, fixed = accounts_of(connection, near), read_faces(connection, near)
    found = resolver.resolve(account, known, fixed)
    if found.unplaced:
        return Place(event_id=None)
    if found.key is None:
        again = asked_of_hands(connection, MERGED_BY_HAND, account, article_id)
        untold = {each: fixed.get(each, ()) for each in near if each not in known}
        again = again or _find_untold(connection, resolver, account, untold)
        return Place(event_id=again or _make(connection, account), is_new=again is None)
    kept, *gone = sorted({found.key, *not_taken_apart(connection, found)})
    if gone:
        join_rows(connection, kept, gone)
        for each in gone:
            write_log(connection, each, EventAction.MERGE, {"into": kept})
    return Place(event_id=kept, merged=tuple(gone))


def accounts_of(
    connection: Connection, event_ids: Sequence[int], *, current: bool = False
) -> Mapping[int, list[Account]]:
    """Return all accounts of some events, or only the `current` ones: what a source says today, and no longer said."""
    accounts = defaultdict[int, list[Account]](list)
    if event_ids:
        for row in connection.execute(ACCOUNTS, {"events": list(event_ids), "current": current}):
            accounts[row.event_id].append(account_of_row(row))
    return accounts


def join_rows(connection: Connection, kept: int, gone: Sequence[int]) -> None:
    """Let events be one of them: their reports go there, their rows stay and point there."""
    moved = {"kept": kept, "gone": list(gone)}
    connection.execute(text("UPDATE reports SET event_id = :kept WHERE event_id = ANY(:gone)"), moved)
    connection.execute(text("UPDATE seed_events SET event_id = :kept WHERE event_id = ANY(:gone)"), moved)
    merged = (EventRow.id.in_(gone)) | (EventRow.merged_into_id.in_(gone))
    connection.execute(update(EventRow).where(merged).values(merged_into_id=kept))


def refresh(connection: Connection, event_ids: Iterable[int]) -> tuple[int, ...]:
    """Write the facts of events anew from their accounts, and return those that nobody tells of any more.

    Such a one keeps its facts and is retracted, by rule; it stands again when somebody tells of it.
    """
    asked = sorted({*event_ids})
    told, today = accounts_of(connection, asked), accounts_of(connection, asked, current=True)
    fixes = read_fixes(connection, asked)
    for event_id, accounts in told.items():
        event = gather(today.get(event_id, accounts))
        facts = row_of_event(as_fixed(event, fixes.get(event_id, NO_FIXES)))
        written = update(EventRow).where(EventRow.id == event_id).values(facts)
        is_retracted = connection.scalar(written.returning(EventRow.retracted_at)) is not None
        if is_retracted and connection.scalar(TOLD_AGAIN, {"event": event_id, "rule": BY_RULE}):
            write_log(connection, event_id, EventAction.CONFIRM, {"because": "it is told of again"})
    untold = [each for each in asked if each not in told]
    emptied = sorted(connection.scalars(RETRACT_UNTOLD, {"events": untold})) if untold else []
    for event_id in emptied:
        write_log(connection, event_id, EventAction.RETRACT, {"because": UNTOLD})
    return tuple(emptied)


def write_log(connection: Connection, event_id: int, action: EventAction, facts: Mapping[str, object]) -> None:
    """Keep what a rule did to an event."""
    line = {"event_id": event_id, "action": action, "done_by": BY_RULE, "facts": dict(facts)}
    connection.execute(insert(EventLogRow).values(line))


def _meet(connection: Connection, resolver: Resolver, row: Row[Any]) -> Place:
    """Place one report, and write where it belongs."""
    account, by_hand = account_of_row(row), row.article_id if row.is_put_by_hand else None
    put = asked_of_hands(connection, PUT_BY_HAND, account, by_hand)
    found = Place(event_id=put) if put else place(connection, resolver, account, by_hand)
    connection.execute(
        update(ReportRow).where(ReportRow.id == row.id).values(event_id=found.event_id, met_at=func.now())
    )
    if found.event_id is not None and not found.is_new:
        refresh(connection, [found.event_id])
    return found


def _find_untold(
    connection: Connection, resolver: Resolver, account: Account, untold: Mapping[int, Sequence[Event]]
) -> int | None:
    """Return the event of an account among those that nobody tells of any more."""
    if not untold:
        return None
    rows = connection.execute(TOLD_LAST, {"events": list(untold)})
    known = {row.id: [account_of_row(row)] for row in rows}
    return resolver.resolve(account, known, {key: faces for key, faces in untold.items() if faces}).key


def _near(connection: Connection, account: Account) -> list[int]:
    """Return the events an account can be of, by kind, side and days."""
    report = account.report
    first, last = (report.when.first, report.when.last) if report.when else (account.told_on, account.told_on)
    is_placeless = report.when is None and report.told is Told.RECALLED
    asked = {
        "kind": report.kind,
        "countries": list(report.countries),
        "bodies": list(report.bodies),
        "earliest": first - (REMEMBERED if is_placeless else NEAR),
        "latest": last + NEAR,
        "most": MOST_KNOWN,
    }
    near = list(connection.scalars(KNOWN, asked))
    return [*near, *near_as_told(connection, asked, near)]


def _make(connection: Connection, account: Account) -> int:
    made = insert(EventRow).values(row_of_event(gather([account]))).returning(EventRow.id)
    return connection.execute(made).scalar_one()
