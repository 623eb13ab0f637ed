"""Of each way is kept how many entries its last answer named and how far back, for answers that say nothing new."""

from __future__ import annotations

from alembic import op

revision = "20261122_1440"
down_revision = "20261122_1430"
branch_labels = None
depends_on = None

PLACES = """
ALTER TABLE ways ADD COLUMN oldest_at timestamp with time zone;
ALTER TABLE ways ADD COLUMN entries integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN ways.oldest_at IS 'the earliest date of an entry there';
COMMENT ON COLUMN ways.entries IS 'how many it named; short lists run over';
"""


def upgrade() -> None:
    """Make the columns; a way fills them when it is read next."""
    op.execute(PLACES)


def downgrade() -> None:
    """Remove them."""
    op.execute("ALTER TABLE ways DROP COLUMN entries, DROP COLUMN oldest_at")
