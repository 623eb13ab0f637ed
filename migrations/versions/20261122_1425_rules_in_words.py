"""Analysts see what rules ask for and where stories went; what is searched follows its article by itself."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "20261122_1425"
down_revision = "20261122_1420"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"

FORMER = """
DELETE FROM searches USING articles WHERE articles.id = searches.article_id AND NOT articles.is_current;
"""
DOWN = """
DROP VIEW analyst.alert_rules, analyst.merged_stories;
DROP TRIGGER keep_search ON articles;
DROP FUNCTION keep_search();
"""
# Written by their own words again, as every version of a page was before.
BACK = """
SELECT write_search(id) FROM articles WHERE NOT is_current;
DROP FUNCTION write_search(bigint);
"""


def upgrade() -> None:
    """Make the view, then let the table of what is searched be written by functions and a trigger."""
    for name in ("rules", "searches"):
        op.execute((SQL / f"{revision}_{name}.sql").read_text(encoding="utf-8"))
    op.execute(FORMER)


def downgrade() -> None:
    """Remove them; former versions are searched again."""
    op.execute(DOWN)
    op.execute(BACK)
