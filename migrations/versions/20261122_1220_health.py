"""How each source fares against its promise, day by day."""

from __future__ import annotations

revision = "20261122_1220"
down_revision = "20261122_1210"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""


def downgrade() -> None:
    """Remove them, and what they hold."""
