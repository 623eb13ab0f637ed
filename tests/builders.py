"""Records with everything filled in, for tests that care about one field of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from analysis.records import Article, Basis, Language, Page, Published

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


def page(**changes: Any) -> Page:
    """Build a small French HTML page."""
    facts: dict[str, Any] = {
        "source_id": "atlas",
        "url": "https://atlas.example/1",
        "canonical_url": "https://atlas.example/1",
        "fetched_at": NOON,
        "content_type": "text/html; charset=utf-8",
        "body": b"<html><head><title>Un titre</title></head><body><p>Un paragraphe.</p></body></html>",
    }
    return Page(**{**facts, **changes})


def article(**changes: Any) -> Article:
    """Build a short Arabic article with a proven date."""
    facts: dict[str, Any] = {
        "source_id": "atlas",
        "url": "https://atlas.example/1",
        "title": "عنوان قصير",
        "text": "فقرة أولى قصيرة.\nفقرة ثانية.",
        "language": Language.ARABIC,
        "author": None,
        "published": Published(on=date(2026, 2, 10), at=None, basis=Basis.META),
    }
    return Article(**{**facts, **changes})
