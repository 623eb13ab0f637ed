"""Sources: how each stands, and what came of asking it on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text

from models.desk import Desk
from models.questions.articles import FoundArticle, newest_articles

HEALTH = text("""
    SELECT health.source, health.name AS outlet, sources.name_ar AS outlet_ar, sources.country, sources.home,
        health.tier, health.health, health.since, health.trouble, health.trouble_seen, health.trouble_since,
        health.advice
    FROM analyst.source_health AS health JOIN analyst.sources USING (source)
    ORDER BY array_position(ARRAY['failing', 'silent', 'wavering', 'untried', 'healthy'], health.health), health.tier,
        health.source
""")
DAYS = text("""
    SELECT source, day, asked, answered, pages, articles, copies, rejected, failed FROM analyst.coverage
    WHERE day BETWEEN CAST(:first AS date) AND CAST(:last AS date)
        AND (CAST(:source AS text) IS NULL OR source = :source)
    ORDER BY source, day
""")
ONE = text("""
    SELECT source, name AS outlet, name_ar AS outlet_ar, country, home, kind, tier, languages, is_followed
    FROM analyst.sources WHERE source = :source
""")
CHOICES = text("""
    SELECT source, name AS outlet, name_ar AS outlet_ar, country, home, kind, tier, languages, is_followed
    FROM analyst.sources WHERE is_followed ORDER BY tier, name
""")
DAYS_SHOWN, ARTICLES_SHOWN = 60, 12


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceHealth:
    """How a followed source stands, and the gravest of its troubles."""

    source: str
    outlet: str
    outlet_ar: str | None
    country: str
    home: str
    tier: int
    health: str
    since: datetime | None
    trouble: str | None
    trouble_seen: str | None
    trouble_since: datetime | None
    advice: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceDay:
    """What came of asking a source on one day, UTC."""

    source: str
    day: date
    asked: int
    answered: int
    pages: int
    articles: int
    copies: int
    rejected: int
    failed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFacts:
    """An outlet that marsad knows."""

    source: str
    outlet: str
    outlet_ar: str | None
    country: str
    home: str
    kind: str
    tier: int
    languages: tuple[str, ...]
    is_followed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeSource:
    """An outlet with how it stands, if it is followed, its last days, the last first, and its newest articles."""

    source: SourceFacts
    stands: SourceHealth | None
    days: tuple[SourceDay, ...]
    articles: tuple[FoundArticle, ...]


def list_health(desk: Desk) -> tuple[SourceHealth, ...]:
    """List the followed sources, those in trouble first."""
    return desk.all(SourceHealth, HEALTH)


def list_days(desk: Desk, first: date, last: date, source: str | None = None) -> tuple[SourceDay, ...]:
    """List what came of asking, for each source and day on which it was asked."""
    return desk.all(SourceDay, DAYS, {"first": first, "last": last, "source": source})


def list_sources(desk: Desk) -> tuple[SourceFacts, ...]:
    """List the followed sources, the core of the topic first."""
    return desk.all(SourceFacts, CHOICES)


def read_source(desk: Desk, source: str) -> SourceFacts | None:
    """Read one source; None where there is none such."""
    return desk.one(SourceFacts, ONE, {"source": source})


def read_whole_source(desk: Desk, source: str, today: date) -> WholeSource | None:
    """Read a source with its days until today; None where there is none such."""
    found = read_source(desk, source)
    if found is None:
        return None
    return WholeSource(
        source=found,
        stands=next((each for each in list_health(desk) if each.source == source), None),
        days=list_days(desk, today - timedelta(days=DAYS_SHOWN), today, source)[::-1],
        articles=newest_articles(desk, ARTICLES_SHOWN, "source", source),
    )
