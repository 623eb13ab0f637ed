"""Lists read what they show: stories by their last day, coverage by its day; what answers is marked ⟦so⟧."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "20261122_1350"
down_revision = "20261122_1340"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"

# A day of a moment is immutable, and so can be indexed, in a zone that is named only; the column says UTC all along.
DAYS = """
CREATE INDEX ix_stories_last_on ON stories (last_on, id) WHERE merged_into_id IS NULL;
CREATE INDEX ix_visits_day ON visits (CAST(visited_at AT TIME ZONE 'UTC' AS date), source_id);
"""
COVERAGE = """
CREATE OR REPLACE VIEW analyst.coverage AS
SELECT visits.source_id AS source, {day} AS day,
    count(*) FILTER (WHERE visits.way IS NOT NULL) AS asked,
    count(*) FILTER (WHERE visits.way IS NOT NULL AND visits.status BETWEEN 200 AND 399) AS answered,
    count(visits.page_id) AS pages,
    count(*) FILTER (WHERE pages.outcome = 'filed') AS articles,
    count(*) FILTER (WHERE pages.outcome = 'copy') AS copies,
    count(*) FILTER (WHERE pages.outcome = 'rejected') AS rejected,
    count(*) FILTER (WHERE pages.outcome = 'failed') AS failed
FROM visits LEFT JOIN pages ON pages.id = visits.page_id
GROUP BY visits.source_id, {day};
"""
UTC_DAY = "CAST(visits.visited_at AT TIME ZONE 'UTC' AS date)"
DAY_BEFORE = "visits.visited_at::date"


def upgrade() -> None:
    """Make the indexes, and let the views use them."""
    op.execute(DAYS)
    op.execute(COVERAGE.format(day=UTC_DAY))
    op.execute(_headline("⟦", "⟧"))


def downgrade() -> None:
    """Mark with the quotation marks of the press again, and sort as before."""
    op.execute(_headline("«", "»"))
    op.execute(COVERAGE.format(day=DAY_BEFORE))
    op.execute("DROP INDEX ix_visits_day, ix_stories_last_on")


def _headline(opens: str, closes: str) -> str:
    written = (SQL / f"{revision}_headline.sql").read_text(encoding="utf-8")
    return written.replace("<opens>", opens).replace("<closes>", closes)
