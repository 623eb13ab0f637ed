"""Tags of articles that people put right, and articles that are none of ours: what they said stands at each reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, select, text, update

from analysis.corrections import BY_HAND, fix_tags, put_together
from analysis.errors import UnknownNameError
from analysis.plain import plain_of, record_of
from analysis.records import Filing, NamedTag, Outcome, OutcomeKind, RejectionReason, TagFix
from models.findings import EventAction, ReportRow
from models.fingerprints import lock_placing
from models.hands import LAST_OF_ARTICLE, Hand, Line, refuse_overtaken, write_act
from models.kept import read_tags
from models.pages import PageRow
from models.refilings import set_aside, write_tags
from models.replacings import place_copies_again
from models.resolving import refresh
from models.searches import write_search
from models.version_chain import has_versions, link_versions, unlink_versions

# Of an article, and of what other versions of its page became.
FIXES = text("""
    SELECT event_log.done_by, event_log.facts -> 'is' AS said
    FROM pages AS page JOIN articles ON articles.page_id = page.id JOIN event_log ON event_log.article_id = articles.id
    WHERE page.url_hash = :url_hash AND event_log.action = 'tag' ORDER BY event_log.id
""")
ARTICLE = text("""
    SELECT articles.id, articles.title, articles.set_aside_at, articles.page_id, pages.url_hash
    FROM articles JOIN pages ON pages.id = articles.page_id WHERE articles.id = :article
""")
UNKNOWN = text("""
    SELECT kind || ':' || id FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[])) AS asked (kind, id)
    WHERE NOT EXISTS (SELECT FROM names WHERE names.kind = asked.kind AND names.id = asked.id)
""")


def as_people_fixed(
    connection: Connection, url_hash: bytes, outcome: Outcome, filing: Filing | None
) -> tuple[Outcome, Filing | None]:
    """Return what became of a page as people put it right: its tags, or that it is none of ours."""
    if filing is None:
        return outcome, None
    rows = connection.execute(FIXES, {"url_hash": url_hash}).all()
    fix = put_together(record_of(row.said, TagFix) for row in rows)
    if fix.relevant is False:
        why = f"{BY_HAND}: {rows[-1].done_by}"
        return replace(outcome, kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail=why), None
    return outcome, replace(filing, tags=fix_tags(filing.tags, fix, filing.article.title)) if rows else filing


def fix_article(connection: Connection, article_id: int, fix: TagFix, hand: Hand) -> Sequence[int]:
    """Write what a person says of an article and keep it in the log; return the events that may be otherwise."""
    article = connection.execute(ARTICLE, {"article": article_id}).first()
    if article is None:
        raise UnknownNameError(f"there is no article {article_id}: `marsad articles` lists them")
    refuse_overtaken(connection.execute(LAST_OF_ARTICLE, {"article": article_id}).first(), hand)
    _refuse_unknown(connection, fix.added)
    before = read_tags(connection, article_id)
    after = fix_tags(before, fix, article.title)
    if after == before and fix.relevant is None:
        return ()
    names = sorted({f"{each.kind}:{each.id}" for each in before})
    facts = {"was": {"tags": names}, "is": plain_of(fix), "rules": {"tags": names}}
    write_act(connection, Line(action=EventAction.TAG, article_id=article_id), hand, facts)
    told_of = {*connection.scalars(select(ReportRow.event_id).where(ReportRow.article_id == article_id))} - {None}
    if fix.relevant is None:
        write_tags(connection, article_id, after)
        write_search(connection, article_id)
    elif fix.relevant:
        _read_again(connection, article)
    elif article.set_aside_at is None:
        told_of |= _set_aside(connection, article, hand)
        refresh(connection, [each for each in told_of if each is not None])
    return sorted(each for each in told_of if each is not None)


def _refuse_unknown(connection: Connection, tags: Sequence[NamedTag]) -> None:
    asked = {"kinds": [each.kind for each in tags], "ids": [each.id for each in tags]}
    unknown = list(connection.scalars(UNKNOWN, asked))
    if unknown:
        raise UnknownNameError(f"the register has no {', '.join(unknown)}")


def _read_again(connection: Connection, article: Row[Any]) -> None:
    """Let the next replay read the page of an article again."""
    connection.execute(update(PageRow).where(PageRow.id == article.page_id).values(rules=BY_HAND))


def _set_aside(connection: Connection, article: Row[Any], hand: Hand) -> set[int | None]:
    """Let an article stand no more, as a replay does, and return the events that copies of it tell of."""
    lock_placing(connection)
    is_chain = has_versions(connection, article.url_hash)
    if is_chain:
        unlink_versions(connection, article.url_hash)
    set_aside(connection, article.id)
    rejected = {"outcome": OutcomeKind.REJECTED, "reason": RejectionReason.OFF_TOPIC, "outcome_at": func.now()}
    settled = update(PageRow).where(PageRow.id == article.page_id)
    connection.execute(settled.values(**rejected, detail=f"{BY_HAND}: {hand.name}"))
    if is_chain:
        link_versions(connection, article.url_hash)
    copies = place_copies_again(connection, article.id)
    told = select(ReportRow.event_id).where(ReportRow.article_id.in_(copies))
    return {*connection.scalars(told)}
