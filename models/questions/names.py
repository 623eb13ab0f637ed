"""People, bodies and countries, and how much is told of each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from models.desk import Desk
from models.questions.articles import FoundArticle, newest_articles
from models.questions.events import EventFacts, list_events
from models.questions.filters import EventFilters, NameFilters

# Counted from events and from the words that articles are searched by, never name by name.
NAMES = text("""
    SELECT names.kind, names.id, names.name_ar, names.name_fr, names.name_es, names.name_en, names.country, names.role,
        coalesce(told.events, 0) AS events
    FROM analyst.names
    LEFT JOIN (
        SELECT named, count(*) AS events FROM (
            SELECT unnest(CASE :kind WHEN 'person' THEN people WHEN 'body' THEN bodies ELSE countries END) AS named
            FROM analyst.events WHERE retracted_at IS NULL
        ) AS each GROUP BY named
    ) AS told ON told.named = names.id
    WHERE names.kind = :kind AND (CAST(:q AS text) IS NULL OR EXISTS (
        SELECT FROM unnest(names.spellings) AS spelling WHERE strpos(spelling, canonical(:q)) > 0))
        AND (CAST(:after AS bigint) IS NULL OR coalesce(told.events, 0) < :after
            OR (coalesce(told.events, 0) = :after AND names.id > :beyond))
    ORDER BY events DESC, names.id LIMIT :most
""")
ONE = text("""
    SELECT kind, id, name_ar, name_fr, name_es, name_en, country, role, spellings FROM analyst.names
    WHERE kind = :kind AND id = :id
""")
CHOICES = text("""
    SELECT kind, id, name_ar, name_fr, name_es, name_en, country, role FROM analyst.names WHERE kind = :kind ORDER BY id
""")
EVENTS_SHOWN, ARTICLES_SHOWN = 30, 12


@dataclass(frozen=True, kw_only=True, slots=True)
class NameFacts:
    """Who or what is in the register, with how many events there are."""

    kind: str
    id: str
    name_ar: str | None
    name_fr: str | None
    name_es: str | None
    name_en: str | None
    country: str | None
    role: str | None
    events: int | None = None
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeName:
    """A name with its last events and newest articles."""

    name: NameFacts
    events: tuple[EventFacts, ...]
    articles: tuple[FoundArticle, ...]


def list_names(desk: Desk, kind: str, wanted: NameFilters) -> tuple[NameFacts, ...]:
    """List the names of a kind (person, body, country), those with most events first."""
    return desk.all(NameFacts, NAMES, {**wanted.model_dump(), "kind": kind})


def name_choices(desk: Desk, kind: str) -> tuple[NameFacts, ...]:
    """List every name of a kind, to choose from."""
    return desk.all(NameFacts, CHOICES, {"kind": kind})


def read_name(desk: Desk, kind: str, name: str) -> NameFacts | None:
    """Read one name; None where the register has none such."""
    return desk.one(NameFacts, ONE, {"kind": kind, "id": name})


def read_whole_name(desk: Desk, kind: str, name: str) -> WholeName | None:
    """Read a name with what is told of it; None where the register has none such."""
    named = read_name(desk, kind, name)
    if named is None:
        return None
    wanted = EventFilters.model_validate({kind: name, "most": EVENTS_SHOWN})
    return WholeName(
        name=named, events=list_events(desk, wanted), articles=newest_articles(desk, ARTICLES_SHOWN, kind, name)
    )
