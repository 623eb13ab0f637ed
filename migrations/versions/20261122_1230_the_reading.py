"""What more is read of an article, and the canonical form of Arabic as a function."""

from __future__ import annotations

from alembic import op

revision = "20261122_1230"
down_revision = "20261122_1220"
branch_labels = None
depends_on = None

SAID = """
ALTER TABLE articles ADD COLUMN subtitle text;
ALTER TABLE articles ADD COLUMN section text;
ALTER TABLE articles ADD COLUMN image text;
ALTER TABLE articles ADD COLUMN outlet_tags text[] DEFAULT '{}' NOT NULL;
COMMENT ON COLUMN articles.section IS 'the part of the outlet it stands in, as the page names it';
COMMENT ON COLUMN articles.image IS 'address of the picture the page shows of it';
COMMENT ON COLUMN articles.outlet_tags IS 'the outlet''s own words for what it is about';
"""

NOT_SAID = """
ALTER TABLE articles DROP COLUMN outlet_tags;
ALTER TABLE articles DROP COLUMN image;
ALTER TABLE articles DROP COLUMN section;
ALTER TABLE articles DROP COLUMN subtitle;
"""


def upgrade() -> None:
    """Add them."""
    op.execute(SAID)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute(NOT_SAID)
