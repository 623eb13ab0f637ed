"""Names in the reader's language: of tags and register from the database, of events as letters write them."""

from __future__ import annotations

from typing import Protocol

from analysis.records import Direction, EventKind, Happening, Language, Told
from models.event_rows import participants_of
from models.questions.events import EventFacts
from models.questions.reports import when_of

_NEAREST = {
    Language.ARABIC: ("ar", "fr", "en", "es"),
    Language.FRENCH: ("fr", "en", "es", "ar"),
    Language.SPANISH: ("es", "fr", "en", "ar"),
    Language.ENGLISH: ("en", "fr", "es", "ar"),
}


class Named(Protocol):
    """What has a name in four languages."""

    @property
    def name_ar(self) -> str | None:
        """In Arabic."""

    @property
    def name_fr(self) -> str | None:
        """In French."""

    @property
    def name_es(self) -> str | None:
        """In Spanish."""

    @property
    def name_en(self) -> str | None:
        """In English."""


class Outlet(Protocol):
    """What names an outlet."""

    @property
    def outlet(self) -> str | None:
        """In Latin script."""

    @property
    def outlet_ar(self) -> str | None:
        """In Arabic script."""


def name_in(language: Language, named: Named, otherwise: str) -> str:
    """Return a name in the language, else in the nearest one that has any."""
    found = (getattr(named, f"name_{each}") for each in _NEAREST[language])
    return next((each for each in found if each), otherwise)


def outlet_in(language: Language, named: Outlet, otherwise: str = "") -> str:
    """Return the name of an outlet, in Arabic for readers of Arabic where it has one."""
    arabic = named.outlet_ar if language is Language.ARABIC else None
    return arabic or named.outlet or named.outlet_ar or otherwise


def happening_of(event: EventFacts) -> Happening:
    """Return an event as letters look at it."""
    return Happening(
        event_id=event.event,
        kind=EventKind(event.kind),
        direction=Direction(event.direction) if event.direction else None,
        told=Told(event.told),
        people=event.people,
        bodies=event.bodies,
        countries=event.countries,
        city=event.city,
        when=when_of(event),
        made_at=event.made_at,
        retracted_at=event.retracted_at,
        is_known=event.is_known,
        participants=participants_of(event.participants),
    )
