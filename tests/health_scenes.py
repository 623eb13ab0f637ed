"""Weeks of a source's life as rows of Postgres: crawls that asked its ways, and what they brought."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count
from typing import Any

import zstandard
from sqlalchemy import Engine

from analysis.records import RunState, Source, VisitState
from models.archive import Archive
from models.page_rows import name_hash
from pipeline.health import Checkup, check_health

NOW = datetime(2026, 10, 21, 9, 30, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EMPTY = zstandard.compress(b"")
OK = {"state": VisitState.FETCHED, "status": 200}


@dataclass
class Life:
    """What happened to some sources, written at once when it is looked at."""

    engine: Engine
    sources: list[Source]
    now: datetime = NOW
    runs: list[dict[str, Any]] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    addresses: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))

    def crawl(self, source: Source, at: datetime, *endings: dict[str, Any], **brings: Any) -> None:
        """Ask the ways of a source, each with its ending (without any: all answer), and keep what it brings."""
        run_id, command = next(self.numbers), brings.pop("command", "crawl")
        brings.setdefault("found_by", None if command == "backfill" else "feed")
        self.runs.append(
            {
                "id": run_id,
                "command": command,
                "arguments": {},
                "state": RunState.DONE,
                "started_at": at,
                "ended_at": at,
                "host": "h",
                "pid": 1,
            }
        )
        for way, ending in zip(source.discovery, endings or [OK] * len(source.discovery), strict=False):
            self.visits.append(self._visit(source, run_id, at, url=way.url, way=way.way, **{**OK, **ending}))
        self.bring(source, run_id, at, **brings)

    def bring(  # noqa: PLR0913 the last of them have defaults
        self,
        source: Source,
        run_id: int,
        at: datetime,
        *,
        new: int = 0,
        fate: str = "off_topic",
        found_by: str | None = "feed",
        **entry: Any,
    ) -> None:
        """Keep new pages, each with its visit, all of one fate: an outcome, the reason of a rejection, or waiting.

        `found_by` is the way that named their addresses, None for a backfill.
        """
        for _ in range(new):
            number = next(self.numbers)
            url = f"https://{source.id}.example/{number}"
            page = {**self._page(source, run_id, at, number, url), **_fate(fate, run_id, at), **entry}
            self.pages.append(page)
            self.addresses.append(_address(page, found_by))
            self.visits.append(self._visit(source, run_id, at, url=url, url_hash=name_hash(url), page_id=number, **OK))

    def miss(self, source: Source, at: datetime, times: int, **ending: Any) -> None:
        """Ask for pages that do not come."""
        run_id = self.runs[-1]["id"]
        for _ in range(times):
            url = f"https://{source.id}.example/{next(self.numbers)}"
            self.visits.append(self._visit(source, run_id, at, url=url, url_hash=name_hash(url), **{**OK, **ending}))

    def days(
        self, source: Source, days: int, new: Any, *endings: dict[str, Any], until: int = 0, **brings: Any
    ) -> None:
        """Crawl at eight and at twenty for some days, up to `until` days ago; `new` a day, or by age in days."""
        for age in range(until + days - 1, until - 1, -1):
            today = new(age) if callable(new) else new
            at = self.now - age * DAY
            self.crawl(source, at - 13 * HOUR, *endings, new=today // 2, **brings)
            self.crawl(source, at - HOUR, *endings, new=today - today // 2, **brings)

    def write(self) -> None:
        """Write what happened since it was last written."""
        Archive(self.engine).load_sources(self.sources, whole=True)
        named = {"runs": self.runs, "pages": self.pages, "addresses": self.addresses, "visits": self.visits}
        for table, rows in named.items():
            copy_rows(self.engine, table, rows)
            rows.clear()
        self.numbers = count(next(self.numbers) + 1000)  # commands may start runs meanwhile

    def watch(self, now: datetime = NOW) -> Checkup:
        """Write what happened and look at the sources."""
        self.write()
        with Archive(self.engine).health() as book:
            return check_health(book, self.sources, now)

    def _visit(self, source: Source, run_id: int, at: datetime, **facts: Any) -> dict[str, Any]:
        nothing = {"url_hash": None, "way": None, "detail": "", "page_id": None}
        return {**nothing, "run_id": run_id, "source_id": source.id, "visited_at": at, **facts}

    def _page(self, source: Source, run_id: int, at: datetime, number: int, url: str) -> dict[str, Any]:
        return {
            "id": number,
            "source_id": source.id,
            "run_id": run_id,
            "url": url,
            "canonical_url": url,
            "url_hash": name_hash(url),
            "version": 1,
            "fetched_at": at,
            "body": EMPTY,
            "body_sha256": b"",
            "size_bytes": 0,
            "entry_published_at": None,
        }


def copy_rows(engine: Engine, table: str, rows: list[dict[str, Any]]) -> None:
    """Write rows with their numbers, thousands at once, and let the next number be one that is free."""
    if not rows:
        return
    text = "".join("\t".join(map(_cell, row.values())) + "\n" for row in rows)
    with closing(engine.raw_connection()) as connection, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(rows[0])}) FROM STDIN", StringIO(text))
        if table != "addresses":  # their names are their keys
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608 our own names
        connection.commit()


def _address(page: dict[str, Any], found_by: str | None) -> dict[str, Any]:
    shared = {name: page[name] for name in ("url_hash", "source_id", "run_id", "url")}
    dates = {"found_at": page["fetched_at"], "published_at": page["entry_published_at"]}
    return {**shared, **dates, "way": found_by, "state": "kept", "page_id": page["id"]}


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return json.dumps(value) if isinstance(value, dict) else str(value)


def _fate(fate: str, run_id: int, at: datetime) -> dict[str, Any]:
    if fate == "waiting":
        return {"outcome": None, "reason": "", "rules": None, "outcome_at": None, "outcome_run_id": None}
    kinds = {"filed": ("filed", ""), "copy": ("copy", "same"), "failed": ("failed", "RecursionError")}
    outcome, reason = kinds.get(fate, ("rejected", fate))
    return {"outcome": outcome, "reason": reason, "rules": "r1", "outcome_at": at, "outcome_run_id": run_id}
