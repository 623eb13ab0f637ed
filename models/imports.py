"""How far the imports of files came, so that one that was killed goes on near where it was."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from models.pages import ImportRow


def read_mark(connection: Connection, digest: bytes) -> int | None:
    """Return the byte where the import of a file goes on, None where none was begun."""
    return connection.scalar(select(ImportRow.position).where(ImportRow.digest == digest))


def write_mark(connection: Connection, digest: bytes, name: str, position: int) -> None:
    """Note the byte where the import of a file goes on."""
    marked = {"name": name, "position": position, "marked_at": func.now()}
    written = insert(ImportRow).values(digest=digest, **marked)
    connection.execute(written.on_conflict_do_update(index_elements=["digest"], set_=marked))


def forget_mark(connection: Connection, digest: bytes) -> None:
    """Note that the import of a file came to its end: another one reads all of it again."""
    connection.execute(delete(ImportRow).where(ImportRow.digest == digest))
