"""What Alembic runs: the migrations, on the connection that models/migrate.py hands over."""

from __future__ import annotations

from alembic import context

from models.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    compare_server_default=True,
)
context.run_migrations()
