"""What people are told: one frozen record for each kind of row that `models.queries` answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSummary:
    """A source with what it brought so far; `articles` are news of its own, copies stand apart.

    `closed` is the reason why it is not followed, None for one that is.
    """

    id: str
    name: str
    name_ar: str | None
    country: str
    home: str
    languages: tuple[str, ...]
    kind: str
    tier: int
    closed: str | None
    retired_at: datetime | None
    pages: int
    waiting: int
    articles: int
    copies: int
    last_visit_at: datetime | None
    last_page_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleFilter:
    """Which articles to list, the newest first: None means any. `tag` is an id of the seeds, of any kind.

    One that another revises is found by its `id` only.

    `copies` is True for copies only, False for originals only. `since` is the first day of publication, and leaves
    articles without a date out.
    """

    source: str | None = None
    language: str | None = None
    since: date | None = None
    tag: str | None = None
    copies: bool | None = None
    story: int | None = None
    id: int | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleSummary:
    """An article without its text; `tags` are ids of the seeds, each once, `outlet_tags` the outlet's own words.

    `is_current` is False once another revises it, or later rules set it aside; `withdrawn_page_id` is a version of its
    page that says it no longer.
    """

    id: int
    page_id: int
    source_id: str
    story_id: int
    url: str
    title: str
    language: str
    author: str | None
    published_on: date | None
    published_at: datetime | None
    published_basis: str | None
    published_sure: str | None
    published_doubt: str
    undated_because: str | None
    words: int
    score: float
    because: tuple[str, ...]
    copy_of_article_id: int | None
    copy_of_seed_id: str | None
    copy_kind: str | None
    copy_share: float | None
    filed_at: datetime
    revises_id: int | None
    is_current: bool
    withdrawn_page_id: int | None
    subtitle: str | None
    section: str | None
    image: str | None
    outlet_tags: tuple[str, ...]
    set_aside_at: datetime | None
    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeCount:
    """How many pages of a source ended so, and why; an outcome of None is waiting."""

    source_id: str
    outcome: str | None
    reason: str
    pages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedVisit:
    """An address whose last visit brought no page; `way` is None for a page, `visits` counts how often it was asked."""

    source_id: str
    url: str
    way: str | None
    state: str
    status: int | None
    detail: str
    visited_at: datetime
    visits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CopySummary:
    """A copy beside its original, a seed document or an article of a source (then `original_source_id` is its)."""

    article_id: int
    source_id: str
    url: str
    title: str
    published_on: date | None
    kind: str
    share: float
    original_article_id: int | None
    original_seed_id: str | None
    original_source_id: str | None
    original_title: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageVersion:
    """One version of a page, what became of it and, if it revises an article, the change.

    `has_body` is False once it was pruned. A version of None is a visit after the last one, which brought no page.
    """

    version: int | None
    fetched_at: datetime
    outcome: str | None
    reason: str
    detail: str
    has_body: bool
    article_id: int | None
    change: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundTag:
    """A tag of one article, and the words it was found by."""

    kind: str
    id: str
    surfaces: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SettledPage:
    """A page that became no article, and why."""

    page_id: int
    source_id: str
    url: str
    outcome: str
    reason: str
    detail: str
    rules: str
    outcome_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class RunSummary:
    """One execution of one command."""

    id: int
    command: str
    arguments: Mapping[str, Any]
    state: str
    started_at: datetime
    ended_at: datetime | None
    counts: Mapping[str, int]
    error: str
    host: str
    pid: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Conservation:
    """What became of the pages that one run fetched: nothing may be lost, and nothing told twice.

    `fetched` counts visits that brought a new page, `articles` the articles that came of its pages; `failed_at` is when
    the last of the failed ones did.
    """

    run_id: int
    command: str
    started_at: datetime
    fetched: int
    pages: int
    filed: int
    copies: int
    rejected: int
    failed: int
    waiting: int
    articles: int
    failed_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether every page fetched is kept and has one outcome, and every article filed is there."""
        settled = self.filed + self.copies + self.rejected + self.failed
        return self.fetched == self.pages == settled + self.waiting and self.articles == self.filed + self.copies
