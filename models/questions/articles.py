"""Articles: found by words and names, and one whole with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from models.desk import Desk
from models.questions.filters import SearchFilters

FIND = text("""
    SELECT found.article, found.told_on, found.source_name AS source, sources.name AS outlet,
        sources.name_ar AS outlet_ar, found.written_in AS language, left(found.title, 1000) AS title, found.url,
        found.story, found.copy_kind, analyst.headline(:q, found.article, 40) AS headline
    FROM analyst.find(:q, since => :since, until => :until, language => :language, source => :source, theme => :theme,
        country => :country, most => :most, newest => :newest) WITH ORDINALITY AS found
    LEFT JOIN analyst.sources ON sources.source = found.source_name
    ORDER BY found.ordinality
""")
LISTED = """
    SELECT near.article, near.told_on, articles.source, sources.name AS outlet, sources.name_ar AS outlet_ar,
        articles.language, left(articles.title, 1000) AS title, articles.url, articles.story, articles.copy_kind,
        left(articles.text, 240) AS headline
    FROM ({near}) AS near
    JOIN analyst.articles USING (article)
    JOIN analyst.sources ON sources.source = articles.source
    ORDER BY near.told_on DESC, near.article DESC
"""
CHOSEN = text(
    LISTED.format(
        near="""
        SELECT * FROM analyst.newest(
            CAST((SELECT string_agg(quote_literal(m), ' & ') FROM unnest(CAST(:marks AS text[])) AS m) AS tsquery),
            since => :since, until => :until, most => :most
        )
    """
    )
)
WITHIN = text(
    LISTED.format(
        near="""
        SELECT article, told_on FROM analyst.searches
        WHERE (CAST(:since AS date) IS NULL OR told_on >= :since)
            AND (CAST(:until AS date) IS NULL OR told_on <= :until)
        ORDER BY told_on DESC, article DESC LIMIT :most
    """
    )
)
NEWEST = text(
    LISTED.format(near="SELECT article, told_on FROM analyst.searches ORDER BY told_on DESC, article DESC LIMIT :most")
)
NEWEST_OF = text(
    LISTED.format(
        near="SELECT * FROM analyst.newest(CAST(quote_literal(:kind || ':' || :id) AS tsquery), most => :most)"
    )
)
ONE = text("""
    SELECT articles.article, articles.source, sources.name AS outlet, sources.name_ar AS outlet_ar, articles.story,
        articles.language, articles.title, articles.subtitle, substr(articles.text, :begin + 1, :most) AS text,
        length(articles.text) AS length, articles.author, articles.section, articles.url, articles.published_on,
        articles.published_sure, articles.told_on, articles.fetched_at, articles.words, articles.score,
        articles.because, articles.copy_kind, articles.copy_share, articles.copy_of, articles.copy_of_seed
    FROM analyst.articles JOIN analyst.sources ON sources.source = articles.source
    WHERE articles.article = :article
""")
TAGS = text("""
    SELECT kind, tag, name_ar, name_fr, name_es, name_en, surfaces, times FROM analyst.tags
    WHERE article = :article ORDER BY kind, times DESC, tag
""")
PLACES = text("""
    SELECT kind, tag, field, span_start, span_end, because FROM analyst.tag_places
    WHERE article = :article AND (field = 'title' OR (span_end > :begin AND span_start < :begin + :most))
    ORDER BY field, span_start LIMIT 2000
""")
SAID = text("""
    SELECT event, report, kind, told, field, span_start, span_end, evidence FROM analyst.event_reports
    WHERE article = :article ORDER BY field DESC, span_start
""")
PART = 20_000
"""So many characters of a text are shown at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundArticle:
    """An article in a list; `headline` is where it answers, what answers in ⟦so⟧."""

    article: int
    told_on: date
    source: str
    outlet: str | None
    outlet_ar: str | None
    language: str
    title: str
    url: str
    story: int | None
    copy_kind: str | None
    headline: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleFacts:
    """An article; `text` is a part of it, which is `length` characters long."""

    article: int
    source: str
    outlet: str
    outlet_ar: str | None
    story: int | None
    language: str
    title: str
    subtitle: str | None
    text: str
    length: int
    author: str | None
    section: str | None
    url: str
    published_on: date | None
    published_sure: str | None
    told_on: date
    fetched_at: datetime
    words: int
    score: float
    because: tuple[str, ...]
    copy_kind: str | None
    copy_share: float | None
    copy_of: int | None
    copy_of_seed: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TagFacts:
    """A tag of an article, with its names and the words that stand there."""

    kind: str
    tag: str
    name_ar: str | None
    name_fr: str | None
    name_es: str | None
    name_en: str | None
    surfaces: tuple[str, ...]
    times: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TagPlace:
    """Where a tag stands."""

    kind: str
    tag: str
    field: str
    span_start: int
    span_end: int
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What the article says happened, and where."""

    event: int | None
    report: int
    kind: str
    told: str
    field: str
    span_start: int
    span_end: int
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeArticle:
    """An article with its tags and reports."""

    article: ArticleFacts
    tags: tuple[TagFacts, ...]
    places: tuple[TagPlace, ...]
    reports: tuple[Said, ...]


def search(desk: Desk, wanted: SearchFilters) -> tuple[FoundArticle, ...]:
    """Find articles by a question; without one the newest of those that are asked for."""
    asked = wanted.model_dump()
    if wanted.q is not None:
        return desk.all(FoundArticle, FIND, asked)
    names = ("language", "source", "theme", "country")
    marks = [f"{name}:{asked[name]}" for name in names if asked[name] is not None]
    return desk.all(FoundArticle, CHOSEN if marks else WITHIN, {**asked, "marks": marks})


def newest_articles(
    desk: Desk, most: int, kind: str | None = None, name: str | None = None
) -> tuple[FoundArticle, ...]:
    """List the newest articles, of a tag if one is given."""
    if kind is None:
        return desk.all(FoundArticle, NEWEST, {"most": most})
    return desk.all(FoundArticle, NEWEST_OF, {"kind": kind, "id": name, "most": most})


def read_article(desk: Desk, number: int, begin: int = 0) -> WholeArticle | None:
    """Read an article from a character on; None where there is none of this number."""
    asked = {"article": number, "begin": begin, "most": PART}
    article = desk.one(ArticleFacts, ONE, asked)
    if article is None:
        return None
    return WholeArticle(
        article=article,
        tags=desk.all(TagFacts, TAGS, asked),
        places=desk.all(TagPlace, PLACES, asked),
        reports=desk.all(Said, SAID, asked),
    )
