"""Where people put what articles tell: events they took apart stay two, and those they made one stay one."""

from __future__ import annotations

from sqlalchemy import Connection, TextClause, text

from analysis.events import Resolution
from analysis.records import Account

# Two events that a person took apart stay two, and what their articles tell stays where it was put.
TAKEN_APART = text("""
    SELECT event_id AS one, (facts ->> 'from')::bigint AS other FROM event_log
    WHERE action = 'split' AND done_by <> 'rule'
""")

PUT_BY_HAND = text("""
    SELECT coalesce(events.merged_into_id, events.id)
    FROM event_log
    JOIN events ON events.id = CASE
        WHEN facts -> 'moved' @> to_jsonb(CAST(:article AS bigint)) THEN event_log.event_id
        WHEN facts -> 'stayed' @> to_jsonb(CAST(:article AS bigint)) THEN (facts ->> 'from')::bigint
    END
    WHERE action = 'split' AND done_by <> 'rule'
        AND kind = :kind AND (countries && CAST(:countries AS text[]) OR bodies && CAST(:bodies AS text[]))
    ORDER BY event_log.id DESC LIMIT 1
""")

# What told of two events that a person made one tells of that one, where no rule finds another for it.
MERGED_BY_HAND = text("""
    SELECT coalesce(events.merged_into_id, events.id)
    FROM event_log JOIN events ON events.id = (facts ->> 'into')::bigint
    WHERE action = 'merge' AND done_by <> 'rule' AND facts -> 'articles' @> to_jsonb(CAST(:article AS bigint))
        AND kind = :kind AND (countries && CAST(:countries AS text[]) OR bodies && CAST(:bodies AS text[]))
    ORDER BY event_log.id DESC LIMIT 1
""")


def asked_of_hands(
    connection: Connection, question: TextClause, account: Account, article_id: int | None
) -> int | None:
    """Return the event where a person put what an article tells of this kind and side."""
    report = account.report
    asked = {"kind": report.kind, "countries": list(report.countries), "bodies": list(report.bodies)}
    return connection.scalar(question, {**asked, "article": article_id}) if article_id is not None else None


def not_taken_apart(connection: Connection, found: Resolution[int]) -> list[int]:
    """Return the events that prove to be one with another, but for those that people took apart."""
    apart = {frozenset((row.one, row.other)) for row in connection.execute(TAKEN_APART)} if found.merged else set()
    return [each for each in found.merged if {found.key, each} not in apart]
