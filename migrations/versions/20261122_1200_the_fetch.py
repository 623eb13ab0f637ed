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

STATES = """
ALTER TABLE visits DROP CONSTRAINT ck_visits_state;
ALTER TABLE visits ADD CONSTRAINT ck_visits_state CHECK (state IN ('fetched', 'not_modified', 'robots_forbid',
    'http_error', 'timed_out', 'unreachable', 'bad_certificate', 'private_address', 'redirect_loop', 'off_host',
    'too_large', 'unreadable'));
"""

NO_STATES = """
UPDATE visits SET state = 'unreachable' WHERE state IN ('bad_certificate', 'private_address');
ALTER TABLE visits DROP CONSTRAINT ck_visits_state;
ALTER TABLE visits ADD CONSTRAINT ck_visits_state CHECK (state IN ('fetched', 'not_modified', 'robots_forbid',
    'http_error', 'timed_out', 'unreachable', 'redirect_loop', 'off_host', 'too_large', 'unreadable'));
"""


def upgrade() -> None:
    """Make the tables of the fetch."""
    op.execute(STATES)
    op.execute(WAYS)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute(NO_STATES)
    op.execute(NO_WAYS)
