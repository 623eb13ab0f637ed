"""What the seeds say, brought into the tables: written where it is new or changed, left alone where it is not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from analysis.errors import UnknownNameError
from analysis.records import KnownText, SeedDocument, Source
from models.articles import FingerprintRow
from models.fingerprints import fingerprint_of_row, forget_fingerprint, lock_placing, write_fingerprint
from models.frontier import WayRow
from models.seeds import SeedDocumentRow, SourceRow, is_listed


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """What loading seeds came to, counted."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0


def write_sources(connection: Connection, sources: Iterable[Source], *, whole: bool) -> Loaded:
    """Write sources; when they are the `whole` list, those of the seeds that are not in it are retired."""
    table = SourceRow.__table__
    known = {row.id: row for row in connection.execute(select(table.c.id, table.c.entry, table.c.retired_at))}
    given = {source.id: _columns_of_source(source) for source in sources}
    counts: Counter[str] = Counter()
    for source_id, columns in given.items():
        row = known.get(source_id)
        if row is not None and row.entry == columns["entry"] and row.retired_at is None:
            counts["unchanged"] += 1
            continue
        counts["added" if row is None else "changed"] += 1
        now = {**columns, "loaded_at": func.now(), "retired_at": None}
        connection.execute(insert(SourceRow).values(now).on_conflict_do_update(index_elements=["id"], set_=now))
        # what its lists named and was passed over may be at home now: they are asked in full
        connection.execute(update(WayRow).where(WayRow.source_id == source_id).values(etag=None, last_modified=None))
    return Loaded(**counts, retired=_retire_all_but(connection, given.keys()) if whole else 0)


def _retire_all_but(connection: Connection, kept: Collection[str]) -> int:
    gone = SourceRow.id.not_in(kept) & is_listed()
    return connection.execute(update(SourceRow).where(gone).values(retired_at=func.now())).rowcount


def _columns_of_source(source: Source) -> dict[str, Any]:
    entry = json.loads(json.dumps(asdict(source)))
    facts = ("id", "name", "name_ar", "country", "home", "hosts", "languages", "kind", "tier")
    return {**{fact: entry[fact] for fact in facts}, "entry": entry}


def write_seed_documents(
    connection: Connection, documents: Collection[SeedDocument], texts: Mapping[str, str]
) -> Loaded:
    """Write seed documents and their fingerprints; a text that is not given now, but was before, stays.

    Raises UnknownNameError for a text of no document.
    """
    for name in sorted(texts.keys() - {document.id for document in documents}):
        raise UnknownNameError(f"there is a text `{name}`, but no such seed document")
    lock_placing(connection)
    kinds = (_write_seed_document(connection, document, texts.get(document.id)) for document in documents)
    return Loaded(**Counter(kinds))


def _write_seed_document(connection: Connection, document: SeedDocument, body: str | None) -> str:
    """Write one, and say whether it was added, changed or unchanged."""
    columns = _columns_of_document(document)
    row = connection.execute(select(SeedDocumentRow.__table__).where(SeedDocumentRow.id == document.id)).first()
    found = connection.execute(select(FingerprintRow.__table__).where(FingerprintRow.seed_id == document.id)).first()
    if body is not None:
        columns["text"] = body
    same_facts = row is not None and all(getattr(row, name) == value for name, value in columns.items())
    same_text = found is not None and fingerprint_of_row(found) == document.fingerprint
    if same_facts and same_text:
        return "unchanged"
    now = {**columns, "loaded_at": func.now()}
    connection.execute(insert(SeedDocumentRow).values(now).on_conflict_do_update(index_elements=["id"], set_=now))
    if not same_text:
        known = KnownText.seed(document.id)
        forget_fingerprint(connection, known)
        write_fingerprint(connection, known, document.fingerprint)
    return "added" if row is None else "changed"


def _columns_of_document(document: SeedDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "outlet": document.outlet,
        "title": document.title,
        "language": document.language,
        "published_on": document.published_on,
        "characters": document.characters,
        "tags": list(document.tags),
        "events": list(document.events),
    }
