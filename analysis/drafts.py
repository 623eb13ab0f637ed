"""What one scene tells, before it is known how it is told and when."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.cues import FoundCue
from analysis.presences import Presence
from analysis.records import Direction, EventKind, TagKind


@dataclass(frozen=True, slots=True)
class Draft:
    """What a scene tells; `spoken_of` is what it only names and does not tell as done."""

    kind: EventKind
    direction: Direction | None
    countries: tuple[str, ...]
    city: str | None
    cue: FoundCue
    rule: str
    spoken_of: bool = False


def visit(
    cue: FoundCue, direction: Direction, countries: tuple[str, ...], city: str | None, *, spoken_of: bool
) -> Draft:
    """Draft a visit, whose rule is the role of its cue."""
    return Draft(EventKind.VISIT, direction, countries, city, cue, cue.term.role.value, spoken_of)


def city_of(place: Presence) -> str | None:
    """Return the city a presence names, if it is one."""
    return place.id if place.kind is TagKind.PLACE else None
