"""One article with all that was found in it, as rows: its story, fingerprint, tags and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from analysis.plain import plain_of
from analysis.records import Article, Filing, KnownText, Placement, Report, Revision, Span, Tag
from analysis.refrains import lessons
from models.articles import ArticleRow, StoryRow
from models.findings import ReportRow, TagRow
from models.fingerprints import WRITTEN, WRITTEN_TYPES, find_fingerprint, fingerprint_of_row, values_of
from models.prepared import Prepared
from models.refrains import SEE, SEE_TYPES, values_to_see
from models.searches import write_search
from models.story_rows import refresh_story

KNOW = Prepared(name="know_again", types={**WRITTEN_TYPES, **SEE_TYPES}, sql=WRITTEN + SEE)
"""All by which an article is known again, in one statement."""


def write_filing(connection: Connection, page_id: int, fetched_on: date, filing: Filing) -> int:
    """Write an article with all that was found in it, and return its number."""
    article, placement = filing.article, filing.placement
    started_on = article.published.on if article.published else fetched_on
    story_id = _story(connection, filing, started_on)
    columns = {"page_id": page_id, "story_id": story_id, "words": filing.fingerprint.words}
    judged = {"score": filing.judgement.score, "because": list(filing.judgement.because)}
    stands = {**row_of_placement(placement), **row_of_revision(filing.revision)}
    values = {**columns, **judged, **row_of_article(article), **stands}
    article_id = connection.execute(insert(ArticleRow).values(values).returning(ArticleRow.id)).scalar_one()
    if filing.revision is not None:
        former = ArticleRow.id == filing.revision.article_id
        connection.execute(update(ArticleRow).where(former).values(is_current=False))
    refresh_story(connection, story_id)
    know_again(connection, article_id, filing, started_on)
    if filing.tags:
        connection.execute(insert(TagRow), [row_of_tag(tag, article_id) for tag in filing.tags])
    if filing.reports:
        rows = [row_of_report(each, article_id, position) for position, each in enumerate(filing.reports)]
        connection.execute(insert(ReportRow), rows)
    write_search(connection, article_id)
    return article_id


def know_again(connection: Connection, article_id: int, filing: Filing, told_on: date) -> None:
    """Keep by what an article is known again, and, but for one that its page printed before, what it teaches."""
    article, name = filing.article, filing.placement.copy_of
    row = None if name is None else find_fingerprint(connection, name)
    original = None if row is None else fingerprint_of_row(row)
    taught: Sequence[int] = ()
    if filing.revision is None:
        is_own = row is not None and row.source_id == article.source_id
        taught = lessons(article.text, original, is_own=is_own)
    known = values_of(KnownText.article(article_id), filing.fingerprint, original)
    KNOW.execute(connection, {**known, **values_to_see(article, taught, told_on)})


def _story(connection: Connection, filing: Filing, started_on: date) -> int:
    """Return the story of what an article revises, or of the original of a copy or its other copies, else a new one."""
    original = filing.placement.copy_of
    told = None
    if filing.revision is not None:
        told = ArticleRow.id == filing.revision.article_id
    elif original is not None and original.article_id is not None:
        told = ArticleRow.id == original.article_id
    elif original is not None:
        told = ArticleRow.copy_of_seed_id == original.seed_id
    known = None if told is None else connection.scalar(select(func.min(ArticleRow.story_id)).where(told))
    if known is not None:
        return known
    made = insert(StoryRow).values(started_on=started_on, last_on=started_on).returning(StoryRow.id)
    return connection.execute(made).scalar_one()


def row_of_article(article: Article) -> dict[str, Any]:
    """Return the columns that say what the page says."""
    published = article.published
    return {
        "source_id": article.source_id,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "author": article.author,
        "subtitle": article.subtitle,
        "section": article.section,
        "image": article.image,
        "outlet_tags": list(article.outlet_tags),
        "published_on": published and published.on,
        "published_at": published and published.at,
        "published_basis": published and published.basis,
        "published_sure": published and published.sure,
        "published_doubt": published.doubt if published else "",
        "undated_because": article.undated_because,
    }


def row_of_placement(placement: Placement) -> dict[str, Any]:
    """Return the columns that say of what an article is a copy."""
    original = placement.copy_of
    return {
        "copy_of_article_id": original and original.article_id,
        "copy_of_seed_id": original and original.seed_id,
        "copy_kind": placement.kind,
        "copy_share": placement.share,
    }


def row_of_revision(revision: Revision | None) -> dict[str, Any]:
    """Return the columns that say what an article revises."""
    return {} if revision is None else {"revises_id": revision.article_id, "change": asdict(revision.change)}


def row_of_tag(tag: Tag, article_id: int) -> dict[str, Any]:
    """Return the columns of a tag."""
    return {
        "article_id": article_id,
        "kind": tag.kind,
        "tag_id": tag.id,
        "surface": tag.surface,
        "because": tag.because,
        **row_of_span(tag.span),
    }


def row_of_report(report: Report, article_id: int, position: int) -> dict[str, Any]:
    """Return the columns of a report, which has met no event yet."""
    return {
        "article_id": article_id,
        "position": position,
        "kind": report.kind,
        "direction": report.direction,
        "told": report.told,
        "people": list(report.people),
        "bodies": list(report.bodies),
        "countries": list(report.countries),
        "city": report.city,
        "first_on": report.when and report.when.first,
        "last_on": report.when and report.when.last,
        "precision": report.when and report.when.precision,
        "evidence": report.evidence,
        "rule": report.rule,
        "participants": plain_of(report.participants),
        **row_of_span(report.span),
    }


def row_of_span(span: Span) -> dict[str, Any]:
    """Return the columns of a place in an article."""
    return {"field": span.field, "span_start": span.start, "span_end": span.end}
