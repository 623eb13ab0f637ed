"""Pages saved elsewhere enter the archive as if they had been fetched: a folder of files and an index of URLs."""

from __future__ import annotations

import gzip
import mimetypes
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from analysis import urls
from analysis.errors import IndexFileError
from analysis.hosts import host_of
from analysis.records import Page, Promise, Source, Visit, VisitState
from pipeline.runs import Run

INDEX = "index.tsv"
IMPORTED = Source(
    id="imported",
    name="Imported pages of no source we follow",
    country="MA",
    home="https://imported.invalid/",
    hosts=(),
    languages=(),
    kind="import",
    tier=4,
    discovery=(),
    promise=Promise(articles_a_day=(0, 0), undated_share=1.0),
)


class ImportArchive(Protocol):
    """Where imported pages go."""

    def load_sources(self, sources: Sequence[Source]) -> object:
        """Keep sources."""

    def save_page(self, page: Page, visit: Visit, run_id: int) -> int | None:
        """Keep a page and its visit; None when the page is kept already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedPage:
    """A line of the index: the file, the address it was saved from, and when (None: when the file was last written)."""

    file: Path
    url: str
    fetched_at: datetime | None


def read_index(folder: Path) -> tuple[SavedPage, ...]:
    """Read `index.tsv` of a folder: a header `file url [fetched_at]`, then a line a page; `fetched_at` is ISO 8601.

    Raises IndexFileError, with the line, where the index is missing or says something it cannot mean.
    """
    index = folder / INDEX
    if not index.is_file():
        raise IndexFileError(
            f"{index} is missing: it says the URL of each file, a line each, after the header file<TAB>url"
        )
    try:
        lines = index.read_text(encoding="utf-8-sig").split("\n")  # spreadsheets write a mark before the first word
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise IndexFileError(f"{index}, line {line}: expected UTF-8") from error
    names, *rows = [line.split("\t") for line in lines]
    if not {"file", "url"} <= set(names):
        raise IndexFileError(f"{index}, line 1: expected the header file<TAB>url, and fetched_at where it is known")
    return tuple(
        _saved_page(dict(zip(names, row, strict=False)), folder, f"{index}, line {number}")
        for number, row in enumerate(rows, start=2)
        if row != [""]
    )


def _saved_page(row: Mapping[str, str], folder: Path, where: str) -> SavedPage:
    file, url, fetched_at = (row.get(name, "") for name in ("file", "url", "fetched_at"))
    if not file or not url.startswith(("http://", "https://")):
        raise IndexFileError(f"{where}: expected the name of a file and an http(s) URL")
    if not (folder / file).resolve().is_relative_to(folder.resolve()):  # a folder may come from a stranger
        raise IndexFileError(f"{where}: expected a file of this folder, not {file}")
    try:
        moment = datetime.fromisoformat(fetched_at) if fetched_at else None
    except ValueError:
        raise IndexFileError(
            f"{where}: expected a moment such as 2026-02-10T12:00:00+00:00, not {fetched_at!r}"
        ) from None
    return SavedPage(
        file=folder / file, url=url, fetched_at=moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    )


def import_pages(
    saved: Sequence[SavedPage], sources: Mapping[str, str], archive: ImportArchive, run: Run
) -> Iterator[SavedPage]:
    """Keep each saved page, yielding it; `sources` tells the source of a host, others go to `imported`.

    Counts `kept`, `known` and `unreadable` (no such file, or a broken one) in the run.
    """
    archive.load_sources((IMPORTED,))
    for one in saved:
        run.counts[_import_page(one, sources, archive, run.id)] += 1
        yield one


def _import_page(saved: SavedPage, sources: Mapping[str, str], archive: ImportArchive, run_id: int) -> str:
    try:
        page = read_page(saved, sources)
    except (OSError, EOFError, zlib.error):
        return "unreadable"
    return "known" if archive.save_page(page, _visit(page, saved.file), run_id) is None else "kept"


def read_page(saved: SavedPage, sources: Mapping[str, str]) -> Page:
    """Make a page of a saved file; a name that ends in `.gz` is unpacked."""
    body = saved.file.read_bytes()
    written_at = datetime.fromtimestamp(saved.file.stat().st_mtime, tz=UTC)
    content_type, encoding = mimetypes.guess_type(saved.file.name)
    return Page(
        source_id=sources.get(host_of(saved.url), IMPORTED.id),
        url=saved.url,
        canonical_url=urls.canonical(saved.url),
        fetched_at=saved.fetched_at or written_at,
        content_type=content_type,
        body=gzip.decompress(body) if encoding == "gzip" else body,
    )


def _visit(page: Page, file: Path) -> Visit:
    return Visit(
        source_id=page.source_id,
        url=page.url,
        way=None,
        state=VisitState.FETCHED,
        visited_at=page.fetched_at,
        size_bytes=len(page.body),
        detail=f"imported from {file.name}",
    )
