"""The frontier: addresses waiting to be asked for, how each way of discovery stands, and robots.txt files."""

from __future__ import annotations

from alembic import op

revision = "20261122_1200"
down_revision = "20261122_0910"
branch_labels = None
depends_on = None

WAYS = """
ALTER TABLE visits DROP CONSTRAINT ck_visits_way;
ALTER TABLE visits ADD CONSTRAINT ck_visits_way CHECK (way IN ('feed', 'sitemap', 'listing', 'wordpress'));
"""

NO_WAYS = """
DELETE FROM visits WHERE way = 'wordpress';
ALTER TABLE visits DROP CONSTRAINT ck_visits_way;
ALTER TABLE visits ADD CONSTRAINT ck_visits_way CHECK (way IN ('feed', 'sitemap', 'listing'));
"""


def upgrade() -> None:
    """Make the tables of the fetch."""
    op.execute(WAYS)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute(NO_WAYS)
