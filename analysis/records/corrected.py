"""What people put right: the facts of an event as somebody fixed them, and the tags of an article."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records.happened import Direction, EventKind, When
from analysis.records.said import TagKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The facts of an event that a person can fix, as in `Event`."""

    kind: EventKind
    direction: Direction | None
    when: When | None
    city: str | None
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedTag:
    """A tag by its name alone, wherever it stands."""

    kind: TagKind
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TagFix:
    """Tags of an article that a person added and took away; `relevant` is None unless he or she judged that too."""

    added: tuple[NamedTag, ...] = ()
    removed: tuple[NamedTag, ...] = ()
    relevant: bool | None = None
