"""The sources of the seeds, read back from their rows as they were loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, text

from analysis.errors import UnknownNameError
from analysis.records import Closure, ClosureReason, Discovery, Grounds, Language, Promise, Source, Way
from models.database import told_when_gone
from models.seeds import SourceRow, is_listed

DUE = text("""
    SELECT id FROM sources
    WHERE retired_at IS NULL AND entry -> 'discovery' <> '[]' AND entry ->> 'closed' IS NULL
        AND NOT EXISTS (
            SELECT FROM visits
            WHERE visits.source_id = sources.id AND visits.way IS NOT NULL
                AND visits.visited_at > :now - :share * make_interval(mins => (entry ->> 'cadence_minutes')::int)
        )
""")


def followed_sources(engine: Engine, ids: Collection[str] = ()) -> tuple[Source, ...]:
    """Return the named sources, or all, in the order of their ids; retired and closed ones are not followed.

    Raises UnknownNameError for a name that is none of them.
    """
    listed = {source.id: source for source in listed_sources(engine)}
    for name in ids:
        _refuse_unfollowed(name, listed)
    return tuple(source for name, source in listed.items() if (name in ids if ids else source.closed is None))


def _refuse_unfollowed(name: str, listed: Mapping[str, Source]) -> None:
    if name not in listed:
        raise _no_source(name, any_is_known=bool(listed))
    if (closed := listed[name].closed) is not None:
        raise UnknownNameError(f"`{name}` is not followed: {closed.detail}; instead: {closed.instead}")


def refuse_unknown_source(engine: Engine, name: str) -> None:
    """Raise UnknownNameError for a name that no source has, followed, closed, retired or of imports."""
    with told_when_gone(engine), engine.connect() as connection:
        known = set(connection.scalars(select(SourceRow.id)))
    if name not in known:
        raise _no_source(name, any_is_known=bool(known))


def _no_source(name: str, *, any_is_known: bool) -> UnknownNameError:
    known = "`marsad sources` lists them" if any_is_known else "run `marsad seeds load`"
    return UnknownNameError(f"there is no source `{name}`: {known}")


def listed_sources(engine: Engine) -> tuple[Source, ...]:
    """Return all sources of the seeds, closed ones too, in the order of their ids."""
    asked = select(SourceRow.entry).where(is_listed()).order_by(SourceRow.id)
    with told_when_gone(engine), engine.connect() as connection:
        return tuple(source_of_entry(entry) for entry in connection.scalars(asked))


def due_sources(engine: Engine, now: datetime) -> frozenset[str]:
    """Return the ids of the sources to ask for news now: never asked, or last asked as long ago as their cadence says.

    A tenth of the cadence is forgiven, so that a source asked for every 15 minutes is due at each tick of 15 minutes.
    """
    with told_when_gone(engine), engine.connect() as connection:
        return frozenset(connection.scalars(DUE, {"now": now, "share": 0.9}))


def source_of_entry(entry: Mapping[str, Any]) -> Source:
    """Make the record again from the JSON it was kept as, by this version or an earlier one."""
    return Source(
        **{
            **entry,
            "hosts": tuple(entry["hosts"]),
            "searches": tuple(entry.get("searches", ())),
            "languages": tuple(Language(language) for language in entry["languages"]),
            "discovery": tuple(_discovery(way) for way in entry["discovery"]),
            "promise": Promise(**{**entry["promise"], "articles_a_day": tuple(entry["promise"]["articles_a_day"])}),
            "closed": _closure(entry["closed"]) if entry.get("closed") else None,
        }
    )


def _discovery(way: Mapping[str, Any]) -> Discovery:
    return Discovery(**{**way, "way": Way(way["way"]), "grounds": Grounds(way.get("grounds", Grounds.PROBED))})


def _closure(closed: Mapping[str, Any]) -> Closure:
    return Closure(**{**closed, "reason": ClosureReason(closed["reason"])})
