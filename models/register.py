"""The register of names, brought into the tables as the seeds have it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from analysis.records import Language
from analysis.register import Name
from models.searches import NameRow, SpellingRow
from models.seed_rows import Loaded

KEY = tuple_(NameRow.kind, NameRow.id)


def write_names(connection: Connection, names: Collection[Name]) -> Loaded:
    """Write names that are new or changed, with their spellings; those that the seeds have no more go."""
    written = {(row.kind, row.id): row for row in connection.execute(_written())}
    wanted = {(name.kind.value, name.id): name for name in names}
    stale = [key for key, row in written.items() if key not in wanted or not _says(row, wanted[key])]
    if stale:
        connection.execute(delete(NameRow).where(KEY.in_(stale)))
    fresh = [name for key, name in wanted.items() if key not in written or key in stale]
    if fresh:
        connection.execute(insert(NameRow), [_row_of(name) for name in fresh])
        spelt = [{"spelling": each, "kind": name.kind, "id": name.id} for name in fresh for each in name.spellings]
        if spelt:
            connection.execute(insert(SpellingRow), spelt)
    changed = sum(key in wanted for key in stale)
    added = len(fresh) - changed
    return Loaded(added=added, changed=changed, unchanged=len(wanted) - len(fresh), retired=len(stale) - changed)


def _written() -> Any:  # noqa: ANN401 a select of many columns
    spelt = select(func.array_agg(SpellingRow.spelling)).where(
        SpellingRow.kind == NameRow.kind, SpellingRow.id == NameRow.id
    )
    return select(NameRow.__table__, spelt.scalar_subquery().label("spellings"))


def _says(row: Any, name: Name) -> bool:  # noqa: ANN401 a row of the select above
    same = all(getattr(row, column) == value for column, value in _row_of(name).items())
    return same and frozenset(row.spellings or ()) == name.spellings


def _row_of(name: Name) -> dict[str, str | None]:
    shown = {f"name_{language}": name.shown.get(language) for language in Language if language is not Language.OTHER}
    return {"kind": name.kind.value, "id": name.id, "country": name.country, "role": name.role, **shown}
