"""Events as alerts look at them: with who tells them, what goes with them, and what their sources print differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, text

from analysis.corrections import FACTS
from analysis.events import disagreements
from analysis.records import Account, Event, EventKind, Happening, Language, Telling, Told, When
from models.fixes import NO_FIXES, event_of_row, read_fixes
from models.resolving import accounts_of

EVENTS = text("""
    SELECT events.*,
        EXISTS (SELECT FROM seed_events WHERE seed_events.event_id = events.id) AS is_known,
        ARRAY(
            SELECT DISTINCT tags.tag_id FROM reports JOIN tags ON tags.article_id = reports.article_id
            WHERE reports.event_id = events.id AND reports.told = events.told AND tags.kind = 'theme'
            ORDER BY tags.tag_id
        ) AS tags,
        (
            SELECT facts ->> 'because' FROM event_log
            WHERE event_id = events.id AND action = 'retract' ORDER BY id DESC LIMIT 1
        ) AS retracted_because
    FROM events WHERE id = ANY(:events) AND merged_into_id IS NULL ORDER BY id
""")

# One line for each article, by the strongest thing it says of the event.
TELLINGS = text("""
    SELECT DISTINCT ON (reports.event_id, articles.id)
        reports.event_id, articles.id AS article_id, articles.source_id, sources.name AS outlet, sources.tier,
        articles.language, articles.url, articles.title, reports.told, reports.evidence,
        coalesce(articles.published_on, pages.fetched_at::date) AS told_on,
        articles.published_on IS NOT NULL AS is_dated, articles.copy_kind IS NOT NULL AS is_copy
    FROM reports
    JOIN articles ON articles.id = reports.article_id
    JOIN pages ON pages.id = articles.page_id
    JOIN sources ON sources.id = articles.source_id
    WHERE reports.event_id = ANY(:events) AND articles.is_current
    ORDER BY reports.event_id, articles.id,
        array_position(ARRAY['news', 'announced', 'recalled', 'denied'], reports.told), reports.position
""")

# A visit and what was signed on it: one country, and days that meet.
LINKED = text("""
    SELECT one.id AS event_id, other.id, other.kind FROM events AS one JOIN events AS other
        ON other.id <> one.id AND other.merged_into_id IS NULL AND other.retracted_at IS NULL
        AND other.kind <> one.kind AND 'visit' IN (one.kind, other.kind)
        AND other.countries && one.countries
        AND coalesce(other.first_on, other.told_from) <= coalesce(one.last_on, one.told_to) + 1
        AND coalesce(other.last_on, other.told_to) >= coalesce(one.first_on, one.told_from) - 1
        AND 'day' = ALL (ARRAY[coalesce(one.precision, 'day'), coalesce(other.precision, 'day')])
    WHERE one.id = ANY(:events) ORDER BY one.id, other.id
""")

Linked = Mapping[int, Sequence[tuple[int, EventKind]]]


def read_linked(connection: Connection, event_ids: Collection[int]) -> Linked:
    """Return what goes with each of some events, by number and kind."""
    found = defaultdict[int, list[tuple[int, EventKind]]](list)
    for row in connection.execute(LINKED, {"events": list(event_ids)}):
        found[row.event_id].append((row.id, EventKind(row.kind)))
    return found


def read_happenings(connection: Connection, event_ids: Collection[int]) -> list[Happening]:
    """Read events that stand under these numbers, in their order."""
    asked = {"events": list(event_ids)}
    rows = connection.execute(EVENTS, asked).all()
    linked, accounts = read_linked(connection, event_ids), accounts_of(connection, [*event_ids], current=True)
    tellings, fixes = defaultdict[int, list[Telling]](list), read_fixes(connection, event_ids)
    for row in connection.execute(TELLINGS, asked):
        tellings[row.event_id].append(_telling(row))
    found = (_happening(row, tellings[row.id], linked.get(row.id, ()), accounts.get(row.id, ())) for row in rows)
    return [replace(each, fixed=tuple(sorted(fixes.get(each.event_id, NO_FIXES).stands))) for each in found]


def _happening(
    row: Row[Any], tellings: Iterable[Telling], linked: Sequence[tuple[int, EventKind]], accounts: Sequence[Account]
) -> Happening:
    told, event = tuple(sorted(tellings, key=lambda each: (each.told_on, each.article_id))), event_of_row(row)
    return Happening(
        **{name: getattr(event, name) for name in (*FACTS, "told", "participants")},
        event_id=row.id,
        made_at=row.made_at,
        retracted_at=row.retracted_at,
        retracted_because=row.retracted_because or "" if row.retracted_at else "",
        is_known=row.is_known,
        tags=tuple(row.tags),
        linked=tuple(linked),
        tellings=told,
        disagreements=_disagreements(accounts, event, {each.source_id: each.outlet for each in told}),
    )


def _telling(row: Row[Any]) -> Telling:
    facts = {name: value for name, value in row._mapping.items() if name != "event_id"}  # noqa: SLF001 public by its documentation
    return Telling(**{**facts, "language": Language(row.language), "told": Told(row.told)})


def _disagreements(
    accounts: Sequence[Account], event: Event, outlets: Mapping[str, str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Say what the sources print differently, each value with the outlets that print it."""
    return {
        fact: {_written(value): tuple(outlets.get(name, name) for name in sources) for value, sources in said.items()}
        for fact, said in disagreements(accounts, {"days": event.when, "city": event.city}).items()
    }


def _written(value: object) -> str:
    if isinstance(value, When):
        return f"{value.first}/{value.last} {value.precision}"
    return value.value if isinstance(value, StrEnum) else str(value)
