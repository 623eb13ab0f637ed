"""What more is read of an article, and the canonical form of Arabic as a function."""

from __future__ import annotations

revision = "20261122_1230"
down_revision = "20261122_1220"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""


def downgrade() -> None:
    """Remove them, and what they hold."""
