"""The sources of the seeds, read back from their rows as they were loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from analysis.cadence import is_source_due, known_as
from analysis.errors import UnknownNameError
from analysis.hosts import home_hosts, host_of
from analysis.records import Closure, ClosureReason, Discovery, Grounds, Language, Promise, Rhythm, Source, Way
from models.database import told_when_gone
from models.frontier_queries import find_rests, find_rhythms, find_sources_with_news
from models.seeds import SourceRow, is_listed


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
    """Return the ids of the sources to ask now: the first of their ways that works is due, or an address of theirs.

    What is on a host that wants to be left alone is not due before it does not.
    """
    with told_when_gone(engine), engine.connect() as connection:
        rhythms = {(rhythm.source_id, rhythm.url): rhythm for rhythm in find_rhythms(connection)}
        with_news = find_sources_with_news(connection, now)
        resting = {rest.host for rest in find_rests(connection) if rest.until > now}
    return frozenset(
        source.id
        for source in followed_sources(engine)
        if (source.id in with_news and not home_hosts(source) <= resting)
        or is_source_due(_ways(source, rhythms, resting), now)
    )


def _ways(
    source: Source, rhythms: Mapping[tuple[str, str], Rhythm], resting: Collection[str]
) -> list[list[Rhythm | None]]:
    ways = (known_as(source, discovery) for discovery in source.discovery)
    return [[rhythms.get((source.id, url)) for url in urls if host_of(url) not in resting] for urls in ways]


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
