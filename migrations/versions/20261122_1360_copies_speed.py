"""Of each text its words are kept, in whatever order: a dispatch is known though its sentences were recast."""

from __future__ import annotations

from alembic import op

revision = "20261122_1360"
down_revision = "20261122_1350"
branch_labels = None
depends_on = None

WORDING = """
ALTER TABLE fingerprints ADD COLUMN wording bytea NOT NULL DEFAULT '';
COMMENT ON COLUMN fingerprints.wording IS 'hashes of the longer words and of figures, 16 bits each, big-endian, sorted';
"""


def upgrade() -> None:
    """Make the column; what was filed before keeps no words until it is read again."""
    op.execute(WORDING)


def downgrade() -> None:
    """Remove it."""
    op.execute("ALTER TABLE fingerprints DROP COLUMN wording")
