"""An article written again as today's rules read it: it keeps its number, its story, and the reports it still tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, null, select, update

from analysis.differences import identity
from analysis.gists import find_terms
from analysis.records import Filing, KnownText, Placement, Report, Tag
from models.articles import ArticleRow
from models.event_rows import report_of_row
from models.filings import row_of_article, row_of_placement, row_of_report, row_of_tag
from models.findings import ReportRow, TagRow
from models.fingerprints import forget_fingerprint, keep_fingerprint
from models.searches import write_search
from models.story_rows import forget_gist, refresh_story, renew_gist

NO_COPY = row_of_placement(Placement())


def refile(connection: Connection, article: Row[Any], filing: Filing) -> None:
    """Write over an article what is found in it today; one that was set aside stands again."""
    wanted = {
        "words": filing.fingerprint.words,
        "score": filing.judgement.score,
        "because": list(filing.judgement.because),
        "is_current": True,
        "set_aside_at": None,
        **row_of_article(filing.article),
        **row_of_placement(filing.placement),
    }
    is_dated_anew = article.published_on != wanted["published_on"]
    if any(getattr(article, name) != value for name, value in wanted.items()):
        connection.execute(update(ArticleRow).where(ArticleRow.id == article.id).values(wanted))
    refresh_story(connection, article.story_id)
    keep_fingerprint(connection, KnownText.article(article.id), filing.fingerprint, filing.placement.copy_of)
    write_tags(connection, article.id, filing.tags)
    write_search(connection, article.id)
    write_reports(connection, article.id, filing.reports, is_dated_anew=is_dated_anew)
    renew_gist(connection, article.id, find_terms(filing.article, filing.tags, filing.reports))


def set_aside(connection: Connection, article_id: int) -> None:
    """Let an article stand no more: its row stays, with its text; what makes it known and what it told goes."""
    gone = {"set_aside_at": func.now(), "is_current": False, "revises_id": None, "change": null(), **NO_COPY}
    aside = update(ArticleRow).where(ArticleRow.id == article_id).values(gone).returning(ArticleRow.story_id)
    refresh_story(connection, connection.scalars(aside).one())
    forget_gist(connection, article_id)
    forget_fingerprint(connection, KnownText.article(article_id))
    for table in (TagRow, ReportRow):
        connection.execute(delete(table).where(table.article_id == article_id))


def write_tags(connection: Connection, article_id: int, tags: Collection[Tag]) -> None:
    """Write the tags of an article, if others are kept."""
    wanted = [row_of_tag(tag, article_id) for tag in tags]
    kept = connection.execute(select(TagRow.__table__).where(TagRow.article_id == article_id)).mappings()
    if _as_set(map(dict, kept)) == _as_set(wanted):
        return
    connection.execute(delete(TagRow).where(TagRow.article_id == article_id))
    if wanted:
        connection.execute(insert(TagRow), wanted)


def write_reports(
    connection: Connection, article_id: int, reports: Sequence[Report], *, is_dated_anew: bool = False
) -> None:
    """Write the reports of an article; one that says the same as before keeps its row, and with it its event.

    One without days says another thing on another day of telling.
    """
    kept = connection.execute(select(ReportRow.__table__).where(ReportRow.article_id == article_id)).all()
    if not is_dated_anew and [report_of_row(row) for row in sorted(kept, key=_position)] == [*reports]:
        return
    left = defaultdict[Hashable, list[int]](list)
    for row in sorted(kept, key=_position, reverse=True):
        if row.first_on is not None or not is_dated_anew:
            left[identity(report_of_row(row))].append(row.id)
    staying = [(left[key].pop() if left[key := identity(each)] else None) for each in reports]
    gone = {row.id for row in kept} - {*staying}
    connection.execute(delete(ReportRow).where(ReportRow.id.in_(gone)))
    # no two rows may have one place, not even for a moment
    moved = update(ReportRow).where(ReportRow.article_id == article_id).values(position=-1 - ReportRow.position)
    connection.execute(moved)
    for position, (report, row_id) in enumerate(zip(reports, staying, strict=True)):
        values = row_of_report(report, article_id, position)
        written = insert(ReportRow) if row_id is None else update(ReportRow).where(ReportRow.id == row_id)
        connection.execute(written.values(values))


def _position(row: Row[Any]) -> int:
    return int(row.position)


def _as_set(rows: Iterable[Mapping[str, object]]) -> set[frozenset[tuple[str, object]]]:
    return {frozenset(row.items()) for row in rows}
